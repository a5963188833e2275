"""The command line: exit statuses, one clear line for each fault, JSON as over HTTP."""

from __future__ import annotations

import csv
import io
import json
import re
import socket
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner, Result

from assistant import __version__
from assistant import verify as verifying
from assistant.api.socket import listening
from assistant.settings import Settings
from corpus import catalog
from corpus.records import Kind
from eval.cli import app
from index import store
from index.contracts import Encoded
from index.encoder import OnnxEncoder
from index.errors import IndexDamaged
from index.records import EncoderName
from tests import plans

NAME = EncoderName("e5", "sha256:0", 384)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(tmp_path)

    def planqa(*words: str, typed: str | None = None, **env: str) -> Result:
        for name, value in env.items():
            monkeypatch.setenv(f"PLANQA_{name.upper()}", value)
        return CliRunner().invoke(app, list(words), input=typed)

    return planqa


def told(result: Result) -> list[str]:
    """The lines of an answer, without what can be asked next."""
    assert result.exit_code == 0, result.output
    answer, *_ = re.split(r"\n(?:还可以问：|You can also ask:)\n", result.stdout)
    return answer.rstrip("\n").split("\n")


def fails(result: Result, status: int, *parts: str) -> None:
    assert result.exit_code == status, result.output
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("planqa: ")
    for part in parts:
        assert part in result.stderr


def test_version(run: Any) -> None:
    assert run("--version").stdout == f"planqa {__version__}\n"


@pytest.mark.parametrize("words", [["ask", "绿道"], ["search", "绿道"], ["serve"], ["verify"]])
def test_without_an_index_one_line_says_how_to_make_one(run: Any, words: list[str]) -> None:
    fails(run(*words), 1, "no index there", "planqa build")


@pytest.mark.plan
def test_bad_plans_are_refused_by_name_and_harm_nothing(run: Any, tmp_path: Path) -> None:
    good = plans.write(tmp_path / "good", plans.PLAN)
    assert run("build", "--plans", str(good)).exit_code == 0
    before = run("ask", "绿道", "--json").stdout
    bad = tmp_path / "bad"
    plans.write(bad, plans.PLAN)
    source, manifest = bad / "plan.txt", bad / "plan.toml"
    cases: list[tuple[Path, bytes, str]] = [
        (source, b"", "holds no text"),
        (source, b"\xff\xfe", "not UTF-8 at byte 0"),
        (source, source.read_bytes() + b"!", "sha256 is"),
        (manifest, b"id = ", "not TOML"),
        (manifest, b'id = "x"', "'title'"),
    ]
    for path, data, message in cases:
        kept = path.read_bytes()
        path.write_bytes(data)
        fails(run("build", "--plans", str(bad)), 1, path.name, message)
        path.write_bytes(kept)
    plain = plans.write(tmp_path / "plain", "没有标题的文字。\n")
    fails(run("build", "--plans", str(plain)), 1, "no heading")
    fails(run("build", "--plans", str(tmp_path / "nowhere")), 1, "plan.toml")
    fails(run("build", "--plans", str(good), "--encoder", "no/such-model"), 1, "no/such-model")
    assert run("ask", "绿道", "--json").stdout == before


@pytest.mark.plan
def test_building_twice_is_the_same_index(run: Any, tmp_path: Path) -> None:
    good = plans.write(tmp_path / "good", plans.PLAN)
    one, two, anew = (
        json.loads(run("build", "--plans", str(good), "--json", *more).stdout)
        for more in ([], [], ["--fresh"])
    )
    assert one == two == anew


@pytest.mark.plan
def test_json_is_what_http_sends(run: Any, plan_index: Path, client: TestClient) -> None:
    words = {"question": "金融业增加值目标是多少"}
    result = run("ask", words["question"], "--json", index_dir=str(plan_index))
    assert json.loads(result.stdout) == client.post("/v1/ask", json=words).json()
    result = run("search", "绿道", "-k", "3", "--json")
    assert json.loads(result.stdout) == client.get("/v1/search?q=绿道&k=3").json()
    explained = json.loads(run("explain", words["question"], "--json").stdout)
    sent = client.post("/v1/ask", json={**words, "explain": True}).json()
    assert explained == sent["explanation"]
    assert explained["said"]["short"] == "突破560亿元"
    assert explained["legs"]["total"][0]["passage_id"] == "wuchang-14fyp/10.1#1"
    result = run("indicators", "金融", "--period", "2025", "--pairs", "--json")
    assert json.loads(result.stdout) == (
        client.get("/v1/indicators?q=金融&period=2025&pairs=true").json()
    )
    assert "143" in json.loads(run("verify", "--json").stdout)["passages"]


