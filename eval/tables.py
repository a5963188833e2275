"""Cells of the tables that evaluations print."""

from __future__ import annotations


def share(part: int, whole: int) -> str:
    """part of whole, with three decimals; - of nothing."""
    return f"{part / whole:.3f}" if whole else "-"
