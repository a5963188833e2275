"""What can be wrong with an evaluation, by name.

EvalError
├── QuestionsInvalid   gold questions that cannot be used: each fault with its file, line, field
├── IndexStale         the index in use is not that of the plans that the questions are about
├── IndexDiffers       a run was begun on another index than the one it is to go on with
├── DataInvalid        an outside data set that cannot be read: file, place and what is wrong
├── TargetUnreachable  a service that does not answer, or not as the API does
└── RunError           a run's folder
    ├── RunMissing     there is none
    ├── RunIncomplete  it was begun and not ended
    ├── RunDamaged     a file of it is not what its manifest says
    ├── RunExists      there is one already
    └── RunsDiffer     two runs that cannot be compared
"""


class EvalError(Exception):
    """An evaluation cannot be run; the message says what was got and what was expected."""


class QuestionsInvalid(EvalError):
    """Gold questions that cannot be used; every fault with its file, line and field."""


class IndexStale(EvalError):
    """The index holds no document that the questions' evidence stands in."""


class IndexDiffers(EvalError):
    """A run was begun on another index, or with other questions, than it is to go on with."""


class DataInvalid(EvalError):
    """An outside data set that cannot be read; the file, the place and what is wrong."""


class TargetUnreachable(EvalError):
    """A service that does not answer, or not as the API does."""


class RunError(EvalError):
    """A folder that cannot be used as a run."""


class RunMissing(RunError):
    """There is no run in that folder."""


class RunIncomplete(RunError):
    """The run was begun and not ended."""


class RunDamaged(RunError):
    """A file of the run is missing, or is not what the manifest says."""


class RunExists(RunError):
    """The folder holds a run already, or something else."""


class RunsDiffer(RunError):
    """Two runs that cannot be held against each other: their questions are not the same."""
