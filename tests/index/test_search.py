"""A question to ranked hits: modes, filters, order, and the same scores however many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace

import numpy as np
import pytest

from corpus.language import language
from corpus.records import Document, Term
from index import fusion, late, search
from index.build import build
from index.errors import IndexMismatch
from index.records import Hit, Mode
from index.search import Searcher
from index.view import whole_text
from tests.doubles import ALIKE, NAMES, English, HashEncoder, document

pytestmark = pytest.mark.usefixtures("quick_words")

PLAN = {
    "9": ["弘扬长江文化。保护历史街区。"],
    "10": ["到2025年，金融业增加值突破560亿元。占比达到24.78%。", "建设金融之城。"],
    "10.1": ["推动总部经济、楼宇经济。", "Green finance grows. Banks follow."],
    "10.1.1": ["引进外资银行3家。"],
    "10.2": ["发展绿色金融。"],
    "101": ["完善养老服务。新增床位2000张！"],
}
ENGLISH: English = {
    "9": ["Promote the Yangtze culture.\nProtect historic streets."],
    "10": ["By 2025, the financial sector adds 56 billion yuan.\n", "Build a city of finance."],
    "10.1": [None, "Green finance grows. Banks follow."],
    "10.1.1": ["Attract 3 foreign banks."],
    "101": ["\nAdd 2000 beds!"],
}
"""Of PLAN: two sentences are withheld, two passages are not translated."""
OTHER = {"10": ["金融业增加值突破90亿元。"], "11": ["养老服务床位达到500张。"]}
QUESTION = "金融业增加值目标是多少"
QUESTIONS = (
    QUESTION,
    "养老服务床位",
    "green finance",
    "2000张",
    "没有的词语",
    "Xyzzy?",
    "",
    "？！",
)


def documents() -> list[Document]:
    return [document("plan", PLAN), document("other", OTHER)]


def bilingual() -> list[Document]:
    """Of the ten passages in Chinese, six are in English too; the second plan is not translated."""
    return [document("plan", PLAN, ENGLISH), document("other", OTHER)]


def searcher(made_of: Sequence[Document] | None = None) -> Searcher:
    index = build(documents() if made_of is None else made_of, HashEncoder())
    return Searcher(index, HashEncoder())


def ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.passage.id for hit in hits]


def one_by_one(finder: Searcher) -> dict[str, Searcher]:
    """Searchers of each view alone, by its language."""
    return {
        view.language: Searcher(replace(finder.index, views=(view,)), HashEncoder())
        for view in finder.index.views
    }


def held(finder: Searcher) -> Iterator[bytes]:
    """What an index is searched in, byte by byte."""
    for view in finder.index.views:
        yield from (units.tokens.values.tobytes() for units in (view.wholes, view.parts))
        yield view.lexical.weights.tobytes()
        yield bytes(view.dense)


def assert_ranked(hits: Sequence[Hit]) -> None:
    keys = [(-hit.score, hit.passage.id) for hit in hits]
    assert keys == sorted(keys)
    assert len(set(ids(hits))) == len(hits)


class TestModes:
    @pytest.mark.parametrize("question", QUESTIONS)
    @pytest.mark.parametrize("mode", list(Mode))
    def test_every_passage_is_ranked_in_a_total_order(self, mode: Mode, question: str) -> None:
        finder = searcher()
        hits = finder.search(question, k=99, mode=mode)
        assert sorted(ids(hits)) == sorted(passage.id for passage in finder.index.passages)
        assert_ranked(hits)
        for hit in hits:
            assert hit.passage is finder.index.by_id[hit.passage.id]
            assert np.isfinite(hit.score)

    def test_hybrid_scores_are_the_weighted_sum_of_their_parts(self) -> None:
        for hit in searcher().search(QUESTION, k=99):
            assert hit.scores.late is not None
            assert hit.scores.sentence is not None
            total = (
                fusion.PASSAGE * hit.scores.late
                + fusion.SENTENCE * hit.scores.sentence
                + fusion.LEXICAL * hit.scores.lexical
            )
            assert hit.score == pytest.approx(total)
            assert len(hit.sentences) == len(hit.passage.sentences)
            assert hit.scores.sentence == max(hit.sentences)

    def test_dense_scores_are_cosines(self) -> None:
        finder, encoder = searcher(), HashEncoder()
        question = encoder.query(QUESTION).sentence
        for hit in finder.search(QUESTION, k=99, mode=Mode.DENSE):
            side = finder.index.by_document[hit.passage.document].side(hit.passage, "zh")
            assert side is not None
            vector = next(encoder.passages([whole_text(side)])).sentence
            assert (
                hit.score == hit.scores.dense == pytest.approx(float(question @ vector), abs=1e-6)
            )
            assert (hit.scores.late, hit.scores.sentence, hit.sentences) == (None, None, ())

    def test_lexical_scores_are_shares_of_bm25_and_need_no_encoder(self) -> None:
        finder, encoder = searcher(), HashEncoder()
        finder = Searcher(finder.index, encoder)
        hits = finder.search(QUESTION, k=99, mode=Mode.LEXICAL)
        assert encoder.questions == []
        (view,) = finder.index.views
        shares = view.lexical.shares([(word,) for word in finder.words["zh"](QUESTION)])
        expected = dict(zip((p.id for p in finder.index.passages), shares, strict=True))
        assert {hit.passage.id: hit.score for hit in hits} == pytest.approx(expected)
        for hit in hits:
            assert hit.score == hit.scores.lexical
            assert (hit.scores.late, hit.scores.sentence, hit.sentences) == (None, None, ())

    @pytest.mark.parametrize("mode", [Mode.DENSE, Mode.HYBRID])
    def test_a_question_is_encoded_once(self, mode: Mode) -> None:
        encoder = HashEncoder()
        Searcher(searcher().index, encoder).search(QUESTION, mode=mode)
        assert encoder.questions == [QUESTION]
        assert encoder.embedded == []

    @pytest.mark.parametrize("mode", list(Mode))
    @pytest.mark.parametrize(
        ("question", "best"),
        [("引进外资银行3家。", "plan/10.1.1#1"), ("养老服务床位达到500张。", "other/11#1")],
    )
    def test_a_passages_own_words_find_it(self, mode: Mode, question: str, best: str) -> None:
        assert ids(searcher().search(question, k=1, mode=mode)) == [best]

    def test_the_sentence_asked_for_is_the_best_of_its_passage(self) -> None:
        hit = searcher().search("占比达到24.78%", k=1)[0]
        assert hit.passage.id == "plan/10#1"
        assert hit.sentences[1] > hit.sentences[0]

    @pytest.mark.parametrize("question", ["", "？！", " "])
    def test_a_question_without_words_scores_nothing(self, question: str) -> None:
        finder = searcher()
        for mode in (Mode.LEXICAL, Mode.HYBRID):
            hits = finder.search(question, k=99, mode=mode)
            assert {hit.score for hit in hits} == {0}
            assert ids(hits) == sorted(ids(hits))


class TestOrder:
    @pytest.mark.parametrize("k", [0, 1, 3, 9, 10])
    def test_k_is_the_most_and_a_prefix_of_more(self, k: int) -> None:
        finder = searcher()
        for mode in Mode:
            everything = finder.search(QUESTION, k=99, mode=mode)
            assert len(everything) == 10
            assert finder.search(QUESTION, k=k, mode=mode) == everything[:k]

    def test_k_is_ten_unless_told(self) -> None:
        texts = {"1": [f"第{number}条。" for number in range(12)]}
        assert len(searcher([document("plan", texts)]).search("第")) == 10

    @pytest.mark.parametrize("mode", list(Mode))
    def test_equal_texts_are_ordered_by_id(self, mode: Mode) -> None:
        made_of = [document(name, {"1": ["金融之城。"] * 11}) for name in ("b", "a", "c")]
        hits = searcher(made_of).search("金融", k=99, mode=mode)
        assert len({hit.score for hit in hits}) == 1
        assert ids(hits) == sorted(ids(hits))
        assert len(hits) == 33

    @pytest.mark.parametrize("mode", list(Mode))
    def test_the_order_of_the_documents_does_not_matter(self, mode: Mode) -> None:
        one, other = searcher(), searcher(documents()[::-1])
        for question in QUESTIONS:
            found, turned = (finder.search(question, 99, mode) for finder in (one, other))
            assert ids(found) == ids(turned)
            scores = [hit.score for hit in turned]
            assert [hit.score for hit in found] == pytest.approx(scores, abs=1e-9)

    @pytest.mark.parametrize("mode", list(Mode))
    def test_the_same_question_twice_gives_equal_hits(self, mode: Mode) -> None:
        finder = searcher()
        for question in QUESTIONS:
            first = finder.search(question, mode=mode)
            finder.search("别的问题", mode=mode)
            assert finder.search(question, mode=mode) == first
            assert searcher().search(question, mode=mode) == first


class TestFilters:
    @pytest.mark.parametrize("mode", list(Mode))
    def test_documents(self, mode: Mode) -> None:
        finder = searcher()
        everything = finder.search(QUESTION, 99, mode)
        for wanted in ({"other"}, ["plan"], ("plan", "other"), {"plan", "unknown"}):
            found = finder.search(QUESTION, 99, mode, documents=wanted)
            assert found == [hit for hit in everything if hit.passage.document in wanted]
            assert found

    @pytest.mark.parametrize(
        ("section", "expected"),
        [
            (
                "10",
                [
                    "plan/10#1",
                    "plan/10#2",
                    "plan/10.1#1",
                    "plan/10.1#2",
                    "plan/10.1.1#1",
                    "plan/10.2#1",
                    "other/10#1",
                ],
            ),
            ("10.1", ["plan/10.1#1", "plan/10.1#2", "plan/10.1.1#1"]),
            ("10.1.1", ["plan/10.1.1#1"]),
            ("101", ["plan/101#1"]),
            ("11", ["other/11#1"]),
        ],
    )
    def test_a_section_holds_those_below_it(self, section: str, expected: list[str]) -> None:
        for mode in Mode:
            found = searcher().search(QUESTION, 99, mode, section=section)
            assert sorted(ids(found)) == sorted(expected)
            assert_ranked(found)

    def test_document_and_section_together(self) -> None:
        found = searcher().search(QUESTION, documents=["other"], section="10")
        assert ids(found) == ["other/10#1"]

    def test_filters_come_before_k(self) -> None:
        finder = searcher()
        best = ids(finder.search(QUESTION, k=1))[0]
        other = "other" if best.startswith("plan/") else "plan"
        assert len(finder.search(QUESTION, k=1, documents=[other])) == 1

    def test_a_filter_changes_no_score(self) -> None:
        finder = searcher()
        scores = {hit.passage.id: hit for hit in finder.search(QUESTION, k=99)}
        found = finder.search(QUESTION, k=99, section="10.1")
        assert found
        assert all(hit == scores[hit.passage.id] for hit in found)

    def test_a_filter_that_nothing_passes_gives_nothing(self) -> None:
        finder = searcher()
        for mode in Mode:
            assert finder.search(QUESTION, mode=mode, documents=[]) == []
            assert finder.search(QUESTION, mode=mode, documents=["unknown"]) == []
            assert finder.search(QUESTION, mode=mode, section="unknown") == []
            assert finder.search(QUESTION, mode=mode, section="") == []
            assert finder.search(QUESTION, mode=mode, documents=["other"], section="101") == []

    def test_a_section_of_the_same_title_beside_it_is_not_below_it(self) -> None:
        """Headings repeat: corpus calls the second "10.1-2", and both have the same path."""
        made = document("plan", {"10": [], "10.1": ["甲。"], "10.2": ["乙。"], "10.2.1": ["丙。"]})
        parent, first, second, below = made.sections
        twins = (parent, first, replace(second, id="10.1-2", path=first.path), below)
        twins = (*twins[:3], replace(below, id="10.1-2.1", path=(*first.path, "细则")))
        renamed = {"10.1": "10.1", "10.2": "10.1-2", "10.2.1": "10.1-2.1"}
        passages = tuple(
            replace(passage, section=renamed[passage.section]) for passage in made.passages
        )
        finder = searcher([replace(made, sections=twins, passages=passages)])
        found = {
            section: sorted(hit.passage.text for hit in finder.search("甲", section=section))
            for section in ("10", "10.1", "10.1-2")
        }
        assert found == {
            "10": sorted(["甲。", "乙。", "丙。"]),
            "10.1": ["甲。"],
            "10.1-2": sorted(["乙。", "丙。"]),
        }


class TestLanguages:
    """A passage may have two languages; it is one passage, whichever finds it."""

    @pytest.mark.parametrize("mode", list(Mode))
    @pytest.mark.parametrize(
        ("question", "best"),
        [
            ("引进外资银行3家。", "plan/10.1.1#1"),
            ("Attract 3 foreign banks.", "plan/10.1.1#1"),
            ("弘扬长江文化。保护历史街区。", "plan/9#1"),
            ("Promote the Yangtze culture. Protect historic streets.", "plan/9#1"),
        ],
    )
    def test_either_language_finds_a_passage_once(
        self, mode: Mode, question: str, best: str
    ) -> None:
        hits = searcher(bilingual()).search(question, k=99, mode=mode)
        assert ids(hits)[0] == best
        assert len(hits) == 10
        assert_ranked(hits)

    def test_scores_worked_by_hand(self) -> None:
        """Three passages of one word each; the first in English is what is asked for."""
        made = document(
            "plan",
            {"1": ["床"], "2": ["茶"], "3": ["船"]},
            {"1": ["beds"], "2": ["tea"], "3": ["boats"]},
        )
        legs = searcher([made]).legs("beds")
        encoder = HashEncoder()
        question = encoder.query("beds").sentence
        whole, translated, sentence = encoder.passages(["标题1\n床", "Heading 1\nbeds", "床"])

        def mean(english: float, chinese: float) -> float:
            return (english + fusion.OTHER_LANGUAGE * chinese) / (1 + fusion.OTHER_LANGUAGE)

        assert legs.late is not None
        assert legs.best is not None
        # BM25 of a word that stands once in a passage of average length: its idf of idf · 2.5
        assert legs.lexical == pytest.approx([1 / 2.5, 0, 0])
        assert legs.dense[0] == pytest.approx(
            mean(float(question @ translated.sentence), float(question @ whole.sentence)), abs=1e-6
        )
        assert legs.late[0] == pytest.approx(
            mean(1, float((whole.tokens @ question).max())), abs=0.02
        )
        assert legs.best[0] == pytest.approx(
            mean(1, float((sentence.tokens @ question).max())), abs=0.02
        )

    @pytest.mark.parametrize("other", [fusion.OTHER_LANGUAGE, 0.25])
    @pytest.mark.parametrize("question", [*QUESTIONS, "Which banks follow?", "add 2000 beds"])
    def test_vectors_are_the_mean_of_the_languages_a_passage_has(
        self, question: str, other: float
    ) -> None:
        finder = searcher(bilingual())
        found = finder.legs(question, other=other)
        own = language(question)
        for name in ("dense", "late", "sentences"):
            total, weight = np.zeros(1), np.zeros(1)
            for told, alone in one_by_one(finder).items():
                scores = getattr(alone.legs(question), name)
                share = np.where(np.isfinite(scores), 1.0 if told == own else other, 0)
                total = total + np.where(share, scores, 0) * share
                weight = weight + share
            assert (weight > 0).all()
            assert getattr(found, name) == pytest.approx(total / weight, abs=1e-6)
        assert found.late is not None
        assert found.best is not None
        assert found.total == pytest.approx(
            fusion.PASSAGE * found.late
            + fusion.SENTENCE * found.best
            + fusion.LEXICAL * found.lexical
        )

    @pytest.mark.parametrize("question", [*QUESTIONS, "Which banks follow?", "add 2000 beds"])
    def test_words_are_counted_in_the_questions_language_where_a_passage_has_it(
        self, question: str
    ) -> None:
        finder = searcher(bilingual())
        alone = {
            told: one.legs(question, Mode.LEXICAL).lexical
            for told, one in one_by_one(finder).items()
        }
        own = alone.pop(language(question))
        (other,) = alone.values()
        expected = np.where(np.isfinite(own), own, other)
        assert finder.legs(question).lexical.tolist() == expected.tolist()
        assert finder.legs(question, Mode.LEXICAL).total.tolist() == expected.tolist()

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_what_has_one_language_is_not_held_back_by_it(self, question: str) -> None:
        """Its only view counts fully, as it does where nothing at all is translated."""
        plain = {hit.passage.id: hit.scores for hit in searcher().search(question, k=99)}
        beside = {
            hit.passage.id: hit.scores for hit in searcher(bilingual()).search(question, k=99)
        }
        for name in ("plan/10.1#1", "plan/10.2#1", "other/10#1", "other/11#1"):
            for field in fields(plain[name]):
                one, other = (getattr(scores[name], field.name) for scores in (plain, beside))
                assert one == pytest.approx(other, abs=1e-9)

    @pytest.mark.parametrize("mode", list(Mode))
    def test_what_has_one_language_comes_first_where_it_says_most(self, mode: Mode) -> None:
        finder = searcher(bilingual())
        for question, best in (
            ("养老服务床位达到500张。", "other/11#1"),
            ("推动总部经济、楼宇经济。", "plan/10.1#1"),
        ):
            assert ids(finder.search(question, k=1, mode=mode)) == [best]

    def test_a_translation_that_says_nothing_more_is_no_advantage(self) -> None:
        texts = {"1": ["金融之城。"], "2": ["养老服务。"]}
        made = [document("a", texts), document("b", texts, {"1": ["Tea."], "2": ["Boats."]})]
        for mode in Mode:
            assert ids(searcher(made).search("金融之城。", k=1, mode=mode)) == ["a/1#1"]

    def test_a_withheld_sentence_is_scored_by_its_original_alone(self) -> None:
        for question in ("占比达到24.78%。", "完善养老服务。", "add beds"):
            plain = {hit.passage.id: hit for hit in searcher().search(question, k=99)}
            for hit in searcher(bilingual()).search(question, k=99):
                assert len(hit.sentences) == len(hit.passage.sentences)
                before = plain[hit.passage.id].sentences
                withheld = {"plan/10#1": 1, "plan/101#1": 0}.get(hit.passage.id)
                if withheld is not None:
                    assert hit.sentences[withheld] == pytest.approx(before[withheld], abs=1e-9)
                    assert hit.sentences[1 - withheld] != pytest.approx(before[1 - withheld])

    @pytest.mark.parametrize("mode", list(Mode))
    def test_what_is_withheld_altogether_is_as_if_it_were_not_translated(self, mode: Mode) -> None:
        texts = {"1": ["养老之城。"], "2": ["金融。服务。"], "3": ["长江文化。"]}
        english = {"1": ["City."], "3": ["Culture."]}
        plain, withheld = (
            searcher([document("plan", texts, told)]).search("finance", mode=mode, section="2")
            for told in (english, {**english, "2": ["\n"]})
        )
        assert withheld[0].scores == plain[0].scores

    def test_the_terms_of_the_documents_carry_a_question(self) -> None:
        term = Term("绿色金融", "green credit", (), ("eco lending",))
        texts = {"1": ["保护历史街区。"], "2": ["绿色金融。"], "3": ["养老服务。"]}
        with_terms, without = document("plan", texts, terms=[term]), document("plan", texts)
        for question in ("eco lending", "green credit"):
            hits = searcher([with_terms]).search(question, mode=Mode.LEXICAL)
            assert [hit.passage.id for hit in hits if hit.score > 0] == ["plan/2#1"]
            hits = searcher([without]).search(question, mode=Mode.LEXICAL)
            assert {hit.score for hit in hits} == {0}

    def test_the_dictionary_carries_a_question(self) -> None:
        texts = {"1": ["保护历史街区。"], "2": ["金融。"], "3": ["养老服务。"]}
        finder = searcher([document("plan", texts)])
        assert finder.index.dictionaries == {"zh": {"bank": ("金融",), "financ": ("金融",)}}
        for question in ("banks", "Which finance?"):
            hits = finder.search(question, mode=Mode.LEXICAL)
            assert [hit.passage.id for hit in hits if hit.score > 0] == ["plan/2#1"]

    def test_a_question_in_chinese_is_carried_to_a_plan_in_english(self) -> None:
        term = Term("绿色金融", "green finance")
        texts = {"1": ["Tea."], "2": ["Green financing."], "3": ["Boats and banks."]}
        chinese = document("plan", texts, terms=[term])
        made = replace(chinese, manifest=replace(chinese.manifest, language="en"))
        finder = searcher([made, document("other", OTHER)])
        assert [view.rows.tolist() for view in finder.index.views] == [[0, 1, 2], [3, 4]]
        for question in ("绿色金融", "green finance"):
            hits = finder.search(question, mode=Mode.LEXICAL, documents=["plan"])
            assert [hit.passage.id for hit in hits if hit.score > 0] == ["plan/2#1"]

    @pytest.mark.parametrize("mode", list(Mode))
    @pytest.mark.parametrize("question", QUESTIONS)
    def test_every_passage_is_ranked_in_a_total_order(self, mode: Mode, question: str) -> None:
        finder = searcher(bilingual())
        hits = finder.search(question, k=99, mode=mode)
        assert sorted(ids(hits)) == sorted(passage.id for passage in finder.index.passages)
        assert_ranked(hits)
        assert all(np.isfinite([hit.score, *hit.sentences]).all() for hit in hits)
        turned = searcher(bilingual()[::-1]).search(question, k=99, mode=mode)
        assert ids(turned) == ids(hits)


class TestManyPassages:
    """Beyond EVERYTHING, late interaction scores the best of each cheap leg alone."""

    @pytest.fixture(params=[1, 2, 3])
    def few(self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
        count: int = request.param
        monkeypatch.setattr(search, "EVERYTHING", 2)
        monkeypatch.setattr(search, "CANDIDATES", count)
        return count

    def best(self, finder: Searcher, question: str, count: int) -> set[str]:
        dense = finder.search(question, count, Mode.DENSE)
        lexical = finder.search(question, count, Mode.LEXICAL)
        return {*ids(dense), *ids(lexical)}

    @pytest.mark.parametrize("made_of", [documents, bilingual])
    @pytest.mark.parametrize("question", QUESTIONS)
    def test_candidates_are_the_union_of_each_legs_best(
        self, few: int, question: str, made_of: Callable[[], list[Document]]
    ) -> None:
        finder = searcher(made_of())
        hits = finder.search(question, k=99)
        assert set(ids(hits)) == self.best(finder, question, few)
        assert_ranked(hits)

    @pytest.mark.parametrize("made_of", [documents, bilingual])
    @pytest.mark.parametrize("question", QUESTIONS)
    def test_candidates_have_the_scores_they_had_among_all(
        self,
        few: int,
        question: str,
        made_of: Callable[[], list[Document]],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        finder = searcher(made_of())
        some = finder.search(question, k=99)
        assert 0 < len(some) < 10
        monkeypatch.setattr(search, "EVERYTHING", 1000)
        all_of_them = {hit.passage.id: hit for hit in finder.search(question, k=99)}
        for hit in some:
            among_all = all_of_them[hit.passage.id]
            assert hit.score == pytest.approx(among_all.score, abs=1e-9)
            assert hit.sentences == pytest.approx(among_all.sentences, abs=1e-9)
            for field in fields(hit.scores):
                one, other = getattr(hit.scores, field.name), getattr(among_all.scores, field.name)
                assert one == pytest.approx(other, abs=1e-9)

    def test_common_tokens_are_left_out_alike(
        self, few: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(late, "FEW", 1)
        finder = searcher(bilingual())
        some = finder.search(QUESTION, k=99)
        monkeypatch.setattr(search, "EVERYTHING", 1000)
        among_all = {hit.passage.id: hit for hit in finder.search(QUESTION, k=99)}
        monkeypatch.setattr(late, "FEW", 1000)
        with_all = {hit.passage.id: hit for hit in searcher(bilingual()).search(QUESTION, k=99)}
        for hit in some:
            assert hit.score == pytest.approx(among_all[hit.passage.id].score, abs=1e-9)
        assert any(among_all[name].score != with_all[name].score for name in with_all)

    def test_the_other_modes_rank_everything_still(self, few: int) -> None:
        for mode in (Mode.DENSE, Mode.LEXICAL):
            assert len(searcher().search(QUESTION, k=99, mode=mode)) == 10

    def test_as_many_as_everything_are_all_scored(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(search, "CANDIDATES", 1)
        for everything, expected in ((10, 10), (9, len(self.best(searcher(), QUESTION, 1)))):
            monkeypatch.setattr(search, "EVERYTHING", everything)
            assert len(searcher().search(QUESTION, k=99)) == expected
        assert expected < 10

    @pytest.mark.parametrize(
        ("documents", "section"), [(["other"], None), (None, "9"), (["plan"], "101")]
    )
    def test_a_filter_finds_what_there_is(
        self, few: int, documents: list[str] | None, section: str | None
    ) -> None:
        """Candidates are chosen among what the filter lets through, not filtered afterwards."""
        finder = searcher()
        for question in QUESTIONS:
            found = finder.search(question, k=1, documents=documents, section=section)
            assert len(found) == 1
            assert documents is None or found[0].passage.document in documents
            assert section is None or found[0].passage.section == section

    def test_a_filter_that_nothing_passes_gives_nothing(self, few: int) -> None:
        assert searcher().search(QUESTION, documents=[]) == []


class TestRanking:
    """rank() is search() with everything that it was made of."""

    @pytest.mark.parametrize("mode", list(Mode))
    @pytest.mark.parametrize("question", QUESTIONS)
    def test_its_hits_are_those_of_the_search(self, mode: Mode, question: str) -> None:
        finder = searcher(bilingual())
        for k in (0, 3, 99):
            found = finder.rank(question, k, mode)
            assert found.hits == finder.search(question, k, mode)
            assert len(found.rows) == 10

    @pytest.mark.parametrize("mode", list(Mode))
    def test_its_rows_are_all_that_may_be_found_best_first(self, mode: Mode) -> None:
        finder = searcher(bilingual())
        found = finder.rank(QUESTION, 3, mode)
        names = [finder.index.passages[row].id for row in found.rows]
        assert names == ids(finder.search(QUESTION, 99, mode))
        totals = found.legs.total[found.rows].tolist()
        assert totals == sorted(totals, reverse=True)
        assert [hit.score for hit in found.hits] == totals[:3]

    def test_a_filter_holds_for_the_rows_too(self) -> None:
        finder = searcher(bilingual())
        found = finder.rank(QUESTION, 1, documents=["other"])
        assert {finder.index.passages[row].document for row in found.rows} == {"other"}
        assert len(found.rows) == 2
        assert finder.rank(QUESTION, documents=[]).rows.tolist() == []
        assert finder.rank(QUESTION, section="10.1.1").rows.tolist() == [5]

    def test_its_legs_are_those_of_the_question(self) -> None:
        finder = searcher(bilingual())
        for mode in Mode:
            one, other = finder.rank(QUESTION, mode=mode).legs, finder.legs(QUESTION, mode)
            for field in fields(one):
                if field.name != "query":
                    assert np.array_equal(getattr(one, field.name), getattr(other, field.name))

    def test_the_question_as_the_encoder_saw_it(self) -> None:
        finder = searcher()
        for mode, is_seen in ((Mode.HYBRID, True), (Mode.DENSE, True), (Mode.LEXICAL, False)):
            query = finder.rank(QUESTION, mode=mode).legs.query
            assert (query is not None) == is_seen
            if query is not None:
                assert query.tokens.tolist() == HashEncoder().query(QUESTION).tokens.tolist()
                assert query.ends.tolist() == [*range(1, len(QUESTION) + 1)]


class TestSentences:
    """A question held against one sentence, in one language."""

    def test_the_tokens_of_a_sentence(self) -> None:
        finder, encoder = searcher(bilingual()), HashEncoder()
        for passage in finder.index.passages:
            document = finder.index.by_document[passage.document]
            for told in ("zh", "en"):
                side = document.side(passage, told)
                for n in range(len(passage.sentences)):
                    found = finder.text(passage, n, told)
                    assert (found is None) == (side is None)
                    if found is None or side is None:
                        continue
                    (seen,) = encoder.passages([side.sentences[n]])
                    assert found.ends.tolist() == seen.ends.tolist()
                    assert found.vectors == pytest.approx(seen.tokens, abs=0.01)

    def test_a_language_that_there_is_not(self) -> None:
        plain = searcher()
        (passage, *_) = plain.index.passages
        query = HashEncoder().query(QUESTION)
        for told in ("en", "fr", ""):
            assert plain.text(passage, 0, told) is None
            assert plain.match(query, passage, 0, told) is None

    def test_a_passage_that_is_not_translated(self) -> None:
        finder = searcher(bilingual())
        passage = finder.index.by_id["plan/10.2#1"]
        query = HashEncoder().query(QUESTION)
        assert finder.match(query, passage, 0, "en") is None
        assert finder.match(query, passage, 0, "zh") is not None

    @pytest.mark.parametrize(
        ("question", "name", "n", "told"),
        [
            ("占比达到24.78%。", "plan/10#1", 1, "zh"),
            ("Protect historic streets.", "plan/9#1", 1, "en"),
            ("foreign banks", "plan/10.1.1#1", 0, "en"),
            ("养老服务", "other/11#1", 0, "zh"),
        ],
    )
    def test_a_sentence_with_every_word_scores_one(
        self, question: str, name: str, n: int, told: str
    ) -> None:
        finder = searcher(bilingual())
        found = finder.match(HashEncoder().query(question), finder.index.by_id[name], n, told)
        assert found is not None
        assert found.weights.sum() == pytest.approx(1)
        assert found.score((0, 999)) == pytest.approx(1, abs=0.02)
        assert found.score() == 0

    def test_tokens_weigh_as_they_do_in_the_search(self) -> None:
        finder, query = searcher(bilingual()), HashEncoder().query(QUESTION)
        for view in finder.index.views:
            for passage in finder.index.passages:
                found = finder.match(query, passage, 0, view.language)
                if found is not None:
                    assert found.weights.tolist() == view.rarity.weights(query.ids).tolist()

    def test_a_withheld_sentence_has_no_tokens_and_matches_nothing(self) -> None:
        finder = searcher(bilingual())
        passage = finder.index.by_id["plan/10#1"]
        text = finder.text(passage, 1, "en")
        found = finder.match(HashEncoder().query(QUESTION), passage, 1, "en")
        assert text is not None
        assert len(text.ends) == 0
        assert found is not None
        assert found.score((0, 999)) == 0


class TestWords:
    """Which passages have a word, and which names there are."""

    @pytest.mark.parametrize(
        ("name", "words", "has"),
        [
            ("plan/9#1", ["历史", "金融"], True),
            ("plan/9#1", ["yangtze"], True),
            ("plan/9#1", ["streets"], True),
            ("plan/9#1", ["street"], True),
            ("plan/9#1", ["heading"], True),
            ("plan/9#1", ["标题"], True),
            ("plan/9#1", ["金融"], False),
            ("plan/9#1", ["banks"], False),
            ("plan/9#1", ["没有的词语"], False),
            ("plan/9#1", [], False),
            ("plan/10.2#1", ["heading"], False),
            ("plan/10.1.1#1", ["banks"], True),
            ("plan/101#1", ["2000"], True),
            ("other/11#1", ["500"], True),
            ("other/11#1", ["2000"], False),
        ],
    )
    def test_a_passage_has_a_word_in_either_language_or_in_its_headings(
        self, name: str, words: list[str], has: bool
    ) -> None:
        finder = searcher(bilingual())
        assert finder.has_word(finder.index.by_id[name], words) is has

    def test_every_word_of_a_passage_is_one_that_it_has(self) -> None:
        finder = searcher(bilingual())
        for passage in finder.index.passages:
            for word in finder.words["zh"](passage.text):
                assert finder.has_word(passage, [word])

    def test_the_names_are_those_of_the_index(self) -> None:
        finder = searcher(bilingual())
        assert finder.names.table == dict(NAMES)
        assert finder.names.chinese(["洪山区", "公园"]) == ["洪山"]
        assert finder.names.english("banks in Hongshan", finder.knows) == ["Hongshan"]


class TestEdges:
    @pytest.mark.parametrize(
        "encoder",
        [
            HashEncoder(name="another"),
            HashEncoder(digest="sha256:" + "1" * 64),
            HashEncoder(width=32),
        ],
    )
    def test_an_index_of_another_encoder_is_refused(self, encoder: HashEncoder) -> None:
        index = searcher().index
        with pytest.raises(IndexMismatch, match=f"hash.*{encoder.name}"):
            Searcher(index, encoder)

    @pytest.mark.parametrize("mode", list(Mode))
    @pytest.mark.parametrize("texts", [None, {"1": []}])
    def test_an_index_without_passages_finds_nothing(
        self, mode: Mode, texts: dict[str, list[str]] | None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        finder = searcher([] if texts is None else [document("empty", texts)])
        for question in QUESTIONS:
            assert finder.search(question, mode=mode) == []
            assert finder.search(question, mode=mode, documents=["empty"], section="1") == []

    @pytest.mark.parametrize("mode", list(Mode))
    @pytest.mark.parametrize("text", ["。", "", "金融"])
    def test_an_index_of_one_passage_finds_it(self, mode: Mode, text: str) -> None:
        hits = searcher([document("plan", {"1": [text]})]).search(QUESTION, mode=mode)
        assert ids(hits) == ["plan/1#1"]
        assert np.isfinite(hits[0].score)

    def test_searching_embeds_no_passage_and_changes_nothing(self) -> None:
        finder = searcher()
        before = [*held(finder)]
        for mode in Mode:
            finder.search(QUESTION, mode=mode, section="10")
        assert [*held(finder)] == before
        assert isinstance(finder.encoder, HashEncoder)
        assert finder.encoder.embedded == []

    def test_it_knows_the_english_words_of_its_plans(self) -> None:
        finder = searcher(bilingual())
        assert all(map(finder.knows, ("street", "streets", "the", "bank", "banks")))
        assert not any(map(finder.knows, ("streat", "zeppelin", "streetx")))

    def test_it_spells_as_the_chinese_texts_of_its_plans_do(self) -> None:
        spelling = searcher(bilingual()).spelling
        assert len(spelling.texts) == 10
        assert spelling.texts[0] == "标题9 弘扬长江文化。保护历史街区。"
        assert spelling.alike == ALIKE