@pytest.mark.plan
def test_exit_statuses(run: Any, plan_index: Path) -> None:
    result = run("ask", "？？", index_dir=str(plan_index))
    assert (result.exit_code, result.stdout) == (
        0,
        "not_found: There is no question in it to look for. Please ask in Chinese or English.\n",
    )
    result = run("ask", "？？", "--lang", "zh")
    assert (result.exit_code, result.stdout) == (
        0,
        "not_found: 没有可以查找的问题。请用中文或英文写一句话。\n",
    )
    fails(run("ask", ""), 2, "empty")
    fails(run("ask", "金融\x07"), 2, "U+0007")
    fails(run("ask", "绿" * 1001), 2, "1001")
    fails(run("ask", "绿道", "--mode", "best"), 2, "best")
    fails(run("ask", "绿道", "--lang", "fr"), 2, "fr")
    fails(run("ask", "绿道", "--document", "nowhere"), 2, "nowhere")
    fails(run("search", "绿道", "--section", "99"), 2, "99")
    fails(run("explain", ""), 2, "empty")
    fails(run("explain", "绿道", "--lang", "fr"), 2, "fr")
    fails(run("indicators", "--kind", "wish"), 2, "wish", "target, baseline")
    fails(run("indicators", "--period", "soon"), 2, "“soon” is no time")
    fails(run("indicators", "绿道", "--period", "soon"), 2, "“soon”不是时间")
    fails(run("indicators", "绿道", "--period", "soon", "--lang", "en"), 2, "is no time")
    fails(run("indicators", "--section", "99"), 2, "99")
    fails(run("indicators", "--document", "nowhere"), 2, "nowhere")
    fails(run("indicators", "绿" * 1001), 2, "1001")
    fails(run("indicators", "--json", "--csv"), 2, "not both")
    fails(run("ask"), 2, "ask what?")
    fails(run("ask", "绿道", port="abc"), 2, "PLANQA_PORT", "abc")


@pytest.mark.plan
def test_verify_finds_a_flipped_bit(run: Any, tmp_path: Path) -> None:
    good = plans.write(tmp_path / "good", plans.PLAN)
    run("build", "--plans", str(good))
    assert run("verify").exit_code == 0
    (array,) = (tmp_path / "var" / "index").glob("index-*/zh-lexical-weights.npy")
    data = bytearray(array.read_bytes())
    data[-1] ^= 1
    array.write_bytes(data)
    fails(run("verify"), 1, "zh-lexical-weights.npy")
    fails(run("ask", "绿道"), 1, "zh-lexical-weights.npy")


UNOFFICIAL = "The English is an unofficial translation; the Chinese text alone is authoritative."


@pytest.mark.plan
def test_an_answer_in_chinese(run: Any, plan_index: Path) -> None:
    result = run("ask", "金融业增加值目标是多少", index_dir=str(plan_index))
    assert told(result) == [
        "突破560亿元",
        "",
        "到2025年，金融业增加值力争突破560亿元。",
        "",
        "[1] “到 2025 年，金融业增加值力争突破 560 亿元。”",
        "    第四篇 坚持质效优先，推动经济体系升级 › 第十章 推动重点产业集群化发展 › "
        "一、打造金融之城  第25页",
        _offsets("wuchang-14fyp/10.1#1", "到 2025 年，金融业增加值力争突破 560 亿元。"),
    ]


def _offsets(name: str, quote: str) -> str:
    plan = catalog.bundled() / "wuchang-14fyp"
    start = catalog.source(plan, catalog.manifest(plan)).index(quote)
    return f"    {name}  {start}–{start + len(quote)}"


@pytest.mark.plan
def test_an_answer_in_english_ends_with_what_it_is(run: Any, plan_index: Path) -> None:
    words = "What is the target for value added of the financial sector by 2025?"
    result = run("ask", words, index_dir=str(plan_index))
    lines = told(result)
    assert lines[:3] == [
        "more than 56 billion yuan (突破560亿元)",
        "",
        "By 2025, we will strive to exceed 56 billion yuan in value added of the financial sector.",
    ]
    assert "[1] “到 2025 年，金融业增加值力争突破 560 亿元。”" in lines
    assert lines[5].startswith("    Part IV: ")
    assert lines[5].endswith("  p. 25")
    assert lines[-2:] == ["", UNOFFICIAL]


