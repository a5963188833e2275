"""Ways to rank the passages of a few sentences, each held against what it should be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.service import Assistant
from eval import ablation
from eval.ablation import SHOWN, Row, rows, table
from eval.errors import IndexStale
from eval.measures.ranking import per_question
from eval.measures.significance import interval
from eval.questions import Question
from eval.retrieval import Judged, judge
from index import fusion
from index.fusion import LEXICAL, PASSAGE, SENTENCE
from index.search import Searcher
from index.tokens import WordTable
from tests.doubles import HashEncoder, quicken
from tests.eval.tiny import ENGLISH, TEXTS, assistant

NAMES = [
    "hybrid, as served",
    "dense alone",
    "lexical alone",
    "rank fusion of both",
    "without late interaction",
    "without sentences",
    "without words",
    "without translation",
]


def question(name: str, lang: str, asked: str, *quotes: str) -> Question:
    return Question(
        id=f"{name}-{lang}",
        lang="en" if lang == "en" else "zh",
        question=asked,
        type="value",
        answers=(("560亿元",),),
        evidence=quotes,
    )


WHARVES, TEA, PARKS = "新建码头9个", "茶园达到300亩", "建成公园12个"
QUESTIONS = [
    question("1", "zh", "茶园达到多少亩？", TEA),
    question("1", "en", "How many mu will tea gardens cover?", TEA),
    question("2", "zh", "金融业码头增加多少？", WHARVES, PARKS),
    question("2", "en", "How many wharves and parks of finance?", WHARVES, PARKS),
    question("3", "zh", "金融业公园到2025年达到多少？", PARKS),
    question("4", "zh", "标题有哪些？", "标题2"),
]
"""Their words are those of several passages, so that each way has its own ranking; the last one's
evidence is a heading."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """An index is built for the row without translation."""
    quicken(monkeypatch, WordTable(np.arange(1, 9, dtype=np.uint64), np.ones(8, np.uint32), 8))


@pytest.fixture(scope="module")
def searcher() -> Searcher:
    return assistant().searcher


@pytest.fixture
def found(searcher: Searcher) -> dict[str, Row]:
    return {row.name: row for row in rows(searcher, QUESTIONS)}


def means(row: Row) -> dict[tuple[str, str], float]:
    return {key: value.mean for key, value in row.scores.items()}


def by_hand(
    searcher: Searcher, total: Callable[[Judged], NDArray[np.float64]]
) -> dict[tuple[str, str], float]:
    """Means of the scores of passages sorted by total, then by id."""
    judged = list(judge(Assistant(searcher), QUESTIONS))
    ids = [passage.id for passage in searcher.index.passages]
    rankings, qrels = dict[str, list[str]](), dict[str, dict[str, int]]()
    for one in judged:
        scores = dict(zip(ids, total(one), strict=True))
        rankings[one.question.id] = sorted(ids, key=lambda name: (-scores[name], name))
        qrels[one.question.id] = {ids[row]: 1 for row in one.relevant}
    scored: Mapping[str, Mapping[str, float]] = per_question(qrels, rankings)
    return {
        (lang, score): float(np.mean([own[score] for own in group]))
        for lang in ("all", "zh", "en")
        for score in SHOWN
        for group in [[scored[name] for name in scored if lang == "all" or name.endswith(lang)]]
    }


def weighted(*weights: float) -> Callable[[Judged], NDArray[np.float64]]:
    def total(judged: Judged) -> NDArray[np.float64]:
        legs = judged.legs
        assert legs.late is not None
        assert legs.best is not None
        return weights[0] * legs.late + weights[1] * legs.best + weights[2] * legs.lexical

    return total


def test_every_way_has_its_row(found: dict[str, Row], searcher: Searcher) -> None:
    told = [row.name for row in rows(searcher, QUESTIONS)]
    assert told == list(found) == NAMES
    for row in found.values():
        assert [*row.scores] == [(lang, score) for lang in ("all", "zh", "en") for score in SHOWN]
        for value in row.scores.values():
            assert 0 <= value.low <= value.mean <= value.high <= 1
        # The one whose evidence is a heading is left out.
        assert [row.scores[lang, "success@1"].n for lang in ("all", "zh", "en")] == [5, 3, 2]


def test_the_rows_differ(found: dict[str, Row]) -> None:
    """Otherwise the tests below could not fail."""
    apart = {tuple(means(row).values()) for row in found.values()}
    assert len(apart) >= 4


@pytest.mark.parametrize(
    ("name", "total"),
    [
        ("hybrid, as served", lambda one: one.legs.total),
        ("hybrid, as served", weighted(PASSAGE, SENTENCE, LEXICAL)),
        ("dense alone", lambda one: one.legs.dense),
        ("lexical alone", lambda one: one.legs.lexical),
        (
            "without late interaction",
            lambda one: PASSAGE * one.legs.dense + LEXICAL * one.legs.lexical,
        ),
        ("without sentences", weighted(PASSAGE, 0.0, LEXICAL)),
        ("without words", weighted(PASSAGE, SENTENCE, 0.0)),
    ],
)
def test_a_row_is_its_ranking_by_hand(
    found: dict[str, Row],
    searcher: Searcher,
    name: str,
    total: Callable[[Judged], NDArray[np.float64]],
) -> None:
    assert means(found[name]) == pytest.approx(by_hand(searcher, total))


def test_rank_fusion_counts_ranks(found: dict[str, Row], searcher: Searcher) -> None:
    ids = np.array([passage.id for passage in searcher.index.passages])

    def total(one: Judged) -> NDArray[np.float64]:
        places = [np.argsort(np.lexsort((ids, -leg))) for leg in (one.legs.dense, one.legs.lexical)]
        return np.asarray(sum(1 / (61.0 + place) for place in places))

    assert means(found["rank fusion of both"]) == pytest.approx(by_hand(searcher, total))


def test_served_is_what_search_returns(found: dict[str, Row], searcher: Searcher) -> None:
    first = [
        searcher.search(assistant().read(one.question).search, 1)[0].passage.text
        for one in QUESTIONS[:-1]
    ]
    right = [
        any(quote in text for quote in one.evidence)
        for one, text in zip(QUESTIONS, first, strict=False)
    ]
    assert 0 < sum(right) < len(right)
    # Both languages of a question are drawn together.
    expected = interval([float(own) for own in right], ["1", "1", "2", "2", "3"])
    assert found["hybrid, as served"].scores["all", "success@1"] == expected


def test_what_is_left_out_is_the_weight_alone(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The legs are those of the answer as served: they are asked for once."""
    asked: list[int] = []

    def judged(one: Assistant, questions: list[Question]) -> Iterator[Judged]:
        asked.append(len(one.index.views))
        return judge(one, questions)

    monkeypatch.setattr(ablation, "judge", judged)
    list(rows(searcher, QUESTIONS))
    assert asked == [2, 1]  # in both languages, then in Chinese alone


