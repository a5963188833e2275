"""Checking gold: sound gold is counted, and of unsound gold every fault is told at once."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.records import Document, Translation
from eval.check import check, table
from eval.errors import QuestionsInvalid
from tests.plans import reading

PLAN = reading().document
Files = dict[str, list[dict[str, Any]]]


def pair(name: str, zh: str, en: str, **fields: Any) -> list[dict[str, Any]]:
    """One question in both languages."""
    asked = (("zh", zh), ("en", en))
    return [
        {"id": f"{name}-{lang}", "lang": lang, "question": words, **deepcopy(fields)}
        for lang, words in asked
    ]


def gold() -> Files:
    """A sound folder, by the files' names."""
    told = {"answers": [["9 条"]], "evidence": ["改造微循环道路 9 条"], "section": "3.1"}
    talk = {"carries": [], "type": "value", "status": "answered", **told}
    talks = pair("talk", "", "")
    for line, first, second in zip(
        talks,
        ("小路修几条？", "How many lanes?"),
        ("水质怎样？", "And the water?"),
        strict=True,
    ):
        del line["question"]
        lean = {"type": "value", "answers": [], "evidence": [], "status": "unanswerable"}
        line["turns"] = [
            {"question": first, "standalone": first, **talk},
            {"question": second, "standalone": second, "carries": ["period"], **lean},
        ]
    return {
        "dev.jsonl": [
            *pair("dev-1", "小路修几条？", "How many lanes?", type="count", **told),
            *pair(
                "dev-2",
                "人能活多久？",
                "How long do people live?",
                type="value",
                section="2.1",
                answers=[["80.1"]],
                evidence=["人均预期寿命\t岁\t80.1"],
            ),
        ],
        "test.jsonl": pair(
            "test-1",
            "什么为王？",
            "What is king?",
            split="test",
            type="name",
            section="P2",
            answers=[["项目"]],
            evidence=["坚持项目为王"],
        ),
        "dev-unanswerable.jsonl": pair(
            "no-1",
            "2023年水质？",
            "Water in 2023?",
            type="near_miss",
            asks="value",
            section="3.2",
            missing="year",
            near="水质达标率保持 100%",
        ),
        "dev-conversations.jsonl": talks,
    }


def write(folder: Path, files: Files) -> Path:
    for name, lines in files.items():
        texts = [json.dumps(line, ensure_ascii=False) for line in lines]
        (folder / name).write_text("\n".join(texts) + "\n", "utf-8")
    return folder


def faults(folder: Path, files: Files, *documents: Document) -> list[str]:
    """What check() complains of, without the name of the folder."""
    with pytest.raises(QuestionsInvalid) as caught:
        check(write(folder, files), documents or [PLAN])
    lines = str(caught.value).splitlines()
    assert all(line.startswith(str(folder)) for line in lines)
    return [line.replace(f"{folder}/", "").removeprefix(f"{folder}: ") for line in lines]


