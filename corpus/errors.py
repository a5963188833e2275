"""What can be wrong with a plan, by name.

CorpusError
├── ManifestInvalid    plan.toml is missing, unreadable, or lacks a field
├── SourceMissing      the file that the manifest names is not there
├── SourceChanged      the source's digest is not the one that the manifest states
├── SourceEmpty        no text
├── SourceNotText      not UTF-8, or binary
├── NoHeadings         no heading of any kind: nothing could be cited by section
├── TranslationInvalid unreadable, or not of the plan's blocks: an id missing, unknown or twice
└── GlossaryInvalid    unreadable, or a term without its words, or twice
"""


class CorpusError(Exception):
    """A plan cannot be read; the message names the file and what was expected."""


class ManifestInvalid(CorpusError):
    """plan.toml is missing, unreadable, or lacks a field."""


class SourceMissing(CorpusError):
    """The source file that the manifest names is not there."""


class SourceChanged(CorpusError):
    """The source's digest is not the one that the manifest states."""


class SourceEmpty(CorpusError):
    """The source holds no text."""


class SourceNotText(CorpusError):
    """The source is not UTF-8 text."""


class NoHeadings(CorpusError):
    """No heading of any kind was found, so nothing could be cited by section."""


class TranslationInvalid(CorpusError):
    """The translation is unreadable, or its blocks are not those of the plan."""


class GlossaryInvalid(CorpusError):
    """The glossary is unreadable, or a term of it is at fault."""
