"""A made-up plan of a made-up district, with everything in it that makes the real one hard."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from hashlib import sha256
from pathlib import Path

from hypothesis import settings

from corpus.document import parse
from corpus.records import Manifest, Passage, Reading

TITLE = "云渡区国民经济和社会发展第十四个五年规划纲要"
WATERMARK = "DEMO PDF试用版"
FORMULA = r"$Q=40\text{m}^3/\text{s}$"

properties = settings(deadline=None, derandomize=True, database=None, max_examples=150)
"""How the properties are tried: the same examples each time, and nothing left on disk."""

COVER = """

云渡区国民经济和社会发展
第十四个五年规划纲要

 DEMO PDF 试用版

云渡区发展和改革局 编印

二〇二一年三月

云渡区国民经济和社会发展
第十四个五年规划纲要

DEMO PDF试用版

"""

CONTENTS = """目 录

第一篇 发展基础	1
第一章 发展环境	1
一、	面临的机遇	1
二、面对的挑战 ····· 2
第二章 主要目标·····3
一、总体目标……3

二、目标展望	4
第二篇 重点任务 ·····
第三章	建设品质城区	4
一、	畅通路网	5
二、守护水系·····6

"""

BODY = rf"""云渡区国民经济和社会发展 第十四个五年规划纲要

本纲要根据区委建议编制，阐明未来五年的发展思路 and 重点，是全区人民的共同愿景。

第一篇 发展基础

第一章 发展环境

一、面临的机遇

2020 年，地区生产总值达到320.5亿元，是2015年末的 1.6 倍。新增“四上”企业^①38 家，年纳税过千万元楼

① “四上”企业：规模以上工业企业、限额以上批零住餐企业。

宇 6 栋,市场主体突破 12 万余户。

二、面对的挑战

水资源约束
趋紧，人口老龄化
加快。

短板依然突出。**四是**公共服务供给不足，职

业教育仍需加强。

第二章 主要目标

到 2025 年，综合实力再上新台阶。

一、总体目标

——**高质量发展。**总部企业突破10家。

——**高品质生活。**新增学位０.５万个。

专栏1 “十四五”时期主要指标

类别	序号	指标名称	单位	2020年	2025年	属性
经济发展	1	地区生产总值增长	%	-	7左右	预期性
	2	研发经费投入 增长	%		-	预期性
民生福祉	3	人均预期寿命	岁	80.1	[1.5]	约束性

类别	序号	指标名称	单位	2020年	2025年	属性
	4	基本养老保险参保率	%	98	>98	预期性
绿色生态	5	绿化覆盖率	%	38.2	40	约束性

二、目标展望

展望 2035 年，建成现代化滨水城区。

第二篇 重点任务

坚持项目为王。

第三章 建设品质城区

统筹规划、建设、管理。

一、畅通路网

路网密度达到 5.98 千米 / 平方公里^①，推行“四办”②服务，新建泵站（规模 {FORMULA} ），

^① “十三五”时期末，路网密度为 4.88 千米 / 平方公里。

② “四办”：马上办、网上办、就近办、一次办。

改造微循环道路 9 条。

二、守护水系

推行河湖长制。到 2025 年，水质达标率保持 100%。奋力夺取新胜利！
"""

PLAN = COVER + CONTENTS + BODY
WITHOUT_CONTENTS = COVER + BODY
RESTARTED = PLAN.replace("第三章", "第一章")


def manifest(text: str, **changes: object) -> Manifest:
    """The manifest of a made-up plan with this text."""
    facts = Manifest(
        id="yundu-14fyp",
        title=TITLE,
        title_en=None,
        issuer="云渡区发展和改革局",
        published="2021-03",
        language="zh",
        source="plan.txt",
        sha256=sha256(text.encode()).hexdigest(),
        pages=6,
        watermarks=(WATERMARK,),
    )
    return replace(facts, **changes)  # type: ignore[arg-type]


def write(folder: Path, text: str, **changes: object) -> Path:
    """A plan's folder with plan.toml and plan.txt; a field changed to None is left out."""
    facts = manifest(text, **changes)
    folder.mkdir(parents=True, exist_ok=True)
    stated = {field.name: getattr(facts, field.name) for field in fields(facts)}
    toml = [
        f"{name} = {json.dumps(value, ensure_ascii=False)}"
        for name, value in stated.items()
        if value is not None
    ]
    (folder / "plan.toml").write_text("\n".join(toml) + "\n", "utf-8")
    (folder / "plan.txt").write_bytes(text.encode())
    return folder


def reading(text: str = PLAN, **changes: object) -> Reading:
    """A made-up plan, read."""
    return parse(manifest(text, **changes), text)


def chapter(*blocks: str, between: str = "\n\n", **changes: object) -> Reading:
    """A plan of one chapter without contents, read."""
    text = between.join(("第一章 总则", *blocks)) + "\n"
    return reading(text, **{"pages": None, **changes})


def texts(read: Reading) -> list[str]:
    """The clean text of each paragraph."""
    return [paragraph.text.text for paragraph in read.paragraphs]


def passage(read: Reading, name: str) -> Passage:
    """The passage with this id, without the document's."""
    wanted = f"{read.document.id}/{name}"
    return next(found for found in read.document.passages if found.id == wanted)
