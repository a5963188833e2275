"""A run told to readers: as Markdown, as a page, and as the table of the README."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib.resources import files

from eval.runs.plots import latencies, quality, risk_coverage
from eval.runs.records import Result, Run
from eval.runs.slices import SPLITS, first_relevant, means, slices, worst
from eval.runs.tables import Table, Told, in_short, part_numbers, plan_lang, tables

_SHOWN = "Held-out questions are listed only by a run of them alone (--split test)."
_MARKUP = re.compile(r"[\\`*_{}\[\]<>|#$&~]")


def published(run: Run) -> str:
    """A Markdown table: how well each set of questions is found, answered and refused.

    A line for each split and direction, the held-out ones first; turns of conversations in lines
    of their own. Cells are "mean [low–high]", the 95% interval.
    """
    return _markdown(in_short(run.results))


def reports(run: Run) -> dict[str, str]:
    """Both reports, by file name."""
    told = _told(run)
    made = tables(told)
    return {"report.md": _as_markdown(run, made), "report.html": _as_html(run, told, made)}


def markdown(run: Run) -> str:
    """The whole report but for its plots. No text of a question is taken for markup."""
    return _as_markdown(run, tables(_told(run)))


def _as_markdown(run: Run, made: Sequence[Table]) -> str:
    pieces = [f"# {_title(run)}", "\n".join(f"- {name}: {_plain(v)}" for name, v in _facts(run))]
    for table in made:
        pieces += [f"## {table.title}", table.note, _markdown(table)]
    wrong = "\n".join(map(_entry, worst(run.results))) or "None is wrong."
    return "\n\n".join([*pieces, "## The worst questions", _SHOWN, wrong]) + "\n"


def html(run: Run) -> str:
    """The whole report as one page, without scripts, that asks nothing of any other place."""
    told = _told(run)
    return _as_html(run, told, tables(told))


def _as_html(run: Run, told: Told, made: Sequence[Table]) -> str:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    source = files("eval.runs").joinpath("report.html.j2").read_text("utf-8")
    return environment.from_string(source).render(
        title=_title(run),
        facts=_facts(run),
        tables=made,
        plots=_plots(told),
        splits=SPLITS,
        shown=_SHOWN,
        worst=[(own, _place(own), plan_lang(own)) for own in worst(run.results)],
    )


def _told(run: Run) -> Told:
    return [(part, means(part)) for part in slices(run.results, run.manifest.parts)]


def _title(run: Run) -> str:
    return f"Gold questions: the run of {run.manifest.created[:10]}"


def _facts(run: Run) -> list[tuple[str, str]]:
    """What the run was made with; of digests the first twelve digits."""
    made = run.manifest

    def digests(named: Mapping[str, str]) -> str:
        return ", ".join(f"{name} {digest[:12]}" for name, digest in named.items())

    def pairs(named: Mapping[str, str]) -> str:
        return ", ".join(f"{name} {value}" for name, value in named.items())

    return [
        ("questions", f"{len(run.results)}, asked from {made.created} on, in {made.seconds:.1f} s"),
        ("target", made.target),
        ("index", made.index[:19]),
        ("encoder", made.encoder),
        ("version", made.version),
        ("documents", digests(made.documents)),
        ("gold files", digests(made.gold)),
        ("rankings", f"the first {made.depth} passages"),
        ("packages", pairs(made.versions)),
        ("machine", pairs(made.machine)),
    ]


def _plots(told: Told) -> list[tuple[str, str]]:
    """Headings, each with an SVG element, which is markup as it is."""
    if not told:
        return []
    numbers = part_numbers(told)
    results = told[0][0].results
    ways = {part.name: part.results for part, _ in told if part.dimension == "direction"}
    made = {
        "Risk by coverage": risk_coverage("Risk by coverage", ways or {"all": results}),
        "Latency": latencies("Latency", results),
    }
    for dimension in ("direction", "part", "type"):
        named = {
            f"part {numbers[part.name]}" if dimension == "part" else part.name: own
            for part, own in told
            if part.dimension == dimension
        }
        if named:
            title = f"Quality by {dimension}"
            made[title] = quality(title, named)
    return list(made.items())


def _place(result: Result) -> str:
    """Where the evidence comes in the ranking, in words."""
    if result.kind != "answerable":
        return "not answered by the plan"
    rank = first_relevant(result)
    return f"none among the first {len(result.ranking)}" if rank is None else f"rank {rank}"


def _entry(result: Result) -> str:
    said = [f"**{_plain(result.short)}**"] if result.short else []
    said += [_plain(result.text)] if result.text else []
    status = ", ".join(filter(None, (result.status, result.reason)))
    about = (SPLITS.get(result.split, result.split), result.direction, result.type, _place(result))
    return "\n".join(
        (
            f"- **{_plain(result.id)}** ({_plain(', '.join(filter(None, about)))})",
            f"  - asked: {_plain(result.question)}",
            f"  - expected: {_plain(result.expected) or 'nothing'}",
            f"  - returned ({_plain(status)}): {' '.join(said) or 'nothing'}",
        )
    )


def _markdown(table: Table) -> str:
    lines = [" | ".join(table.heads), "|".join(["---"] * len(table.heads))]
    for row in table.rows:
        name = row.name if row.group == row.name else f"{row.group}: {row.name}"
        lines.append(" | ".join((_plain(name), *row.cells)))
    lines[1] = f"|{lines[1]}|"
    return "\n".join(line if line.startswith("|") else f"| {line} |" for line in lines)


def _plain(text: str) -> str:
    """Text on one line that Markdown shows as it stands."""
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))
