"""Plots of a run, as SVG to stand inside a page: text stays text, ink takes the page's colour."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from html import escape
from io import StringIO
from typing import TYPE_CHECKING, Any

import numpy as np

from eval.measures.refusal import curve
from eval.measures.significance import Interval
from eval.runs.records import LABELS, Result
from eval.runs.slices import confidences, latency, risks

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 5.2
"""Inches. A phone shows it without making the letters much smaller."""
LONGEST = 20
"""Characters of a name."""
INK = "#010203"
"""Stands for the colour of the page's text, which only the page knows."""
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#9a8700", "#56b4e9")
"""Told apart by colour-blind eyes too, on white and on black. After Okabe & Ito 2008."""
DASHES = ("solid", "dashed", "dashdot", "dotted")
QUALITY = ("success@1", "text_right", "refused_rightly")
"""Found, answered, refused: what quality() draws of LABELS."""
STYLE: Any = {
    "svg.fonttype": "none",
    "text.parse_math": False,  # a name may have a $ in it
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
    "grid.alpha": 0.2,
    "font.size": 10,
} | dict.fromkeys(
    ["text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color", "grid.color"],
    INK,
)
METADATA = dict.fromkeys(["Date", "Creator", "Format", "Type"])


def quality(title: str, parts: Mapping[str, Mapping[str, Interval]]) -> str:
    """The scores of QUALITY as bars with their intervals, by the name of each part.

    A score that no part has is not drawn. Parts: one at least.
    """
    scores = [score for score in QUALITY if any(score in means for means in parts.values())]
    thick = 0.8 / max(1, len(scores))

    def draw(axes: Axes) -> None:
        for n, score in enumerate(scores):
            found = [
                (place + n * thick, means[score])
                for place, means in enumerate(parts.values())
                if score in means
            ]
            axes.barh(
                [place for place, _ in found],
                [mean.mean for _, mean in found],
                height=thick,
                color=COLOURS[n],
                label=LABELS[score],
            )
            for place, mean in found:
                axes.plot([mean.low, mean.high], [place, place], color=INK, linewidth=1)
        axes.set_yticks(
            [place + 0.4 - thick / 2 for place in range(len(parts))], [*map(_short, parts)]
        )
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(len(parts) - 0.1, -0.3)
        axes.set_xlim(0, 1)
        axes.grid(axis="x")
        axes.set_axisbelow(True)
        _legend(axes, len(scores))

    return _drawn(title, 0.9 + 0.17 * len(parts) * (len(scores) + 0.7), draw)


def risk_coverage(title: str, parts: Mapping[str, Sequence[Result]]) -> str:
    """What share is wrong of those answered, as ever more are: the surest first. A line a part."""

    def draw(axes: Axes) -> None:
        for n, (name, results) in enumerate(parts.items()):
            points = curve(confidences(results), risks(results))
            axes.plot(
                [coverage for coverage, _ in points],
                [risk for _, risk in points],
                color=COLOURS[n % len(COLOURS)],
                linestyle=DASHES[n % len(DASHES)],
                label=_short(name),
            )
        axes.set_xlim(0, 1)
        axes.set_ylim(bottom=0)
        axes.set_xlabel("coverage: share answered, surest first")
        axes.set_ylabel("risk: share of these wrong")
        axes.grid()
        _legend(axes, len(parts))

    return _drawn(title, 3.6, draw)


def latencies(title: str, results: Sequence[Result]) -> str:
    """How many questions took how long, with p50, p95 and p99. Results: one at least.

    What took less than 0.1 ms is drawn as that.
    """
    took = np.maximum([result.took_ms for result in results], 0.1)
    edges = np.geomspace(took.min() / 1.05, took.max() * 1.05, 41)
    marks = zip((50, 95, 99), latency(results), DASHES, strict=False)

    def draw(axes: Axes) -> None:
        axes.hist(took, bins=edges.tolist(), color=COLOURS[0])
        for percent, value, dash in marks:
            label = f"p{percent} {value:.0f} ms"
            axes.axvline(max(value, 0.1), color=INK, linestyle=dash, linewidth=1, label=label)
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter("{x:g}")
        axes.xaxis.set_minor_formatter("{x:g}" if edges[-1] < 10 * edges[0] else "")
        axes.locator_params(axis="y", integer=True)
        axes.set_xlabel("ms until the answer came")
        axes.set_ylabel("questions")
        _legend(axes, 3)

    return _drawn(title, 3.2, draw)


def _short(name: str) -> str:
    """A name that leaves room for the plot."""
    name = " ".join(name.split())
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def _legend(axes: Axes, entries: int) -> None:
    if entries:
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=min(entries, 3))


def _drawn(title: str, height: float, draw: Callable[[Axes], None]) -> str:
    """An <svg> element, the same for the same input; its ids are those of no other title."""
    from matplotlib import rc_context, rcdefaults, rcParams
    from matplotlib.figure import Figure

    made = StringIO()
    with rc_context(), warnings.catch_warnings():
        # Missing from the font by which room is measured, not from the one that shows it.
        warnings.filterwarnings("ignore", r"Glyph \d+ .* missing")
        rcdefaults()
        rcParams.update(STYLE)
        rcParams["svg.hashsalt"] = title
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        draw(figure.subplots())
        figure.savefig(made, format="svg", metadata=METADATA)
    svg = made.getvalue()
    svg = svg[svg.index("<svg") + len("<svg") :].strip()
    svg = re.sub(r"<style.*?</style>", "", svg, count=1, flags=re.DOTALL)
    svg = re.sub(r"font-family: [^;\"]*", "font-family: inherit", svg)
    svg = re.sub(r'<g id="[^"]*"', "<g", svg).replace(INK, "currentColor")
    head, _, body = svg.partition(">")
    name = escape(title)
    label = f'role="img" aria-label="{name}" stroke-linejoin="round"'
    return f"<svg {label} {head}><title>{name}</title>{body}"
