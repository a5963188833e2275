"""Follow-ups: what is carried over, what stands alone, and whatever may be typed.

What is asked of here is mostly in no plan: the rules know no subjects.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import question
from assistant.followup import LONGEST, MEMORY, complete
from assistant.library import encoder
from assistant.records import Exchange, Question
from corpus.language import language
from index import store
from index.build import build
from index.search import Searcher
from index.tokens import WordTable
from tests.doubles import HashEncoder, document, quicken
from tests.plans import properties

YEARS = (2021, 2025)
Before = str | tuple[str, ...]

ZH: list[tuple[Before, str, str]] = [
    # another time
    ("过去五年茶叶出口累计完成了多少？", "未来五年呢？", "未来五年茶叶出口累计完成多少？"),
    ("未来五年茶叶出口要累计完成多少？", "那过去五年呢", "过去五年茶叶出口累计完成了多少？"),
    ("2025年茶叶产值打算做到多少？", "2019年呢？", "2019年茶叶产值是多少？"),
    ("茶叶产值2025年的目标是多少？", "2019年呢？", "茶叶产值2019年是多少？"),
    ("2019年茶叶产值是多少？", "到2025年呢？", "到2025年茶叶产值的目标是多少？"),
    ("茶叶产值2025年的目标是多少？", "现在是多少？", "茶叶产值现在是多少？"),
    ("茶叶产值要达到多少？", "之前是多少？", "茶叶产值之前是多少？"),
    ("“十三五”时期茶叶产值年均增长多少？", "“十四五”呢？", "“十四五”茶叶产值年均增长多少？"),
    ("过去五年新增了多少家茶厂？", "同期茶农增加了多少？", "过去五年茶农增加了多少？"),
    # another subject
    ("2025年茶叶产值打算做到多少？", "那咖啡呢", "2025年咖啡产值打算做到多少？"),
    ("2019年茶叶产值完成了多少？", "咖啡出口额呢？", "2019年咖啡出口额完成了多少？"),
    ("“以茶促旅”是什么意思？", "“茶旅融合”呢？", "“茶旅融合”是什么意思？"),
    ("要培育多少家茶叶龙头企业？", "咖啡企业的目标呢？", "要培育多少家咖啡企业？"),
    ("城镇居民人均可支配收入目标是多少？", "农村居民呢", "农村居民人均可支配收入目标是多少？"),
    ("中医药服务由哪家医院牵头？", "那分级诊疗又是哪家？", "分级诊疗由哪家医院牵头？"),
    # a place, a pronoun, a word
    ("东山茶园要建什么？", "那里还有多少亩地？", "东山茶园还有多少亩地？"),
    ("东山茶园重点种什么？", "西山茶园呢？", "西山茶园种什么？"),
    ("每千人口拥有茶馆数是多少？", "它是约束性的吗？", "每千人口拥有茶馆数是约束性的吗？"),
    ("茶博会什么时候举办？", "这个项目由谁负责？", "茶博会由谁负责？"),
    ("过去五年新增了多少家“老字号”茶厂？", "这个词是什么意思？", "“老字号”茶厂是什么意思？"),
    ("“三减”和“三健”是什么？", "后者是什么意思？", "“三健”是什么意思？"),
    ("这份规划由哪个单位编印？", "什么时候印的？", "这份规划什么时候印的？"),
    # what has no subject
    ("2019年茶叶产值是多少？", "占比多少？", "2019年茶叶产值占比多少？"),
    ("茶叶产值目标是多少？", "怎么做到？", "茶叶产值怎么做到？"),
    ("茶叶产值目标是多少？", "是约束性的吗？", "茶叶产值是约束性的吗？"),
    ("要建几家制茶中心？", "建在哪儿？", "制茶中心建在哪儿？"),
    ("为什么要扩建茶叶市场？", "什么时候完工？", "扩建茶叶市场什么时候完工？"),
    ("茶园禁采多少年？", "为什么？", "为什么茶园禁采？"),
    ("未来五年扶持多少人种茶？", "能带动多少就业？", "未来五年扶持种茶能带动多少就业？"),
    ("现有多少栋茶楼？", "总面积呢？", "现有茶楼总面积是多少？"),
    ("规划要调整的话，谁来提方案？", "谁批准？", "规划要调整的话,谁批准？"),
    # comparisons
    ("2025年茶叶产值要达到多少？", "比2019年多多少？", "2025年茶叶产值比2019年多多少？"),
    (
        ("未来五年茶叶出口要完成多少？", "过去五年茶叶出口完成了多少？"),
        "差了多少？",
        "过去五年和未来五年茶叶出口差了多少？",
    ),
]
EN: list[tuple[Before, str, str]] = [
    # another time
    (
        "How much tea is planned for the next five years?",
        "And over the past five years?",
        "How much tea was there over the past five years?",
    ),
    (
        "How big should tea output get by 2025?",
        "And in 2019?",
        "How big was tea output in 2019?",
    ),
    (
        "What was tea output in 2019?",
        "What is the goal for 2025?",
        "What is the target for tea output for 2025?",
    ),
    (
        "What tea output is the town aiming for?",
        "What was it before?",
        "What was the tea output before?",
    ),
    (
        "How many tea houses per 1,000 residents is the goal for 2025?",
        "What was it in 2020?",
        "How many tea houses per 1,000 residents were there in 2020?",
    ),
    (
        "How many tea houses were added over the past five years?",
        "How much coffee was exported in the same period?",
        "How much coffee was exported over the past five years?",
    ),
    # another subject
    (
        "How big should the value added of the tea industry get by 2025?",
        "What about the coffee industry?",
        "How big should the value added of the coffee industry get by 2025?",
    ),
    (
        "How many tea houses will be built?",
        "And primary schools?",
        "How many primary schools will be built?",
    ),
    (
        'What does "tea and tourism" mean?',
        'And "four teas"?',
        'What does "four teas" mean?',
    ),
    (
        "Which office is in charge of workplace safety?",
        "How about food safety?",
        "Which office is in charge of food safety?",
    ),
    # a place, a pronoun, a word
    (
        "What is planned for the Dongshan area?",
        "Who lives there?",
        "Who lives in the Dongshan area?",
    ),
    (
        "Which crops does the Dongshan area focus on?",
        "And Xishan?",
        "Which crops does the Xishan area focus on?",
    ),
    (
        "Which office is in charge of the tea fair?",
        "Where will it be held?",
        "Where will the tea fair be held?",
    ),
    ("What is the target for tea output?", "Is it binding?", "Is tea output binding?"),
    (
        "What is the green coverage target for 2025?",
        "How much higher is that than in 2020?",
        "How much higher is the green coverage for 2025 than in 2020?",
    ),
    (
        'How many "old name" tea houses were added?',
        "What does that term mean?",
        'What does "old name" tea houses mean?',
    ),
    (
        "How many tea houses does Dongshan have?",
        "How many of them are listed?",
        "How many of Dongshan's tea houses are listed?",
    ),
    (
        "How many tea houses does Dongshan have?",
        "What's their total floor area?",
        "What's the total floor area of Dongshan's tea houses?",
    ),
    ("When was the plan printed?", "Who approved it?", "Who approved the plan?"),
    # what has no subject
    ("How long is the ban on tea?", "Why?", "Why the ban on tea?"),
    (
        "How many tea houses are planned in the Dongshan area?",
        "And how much floor space?",
        "How much floor space for tea houses in the Dongshan area?",
    ),
    (
        ("How much tea is planned for the next five years?", "How much tea was there in 2020?"),
        "What's the difference?",
        "What's the difference in tea between 2020 and the next five years?",
    ),
]
ALONE = [
    ("路网密度要达到多少？", "有哪些约束性指标？"),
    ("路网密度要达到多少？", "约束性指标一共有几个？"),
    ("普惠性幼儿园覆盖率是多少？", "托育机构要覆盖到哪里"),
    ("茶叶产值目标是多少？", "要新建几条绿道？"),
    ("茶叶产值目标是多少？", "劳动合同签订率要达到多少？"),
    ("茶叶产值目标是多少？", "什么是“四办”？"),
    ("茶叶产值目标是多少？", "那失业率要控制在多少？"),
    ("茶叶产值目标是多少？", "规划一共有多少章？"),
    ("茶叶产值目标是多少？", "比特币现在多少美元一个"),
    ("茶叶产值目标是多少？", "怎么申请公租房？"),
    ("茶叶产值目标是多少？", "换个话题，谁负责？"),
    ("茶叶产值目标是多少？", "谢谢"),
    ("茶叶产值目标是多少？", "在吗"),
    ("茶叶产值目标是多少？", "人均公园绿地面积"),
    ("What is the tea target?", "Which indicators are binding?"),
    ("What is the tea target?", "How many chapters does the plan have?"),
    ("What is the tea target?", "What do the “Five Reductions” cut?"),
    ("What is the tea target?", "Is it true that every village gets a clinic?"),
    ("What is the tea target?", "Are there any plans for new schools?"),
    ("What is the tea target?", "How will firms that keep their word be treated?"),
    ("What is the tea target?", "Which hills will a path that is lit connect?"),
    ("What is the tea target?", "If the plan needs adjusting, who proposes it?"),
    ("What is the tea target?", "Another question: who is in charge?"),
    ("What is the tea target?", "Thank you"),
    ("What is the tea target?", "Wuluo Road belt"),
]
OTHER_LANGUAGE = [
    ("What is the green coverage target for 2025?", "它是约束性的吗？", "绿化覆盖率是约束性的吗？"),
    (
        "What is the target for value added of the financial sector by 2025?",
        "2019年呢？",
        "2019年金融产业增加值是多少？",
    ),
    (
        "2025年绿化覆盖率的目标是多少？",
        "Is it binding?",
        "Is green coverage rate binding?",
    ),
    (
        "2025年金融业增加值打算做到多少？",
        "And in 2019?",
        "What was the value added of the financial sector in 2019?",
    ),
]


def exchanges(before: Before) -> list[Exchange]:
    texts = (before,) if isinstance(before, str) else before
    return [Exchange(question.read(text).search) for text in texts]


@pytest.fixture(scope="module")
def searcher(plan_index: Path) -> Searcher:
    return Searcher(store.load(plan_index), encoder(None))


@pytest.fixture(scope="module")
def tiny() -> Searcher:
    """Of a small plan, with every tenth word of jieba's and no real vectors."""
    table = WordTable.of_jieba()
    small = WordTable(table.hashes[::10].copy(), table.counts[::10].copy(), table.total)
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch, small)
        index = build([document("plan", {"1": ["茶叶产值达到100亿元。"]})], HashEncoder())
    return Searcher(index, HashEncoder())


