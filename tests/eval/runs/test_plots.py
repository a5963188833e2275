"""Plots as they stand inside a page."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from eval.measures.significance import Interval
from eval.runs.plots import latencies, quality, risk_coverage
from tests.eval.runs.made import result, wrong

MEANS = {
    "value": {"success@1": Interval(0.8, 0.7, 0.9, 10), "refused_rightly": Interval(1, 1, 1, 3)},
    "why": {"success@1": Interval(0.5, 0.1, 0.9, 2)},
}
RESULTS = [result(confidence=n / 10, took_ms=5.0 + n) for n in range(10)] + [wrong()]

ALL = [
    quality("Quality", MEANS),
    risk_coverage("Risk", {"zh→zh": RESULTS, "en→zh": RESULTS[:3]}),
    latencies("Time", RESULTS),
]
each = pytest.mark.parametrize("svg", ALL, ids=["quality", "risk", "time"])


def texts(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    return ["".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text")]


@each
def test_a_plot_is_one_element_with_a_name(svg: str) -> None:
    root = ElementTree.fromstring(svg)
    assert svg.startswith("<svg ")
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("role") == "img"
    title = root[0]
    assert title.tag.endswith("}title")
    assert title.text == root.get("aria-label")
    assert title.text


@each
def test_a_plot_changes_nothing_around_it_and_fetches_nothing(svg: str) -> None:
    assert "<style" not in svg
    assert "<metadata" not in svg
    assert "font-family: 'DejaVu" not in svg
    for link in re.findall(r'href="([^"]*)"', svg) + re.findall(r"url\(([^)]*)\)", svg):
        assert link.startswith("#")


@each
def test_ink_and_paper_are_those_of_the_page(svg: str) -> None:
    assert "currentColor" in svg
    assert "#010203" not in svg
    assert "#000000" not in svg
    assert "#ffffff" not in svg


def test_no_id_stands_in_two_plots() -> None:
    ids = [name for svg in ALL for name in set(re.findall(r'\bid="([^"]*)"', svg))]
    assert len(ids) == len(set(ids))


def test_the_same_input_gives_the_same_bytes() -> None:
    again = [
        quality("Quality", MEANS),
        risk_coverage("Risk", {"zh→zh": RESULTS, "en→zh": RESULTS[:3]}),
        latencies("Time", RESULTS),
    ]
    assert again == ALL


def test_what_a_reader_has_set_does_not_matter() -> None:
    from matplotlib import rc_context, rcParams

    with rc_context({"font.size": 30, "axes.grid": True, "svg.fonttype": "path"}):
        assert quality("Quality", MEANS) == ALL[0]
        assert rcParams["font.size"] == 30


def test_text_stays_text() -> None:
    assert {"value", "why", "Success@1", "refused rightly"} <= set(texts(ALL[0]))
    assert {"zh→zh", "en→zh", "coverage: share answered, surest first"} <= set(texts(ALL[1]))
    assert "p50 10 ms" in texts(ALL[2])


def test_a_score_that_no_part_has_is_not_drawn() -> None:
    assert "text right" not in texts(ALL[0])
    assert "why" in texts(quality("None", {"why": {}}))


def test_a_bar_is_as_long_as_its_mean() -> None:
    def lengths(means: dict[str, dict[str, Interval]]) -> list[float]:
        svg = quality("Length", means)
        bars = re.findall(r'd="([^"]*)"[^>]*style="fill: #0072b2"', svg)
        found = []
        for bar in bars:
            across = [float(x) for x in re.findall(r"[ML] ([\d.]+) ", bar)]
            found.append(max(across) - min(across))
        return found[: len(means)]

    halved = {
        "a": {"success@1": Interval(0.4, 0, 1, 9)},
        "b": {"success@1": Interval(0.8, 0, 1, 9)},
    }
    short, long = lengths(halved)
    assert long == pytest.approx(2 * short, rel=1e-3)


@pytest.mark.parametrize("name", ["第三篇 <b>&\"'", "$x^2$", "$x$ and $y", "a_b^c", "\\frac"])
def test_any_name_is_shown_as_it_stands(name: str) -> None:
    svg = quality(name, {name: MEANS["why"]})
    assert name in texts(svg)
    assert ElementTree.fromstring(svg).get("aria-label") == name


@pytest.mark.parametrize("took", [[0.0], [20.0, 20.0], [0.0, 100_000.0], [15.0, 40.0]])
def test_any_latencies_can_be_drawn(took: list[float]) -> None:
    svg = latencies("Time", [result(took_ms=ms) for ms in took])
    assert [text for text in texts(svg) if text.startswith("p50")] == [
        f"p50 {sum(took) / len(took):.0f} ms"
    ]
    assert "nan" not in svg


def test_a_part_without_results_has_no_line() -> None:
    assert "zh→zh" in texts(risk_coverage("Risk", {"zh→zh": []}))


def test_a_long_name_leaves_room() -> None:
    name = "第三篇\n" + "x" * 200
    for svg in (
        quality("Long", {name: MEANS["why"]}),
        risk_coverage("Long", {name: RESULTS, name + "2": RESULTS}),
    ):
        assert "第三篇 " + "x" * 15 + "…" in texts(svg)


def test_questions_are_counted_in_whole_numbers() -> None:
    svg = latencies("Time", [result()])
    assert not [text for text in texts(svg) if re.fullmatch(r"0\.\d", text)]