@pytest.mark.plan
@pytest.mark.parametrize(
    ("words", "english"),
    [
        (["金融业增加值目标是多少"], False),
        (["金融业增加值目标是多少", "--lang", "en"], True),
        (["How long are the greenways?"], True),
        (["How long are the greenways?", "--lang", "zh"], False),
        (["人均预期寿命2025年要达到多少"], False),
        (["基层引领和服务群众的能力大幅增强"], False),
    ],
)
def test_only_what_is_in_english_is_called_a_translation(
    run: Any, plan_index: Path, words: list[str], english: bool
) -> None:
    lines = told(run("ask", *words, index_dir=str(plan_index)))
    assert lines.count(UNOFFICIAL) == english
    assert (lines[-1] == UNOFFICIAL) == english
    assert any("译文" in line or "translation" in line.casefold() for line in lines) == english


@pytest.mark.plan
@pytest.mark.parametrize(
    ("words", "first"),
    [
        (["停车泊味有多少"], "(按“停车泊位有多少”理解。)"),
        (["停车泊味有多少", "--lang", "en"], "(Read as “停车泊位有多少”.)"),
    ],
)
def test_how_a_slip_was_read_comes_first(
    run: Any, plan_index: Path, words: list[str], first: str
) -> None:
    lines = run("ask", *words, index_dir=str(plan_index)).stdout.splitlines()
    assert lines[0] == first
    assert lines.count(first) == 1


@pytest.mark.plan
def test_a_question_in_another_language_is_told_first(run: Any, plan_index: Path) -> None:
    result = run("ask", "Какова цель?", index_dir=str(plan_index))
    lines = told(result)
    assert lines[0].startswith("(The question seems to be in neither Chinese nor English.")
    assert lines[1].startswith("not_found: ")


@pytest.mark.plan
def test_what_has_no_translation_says_so_in_english(run: Any, tmp_path: Path) -> None:
    plans.write(tmp_path / "plan", plans.PLAN)
    assert run("build", "--plans", "plan").exit_code == 0
    lines = told(run("ask", "What is the length of 路网密度?"))
    assert lines[-1] == "There is no English translation of this sentence; it is shown in Chinese."
    assert UNOFFICIAL not in lines
    assert any(line.startswith("    第二篇") for line in lines)


@pytest.mark.plan
@pytest.mark.parametrize("words", ["停车泊位", "parking spaces"])
def test_search_prints_both_texts_of_each_passage(
    run: Any, plan_index: Path, client: TestClient, words: str
) -> None:
    result = run("search", words, "-k", "3", index_dir=str(plan_index))
    hits = client.get("/v1/search", params={"q": words, "k": 3}).json()["hits"]
    blocks = [block.split("\n") for block in result.stdout.rstrip("\n").split("\n\n")]
    assert len(blocks) == len(hits) == 3
    for n, (block, hit) in enumerate(zip(blocks, hits, strict=True), start=1):
        assert len(block) == 4
        assert block[0] == f"{n}. {hit['score']:.3f}  {hit['passage_id']}"
        for line, text in zip(block[2:], (hit["text"], hit["translation"]["text"]), strict=True):
            assert text.startswith(line.strip().removesuffix("…"))
            assert line.endswith("…") == (line.strip() != text)


@pytest.mark.plan
def test_search_prints_one_text_where_there_is_no_translation(run: Any, tmp_path: Path) -> None:
    plans.write(tmp_path / "plan", plans.PLAN)
    assert run("build", "--plans", "plan").exit_code == 0
    block, *_ = run("search", "水系", "-k", "2").stdout.split("\n\n")
    assert len(block.split("\n")) == 3


@pytest.mark.plan
def test_explain_tells_the_words_of_each_language(run: Any, plan_index: Path) -> None:
    lines = run("explain", "金融业增加值", index_dir=str(plan_index)).stdout.splitlines()
    assert [line.split()[1] for line in lines if line.startswith("words ")] == ["en", "zh"]


@pytest.mark.plan
def test_errors_come_in_the_language_of_the_answer(run: Any, plan_index: Path) -> None:
    words = ["ask", "绿道", "--document", "nowhere"]
    fails(run(*words, index_dir=str(plan_index)), 2, "没有文件“nowhere”")
    fails(run(*words, "--lang", "en"), 2, "There is no document “nowhere”")


def test_two_plans_with_one_id_are_refused_by_name(run: Any, tmp_path: Path) -> None:
    for name in ("one", "two"):
        plans.write(tmp_path / "plans" / name, plans.PLAN)
    fails(run("build", "--plans", "plans"), 1, "plans", "two plans have the id 'yundu-14fyp'")