def test_without_translation_nothing_english_is_in_the_index(
    found: dict[str, Row], searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Searcher] = []

    def judged(one: Assistant, questions: list[Question]) -> Iterator[Judged]:
        seen.append(one.searcher)
        return judge(one, questions)

    monkeypatch.setattr(ablation, "judge", judged)
    *_, last = rows(searcher, QUESTIONS)
    bare = seen[-1]
    assert [view.language for view in bare.index.views] == ["zh"]
    assert [one.id for one in bare.index.passages] == [one.id for one in searcher.index.passages]
    assert means(last) == pytest.approx(by_hand(bare, lambda one: one.legs.total))
    assert means(last) == means(found["without translation"])


def test_another_encoder_builds_the_index_anew(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[str, HashEncoder]] = []

    def load(name: str) -> HashEncoder:
        made.append((name, HashEncoder(name=f"wide {name}", digest="sha256:1", width=32)))
        return made[-1][1]

    monkeypatch.setattr("index.encoder.load_encoder", load)
    told: list[tuple[int, int]] = []
    found = list(rows(searcher, QUESTIONS, ["a", "b"], lambda *now: told.append(now)))
    assert [row.name for row in found] == [*NAMES, "encoder wide a", "encoder wide b"]
    assert [name for name, _ in made] == ["a", "b"]
    texts = {text for own in (*TEXTS.values(), *ENGLISH.values()) for text in own}
    for _, encoder in made:
        assert {text for text in texts if any(text in one for one in encoder.embedded)} == texts
        assert len(encoder.questions) == len(QUESTIONS) - 1
    assert told.count((told[0][1], told[0][1])) == 2


def test_questions_about_another_plan(searcher: Searcher) -> None:
    with pytest.raises(IndexStale, match="9-zh"):
        list(rows(searcher, [question("9", "zh", "？", "别的规划里的话")]))


def test_the_table(found: dict[str, Row], searcher: Searcher) -> None:
    heads, rule, *lines = table(searcher, QUESTIONS).split("\n")
    assert heads == (
        "| ranked by | S@1 (n=5) | zh S@1 | zh S@3 | zh nDCG@10 | en S@1 | en S@3 | en nDCG@10 |"
    )
    assert rule == "|---" * 8 + "|"
    assert [line.split(" | ")[0].removeprefix("| ") for line in lines] == NAMES
    served = found["hybrid, as served"].scores
    whole = served["all", "success@1"]
    cells = lines[0].strip("| ").split(" | ")
    assert cells[1] == f"{whole.mean:.3f} [{whole.low:.2f}–{whole.high:.2f}]"
    assert cells[2] == f"{served['zh', 'success@1'].mean:.3f}"
    assert cells[-1] == f"{served['en', 'ndcg@10'].mean:.3f}"


def test_the_table_of_one_language(searcher: Searcher) -> None:
    heads, *_ = table(searcher, [one for one in QUESTIONS if one.lang == "zh"]).split("\n")
    assert heads == "| ranked by | S@1 (n=3) | zh S@1 | zh S@3 | zh nDCG@10 |"


def test_weights_are_those_that_are_served() -> None:
    """A row without a part must differ from what is served in that part alone."""
    late, best, lexical = (np.array([value]) for value in (0.5, 0.25, 2.0))
    assert fusion.hybrid(late, best, lexical)[0] == pytest.approx(
        PASSAGE * 0.5 + SENTENCE * 0.25 + LEXICAL * 2.0
    )