@pytest.mark.plan
@pytest.mark.parametrize(("before", "asked", "written"), [*ZH, *EN])
def test_a_follow_up_is_asked_on_its_own(
    searcher: Searcher, before: Before, asked: str, written: str
) -> None:
    typed = question.read(asked)
    found = complete(typed, exchanges(before), searcher, YEARS)
    assert found.search == written
    assert found == replace(typed, search=written, was_completed=True)


@pytest.mark.plan
@pytest.mark.parametrize(("before", "asked"), ALONE)
def test_a_question_that_stands_alone_carries_nothing(
    searcher: Searcher, before: str, asked: str
) -> None:
    typed = question.read(asked)
    assert complete(typed, exchanges(before), searcher, YEARS) is typed


@pytest.mark.plan
@pytest.mark.parametrize(("before", "asked", "written"), OTHER_LANGUAGE)
def test_what_was_asked_in_the_other_language_is_carried_in_the_terms_of_the_glossary(
    searcher: Searcher, before: str, asked: str, written: str
) -> None:
    found = complete(question.read(asked), exchanges(before), searcher, YEARS)
    assert found.search == written
    assert language(found.search) == language(asked)


@pytest.mark.plan
def test_every_completed_question_stands_alone(searcher: Searcher) -> None:
    for before, asked, _ in [*ZH, *EN]:
        once = complete(question.read(asked), exchanges(before), searcher, YEARS)
        again = complete(replace(once, was_completed=False), exchanges(before), searcher, YEARS)
        assert not again.was_completed, once.search