def test_sound_gold_is_counted(tmp_path: Path) -> None:
    report = check(write(tmp_path, gold()), [PLAN])
    counts = (report.questions, report.unanswerable, report.conversations, report.turns)
    assert counts == (6, 2, 2, 4)
    assert report.by_part == {"第一篇 发展基础": 2, "第二篇 重点任务": 4, "tables": 2}
    told = table(report).splitlines()
    assert "| 6 | 2 | 2 | 4 |" in told
    assert "| 第二篇 重点任务 | 2 | 0 | 2 | 0 |" in told
    assert told[-1] == "| of a question | 0.00 | 0.00 |"


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    files = gold()
    (dev, test, none, talks) = (
        files[name]
        for name in ("dev.jsonl", "test.jsonl", "dev-unanswerable.jsonl", "dev-conversations.jsonl")
    )
    dev[0]["type"] = "value"
    dev[1]["section"] = "99"
    dev[2]["evidence"].append("活到一百岁")
    dev[3]["lang"] = "fr"
    test[0]["split"] = "dev"
    test[1]["id"] = "dev-1-en"
    none[0]["near"] = "水质很好"
    none[1]["question"] = "what is KING"
    talks[0]["turns"][0]["section"] = None
    talks[0]["turns"][1]["standalone"] = "什么 为王"
    talks[0]["split"] = "test"
    talks[1]["turns"][0]["evidence"] = ["第二篇 重点任务"]
    dev.append({**test[0], "id": "dev-3-zh", "split": "dev", "question": "总部有几家？"})
    assert sorted(faults(tmp_path, files)) == sorted(
        [
            "dev.jsonl:4: field 'lang': Input should be 'zh' or 'en'",
            "dev.jsonl:2: field 'section': '99' is no section of any document",
            "dev.jsonl:3: field 'evidence.1': '活到一百岁' stands in no document",
            "dev.jsonl:3: field 'lang': 'dev-2' is asked in 'zh' only",
            "dev.jsonl:5: field 'lang': 'dev-3' is asked in 'zh' only",
            "dev.jsonl:2: field 'type': is not that of 'dev-1-zh'",
            "dev.jsonl:2: field 'section': is not that of 'dev-1-zh'",
            "test.jsonl:1: field 'split': 'dev' in a file of 'test'",
            "test.jsonl:1: field 'lang': 'test-1' is asked in 'zh' only",
            "test.jsonl:2: field 'id': 'dev-1-en' stands at dev.jsonl:2 as well",
            *(
                f"test.jsonl:2: field '{field}': is not that of 'dev-1-zh'"
                for field in ("split", "type", "section", "answers", "evidence")
            ),
            "dev-unanswerable.jsonl:1: field 'near': '水质很好' stands in no document",
            "dev-unanswerable.jsonl:2: field 'near': is not that of 'no-1-zh'",
            "test.jsonl:2: field 'question': is asked at dev-unanswerable.jsonl:2 as well",
            "dev-conversations.jsonl:1: field 'split': 'test' in a file of 'dev'",
            "dev-conversations.jsonl:1: field 'turns.0.section': None, not 3.1, "
            "where the first quote is",
            "dev-conversations.jsonl:1: field 'turns.0.standalone': is asked at dev.jsonl:1, "
            "the other split",
            "dev-conversations.jsonl:1: field 'turns.1.standalone': is asked at test.jsonl:1, "
            "the other split",
            "dev-conversations.jsonl:2: field 'turns.0.section': '3.1', not P2, "
            "where the first quote is",
            *(
                f"dev-conversations.jsonl:2: field '{field}': is not that of 'talk-zh'"
                for field in ("split", "turns.0.section", "turns.0.evidence")
            ),
        ]
    )


@pytest.mark.parametrize("section", ["", "3.2", "P2"])
def test_the_section_is_the_one_in_which_the_first_quote_stands(
    tmp_path: Path, section: str
) -> None:
    files = gold()
    for line in files["dev.jsonl"][:2]:
        line["section"] = section
    expected = f"field 'section': {section!r}, not 3.1, where the first quote is"
    assert faults(tmp_path, files) == [f"dev.jsonl:{n}: {expected}" for n in (1, 2)]


def test_a_row_a_footnote_and_a_heading_stand_in_sections(tmp_path: Path) -> None:
    files = gold()
    for n, (section, quote) in enumerate(
        [("2.1", "绿化覆盖率\t%"), ("3.1", "“四办”：马上办"), ("P1", "第一篇 发展基础")]
    ):
        told = {"type": "name", "answers": [["x"]], "section": section, "evidence": [quote]}
        files["dev.jsonl"] += pair(f"dev-s{n}", f"第{n}？", f"Number {n}?", **told)
    assert check(write(tmp_path, files), [PLAN]).questions == 12


def test_what_stands_on_the_cover_has_no_section(tmp_path: Path) -> None:
    files = gold()
    told = {"type": "body", "answers": [["发展和改革局"]], "evidence": ["云渡区发展和改革局 编印"]}
    files["dev.jsonl"] += pair("dev-3", "谁编的？", "Who made it?", **told)
    check(write(tmp_path, files), [PLAN])
    for line in files["dev.jsonl"][4:]:
        line["section"] = "0"
    expected = "field 'section': '0', but there is no quote that stands in a section"
    assert faults(tmp_path, files) == [f"dev.jsonl:{n}: {expected}" for n in (5, 6)]


def test_what_quotes_nothing_has_no_section(tmp_path: Path) -> None:
    files = gold()
    for line in files["dev-unanswerable.jsonl"]:
        line |= {"type": "silent", "near": None, "missing": None}
    expected = "field 'section': '3.2', but there is no quote that stands in a section"
    assert faults(tmp_path, files) == [f"dev-unanswerable.jsonl:{n}: {expected}" for n in (1, 2)]