def test_an_index_that_cannot_be_saved_is_told_before_it_is_made(run: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    fails(run("build", index_dir="file"), 1, "file: cannot be written to")


@pytest.mark.parametrize("port", ["99999", "-5", "eighty"])
def test_a_port_that_is_none_is_wrong_use(run: Any, port: str) -> None:
    result = run("serve", "--port", port)
    assert result.exit_code == 2
    assert "port" in result.stderr


@pytest.mark.plan
def test_an_address_that_cannot_be_bound_is_a_fault(run: Any, plan_index: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = run("serve", "--port", port, index_dir=str(plan_index))
        fails(result, 1, f"127.0.0.1:{port} cannot be listened on")
    for host in ("bad..host", "x" * 70):
        fails(run("serve", "--host", host), 1, f"{host}:8000 cannot be listened on")


@pytest.mark.plan
def test_what_is_embedded_already_is_not_embedded_again(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedded: list[str] = []
    passages = OnnxEncoder.passages

    def counted(self: OnnxEncoder, texts: Sequence[str]) -> Iterator[Encoded]:
        embedded.extend(texts)
        return passages(self, texts)

    monkeypatch.setattr(OnnxEncoder, "passages", counted)
    plans.write(tmp_path / "plan", plans.PLAN)
    assert run("build", "--plans", "plan").exit_code == 0
    first = len(embedded)
    assert run("build", "--plans", "plan").exit_code == 0
    assert len(embedded) == first > 0
    assert run("build", "--plans", "plan", "--fresh").exit_code == 0
    assert len(embedded) == 2 * first


@pytest.mark.plan
def test_a_passage_that_is_too_long_for_the_encoder_is_told(run: Any, tmp_path: Path) -> None:
    text = plans.PLAN.replace("公共服务供给不足", "公共服务供给不足、短板多" * 100)
    plans.write(tmp_path / "plan", text)
    result = run("build", "--plans", "plan")
    assert result.exit_code == 0
    assert "tokens, of which the encoder sees 512" in result.stderr


@pytest.mark.plan
def test_verify_holds_rows_and_texts_against_their_source(
    plan_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = store.load(plan_settings.index_dir).documents[0]
    for kind in Kind:
        good = next(passage for passage in document.passages if passage.kind is kind)
        bad = replace(good, text=f"{good.text[:-2]}九{good.text[-1]}")
        for passage, sound in ((good, True), (bad, False)):
            made = replace(document, passages=(passage,))
            index = SimpleNamespace(documents=[made], passages=[passage], digest="", encoder=NAME)
            monkeypatch.setattr(verifying, "searcher", lambda _, i=index: SimpleNamespace(index=i))
            with nullcontext() if sound else pytest.raises(IndexDamaged, match=bad.id):
                verifying.verify(plan_settings)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_small_answers_are_not_held_back(host: str) -> None:
    """asyncio sets TCP_NODELAY only where the socket's protocol is told; 40 ms a request."""
    with listening(host, 0) as bound:
        assert bound.proto == socket.IPPROTO_TCP


@pytest.mark.plan
def test_how_an_answer_ended_is_told_before_its_text(run: Any, plan_index: Path) -> None:
    lines = told(run("ask", "2030年GDP目标", index_dir=str(plan_index)))
    assert lines[0] == "partial: 规划没有给出“2030年”的情况；它写明的是："
    assert "2200亿元" in lines[1]
    lines = told(run("ask", "What is the capital of France?"))
    assert len(lines) == 1
    assert lines[0].startswith("not_found: ")


@pytest.mark.plan
def test_explain_shows_every_stage(run: Any, plan_index: Path) -> None:
    shown = run("explain", "金融业增加值目标是多少", "-k", "2", index_dir=str(plan_index)).stdout
    for part in (
        "question   金融业增加值目标是多少  (zh)",
        "asks for   value, a value  side: target (目标)",
        "\ndense\n",
        "\nlexical\n",
        "\nlate\n",
        "\nsentence\n",
        "\ntotal\n",
        "\nsentences\n",
        "\nvalues\n",
        "wuchang-14fyp/10.1#1:1  金融业增加值: 突破560亿元  (target, 2025年)",
        "\nconfidence 0.",
        "\nverdict    answered\n",
        "\nsaid       突破560亿元\n",
        "\ndecided by values\n",
    ):
        assert part in shown, part
    shown = run("explain", "2030年GDP目標").stdout
    assert "\nread as    2030年GDP目标\n" in shown
    assert "\nverdict    partial  other_period: 2030年\n" in shown
    assert "\ndecided by checks\n" in shown
    shown = run("explain", "约束性指标有哪些").stdout
    assert "\noverview   6: " in shown
    shown = run("explain", "绿化覆盖率从2020年到2025年提高多少").stdout
    assert "\ncomparison wuchang-14fyp/5#t1.17:1, wuchang-14fyp/5#t1.17:2: 1.26个百分点\n" in shown
    assert run("explain", "？！").stdout.endswith("decided by question\n")
    assert "lexical" in run("explain", "绿道", "--mode", "lexical").stdout


@pytest.mark.plan
def test_indicators_are_a_table(run: Any, plan_index: Path) -> None:
    result = run("indicators", "金融业增加值", "--kind", "target", index_dir=str(plan_index))
    assert [line.split() for line in result.stdout.splitlines()] == [
        ["指标", "数值", "时间", "类别", "章节", "页码"],
        ["金融业增加值", "突破560亿元", "2025年", "目标", "10.1", "一、打造金融之城", "25"],
        ["共", "1", "项"],
    ]
    result = run("indicators", "value added of the financial sector", "--period", "2025")
    header, line, count = result.stdout.splitlines()
    assert header.split() == ["Subject", "Value", "Period", "Kind", "Section", "Page"]
    for part in ("more than 56 billion yuan  2025", "target", "10.1 1. Build a City of Finance"):
        assert part in line
    assert count == "1 found"
    assert run("indicators", "41.51%").stdout.startswith("指标")
    assert run("indicators", "咖啡").stdout == "共 0 项\n"
    assert run("indicators", "coffee").stdout == "0 found\n"
    assert "Subject" in run("indicators", "金融", "--lang", "en").stdout


@pytest.mark.plan
def test_indicators_in_pairs_tell_the_change(run: Any, plan_index: Path) -> None:
    result = run("indicators", "绿化覆盖率", "--pairs", index_dir=str(plan_index))
    header, line, count = result.stdout.splitlines()
    assert header.split() == ["指标", "现状", "目标", "变化", "章节", "页码"]
    assert line.split()[:4] == ["绿化覆盖率", "40.25%", "41.51%", "+1.26个百分点"]
    assert count == "共 1 项"
    lines = run("indicators", "--pairs", "--lang", "en").stdout.splitlines()
    assert any("about +18.291 billion yuan (+48.51%)" in line for line in lines)  # 突破560亿元
    assert any(" +3 places" in line or " +1.6 years" in line for line in lines)


@pytest.mark.plan
def test_indicators_as_csv_are_those_of_http(
    run: Any, plan_index: Path, client: TestClient
) -> None:
    result = run("indicators", "--section", "P4", "--csv", index_dir=str(plan_index))
    assert result.stdout_bytes == client.get("/v1/indicators?section=P4&format=csv").content
    text = result.stdout_bytes.decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text, newline="")))) > 10