@pytest.mark.plan
def test_a_term_is_taken_from_the_answer(searcher: Searcher) -> None:
    answer = "采用“四不两直”、“双随机一公开”等方式开展执法检查。"
    history = [Exchange("要开展哪些执法检查", answer)]
    first = complete(question.read("前一个是什么意思？"), history, searcher, YEARS)
    assert first.search == "“四不两直”是什么意思？"
    second = complete(
        question.read("后一个呢？"), [*history, Exchange(first.search)], searcher, YEARS
    )
    assert second.search == "“双随机一公开”是什么意思？"
    english = [Exchange("Which inspections are planned?", 'By "no notice" and "double random".')]
    found = complete(question.read("What does the first one mean?"), english, searcher, YEARS)
    assert found.search == 'What does "no notice" mean?'


@pytest.mark.plan
def test_without_the_years_of_a_plan_a_named_year_still_counts(searcher: Searcher) -> None:
    found = complete(
        question.read("2019年呢？"), exchanges("2025年茶叶产值要达到多少？"), searcher, None
    )
    assert found.search == "2019年茶叶产值要达到多少？"


def test_nothing_is_carried_from_nothing(tiny: Searcher) -> None:
    for text in ("2019年呢？", "为什么？", "Why?", "Is it binding?"):
        typed = question.read(text)
        assert complete(typed, [], tiny, YEARS) is typed
        assert complete(typed, [Exchange(""), Exchange(" ？！")], tiny, YEARS) is typed


