"""Small runs held against each other, worked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from eval.errors import RunsDiffer
from eval.measures.significance import holm, mcnemar, paired
from eval.runs.compare import COMPARED, FEWEST, Comparison, Row, compare, markdown, returned
from eval.runs.records import LABELS, LOWER_IS_BETTER, Result
from tests.eval.runs.made import RIGHT, WRONG, refused, result, run, wrong

BEFORE = run([result(id=f"q-{n}", group=f"q-{n}") for n in range(4)], index="sha256:before")


def after(*scores: dict[str, float], **changes: Any) -> list[Result]:
    """The results of BEFORE with other scores."""
    return [
        replace(one, scores=own, **changes) for one, own in zip(BEFORE.results, scores, strict=True)
    ]


def row(found: Comparison, score: str, dimension: str = "all", name: str = "all") -> Row:
    (own,) = [
        one
        for one in found.rows
        if (one.dimension, one.name, one.score) == (dimension, name, score)
    ]
    return own


def many(size: int, *, lost: int, won: int = 0) -> Comparison:
    """Of size questions some are lost and some are won, in all their scores."""
    names = [f"q-{n}" for n in range(size)]
    first = [
        (wrong if n >= size - won else result)(id=name, group=name) for n, name in enumerate(names)
    ]
    second = [(wrong if n < lost else result)(id=name, group=name) for n, name in enumerate(names)]
    return compare(run(first), run(second))


def test_equal_runs_differ_in_nothing() -> None:
    found = compare(BEFORE, replace(BEFORE))
    assert [one.score for one in found.rows] == [name for name in COMPARED if name in RIGHT]
    for one in found.rows:
        value = RIGHT[one.score]
        assert (one.before, one.after, one.drop, one.adjusted) == (value, value, 0.0, 1.0)
        assert (one.difference.p, one.difference.lost, one.difference.won) == (1.0, 0, 0)
        assert (one.difference.n, one.groups) == (4, 4)
    assert found.lost() == found.won() == []
    assert found.left_out == 0


def test_means_and_changes() -> None:
    half = RIGHT | {"ndcg@10": 0.5, "success@1": 0.0}
    found = compare(BEFORE, run(after(RIGHT, half, half, WRONG)))
    whole = row(found, "ndcg@10")
    assert (whole.before, whole.after) == (1.0, 0.5)
    assert whole.difference.mean == -0.5
    assert whole.drop == 0.5
    assert (whole.difference.lost, whole.difference.won, whole.difference.n) == (3, 0, 4)
    assert row(found, "right").after == 0.75
    assert row(found, "success@1").after == 0.25


def test_lost_and_won() -> None:
    first = run([result(id="a"), wrong(id="b"), refused(id="c"), wrong(id="d"), result(id="e")])
    second = run([wrong(id="a"), result(id="b"), refused(id="c"), wrong(id="d"), result(id="e")])
    found = compare(first, second)
    assert [(one.id, other.id) for one, other in found.lost()] == [("a", "a")]
    assert [one.id for one, _ in found.won()] == ["b"]
    assert found.lost()[0] == (first.results[0], second.results[0])


@pytest.mark.parametrize("score", ["short_right", "answered_wrongly"])
def test_a_score_that_one_run_lacks_is_the_worst(score: str) -> None:
    good = {name: value for name, value in RIGHT.items() if name != score}
    worst = 1.0 if score in LOWER_IS_BETTER else 0.0
    lacking = run(after(good, RIGHT, RIGHT, RIGHT))
    found = row(compare(BEFORE, lacking, [score]), score)
    assert found.after == pytest.approx(0.25 if worst else 0.75)
    assert found.drop == pytest.approx(0.25)
    found = row(compare(lacking, BEFORE, [score]), score)
    assert found.drop == pytest.approx(-0.25)


def test_a_score_that_neither_has_is_none() -> None:
    first = run([result(id="a", group="a"), refused(id="b", group="b")])
    found = compare(first, first, ["success@1", "refused_rightly"])
    assert row(found, "success@1").difference.n == 1
    assert row(found, "refused_rightly").difference.n == 1
    by_kind = [one.score for one in found.rows if one.name == "near_miss"]
    assert by_kind == ["refused_rightly"]


def test_lower_is_better_of_what_is_wrong() -> None:
    found = compare(BEFORE, run(after(RIGHT, RIGHT, RIGHT, WRONG)), ["answered_wrongly"])
    one = row(found, "answered_wrongly")
    assert one.difference.mean == one.drop == 0.25


@pytest.mark.parametrize(
    "changes", [{"question": "别的问题？"}, {"expected": "1亿元"}, {"kind": "silent"}]
)
def test_questions_that_are_not_the_same_are_left_out(changes: dict[str, Any]) -> None:
    first, *others = BEFORE.results
    found = compare(BEFORE, run([replace(first, **changes), *others]))
    assert len(found.pairs) == 3
    assert found.left_out == 2
    assert row(found, "right").difference.n == 3


def test_questions_that_one_run_lacks_are_left_out() -> None:
    more = run([*BEFORE.results[1:], result(id="new"), result(id="newer")])
    found = compare(BEFORE, more)
    assert [one.id for one, _ in found.pairs] == ["q-1", "q-2", "q-3"]
    assert found.left_out == 3


def test_pairs_are_by_id_and_not_by_place() -> None:
    scores = (RIGHT, WRONG, RIGHT, RIGHT)
    found = compare(BEFORE, run(after(*scores)[::-1]))
    assert [one.id for one, _ in found.lost()] == ["q-1"]


def test_runs_that_share_nothing() -> None:
    with pytest.raises(RunsDiffer, match="share no question: 4 in the first, 1 in the second"):
        compare(BEFORE, run([result(id="other")]))
    with pytest.raises(RunsDiffer):
        compare(BEFORE, run([]))


def test_p_is_exact_of_what_is_first_or_not() -> None:
    found = many(30, lost=9, won=1)
    assert row(found, "success@1").difference.p == mcnemar(9, 1) == pytest.approx(22 / 1024)
    values = [[one.scores["ndcg@10"] for one in pair] for pair in found.pairs]
    before, then = zip(*values, strict=True)
    groups = [one.group for one, _ in found.pairs]
    assert row(found, "ndcg@10").difference == paired(before, then, groups)


def test_p_is_adjusted_over_all_rows() -> None:
    names = [f"q-{n}" for n in range(20)]
    first = [
        result(id=name, group=name, type="value" if n % 2 else "how")
        for n, name in enumerate(names)
    ]
    second = [replace(one, scores=WRONG) if n < 6 else one for n, one in enumerate(first)]
    found = compare(run(first), run(second))
    assert {one.name for one in found.rows} == {"all", "how", "value"}
    assert [one.adjusted for one in found.rows] == holm([one.difference.p for one in found.rows])
    assert all(one.adjusted >= one.difference.p for one in found.rows)
    assert any(one.adjusted > one.difference.p for one in found.rows)


def test_slices_of_a_few_questions_are_not_tested_and_cost_the_others_nothing() -> None:
    whole = many(FEWEST + 4, lost=FEWEST + 4)
    few = [result(id=f"few-{n}", group=f"few-{n // 2}", type="how") for n in range(FEWEST)]
    both = compare(
        run([*whole.before.results, *few]),
        run([*whole.after.results, *(replace(one, scores=WRONG) for one in few)]),
    )
    small = row(both, "right", "type", "how")
    assert small.groups == FEWEST // 2
    assert small.difference.p < 1
    assert small.adjusted == 1.0
    tested = [one for one in both.rows if one.groups >= FEWEST]
    assert [one.adjusted for one in tested] == holm([one.difference.p for one in tested])
    assert {one.name for one in tested} == {"all", "value"}


def test_both_languages_of_a_question_count_as_one() -> None:
    pairs = [
        result(id=f"q-{n}{suffix}", group=f"q-{n}", lang=lang, direction=f"{lang}→zh")
        for n in range(3)
        for lang, suffix in (("zh", ""), ("en", "-en"))
    ]
    found = compare(run(pairs), run([replace(one, scores=WRONG) for one in pairs]))
    whole = row(found, "right")
    assert (whole.difference.n, whole.groups, whole.adjusted) == (6, 3, 1.0)
    assert row(found, "right", "direction", "en→zh").groups == 3


def cells(markdown: str) -> list[list[str]]:
    """The rows of its tables."""
    lines = [line for line in markdown.split("\n") if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def columns(line: str) -> int:
    return line.replace("\\|", "").count("|")


def test_markdown_tells_both_sides() -> None:
    first = run([result(id="a"), wrong(id="b"), refused(id="c")], index="sha256:" + "1" * 64)
    second = run(
        [wrong(id="a", status="partial", reason="other_period"), result(id="b"), refused(id="c")],
        index="sha256:" + "2" * 64,
        target="http://localhost",
        encoder="other",
    )
    told = markdown(compare(first, second))
    rows = cells(told)
    assert ["index", "sha256:111111111111…", "sha256:222222222222…"] in rows
    assert ["encoder", "hash", "other"] in rows
    question, wanted = "金融业增加值目标是多少？", "560亿元"
    right, bad = "560亿元: 金融业增加值力争突破560亿元。", "1亿元: 1亿元。"
    assert ["a", question, wanted, right, f"partial (other_period): {bad}"] in rows
    assert ["b", question, wanted, bad, right] in rows
    assert "## Lost: 1\n" in told
    assert "## Won: 1\n" in told
    assert "3 questions in both; 0 left out." in told
    whole = next(one for one in rows if one[:2] == ["all: all", LABELS["right"]])
    assert whole[2:5] == ["3", "0.667", "0.667"]
    assert whole[5].startswith("+0.000 [")
    assert whole[6:8] == ["1", "1"]


def test_markdown_of_equal_runs_has_no_tables_of_questions() -> None:
    told = markdown(compare(BEFORE, BEFORE))
    assert told.endswith("## Lost: 0\n\n## Won: 0\n")
    assert told.count("|---") == 3 + 10


def test_pipes_and_lines_do_not_break_tables() -> None:
    odd = {"question": "甲|乙\n丙？", "expected": "a | b"}
    first = run([result(id="a", short="x|y", text="一\n\n二", **odd)])
    second = run([wrong(id="a", short=None, text=None, status="not_found", reason="odd", **odd)])
    told = markdown(compare(first, second))
    line = next(line for line in told.split("\n") if line.startswith("| a |"))
    assert line == "| a | 甲\\|乙 丙？ | a \\| b | x\\|y: 一 二 | not_found (odd) |"
    heads = [n for n, text in enumerate(told.split("\n")) if text.startswith("|---")]
    lines = told.split("\n")
    for n in heads:
        block = [text for text in lines[n - 1 : n + 3] if text.startswith("|")]
        assert len({columns(text) for text in block}) == 1


def test_only_the_first_questions_are_listed() -> None:
    told = markdown(many(20, lost=12), longest=5)
    assert "## Lost: 12\n" in told
    assert sum(line.startswith("| q-") for line in told.split("\n")) == 5
    assert "\n… and 7 more.\n" in told


@pytest.mark.parametrize(
    ("got", "told"),
    [
        (result(), "560亿元: 金融业增加值力争突破560亿元。"),
        (result(short=None), "金融业增加值力争突破560亿元。"),
        (refused(), "partial (other_period)"),
        (refused(text="新建码头9个。"), "partial (other_period): 新建码头9个。"),
    ],
)
def test_what_was_returned(got: Result, told: str) -> None:
    assert returned(got) == told


def names(found: Sequence[Row]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((one.dimension, one.name) for one in found))


def test_slices_are_those_of_the_first_run() -> None:
    """What a question is filed under may change; it is the same question."""
    first = run([result(id="a", part="甲"), result(id="b", part="乙")])
    second = run([result(id="a", part="丙"), result(id="b", part="乙")])
    assert names(compare(first, second).rows) == [("all", "all"), ("part", "甲"), ("part", "乙")]


def test_both_languages_of_a_question_are_one_for_mcnemar() -> None:
    def half(score: float) -> list[Result]:
        return [
            result(id=f"{n}-{lang}", lang=lang, group=str(n), scores={**RIGHT, "success@1": score})
            for n in range(8)
            for lang in ("zh", "en")
        ]

    (row,) = (
        row
        for row in compare(run(half(1.0)), run(half(0.0)), ["success@1"]).rows
        if row.dimension == "all"
    )
    assert (row.difference.lost, row.groups) == (16, 8)
    assert row.difference.p == pytest.approx(2 * 0.5**8)


def test_held_out_questions_are_only_counted_beside_others() -> None:
    before = [result(), result(id="test-1", split="test", question="留出的题")]
    after = [wrong(), wrong(id="test-1", split="test", question="留出的题")]
    told = markdown(compare(run(before), run(after)))
    assert "## Lost: 2, 1 held out" in told
    assert "留出的题" not in told
    assert "留出的题" in markdown(compare(run(before[1:]), run(after[1:])))
