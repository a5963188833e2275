"""What a reader is told of a run, and that nothing in a question is taken for markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from eval.runs.records import LABELS, Result
from eval.runs.report import html, markdown, published
from eval.runs.tables import MAIN, RANKING
from tests.eval.runs.made import WRONG, refused, result, run, wrong

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"' | **`x`** "
    "[a](http://b.example) &amp;\n# c"
)
VOID = {"meta", "link", "br"}
RESULTS = (
    result(),
    wrong(id="dev-002", group="dev-002", lang="en", direction="en→zh", part="第二篇", type="why"),
    wrong(id="test-001", group="test-001", split="test", ranking=("plan/9#1",), took_ms=90.0),
    refused(),
    refused(id="no-002", group="no-002", scores={"right": 0.0, "refused_rightly": 0.0}),
    result(id="talk-1", group="talk", is_turn=True),
)


class Page(HTMLParser):
    """The elements of a page with their attributes, and its text; fails where tags do not match."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]


@pytest.fixture(scope="module")
def page() -> str:
    return html(run(RESULTS))


def rows(text: str, title: str) -> list[list[str]]:
    """The cells of the Markdown table under a heading, heads first."""
    part = text.split(f"## {title}\n")[1].split("\n## ", maxsplit=1)[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def test_markdown_says_what_the_run_was_made_with() -> None:
    told = markdown(run(RESULTS, target="http://127.0.0.1:8000"))
    for fact in (
        "- questions: 6, asked from 2025-01-02T03:04:05+00:00 on, in 12.5 s",
        "- target: http://127.0.0.1:8000",
        "- index: 0123456789abcdef012\n",
        "- encoder: hash",
        "- documents: plan aaaaaaaaaaaa\n",
        "- gold files: dev.jsonl bbbbbbbbbbbb\n",
        "- machine: cores 2, memory 8 GiB, system Linux",
    ):
        assert fact in told


def test_every_slice_has_a_row_and_every_score_a_cell() -> None:
    heads, *told = rows(markdown(run(RESULTS)), "By slice")
    assert heads == ["slice", "n", *(LABELS[score] for score in MAIN)]
    assert all(len(row) == len(heads) for row in told)
    assert [row[0] for row in told] == [
        "all",
        "split: development",
        "split: held-out",
        "direction: zh→zh",
        "direction: en→zh",
        "split and direction: dev zh→zh",
        "split and direction: dev en→zh",
        "split and direction: test zh→zh",
        "answerability: answerable",
        "answerability: near\\_miss",
        "type: value",
        "type: why",
        "part: 1 · 第一篇 发展基础",
        "part: 2 · 第二篇",
        "turn: questions",
        "turn: turns",
    ]


def test_a_cell_is_a_mean_with_its_interval() -> None:
    told = rows(markdown(run([result(), wrong(group="2")])), "By slice")
    assert told[1][:3] == ["all", "2", "0.500 [0.00–1.00]"]


def test_what_is_not_known_is_a_dash() -> None:
    told = rows(markdown(run([refused()])), "By slice")
    assert told[1] == ["all", "1", *["–"] * (len(MAIN) - 1), "1.000"]


def test_ranking_counts_the_questions_with_evidence() -> None:
    heads, *told = rows(markdown(run(RESULTS)), "Ranking")
    assert heads == ["slice", "n", *(LABELS[score] for score in RANKING)]
    found = dict(row[:2] for row in told)
    assert found["all"] == "4"
    assert (found["direction: zh→zh"], found["direction: en→zh"]) == ("3", "1")
    assert not [name for name in found if "near" in name], "nothing to be found"


def test_refusing_and_latency_by_hand() -> None:
    told = markdown(run([result(confidence=0.9, took_ms=10.0), refused(took_ms=30.0)]))
    assert rows(told, "Refusing")[1:] == [
        ["all", "2", "1.000 [1.00–1.00]", "0.250 [0.00–1.00]"],
        ["development: zh→zh", "2", "1.000 [1.00–1.00]", "0.250 [0.00–1.00]"],
    ]
    (row,) = rows(told, "Latency")[1:]
    assert [cell.partition(" ")[0] for cell in row] == ["all", "2", "20.0", "29.0", "29.8"]
    assert row[2] == "20.0 [10.0–30.0]"


def test_the_worst_questions_say_what_was_expected_and_returned() -> None:
    told = markdown(run(RESULTS)).split("## The worst questions\n")[1]
    ids = re.findall(r"^- \*\*(.*?)\*\*", told, flags=re.MULTILINE)
    assert ids == ["dev-002", "no-002"]
    assert "(development, en→zh, why, rank 1)" in told
    assert "(development, zh→zh, value, not answered by the plan)" in told
    assert "  - expected: 560亿元\n  - returned (answered): **1亿元** 1亿元。" in told
    assert "  - returned (partial, other\\_period): nothing" in told


def test_a_run_without_a_fault_says_so() -> None:
    assert markdown(run([result()])).endswith("--split test).\n\nNone is wrong.\n")
    assert "None is wrong." in Page(html(run([result()]))).text


def test_no_more_than_forty_are_shown() -> None:
    results = [wrong(id=f"dev-{n:03}") for n in range(45)]
    assert markdown(run(results)).count("  - asked: ") == 40


def test_hostile_text_is_text_in_markdown() -> None:
    told = markdown(run([wrong(question=HOSTILE, id="a|b", part=HOSTILE), wrong(part="二")]))
    assert "<script" not in told.replace("\\<", "")
    assert "\n# c" not in told
    assert "\\*\\*\\`x\\`\\*\\*" in told
    assert "\\[a\\]" in told
    assert "\\&amp;" in told
    part = next(line for line in told.splitlines() if line.startswith("| part: 1"))
    assert len(re.findall(r"(?<!\\)\|", part)) == len(MAIN) + 3


def hostile() -> Result:
    return wrong(
        id=HOSTILE,
        split=HOSTILE,
        lang=HOSTILE,
        direction=HOSTILE,
        type=HOSTILE,
        part=HOSTILE,
        question=HOSTILE,
        read_as=HOSTILE + "!",
        expected=HOSTILE,
        status=HOSTILE,
        reason=HOSTILE,
        short=HOSTILE,
        text=HOSTILE,
        ranking=(HOSTILE,),
        relevant=(HOSTILE,),
    )


def test_hostile_text_is_text_in_a_page() -> None:
    told = html(run([hostile(), wrong()], target=HOSTILE, encoder=HOSTILE, gold={HOSTILE: "x"}))
    found = Page(told)
    assert found.all("script") == []
    assert found.all("img") == []
    assert not any(name.startswith("on") for _, attrs in found.elements for name in attrs)
    # Question, reading, what is expected, both answers; places in tables and plots besides.
    assert found.text.count("<script>alert(1)</script>") > 10


def test_a_page_asks_nothing_of_any_other_place(page: str) -> None:
    found = Page(page)
    for tag, attrs in found.elements:
        assert tag not in {"script", "iframe", "object", "embed", "form", "base"}
        assert not {"src", "srcset", "action", "formaction", "ping"} & set(attrs)
        for name in ("href", "xlink:href"):
            assert (attrs.get(name) or "#").startswith(("#", "data:"))
    assert "@import" not in page
    assert set(re.findall(r"url\(([^)]?)", page)) <= {"#"}
    policy = next(attrs for attrs in found.all("meta") if "http-equiv" in attrs)
    assert (policy["content"] or "").startswith("default-src 'none'")


def test_a_page_is_fit_for_a_phone_and_for_the_dark(page: str) -> None:
    assert any(attrs.get("name") == "viewport" for attrs in Page(page).all("meta"))
    assert "prefers-color-scheme: dark" in page


def test_tables_of_a_page_have_captions_and_scopes(page: str) -> None:
    found = Page(page)
    assert len(found.all("caption")) == len(found.all("table")) == 5
    assert {attrs.get("scope") for attrs in found.all("th")} == {"col", "row", "rowgroup"}


def test_links_and_labels_of_a_page_lead_somewhere(page: str) -> None:
    ids = [attrs["id"] for _, attrs in Page(page).elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    for attrs in Page(page).all("a"):
        assert (attrs["href"] or "").removeprefix("#") in ids
    for attrs in Page(page).all("div"):
        assert attrs.get("aria-labelledby", ids[0]) in ids


def test_chinese_is_marked_as_such(page: str) -> None:
    assert '<bdi lang="zh">金融业增加值目标是多少？</bdi>' in page
    assert '<p lang="zh">560亿元</p>' in page
    assert '<th scope="row" lang="zh">1 · 第一篇 发展基础</th>' in page
    assert Page(page).all("html") == [{"lang": "en"}]


def test_each_of_the_worst_can_be_opened(page: str) -> None:
    found = Page(page)
    assert len(found.all("details")) == len(found.all("summary")) == 2
    assert page.count('<section class="expected">') == page.count('<section class="returned">') == 2


def test_plots_of_a_page(page: str) -> None:
    assert [attrs.get("aria-label") for attrs in Page(page).all("svg")] == [
        "Risk by coverage",
        "Latency",
        "Quality by direction",
        "Quality by part",
        "Quality by type",
    ]
    assert "part 2" in Page(page).text


def test_the_same_run_gives_the_same_bytes(page: str) -> None:
    assert html(run(RESULTS)) == page
    assert markdown(run(RESULTS)) == markdown(run(RESULTS))


def test_a_run_without_results_can_be_told() -> None:
    assert "- questions: 0," in markdown(run([]))
    assert "Nothing to draw." in Page(html(run([]))).text


def test_what_is_published() -> None:
    results = [
        result(),
        wrong(group="2", scores=WRONG),
        refused(),
        result(split="test", direction="en→zh"),
        result(is_turn=True),
    ]
    heads, rule, *told = published(run(results)).splitlines()
    assert heads == (
        "| direction | questions | Success@1 | nDCG@10 | text right | short right | unanswerable "
        "| refused rightly | refused wrongly | answered wrongly |"
    )
    assert rule == "|" + "---|" * 10
    half, one, none = "0.500 [0.00–1.00]", "1.000", "0.000"
    assert told == [
        f"| held-out: en→zh | 1 | {' | '.join([one] * 4)} | 0 | – | {none} | {none} |",
        f"| development: zh→zh | 2 | {' | '.join([half] * 4)} | 1 | {one} | {none} | {half} |",
        f"| development, in conversation: zh→zh | 1 | {' | '.join([one] * 4)} | 0 | – | {none} "
        f"| {none} |",
    ]
    assert published(run(results)) in markdown(run(results))