def test_only_the_last_questions_count(tiny: Searcher) -> None:
    typed = question.read("这个词是什么意思？")
    empty = [Exchange("?")] * MEMORY
    assert complete(typed, [Exchange("“茶马”是什么？"), *empty], tiny, YEARS) is typed
    assert complete(typed, [*empty, Exchange("“茶马”是什么？")], tiny, YEARS) is not typed


def test_a_long_question_stands_alone(tiny: Searcher) -> None:
    for lang, text in (("zh", "它" * 100), ("en", "why is it " * 30)):
        assert len(text) > LONGEST[lang]
        typed = Question(text, lang, text)
        assert complete(typed, [Exchange("茶叶产值是多少")], tiny, YEARS) is typed


def test_the_same_comes_every_time(tiny: Searcher) -> None:
    history = [Exchange("2025年茶叶产值要达到多少？")]
    for text in ("2019年呢？", "那咖啡呢", "占比多少？", "它是什么意思"):
        typed = question.read(text)
        found = complete(typed, history, tiny, YEARS)
        assert found.was_completed
        assert complete(typed, history, Searcher(tiny.index, HashEncoder()), YEARS) == found


PIECES = """
    那 呢 它 这个 那里 同期 第一个 是多少 为什么 多少 占 比2019年 的 “ ” 茶叶 2020年 到
    \\1 {0} %s ( [ * it that there their why how many what about and in 2020 the second is be of
    ones 's “tea” ？ ! , 。 é 日本 Ⅲ 𝒳 \ud800 \0
"""
TEXTS = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(PIECES.split()), max_size=12).map(" ".join),
    st.lists(st.sampled_from(PIECES.split())).map("".join),
)


@properties
@given(TEXTS, st.lists(st.tuples(TEXTS, TEXTS), max_size=6), st.sampled_from([None, YEARS]))
def test_nothing_that_is_typed_is_an_error(
    tiny: Searcher, text: str, before: list[tuple[str, str]], plan: tuple[int, int] | None
) -> None:
    typed = Question(text, "zh", text)
    found = complete(typed, [Exchange(*said) for said in before], tiny, plan)
    assert found is typed or (found.was_completed and found.search.strip())
    assert (found.text, found.lang) == (typed.text, typed.lang)