@pytest.mark.parametrize(
    ("question", "run"),
    [
        ("到2025年，水质达标率保持多少？", "到2025年水质达标率保持"),
        ("到 2025 年 水质达标率保持100%", "到2025年水质达标率保持100"),
    ],
)
def test_a_question_may_not_copy_its_sentence(tmp_path: Path, question: str, run: str) -> None:
    files = gold()
    for line in files["dev.jsonl"][:2]:
        line |= {"section": "3.2", "evidence": ["水质达标率保持 100%"]}
    files["dev.jsonl"][0]["question"] = question
    (fault,) = faults(tmp_path, files)
    assert fault.startswith(f"dev.jsonl:1: field 'question': copies {len(run)} of ")
    assert repr(run) in fault


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("水质达标率", 0.0),
        ("2025年水质达标率", 0.0),
        ("到2025年，水质达标率保持在什么样的水平上？", 13 / 21),
    ],
)
def test_a_name_or_a_smaller_part_is_no_copy(tmp_path: Path, question: str, share: float) -> None:
    files = gold()
    for line in files["dev.jsonl"][:2]:
        line |= {"section": "3.2", "evidence": ["水质达标率保持 100%"]}
    files["dev.jsonl"][0]["question"] = question
    assert check(write(tmp_path, files), [PLAN]).copied == {"zh": pytest.approx(share), "en": 0}


def test_an_english_question_may_not_copy_the_translation(tmp_path: Path) -> None:
    told = Translation("en", ("Part two",), ("Projects are to be held as king in the district.",))
    passages = [
        replace(own, translation=told) if own.text == "坚持项目为王。" else own
        for own in PLAN.passages
    ]
    plan = replace(PLAN, passages=tuple(passages))
    files = gold()
    files["test.jsonl"][1]["question"] = "Which projects are to be held as king in the district?"
    (fault,) = faults(tmp_path, files, plan)
    assert fault.startswith("test.jsonl:2: field 'question': copies 38 of 43 letters")


def test_a_question_is_asked_once_but_a_turn_may_repeat_it(tmp_path: Path) -> None:
    files = gold()
    files["dev-unanswerable.jsonl"][0]["question"] = " 小路，修几条! "
    assert faults(tmp_path, files) == [
        "dev.jsonl:1: field 'question': is asked at dev-unanswerable.jsonl:1 as well"
    ]


def test_conversations_of_both_splits_may_not_share_a_question(tmp_path: Path) -> None:
    files = gold()
    files["dev.jsonl"] = files["dev.jsonl"][2:]
    files["test-conversations.jsonl"] = [
        {**line, "id": f"held-{line['id']}", "split": "test"}
        for line in deepcopy(files["dev-conversations.jsonl"])
    ]
    found = faults(tmp_path, files)
    assert [fault.partition(": is asked")[0] for fault in found] == [
        f"test-conversations.jsonl:{line}: field 'turns.{turn}.standalone'"
        for line in (1, 2)
        for turn in (0, 1)
    ]


def test_an_id_ends_in_its_language(tmp_path: Path) -> None:
    files = gold()
    one, other = files["test.jsonl"]
    one["id"], other["id"] = "test-1-en", "test-1-zh"
    assert faults(tmp_path, files) == [
        "test.jsonl:1: field 'id': 'test-1-en' of a question in 'zh'",
        "test.jsonl:2: field 'id': 'test-1-zh' of a question in 'en'",
    ]
    one["id"], other["id"] = "test-1", "test-1-en"
    assert check(write(tmp_path, files), [PLAN]).questions == 6


def test_a_file_named_after_no_split_may_hold_either(tmp_path: Path) -> None:
    files = gold()
    files["my.jsonl"] = files.pop("test.jsonl") + files.pop("dev.jsonl")
    assert check(write(tmp_path, files), [PLAN]).questions == 6


def test_a_part_and_the_tables_with_too_few_questions(tmp_path: Path) -> None:
    told = {"type": "name", "section": "2.1", "answers": [["x"]], "evidence": ["总部企业突破10家"]}
    files = {
        "dev.jsonl": [
            line for n in range(20) for line in pair(f"d{n}", f"第{n}？", f"Number {n}?", **told)
        ]
    }
    found = faults(tmp_path, files)
    (least,) = {fault.rpartition("no fewer than ")[2] for fault in found[:2]}
    assert int(least.split()[0]) > 0
    assert found == [
        f"{PLAN.id}, {part}: 0 questions in {lang}, and no fewer than {fewest}"
        for part, fewest in (("第二篇 重点任务", least), ("tables", "1 are expected"))
        for lang in ("zh", "en")
    ]


def test_nothing_to_check_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(QuestionsInvalid, match="holds no file of gold questions"):
        check(tmp_path, [PLAN])


def test_an_empty_quote_is_told_by_its_form(tmp_path: Path) -> None:
    files = gold()
    for line in files["test.jsonl"]:
        line["evidence"] = [""]
    found = faults(tmp_path, files)
    assert "test.jsonl:1: field 'evidence' is empty, or holds an empty text" in found
