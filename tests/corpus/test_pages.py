"""On which printed page each piece stands."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.pages import Piece, pages_of, paginate, size
from corpus.records import Leaf, Pages, Span
from tests import plans


def pieces(*known: tuple[int | None, bool], room: int = 1) -> tuple[list[Piece], str]:
    """Pieces of this many full-width characters each, and their source."""
    found = [
        Piece(Span(n * room, (n + 1) * room), page, turned)
        for n, (page, turned) in enumerate(known)
    ]
    return found, "字" * room * len(known)


def pages(
    found: tuple[list[Piece], str], first: int | None, last: int | None
) -> list[tuple[int, int]]:
    leaves, problems = paginate(*found, first, last)
    assert problems == []
    assert [leaf.span for leaf in leaves] == [piece.span for piece in found[0]]
    assert all(leaf.pages.exact == (leaf.pages.first == leaf.pages.last) for leaf in leaves)
    return [(leaf.pages.first, leaf.pages.last) for leaf in leaves]


def test_between_two_headings_of_one_page_everything_is_on_it() -> None:
    assert pages(pieces((3, False), (None, False), (3, False)), 1, 9)[:2] == [(3, 3), (3, 3)]


def test_a_turn_is_counted_from_both_sides() -> None:
    known = pieces((3, False), (None, False), (None, True), (None, False), (4, False))
    assert pages(known, 3, 4) == [(3, 3), (3, 3), (4, 4), (4, 4), (4, 4)]


def test_between_two_pages_without_a_turn_the_page_is_a_range() -> None:
    known = pieces((3, False), (None, False), (4, False))
    assert pages(known, 3, 4) == [(3, 3), (3, 4), (4, 4)]


def test_a_turn_that_is_seen_and_one_that_is_not() -> None:
    known = pieces((3, False), (None, False), (None, True), (None, False), (5, False))
    assert pages(known, 3, 5) == [(3, 3), (3, 4), (4, 5), (4, 5), (5, 5)]


def test_the_first_and_the_last_page_bound_the_ends() -> None:
    known = pieces((None, False), (2, False), (None, True), (None, False))
    assert pages(known, 1, 4) == [(1, 2), (2, 2), (3, 4), (3, 4)]


def test_without_any_anchor_no_page_is_known() -> None:
    assert paginate(*pieces((None, False), (None, True)), None, 9) == ((), [])
    assert paginate(*pieces((None, False), (None, True)), 1, None) == ((), [])


def test_nothing_has_no_pages() -> None:
    assert paginate([], "", 1, 9) == ((), [])


def test_where_the_text_has_turned_past_the_contents_it_is_said() -> None:
    known, source = pieces((3, False), (None, True), (3, False), (None, False))
    leaves, problems = paginate(known, source, 3, 3)
    assert problems == ["page 3 in the contents, but the text is on 4"]
    assert (leaves[0].pages, leaves[2].pages) == (Pages(3, 3), Pages(3, 3))


def test_an_anchor_that_goes_back_is_said() -> None:
    _, problems = paginate(*pieces((5, False), (4, False)), 1, 9)
    assert problems == ["page 4 in the contents, but the text is on 5"]


def test_a_plan_that_goes_on_past_its_last_page_is_said() -> None:
    _, problems = paginate(*pieces((5, False), (None, False)), 1, 3)
    assert len(problems) == 1


def test_a_turn_past_the_last_page_is_said() -> None:
    _, problems = paginate(*pieces((3, False), (None, True)), 1, 3)
    assert len(problems) == 1


def test_what_a_page_holds_narrows_a_range() -> None:
    # Nine whole pages of four pieces each; then 9 pieces over pages 11 to 13, no turn seen:
    # four and a tenth fit a page, so they stand four, four and one, or one, four and four.
    turns = [(1, False), *[(None, n % 4 == 0) for n in range(1, 40)]]
    known = pieces(*turns, (11, True), *[(None, False)] * 8, (14, True))
    found = pages(known, 1, 14)
    assert found[:40] == [(n // 4 + 1, n // 4 + 1) for n in range(40)]
    assert found[40:49] == [
        (11, 11),
        (11, 12),
        (11, 12),
        (11, 12),
        (12, 12),
        (12, 13),
        (12, 13),
        (12, 13),
        (13, 13),
    ]
    few = pages(pieces((1, False), (11, True), *[(None, False)] * 8, (14, True)), 1, 14)
    assert few[2:10] == [(11, 13)] * 8


def test_the_room_of_a_text() -> None:
    assert size("到2025年") == 4.0
    assert size("") == 0.0


def layout(data: st.DataObject, most: int) -> tuple[list[Piece], list[int], int]:
    """Pieces whose true pages are known, and what of that is shown."""
    steps = data.draw(st.lists(st.integers(0, 2), min_size=1, max_size=most))
    true = [1 + sum(steps[: n + 1]) for n in range(len(steps))]
    known = []
    for n, page in enumerate(true):
        anchored = data.draw(st.booleans())
        turned = steps[n] > 0 and n > 0 and data.draw(st.booleans())
        known.append(Piece(Span(n, n + 1), page if anchored else None, turned))
    return known, true, max(true) + data.draw(st.integers(0, 1))


@plans.properties
@given(st.data())
def test_the_true_page_is_always_among_those_given(data: st.DataObject) -> None:
    known, true, last = layout(data, most=8)
    leaves, problems = paginate(known, "字" * len(known), 1, last)
    assert problems == []
    assert len(leaves) == len(known)
    for leaf, page, piece in zip(leaves, true, known, strict=True):
        assert leaf.pages.first <= page <= leaf.pages.last
        assert leaf.pages.exact == (leaf.pages.first == leaf.pages.last)
        if piece.page is not None:
            assert leaf.pages == Pages(page, page)


@plans.properties
@given(st.data())
def test_pages_go_up_and_a_certain_turn_raises_them(data: st.DataObject) -> None:
    known, _, last = layout(data, most=30)
    leaves, _ = paginate(known, "字" * len(known), 1, last)
    for (one, other), piece in zip(pairwise(leaves), known[1:], strict=True):
        assert other.pages.first >= one.pages.first + piece.turned
        assert other.pages.last >= one.pages.last + piece.turned


@plans.properties
@given(st.lists(st.tuples(st.none() | st.integers(1, 9), st.booleans()), min_size=1, max_size=30))
def test_an_anchor_keeps_its_page_whatever_contradicts_it(
    known: list[tuple[int | None, bool]],
) -> None:
    leaves, _ = paginate(*pieces(*known), 1, 9)
    for (page, _), leaf in zip(known, leaves, strict=True):
        assert leaf.pages.first <= leaf.pages.last
        if page is not None:
            assert leaf.pages == Pages(page, page)


PAGE = st.none() | st.integers(0, 9)


@plans.properties
@given(
    st.lists(st.tuples(PAGE, st.booleans()), min_size=1, max_size=30),
    st.none() | st.integers(1, 9),
    st.none() | st.integers(1, 9),
)
def test_no_page_is_below_the_first_known_one_whatever_contradicts_it(
    known: list[tuple[int | None, bool]], first: int | None, last: int | None
) -> None:
    leaves, problems = paginate(*pieces(*known), first, last)
    lowest = max(
        1, min([page for page in (first, *(p for p, _ in known)) if page is not None], default=1)
    )
    for leaf in leaves:
        assert lowest <= leaf.pages.first <= leaf.pages.last
        assert leaf.pages.exact == (leaf.pages.first == leaf.pages.last)
    # Where nothing is said to contradict itself, a certain turn is a turn.
    if not problems and len(leaves) == len(known):
        for (one, other), (_, turned) in zip(pairwise(leaves), known[1:], strict=True):
            assert other.pages.first >= one.pages.first + turned


@pytest.mark.parametrize(
    ("known", "first", "last"),
    [
        ([(None, False), (None, True)], 1, 1),
        ([(None, False), (None, True), (1, False)], 1, 1),
        ([(1, False), (None, True), (None, True), (1, False), (2, False)], 1, 2),
        ([(3, False), (None, True), (None, True), (3, False)], None, None),
        ([(0, False), (None, False)], None, 1),
    ],
)
def test_a_page_that_cannot_be_is_said(
    known: list[tuple[int | None, bool]], first: int | None, last: int | None
) -> None:
    leaves, problems = paginate(*pieces(*known), first, last)
    assert problems
    assert min(leaf.pages.first for leaf in leaves) == max(1, first or known[0][0] or 1)


LEAVES = (
    Leaf(Span(0, 10), Pages(1, 1)),
    Leaf(Span(12, 20), Pages(2, 2)),
    Leaf(Span(22, 30), Pages(2, 3, exact=False)),
)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(0, 3)], Pages(1, 1)),
        ([(3, 10), (12, 13)], Pages(1, 2)),
        ([(12, 13), (25, 26)], Pages(2, 3, exact=False)),
        ([(0, 30)], Pages(1, 3, exact=False)),
        ([(10, 12)], None),
        ([(0, 0)], None),
        ([], None),
    ],
)
def test_the_pages_of_a_text(spans: list[tuple[int, int]], expected: Pages | None) -> None:
    assert pages_of([Span(*span) for span in spans], LEAVES) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("0#1", Pages(1, 1)),
        ("1.1#1", Pages(1, 2)),
        ("1.1#fn1", Pages(1, 1)),
        ("1.2#1", Pages(2, 3)),
        ("2#1", Pages(3, 3)),
        ("2.1#1", Pages(3, 3)),
        ("2.1#t1.3", Pages(3, 3)),
        ("2.1#t1.4", Pages(4, 4)),
        ("2.2#1", Pages(4, 4)),
        ("P2#1", Pages(4, 4)),
        ("3#1", Pages(4, 5, exact=False)),
        ("3.1#1", Pages(5, 6)),
        ("3.1#fn3", Pages(5, 5)),
        ("3.2#1", Pages(6, 6)),
    ],
)
def test_the_pages_of_the_made_up_plan(name: str, expected: Pages) -> None:
    assert plans.passage(plans.reading(plans.PLAN), name).pages == expected


def test_the_headings_stand_where_the_contents_say() -> None:
    found = {section.id: section.pages for section in plans.reading(plans.PLAN).document.sections}
    expected = {"0": 1, "P1": 1, "1": 1, "1.1": 1, "1.2": 2, "2": 3, "2.1": 3, "2.2": 4}
    expected |= {"P2": 4, "3": 4, "3.1": 5, "3.2": 6}
    assert found == {name: Pages(page, page) for name, page in expected.items()}


@pytest.mark.parametrize(
    "below", ["畅通路网。", "专栏1 甲\n\n类别\t序号\t名称\n经济\t1\t增长"], ids=["text", "table"]
)
def test_below_a_footnote_the_page_has_turned(below: str) -> None:
    contents = "目录\n第一章 总则\t1\n第二章 附则\t2\n\n"
    body = f"第一章 总则\n\n推行“四办”^①改革。\n\n① “四办”：马上办。\n\n{below}\n\n第二章 附则\n"
    leaves = plans.reading(contents + body, pages=2).document.leaves
    assert [leaf.pages for leaf in leaves] == [Pages(1, 1)] * 3 + [Pages(2, 2)] * 2


def test_without_contents_no_page_is_claimed() -> None:
    found = plans.reading(plans.WITHOUT_CONTENTS)
    assert found.document.leaves == ()
    assert {passage.pages for passage in found.document.passages} == {None}
    assert {section.pages for section in found.document.sections} == {None}


def test_contents_that_contradict_the_text_are_a_problem() -> None:
    text = plans.PLAN.replace("二、守护水系·····6", "二、守护水系·····5")
    assert plans.reading(text, pages=5).problems == (
        "page 5 in the contents, but the text is on 6",
    )


def test_a_manifest_with_too_few_pages_is_a_problem() -> None:
    assert len(plans.reading(plans.PLAN, pages=4).problems) == 1
