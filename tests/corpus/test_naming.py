"""What an indicator is called in English."""

from __future__ import annotations

import pytest

from corpus.naming import english_subject
from corpus.numbers import quantities
from corpus.periods import periods
from corpus.records import Term
from corpus.subjects import subjects

TERMS = (Term("路网密度", "road network density"), Term("停车泊位", "parking spaces"))


def named(text: str, sentence: str) -> list[str | None]:
    """What the subjects of a Chinese sentence are called, by its English one."""
    found = quantities(text, ranks=True)
    told = subjects(text, found, periods(text))
    return [
        english_subject(quantity, subject, text, sentence, TERMS)
        for quantity, subject in zip(found, told, strict=True)
        if subject is not None
    ]


@pytest.mark.parametrize(
    ("text", "sentence", "name"),
    [
        ("路网密度达到5千米", "The density will be 5 kilometers.", "road network density"),
        ("新增停车泊位5个", "Spots number up to 5.", "parking spaces"),
        ("打造10条林荫路", "We will build 10 tree-lined roads by the lake.", "tree-lined roads"),
        ("引进企业6家以上", "At least 6 unicorn firms will be brought in.", "unicorn firms"),
        ("新增绿地5公顷", "We add 5 hectares of green space, and more.", "green space"),
        ("建档率达90%", "The filing rate of files will reach 90% by 2025.", "filing rate of files"),
        ("正确率达90%", "We achieve a correct sorting rate of 90%.", "correct sorting rate"),
    ],
)
def test_a_name(text: str, sentence: str, name: str) -> None:
    assert named(text, sentence) == [name]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("贡献率达46%", "Enterprises contribute 46% of tax."),
        ("贡献率达46%", "The rate is high."),
        ("甲、乙分别达到1%、2%", "A and B will reach 1% and 2% respectively."),
        ("列全国第1", "It ranks 1st in the country."),
        ("扶持2万人创业", "We help 20,000 people start businesses."),
        ("周边禁止作业5公里内", "It is banned within 5 kilometers of the island."),
    ],
)
def test_none_is_better_than_a_wrong_name(text: str, sentence: str) -> None:
    assert set(named(text, sentence)) == {None}
