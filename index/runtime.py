"""ONNX Runtime sessions, all opened alike."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import EncoderDamaged

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_ERRORS_ONLY = 3

# ONNX Runtime reports its use over the network, and keeps files in the home folder to do so. It
# reads this when it is first imported; nothing here imports it before this line has run.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"


def session(model: Path, threads: int | None = None) -> InferenceSession:
    """A session on the CPU. threads: within one run; none: as many as there are cores.

    Raises EncoderDamaged where model is no file that ONNX Runtime can open.

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
    if not model.is_file():
        raise EncoderDamaged(f"{model} is missing")
    try:
        return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime's errors have no common class of their own
        raise EncoderDamaged(f"{model} is not a model ONNX Runtime can open") from error
