"""What can be wrong with an evaluation, by name.

EvalError
├── QuestionsInvalid   gold questions that cannot be used: each fault with its file, line, field
└── IndexStale         the index in use is not that of the plans that the questions are about
"""


class EvalError(Exception):
    """An evaluation cannot be run; the message says what was got and what was expected."""


class QuestionsInvalid(EvalError):
    """Gold questions that cannot be used; every fault with its file, line and field."""


class IndexStale(EvalError):
    """The index holds no document that the questions' evidence stands in."""
