"""What the commands of evaluation share: gold, progress, and one clear line for every error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Annotated

import typer

from assistant import console, operation
from assistant.console import fail

GoldFolder = Annotated[
    Path | None, typer.Option("--gold", help="The folder of gold questions; default: planqa's own.")
]


@contextmanager
def clear_errors() -> Iterator[None]:
    """As assistant.console.clear_errors, for evaluations too, and where a package is missing."""
    from eval.errors import EvalError

    try:
        with console.clear_errors():
            yield
    except EvalError as error:
        fail(str(error), 1)
    except KeyboardInterrupt:
        fail("interrupted", 1)
    except ModuleNotFoundError as error:
        fail(f"{error.name} is not installed; evaluations need: pip install 'planqa[eval]'", 1)


def needs() -> None:
    """Nothing, where the packages are there. Raises ModuleNotFoundError."""
    for name in ("ir_measures", "jinja2", "matplotlib", "scipy", "sklearn"):
        if find_spec(name) is None:
            raise ModuleNotFoundError(name=name)


def new(folder: Path, name: str = "run") -> Path:
    """A folder for a run that is made now, which is not there yet."""
    stem = f"{name}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    tries = (folder / (stem if n == 1 else f"{stem}-{n}") for n in count(1))
    return next(path for path in tries if not path.exists())


def asking() -> AbstractContextManager[Callable[[int, int], None]]:
    """A bar of the questions asked, on a terminal."""
    return operation.progress("asking")
