"""The register as CSV, for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import Any

from assistant.api.register import IndicatorOut, PairOut, PeriodOut, indicator_out, pair_out
from assistant.register import Entry, EntryPair

MEDIA_TYPE = "text/csv"
_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r\n]")
"""What a cell begins with that a spreadsheet computes, or takes for more than text."""
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_OF_EACH = ("id", "words", "phrase_en", "value", "period", "pages", "quote", "start", "end", "url")
"""What is told of either side of a pair."""


def sheet(found: Sequence[Entry], pairs: Sequence[EntryPair] | None) -> bytes:
    """A line for each value, or where pairs are asked for a line for each pair, below a header.

    In UTF-8 with a mark at its beginning, without which spreadsheets take it for something else.
    """
    if pairs is None:
        header = _header(IndicatorOut.model_fields)
        rows = [_flat(indicator_out(entry)) for entry in found]
    else:
        sides = [f"{side}_{name}" for side in ("base", "target") for name in _header(_OF_EACH)]
        header = ["document", "subject", "subject_en", "unit", "change", "change_unit"]
        header += ["percent", "exact"]
        header += sides
        rows = [_pair(pair_out(pair)) for pair in pairs]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([_cell(row[name]) for name in header] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def is_wanted(accept: str) -> bool:
    """Whether an Accept header would rather have CSV than JSON; both by name, no wildcards."""
    weights = {}
    for part in accept.casefold().split(","):
        name, *parameters = "".join(part.split()).split(";")
        quality = next((words[2:] for words in parameters if words.startswith("q=")), "1")
        weights[name] = float(quality) if _NUMBER.fullmatch(quality) else 0.0
    return weights.get(MEDIA_TYPE, 0.0) > weights.get("application/json", 0.0)


def _header(names: Any) -> list[str]:
    """The columns of these fields: a period is three."""
    of_period = [f"period_{name}" for name in PeriodOut.model_fields]
    return [column for name in names for column in (of_period if name == "period" else [name])]


def _flat(one: IndicatorOut) -> dict[str, Any]:
    row = one.model_dump(mode="json")
    period = row.pop("period") or dict.fromkeys(PeriodOut.model_fields)
    pages = one.pages[:1] + one.pages[1:][-1:]
    return {
        **row,
        **{f"period_{name}": value for name, value in period.items()},
        "path": " › ".join(one.path),
        "pages": "–".join(map(str, pages)),  # a spreadsheet takes 5-6 for a day
    }


def _pair(found: PairOut) -> dict[str, Any]:
    target = found.target
    row = {
        "document": target.document,
        "subject": target.subject,
        "subject_en": target.subject_en,
        "unit": target.unit,
        "change": found.change,
        "change_unit": found.unit,
        "percent": found.percent,
        "exact": str(found.exact).lower(),
    }
    for side, one in (("base", found.base), ("target", target)):
        row |= {f"{side}_{name}": value for name, value in _flat(one).items()}
    return row


def _cell(value: Any) -> str:
    """A cell; what a spreadsheet would compute gets an apostrophe, which makes it text."""
    text = "" if value is None else str(value)
    is_formula = _FORMULA.match(text) is not None and _NUMBER.fullmatch(text) is None
    return f"'{text}" if is_formula else text
