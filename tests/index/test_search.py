"""A question to ranked hits: modes, filters, order, and the same scores however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np
import pytest

from corpus.records import Document
from index import fusion, search
from index.build import build, passage_text
from index.errors import IndexMismatch
from index.records import Hit, Mode
from index.search import Searcher
from index.tokens import Words
from tests.doubles import HashEncoder, document

pytestmark = pytest.mark.usefixtures("quick_words")

PLAN = {
    "9": ["弘扬长江文化。保护历史街区。"],
    "10": ["到2025年，金融业增加值突破560亿元。占比达到24.78%。", "建设金融之城。"],
    "10.1": ["推动总部经济、楼宇经济。", "Green finance grows. Banks follow."],
    "10.1.1": ["引进外资银行3家。"],
    "10.2": ["发展绿色金融。"],
    "101": ["完善养老服务。新增床位2000张！"],
}
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


def searcher(made_of: Sequence[Document] | None = None) -> Searcher:
    index = build(documents() if made_of is None else made_of, HashEncoder())
    return Searcher(index, HashEncoder())


def ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.passage.id for hit in hits]


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
            vector = next(encoder.passages([passage_text(hit.passage)])).sentence
            assert (
                hit.score == hit.scores.dense == pytest.approx(float(question @ vector), abs=1e-6)
            )
            assert (hit.scores.late, hit.scores.sentence, hit.sentences) == (None, None, ())

    def test_lexical_scores_are_shares_of_bm25_and_need_no_encoder(self) -> None:
        finder, encoder = searcher(), HashEncoder()
        finder = Searcher(finder.index, encoder)
        hits = finder.search(QUESTION, k=99, mode=Mode.LEXICAL)
        assert encoder.questions == []
        shares = finder.index.lexical.normalised(Words(finder.index.words)(QUESTION))
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

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_candidates_are_the_union_of_each_legs_best(self, few: int, question: str) -> None:
        finder = searcher()
        hits = finder.search(question, k=99)
        assert set(ids(hits)) == self.best(finder, question, few)
        assert_ranked(hits)

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_candidates_have_the_scores_they_had_among_all(
        self, few: int, question: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        finder = searcher()
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
        index = finder.index
        before = [
            array.tobytes() for array in (index.wholes.tokens.values, index.lexical.weights)
        ] + [bytes(index.dense)]
        for mode in Mode:
            finder.search(QUESTION, mode=mode, section="10")
        after = [
            array.tobytes() for array in (index.wholes.tokens.values, index.lexical.weights)
        ] + [bytes(index.dense)]
        assert after == before
