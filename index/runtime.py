"""ONNX Runtime sessions, all opened alike."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_ERRORS_ONLY = 3


def session(model: Path | bytes, threads: int | None = None) -> InferenceSession:
    """A session on the CPU. threads: within one run; none: as many as there are cores.

    A question goes through several sessions in turn, each with threads of its own. Those that
    wait busily for the next run of theirs would take the cores from the session that is running
    (14 ms a question instead of 8), so they stop with the run.
    """
    import onnxruntime

    onnxruntime.set_default_logger_severity(_ERRORS_ONLY)  # it warns about absent GPUs
    options = onnxruntime.SessionOptions()
    options.log_severity_level = _ERRORS_ONLY
    options.add_session_config_entry("session.force_spinning_stop", "1")
    if threads is not None:
        options.intra_op_num_threads = threads
    source = str(model) if isinstance(model, Path) else model
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
