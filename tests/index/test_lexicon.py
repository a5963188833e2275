"""Questions carried to a view's words: terms whole, single words by the dictionary."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.records import Term
from index.lexical import Lexical
from index.lexicon import Lexicon, dictionary, entries
from index.tokens import STOPWORDS, Words
from tests.doubles import ENTRIES

TERMS = (
    Term("绿色金融", "green finance", ("green financing",), ("eco banking",)),
    Term("金融", "financial sector"),
    Term("养老服务", "elderly care services", (), ("old people's homes",)),
    Term("长江", "Yangtze"),
    Term("长江新城", "Yangtze New Town"),
    Term("新镇", "New Town"),
    Term("一老一小", "the old and the young"),
    Term("研发投入", "R&D spending"),
)
DICTIONARIES = {
    "zh": {"bank": ("银行",), "fund": ("基金", "资金"), "green": ("绿",), "new": ("新",)},
    "en": {"银行": ("bank",), "资金": ("capit", "fund"), "长江": ("river",), "绿色": ("green",)},
}


@pytest.fixture(scope="module")
def lexicon(cut: dict[str, Words]) -> Lexicon:
    return Lexicon(TERMS, DICTIONARIES, cut)


def single(*words: str) -> list[tuple[str]]:
    """Terms of one word each."""
    return [(word,) for word in words]


@pytest.mark.parametrize(
    ("question", "chinese", "english"),
    [
        ("绿色金融", ["绿色", "金融"], ["green", "financ"]),
        ("green finance", ["绿色", "金融"], ["green", "financ"]),
        ("Yangtze", ["长江"], ["yangtz"]),
        ("养老服务", ["养老", "服务"], ["elder", "care", "servic"]),
        ("elderly care services", ["养老", "服务"], ["elder", "care", "servic"]),
        ("R&D spending", ["研发", "投入"], ["r", "d", "spend"]),
        ("长江。养老服务", ["长江", "养老", "服务"], ["yangtz", "elder", "care", "servic"]),
    ],
)
def test_terms_are_carried_both_ways(
    lexicon: Lexicon, question: str, chinese: list[str], english: list[str]
) -> None:
    assert lexicon.carry(question, "zh") == single(*chinese)
    assert lexicon.carry(question, "en") == single(*english)


@pytest.mark.parametrize(
    "question", ["GREEN  FINANCE", "ｇｒｅｅｎ finance", "the green and finance", "Green-finance?"]
)
def test_terms_are_found_however_they_are_written(lexicon: Lexicon, question: str) -> None:
    assert lexicon.carry(question, "zh") == single("绿色", "金融")


@pytest.mark.parametrize(
    ("question", "expected"), [("ＮＥＷ ＴＯＷＮ", "新镇"), ("「长江」", "长江")]
)
def test_width_and_punctuation_hide_no_term(
    lexicon: Lexicon, cut: dict[str, Words], question: str, expected: str
) -> None:
    assert lexicon.carry(question, "zh") == single(*cut["zh"](expected))


def test_of_overlapping_terms_the_longest_is_carried(lexicon: Lexicon) -> None:
    assert lexicon.carry("长江新城", "en") == single("yangtz", "new", "town")
    assert lexicon.carry("绿色金融", "en") == single("green", "financ")
    assert lexicon.carry("Yangtze new town", "zh") == single("长江", "新城")


def test_terms_that_follow_each_other_are_all_carried(lexicon: Lexicon) -> None:
    assert lexicon.carry("长江新城绿色金融", "en") == single(
        "yangtz", "new", "town", "green", "financ"
    )
    assert lexicon.carry("Yangtze green financing", "zh") == single("长江", "绿色", "金融")


@pytest.mark.parametrize(
    "question",
    [
        "elderly care service",
        "elderly care services",
        "the elderly's care, services",
        "Elderly caring services",
    ],
)
def test_english_terms_are_told_by_their_stems(lexicon: Lexicon, question: str) -> None:
    assert lexicon.carry(question, "zh") == single("养老", "服务")


@pytest.mark.parametrize(
    ("question", "added"),
    [
        ("eco banking", ["green", "financ"]),
        ("Eco-banks", ["green", "financ"]),
        ("old people's homes", ["elder", "care", "servic"]),
        ("old people’s homes", ["elder", "care", "servic"]),
        ("green financing", []),
        ("green finance", []),
        ("eco banking, green finance", []),
    ],
)
def test_what_people_say_instead_is_carried_to_the_plans_wording(
    lexicon: Lexicon, cut: dict[str, Words], question: str, added: list[str]
) -> None:
    """The question's own words stay, and no word of the plan's is added twice."""
    assert lexicon.carry(question, "en") == single(*cut["en"](question), *added)


def test_what_people_say_instead_is_carried_to_chinese(lexicon: Lexicon) -> None:
    assert lexicon.carry("eco banking", "zh") == single("绿色", "金融")
    assert lexicon.carry("old people's homes", "zh") == single("养老", "服务")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_words_that_only_join_others_are_left_out(lexicon: Lexicon, language: str) -> None:
    assert lexicon.carry(" ".join(sorted(STOPWORDS)), language) == []
    joined = "What is the green finance that you have, and how?"
    assert lexicon.carry(joined, language) == lexicon.carry("green finance", language)


def test_a_term_may_have_words_that_only_join_others(
    lexicon: Lexicon, cut: dict[str, Words]
) -> None:
    for question in ("the old and the young", "old and young", "the old with their young"):
        assert lexicon.carry(question, "zh") == single(*cut["zh"]("一老一小"))
    assert lexicon.carry("一老一小", "en") == single("old", "young")


def test_a_word_of_the_other_language_that_nothing_carries_stays(lexicon: Lexicon) -> None:
    assert lexicon.carry("zeppelins in green finance", "zh") == single("zeppelins", "绿色", "金融")
    assert lexicon.carry("飞艇", "en") == single("飞艇")


def test_what_stays_counts_as_not_found(lexicon: Lexicon) -> None:
    counted = Lexical.of([["绿色", "金融"], ["养老"], ["银行"], ["长江"]])
    alone = counted.shares(lexicon.carry("green finance", "zh"))
    beside = counted.shares(lexicon.carry("zeppelins in green finance", "zh"))
    assert beside == pytest.approx(alone * 2 / 3)
    assert beside[0] > 0


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("funds", "zh", [("基金", "资金")]),
        ("The bank's funding?", "zh", [("银行",), ("基金", "资金")]),
        ("资金", "en", [("capit", "fund")]),
        ("银行资金", "en", [("bank",), ("capit", "fund")]),
        ("funds", "en", [("fund",)]),
        ("资金", "zh", [("资金",)]),
    ],
)
def test_other_words_are_carried_by_the_dictionary(
    lexicon: Lexicon, question: str, language: str, expected: list[tuple[str, ...]]
) -> None:
    assert lexicon.carry(question, language) == expected


def test_the_dictionary_is_not_asked_for_what_a_term_covers(lexicon: Lexicon) -> None:
    assert lexicon.carry("长江", "en") == single("yangtz")
    assert ("绿",) not in lexicon.carry("green finance", "zh")
    assert lexicon.carry("green banks", "zh") == single("绿", "银行")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2025", ["2025"]),
        ("1,522.04", ["1522.04"]),
        ("5G", ["5", "g"]),
        ("24.78%", ["24.78"]),
        ("PM2.5", ["pm2", "5"]),
        ("é 2025", ["é", "2025"]),
    ],
)
def test_numbers_and_words_of_no_language_are_kept(
    lexicon: Lexicon, language: str, question: str, expected: list[str]
) -> None:
    assert lexicon.carry(question, language) == single(*expected)


def test_numbers_with_commas_move_no_term(lexicon: Lexicon) -> None:
    assert lexicon.carry("增加1,522亿元，绿色金融，1522", "en") == single(
        "增加", "1522", "亿元", "1522", "green", "financ"
    )


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("question", ["", " ", "？！", "。\n", "'", "_"])
def test_a_question_without_words_is_carried_to_none(
    lexicon: Lexicon, question: str, language: str
) -> None:
    assert lexicon.carry(question, language) == []


@pytest.mark.parametrize("question", ["绿色金融", "green funds", "", "5G"])
def test_without_terms_and_dictionaries_words_stay_as_they_are(
    cut: dict[str, Words], question: str
) -> None:
    bare = Lexicon((), {}, cut)
    for language in ("en", "zh"):
        assert bare.carry(question, language) == single(*cut[language](question))


pieces = st.sampled_from(
    [
        *"绿色金融长江新城养老服务资 ,，〇\U000200005GＡ㎡ßİ’",
        *("green", "finance", "new", "town", "fund", "'s", "the", "1,522", "1522"),
    ]
)
anything = st.text(max_size=40) | st.lists(pieces, max_size=12).map("".join)


@given(anything)
@example("1,522和1522绿色金融1522")
@example("'s")
def test_any_text_is_carried_to_words(lexicon: Lexicon, question: str) -> None:
    for language in ("en", "zh"):
        carried = lexicon.carry(question, language)
        assert carried == lexicon.carry(question, language)
        for term in carried:
            assert term
            assert all(term)


@given(st.text("绿色金融长江新城养老服务银行资金的一", max_size=12))
def test_the_plans_own_language_loses_no_word(
    lexicon: Lexicon, cut: dict[str, Words], question: str
) -> None:
    own = single(*cut["zh"](question))
    assert lexicon.carry(question, "zh")[: len(own)] == own


def test_it_knows_the_stems_that_it_can_carry(lexicon: Lexicon) -> None:
    for stem in ("green", "financ", "eco", "bank", "peopl", "fund"):
        assert lexicon.knows(stem)
    for stem in ("zeppelin", "finance", "capit", "the", ""):
        assert not lexicon.knows(stem)


class TestDictionary:
    def test_it_has_the_words_that_a_view_knows(self, cut: dict[str, Words]) -> None:
        assert dictionary(ENTRIES, "zh", {"金融", "银行", "长江"}, cut) == {
            "bank": ("金融", "银行"),
            "financ": ("金融",),
        }
        assert dictionary(ENTRIES, "en", {"bank", "river"}, cut) == {
            "金融": ("bank",),
            "银行": ("bank",),
        }
        for language in ("en", "zh"):
            assert dictionary(ENTRIES, language, set(), cut) == {}
            assert dictionary([], language, {"bank", "银行"}, cut) == {}

    @pytest.mark.parametrize(
        ("meaning", "stem"),
        [
            ("bank", "bank"),
            ("Banks", "bank"),
            ("to finance", "financ"),
            ("(coll.) bank", "bank"),
            ("bank (CL:家[jia1])", "bank"),
            ("the bank", "bank"),
            ("a bank of one's own", None),
            ("old-age care", None),
            ("savings bank", None),
            ("to provide for the elderly", None),
            ("(coll.)", None),
            ("", None),
        ],
    )
    def test_a_meaning_of_several_words_is_left_out(
        self, cut: dict[str, Words], meaning: str, stem: str | None
    ) -> None:
        found = dictionary([("词", [meaning])], "zh", {"词"}, cut)
        assert found == ({} if stem is None else {stem: ("词",)})
        found = dictionary([("词", [meaning])], "en", {stem or "bank"}, cut)
        assert found == ({} if stem is None else {"词": (stem,)})

    def test_it_does_not_depend_on_the_order_of_the_entries(self, cut: dict[str, Words]) -> None:
        known = {"金融", "银行", "养老"}
        forth = dictionary(ENTRIES, "zh", known, cut)
        back = dictionary(ENTRIES[::-1], "zh", known, cut)
        assert [*forth.items()] == [*back.items()]

    def test_two_entries_of_one_word_are_one(self, cut: dict[str, Words]) -> None:
        twice = [("行", ["bank"]), ("行", ["row"]), ("行", ["bank"])]
        assert dictionary(twice, "en", {"bank", "row"}, cut) == {"行": ("bank", "row")}
        assert dictionary(twice, "zh", {"行"}, cut) == {"bank": ("行",), "row": ("行",)}

    def test_cc_cedict_has_simplified_words_and_their_meanings(self) -> None:
        found: dict[str, list[str]] = {}
        for chinese, meanings in entries():
            found.setdefault(chinese, []).extend(meanings)
        assert len(found) > 100_000
        assert "finance" in " ".join(found["金融"])
        assert "bank" in " ".join(found["银行"])
