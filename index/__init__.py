"""From passages to ranked hits."""

import os

# The products of one question are small: OpenBLAS's threads only get into each other's way.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
