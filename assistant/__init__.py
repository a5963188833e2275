"""From a question to a cited answer."""

__version__ = "0.1.0"