@pytest.mark.plan
def test_a_conversation(run: Any, plan_index: Path) -> None:
    typed = "金融业增加值目标是多少\n那2019年呢\n/new\n？？\n\nnever asked\n"
    result = run("ask", "--chat", typed=typed, index_dir=str(plan_index))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "突破560亿元\n" in result.stdout
    read_as = next(line for line in result.stdout.splitlines() if line.startswith("(按“"))
    assert "2019年" in read_as
    assert "金融业增加值" in read_as
    assert "377.09亿元\n" in result.stdout
    assert "not_found: " in result.stdout
    assert "never asked" not in result.stdout


@pytest.mark.plan
def test_a_conversation_may_begin_with_a_question_and_goes_on_after_a_fault(
    run: Any, plan_index: Path
) -> None:
    typed = f"那2019年呢\n绿\x07\n{'绿' * 1001}\ngreen\x07 ways\n绿道有多长"
    words = ["ask", "金融业增加值目标是多少", "--chat", "--json"]
    result = run(*words, typed=typed, index_dir=str(plan_index))
    assert result.exit_code == 0
    first, second, last = (json.loads(line) for line in result.stdout.splitlines())
    assert (first["answer"]["short"], first["standalone"]) == ("突破560亿元", None)
    assert (second["question"], second["answer"]["short"]) == ("那2019年呢", "377.09亿元")
    assert "金融业增加值" in second["standalone"]
    assert last["question"] == "绿道有多长"
    one, two, three = result.stderr.splitlines()
    assert one.startswith("planqa: 问题中有控制字符")
    assert "1001" in two
    assert three.startswith("planqa: The question holds a control character")


@pytest.mark.plan
def test_a_conversation_about_an_unknown_document_is_wrong_use(run: Any, plan_index: Path) -> None:
    words = ["ask", "--chat", "--document", "nowhere", "--lang", "en"]
    fails(run(*words, typed="绿道\n", index_dir=str(plan_index)), 2, "nowhere")
