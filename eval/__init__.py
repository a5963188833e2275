"""From gold questions to a verdict."""
