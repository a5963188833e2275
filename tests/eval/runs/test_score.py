"""What counts as a right answer, and what it scores, by answers made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from assistant.api.render import passage_out
from assistant.api.schemas import (
    AnswerText,
    AskResponse,
    CitationOut,
    HitOut,
    PassageOut,
    ReceiptOut,
    ScoresOut,
    TranslationOut,
)
from assistant.records import Reason, Status
from eval.errors import IndexStale
from eval.questions import Lang, Question, Unanswerable
from eval.runs.judging import LONGEST, LONGEST_SHORT, short_right, text_right
from eval.runs.records import LABELS, Result
from eval.runs.score import Plans, expected, result, stale
from eval.runs.targets import Asked
from tests.doubles import document
from tests.eval.tiny import plan

GOLD = Question(
    id="q-zh",
    lang="zh",
    question="金融业增加值目标是多少？",
    type="value",
    section="1",
    answers=(("560亿元",),),
    short=(("560亿元",),),
    evidence=("力争突破560亿元",),
)
SAID = AnswerText(
    short="560亿元",
    short_original="560亿元",
    text="金融业增加值力争突破560亿元。",
    difference=None,
)


def cited(
    *quotes: str, start: int = 0, document: str = "made", english: str | None = None
) -> list[CitationOut]:
    return [
        CitationOut(
            n=n,
            passage_id=f"{document}/1#1",
            document=document,
            path=[],
            pages=[],
            pages_exact=False,
            quote=quote,
            start=start,
            end=start + len(quote),
            translation=None
            if english is None
            else TranslationOut(language="en", path=[], text=english),
            url="",
        )
        for n, quote in enumerate(quotes, start=1)
    ]


def answered(text: str = SAID.text, **changes: Any) -> AskResponse:
    """An answer that is right for GOLD, but for changes; those of what it says among them."""
    said = {name: changes.pop(name) for name in AnswerText.model_fields if name in changes}
    said |= {"short": said.get("short", said.get("short_original", SAID.short))}
    fields: dict[str, Any] = {
        "status": Status.ANSWERED,
        "answer": SAID.model_copy(update={"text": text, **said}),
        "lang": "zh",
        "question": GOLD.question,
        "read_as": GOLD.question,
        "standalone": None,
        "reason": None,
        "message": None,
        "missing": None,
        "confidence": 0.75,
        "notes": [],
        "citations": cited(text),
        "passages": [],
        "suggestions": [],
        "explanation": None,
        "receipt": ReceiptOut(index="", encoder="hash", version="0"),
    }
    return AskResponse(**fields | changes)


REFUSED = answered(
    status=Status.NOT_FOUND, reason=Reason.PLAN_SILENT, answer=None, citations=[], confidence=0.1
)
PARTIAL = answered(status=Status.PARTIAL, reason=Reason.OTHER_PERIOD, short=None)


def test_a_right_answer() -> None:
    assert text_right(GOLD, answered())
    assert short_right(GOLD, answered()) is True


def test_one_that_is_not_given_is_not_right() -> None:
    for answer in (REFUSED, PARTIAL):
        assert not text_right(GOLD, answer)
        assert short_right(GOLD, answer) is False


def test_every_fact_must_be_said() -> None:
    both = replace(GOLD, answers=(("560亿元",), ("2025年",)))
    assert not text_right(both, answered())
    assert text_right(both, answered("到2025年，金融业增加值力争突破560亿元。"))
    assert not text_right(GOLD, answered("金融业增加值力争突破1560亿元。"))


ENGLISH = "By 2025, we will strive to exceed 56 billion yuan."


def in_english(text: str = ENGLISH, **changes: Any) -> AskResponse:
    quotes = cited("到 2025 年，金融业增加值力争突破 560 亿元。", english=ENGLISH)
    told: dict[str, Any] = {"lang": "en", "citations": quotes, "short_original": "560亿元"}
    return answered(text, **(told | {"short": "56 billion yuan (560亿元)"} | changes))


def test_an_english_sentence_is_held_against_the_chinese_one_beside_it() -> None:
    assert text_right(GOLD, in_english())
    assert text_right(GOLD, in_english(ENGLISH[:-1] + "…"))
    assert not text_right(GOLD, in_english(citations=cited("到 2025 年。", english=ENGLISH)))


def test_english_that_is_no_translation_of_what_is_cited_is_not_right() -> None:
    assert not text_right(GOLD, in_english("It will be 56 billion yuan by 2025."))
    other = "By 2025, we will strive to exceed 99 billion yuan."
    quotes = cited("到 2025 年，金融业增加值力争突破 560 亿元。", english=other)
    assert not text_right(GOLD, in_english(other, citations=quotes)), "another figure"
    assert not text_right(GOLD, in_english("By 2025, we will strive to…")), "the figure is cut off"


@pytest.mark.parametrize(
    ("short", "is_right"),
    [
        ("56 billion yuan (560亿元)", True),
        ("560亿元", True),
        ("99 billion yuan (560亿元)", False),
        ("56 billion yuan", False),
        ("nothing (560亿元)", False),
        (None, False),
    ],
)
def test_a_short_answer_in_english_has_the_same_figures(short: str | None, is_right: bool) -> None:
    assert short_right(GOLD, in_english(short=short)) is is_right


def test_in_chinese_what_is_shown_is_judged() -> None:
    assert not text_right(GOLD, answered("别的话。", citations=cited("突破560亿元")))
    assert short_right(GOLD, answered(short="别的话", short_original="560亿元")) is False


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_value_must_be_told_briefly(lang: Lang) -> None:
    def told(length: int) -> AskResponse:
        text = "金" * (length - 5) + "560亿元"
        return answered(text, lang=lang, citations=cited(text))

    assert text_right(GOLD, told(LONGEST[lang]))
    assert not text_right(GOLD, told(LONGEST[lang] + 1))
    for kind in ("share", "count"):
        assert not text_right(replace(GOLD, type=kind), told(LONGEST[lang] + 1))
    for kind in ("how", "list", "definition"):
        assert text_right(replace(GOLD, type=kind), told(LONGEST[lang] + 1))


def test_a_short_answer_that_is_not_expected_is_not_judged() -> None:
    assert short_right(replace(GOLD, short=None), answered()) is None
    assert short_right(replace(GOLD, short=None), REFUSED) is None


@pytest.mark.parametrize(
    ("words", "is_right"),
    [
        ("560亿元", True),
        ("突破560亿元", True),
        ("从377.09亿元到560亿元", True),
        ("2019年的377.09亿元到560亿元", False),
        ("56亿元", False),
        ("560亿元" + "金" * (LONGEST_SHORT - 5), True),
        ("560亿元" + "金" * (LONGEST_SHORT - 4), False),
        (None, False),
    ],
)
def test_the_short_answer_of_a_value(words: str | None, is_right: bool) -> None:
    assert short_right(GOLD, answered(short_original=words)) is is_right


def test_the_short_answer_of_a_list_may_have_many_numbers() -> None:
    many = "1个、2个、3个和560亿元"
    assert short_right(GOLD, answered(short_original=many)) is False
    assert short_right(replace(GOLD, type="list"), answered(short_original=many)) is True


def test_a_count_is_judged_by_its_number() -> None:
    counted = replace(GOLD, count=31, answers=(), short=None)
    right = answered("第一章、第二章", short="31个", short_original="31个")
    assert text_right(counted, right)
    assert short_right(counted, right) is True
    for short in ("131个", "3.31个", "31.5个", "30个", None):
        wrong = answered("第一章、第二章", short=short, short_original=short)
        assert not text_right(counted, wrong)
        assert short_right(counted, wrong) is False


def test_a_difference_must_be_computed_and_right() -> None:
    apart = replace(GOLD, type="comparison", difference="182.91", short=None)
    assert not text_right(apart, answered())
    assert short_right(apart, answered()) is False
    right = answered(difference="182.91亿元")
    assert text_right(apart, right)
    assert short_right(apart, right) is True
    wrong = answered(difference="1182.91亿元")
    assert short_right(apart, wrong) is False
    assert not text_right(apart, wrong)
    assert not text_right(apart, answered("金融业", difference="182.91亿元"))


def test_of_a_difference_both_values_must_be_said() -> None:
    both = replace(
        GOLD, type="comparison", answers=(("377.09亿元",), ("560亿元",)), difference="182.91"
    )
    one = answered("2019年为377.09亿元。", difference="182.91亿元")
    two = answered("2019年为377.09亿元。\n560亿元", difference="182.91亿元")
    assert not text_right(both, one)
    assert text_right(both, two)


PLANS = Plans([plan()], [passage_out(passage) for passage in plan().passages])
EVIDENCE = plan().source.index("力争突破560亿元")


def hits(*names: str) -> list[HitOut]:
    by_name = {passage.passage_id: passage for passage in PLANS.passages}
    scores = ScoresOut(dense=0.0, lexical=0.0, late=None, sentence=None)
    return [HitOut(**by_name[name].model_dump(), score=1.0, scores=scores) for name in names]


def scored(
    gold: Question | Unanswerable, answer: AskResponse, plans: Plans = PLANS, **changes: Any
) -> Result:
    return result(gold, Asked(answer, 12.3456), plans, **{"group": "q", **changes})


def test_all_that_an_answer_scores() -> None:
    # Cited is the sentence with the evidence, and one that has nothing to do with it.
    quotes = [*cited("力争突破560亿元", start=EVIDENCE), *cited("新建码头9个。", start=0)]
    found = scored(
        GOLD,
        answered(
            citations=quotes,
            short_original="突破560亿元",
            passages=hits("made/2#1", "made/1#1", "made/1#2"),
        ),
    )
    assert found.relevant == ("made/1#1",)
    assert found.ranking == ("made/2#1", "made/1#1", "made/1#2")
    assert found.scores == {
        "success@1": 0.0,
        "success@3": 1.0,
        "success@5": 1.0,
        "recall@5": 1.0,
        "recall@10": 1.0,
        "rr@10": 0.5,
        "ndcg@10": pytest.approx(0.6309, abs=1e-4),  # 1 / log2(3)
        "right": 1.0,
        "text_right": 1.0,
        "short_right": 1.0,
        "token_f1": pytest.approx(2 * 3 / (3 + 5)),  # 560 亿 元 of 突 破 560 亿 元
        "citation_precision": 0.5,
        "citation_recall": 1.0,
        "refused_wrongly": 0.0,
        "answered_wrongly": 0.0,
    }
    assert list(found.scores) == [name for name in LABELS if name in found.scores]


def test_what_is_told_of_a_question_and_its_answer() -> None:
    asked = answered(citations=cited("560亿元", start=EVIDENCE + 4))
    found = scored(GOLD, asked.model_copy(update={"read_as": "金融业"}), group="q", is_turn=True)
    assert (found.id, found.group, found.split, found.is_turn) == ("q-zh", "q", "dev", True)
    assert (found.lang, found.direction, found.kind, found.type) == (
        "zh",
        "zh→zh",
        "answerable",
        "value",
    )
    assert (found.part, found.question, found.read_as) == ("标题1", GOLD.question, "金融业")
    assert (found.status, found.reason, found.confidence) == ("answered", None, 0.75)
    assert (found.short, found.text, found.expected) == ("560亿元", SAID.text, "560亿元")
    assert found.citations == (("made", EVIDENCE + 4, EVIDENCE + 9),)
    assert found.took_ms == 12.35


@pytest.mark.parametrize(("answer", "status"), [(REFUSED, "not_found"), (PARTIAL, "partial")])
def test_a_question_that_is_refused_wrongly(answer: AskResponse, status: str) -> None:
    """A partial answer is none, even where it cites the evidence."""
    quotes = cited("力争突破560亿元", start=EVIDENCE) if answer.citations else []
    found = scored(GOLD, answer.model_copy(update={"citations": quotes}))
    assert found.status == status
    assert not found.is_answered
    assert {name: found.scores[name] for name in found.scores if "@" not in name} == {
        "right": 0.0,
        "text_right": 0.0,
        "short_right": 0.0,
        "token_f1": 0.0,
        "citation_precision": 0.0,
        "citation_recall": 0.0,
        "refused_wrongly": 1.0,
        "answered_wrongly": 0.0,
    }


def test_a_question_that_is_answered_wrongly() -> None:
    found = scored(GOLD, answered("金融业增加值力争突破56亿元。", short_original="56亿元"))
    assert (found.scores["right"], found.scores["short_right"]) == (0.0, 0.0)
    assert (found.scores["answered_wrongly"], found.scores["refused_wrongly"]) == (1.0, 0.0)
    assert found.scores["token_f1"] == pytest.approx(2 / 3)


def test_a_ranking_without_the_evidence_scores_zero() -> None:
    for passages in ([], hits("made/2#1", "made/2#2")):
        found = scored(GOLD, answered(passages=passages))
        assert {found.scores[name] for name in found.scores if "@" in name} == {0.0}


@pytest.mark.parametrize(("answer", "right"), [(answered(), 0.0), (PARTIAL, 1.0), (REFUSED, 1.0)])
@pytest.mark.parametrize("kind", ["near_miss", "silent", "outside"])
def test_a_question_that_the_plan_does_not_answer(
    kind: Any, answer: AskResponse, right: float
) -> None:
    gold = Unanswerable(id="no-en", lang="en", question="？", type=kind, asks="date", section="2")
    found = scored(gold, answer)
    assert found.scores == {"right": right, "refused_rightly": right}
    assert (found.kind, found.type, found.direction) == (kind, "date", "en→zh")
    assert (found.part, found.relevant) == ("标题2", ())


def test_citations_overlap_evidence_in_the_same_document_only() -> None:
    twice = Plans([plan(), document("b", {"1": ["别的规划里的话。"]})], PLANS.passages)
    elsewhere = answered(citations=cited("力争突破560亿元", start=EVIDENCE, document="b"))
    found = scored(GOLD, elsewhere, twice)
    assert (found.scores["citation_precision"], found.scores["citation_recall"]) == (0.0, 0.0)
    # Of two quotes one is cited, by a character of it.
    two = replace(GOLD, evidence=("力争突破560亿元", "新建码头9个"))
    found = scored(two, answered(citations=cited("元", start=EVIDENCE + 8)))
    assert (found.scores["citation_precision"], found.scores["citation_recall"]) == (1.0, 0.5)
    assert found.relevant == ("made/1#1", "made/1#2")


def test_what_a_heading_answers_has_no_ranking_scores() -> None:
    heading = replace(GOLD, evidence=("标题2",), section="2", short=None)
    found = scored(heading, answered(passages=hits("made/1#1")))
    assert found.relevant == ()
    assert not [name for name in found.scores if "@" in name]
    assert "short_right" not in found.scores
    assert found.part == "标题2"


def test_a_passage_is_relevant_that_holds_more_than_half_of_a_quote() -> None:
    source = "甲" * 10 + "乙" * 10

    def relevant(*spans: tuple[int, int]) -> Sequence[str]:
        piece: PassageOut = PLANS.passages[0].model_copy(update={"spans": list(spans)})
        return Plans([], [piece]).relevant([[("made", 0, len(source))]])

    assert relevant((0, 10)) == ()
    assert relevant((0, 11)) == ("made/1#1",)
    assert relevant((0, 6), (10, 15)) == ("made/1#1",)
    assert relevant((30, 60)) == ()


@pytest.mark.parametrize(
    ("section", "part"), [("1", "标题1"), ("2", "标题2"), ("", ""), (None, ""), ("9", "")]
)
def test_the_part_is_the_outermost_heading(section: str | None, part: str) -> None:
    assert PLANS.part(section) == part


def test_the_part_of_a_section_in_a_section() -> None:
    deep = Plans([document("deep", {"1": ["甲。"], "1.1": ["乙。"]})], [])
    assert deep.part("1.1") == "标题1"


def test_the_direction_is_the_plans_language_that_holds_the_evidence() -> None:
    english = document("english", {"1": ["Exceed 56 billion yuan."]})
    english = replace(english, manifest=replace(english.manifest, language="en"))
    both = Plans([english, plan()], PLANS.passages)
    assert scored(GOLD, answered(), both).direction == "zh→zh"
    quoted = replace(GOLD, evidence=("56 billion yuan",))
    assert scored(quoted, answered(), both).direction == "zh→en"
    nothing = Unanswerable(id="no", lang="zh", question="？", type="outside")
    assert scored(nothing, answered(), both).direction == "zh→en"


def test_evidence_that_stands_nowhere_is_told_by_id() -> None:
    known: list[Question | Unanswerable] = [
        GOLD,
        Unanswerable(id="no", lang="zh", question="？", type="outside"),
    ]
    stale(known, PLANS)
    gone = [replace(GOLD, id=f"gone-{n}", evidence=("别的话",)) for n in range(4)]
    with pytest.raises(IndexStale, match=r"1 question\(s\) \(gone-0\) .* \(made\)"):
        stale([*known, gone[0]], PLANS)
    with pytest.raises(IndexStale, match=r"4 question\(s\) \(gone-0, gone-1, gone-2, …\)"):
        stale([*gone, *known], PLANS)
    one_of_two = replace(GOLD, evidence=("别的话", "新建码头9个"))
    with pytest.raises(IndexStale, match="q-zh"):
        stale([one_of_two], PLANS)


def test_what_is_expected_in_words() -> None:
    assert expected(replace(GOLD, short=None, answers=(("甲", "乙"), ("丙",)))) == "甲 / 乙 + 丙"
    assert expected(replace(GOLD, count=31)) == "31"
    assert expected(replace(GOLD, difference="182.91")) == "560亿元; difference 182.91"
    nothing = Unanswerable(id="no", lang="zh", question="？", type="near_miss")
    assert expected(nothing) == "nothing"
    assert expected(replace(nothing, near="新建码头9个")) == "nothing; near: 新建码头9个"
