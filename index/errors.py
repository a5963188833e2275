"""What can go wrong in `index`, as one tree.

PlanIndexError
├── EncoderUnavailable
├── EncoderDamaged
├── IndexMissing
├── IndexDamaged
├── IndexMismatch
└── IndexUnwritable
"""


class PlanIndexError(Exception):
    """Anything the index refuses; the message is one line a user can act on."""


class EncoderUnavailable(PlanIndexError):
    """The encoder that was asked for cannot be loaded here."""


class EncoderDamaged(PlanIndexError):
    """A file of the encoder is missing or is not the one its checksum names."""


class IndexMissing(PlanIndexError):
    """There is no saved index where one was expected."""


class IndexDamaged(PlanIndexError):
    """A file of the saved index is missing or is not the one its manifest names."""


class IndexMismatch(PlanIndexError):
    """The saved index was made from other documents, by another encoder or in another format."""


class IndexUnwritable(PlanIndexError):
    """The folder that an index is to be saved in cannot be written to."""
