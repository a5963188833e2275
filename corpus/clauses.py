"""Chinese clauses that tell a value: their verbs, their joints, what is no part of a subject."""

from __future__ import annotations

import re

from corpus.units import any_of

_VERBS = any_of(
    "新增 新建 新改建 新改扩建 改扩建 改造建成 建成 建立 打造 构建 形成 引进 新引进 培育 "
    "培养 创建 创新 承办 举办 组织 扶持 带动 吸引 集聚 聚集 签约 推荐 实施 开展 加强 强化 "
    "推进 推动 加快 完善 提升 提高 扩大 优化 支持 鼓励 重点 深化 健全 打通 连通 促进 落实 "
    "设立 安排 争取 铺设 布放 加固 修复 开通 新购 购置 配备 提供 保留 有效覆盖 惠及 建好 "
    "完成 实现 达到 压减 取得 拥有 现有 扩建"
)
_NOUNS_TOO = any_of("建设 规划 改造 培训 整治 治理 保障 设置 布局 投入 覆盖")
"""Verbs that may as well begin a noun: 建设用地, 覆盖率."""
_ONE_VERB = rf"(?:{_VERBS}|(?:{_NOUNS_TOO})(?![率量业]|水平|规模|用地|面积|能力|资金))"
VERBS = re.compile(rf"{_ONE_VERB}(?:(?:和|及|与|、|或|并)*{_ONE_VERB})*")
"""What a clause does, at its beginning: 引进和培育."""
VERB = re.compile(_ONE_VERB)
STAGES = re.compile("分[二两三四五]?期")
CARRIED = re.compile(
    "(?:新增|新建|新改建|新改扩建|引进|培育|建成|改造|修复|整治|新购|购置|培训|扶持|开通|铺设|"
    "吸引|签约)+"
)
"""Verbs that go on for the rest of a list: 新增停车泊位7.2万个、充电桩3.1万个."""
SHARED = re.compile(
    r"每(?:[一十百千万]|\d)+[^，、\d]{0,8}?"
    r"(?:人口|居民|老年人|老人|儿童|学生|职工|户|人)(?![均口才员])"
)
"""What goes on for the rest of a list: 每千常住人口床位数12张、医师数7人."""
LEADING = re.compile(
    r"[\s、，：:“”‘’（(—·]+(?<![“‘（(])|[一二三四五六七八九]是|（[一二三四五六七八九十]+）|"
    r"其中[，：]?|同时|此外|并且?(?![购联网])|且|也|已|均|将(?!军)|把|使(?![用命])得?|让(?!利)|力争|"
    r"争取(?!上)|努力|确保|保证(?!金)|实现(?!率)|达到|做到|完成(?!率)|推动|推进|促进|累计|总计|共计|"
    r"合计|现有|现已|目前|今后|只|预计|规划(?=新增|新建|建设)|全面(?!小康)|进一步|持续|继续|稳步|"
    r"基本(?=建成|实现|形成|消除|完成|达到)|大力|积极|着力|加快|切实|不断|至少|分别"
)
"""What stands before a subject."""
PREPOSITION = re.compile("截止到|截止|截至|到|至|在|自|从|由")
"""What stands before a period."""
TRAILING = re.compile(r"(?:分别|由|从|自|[A-Za-z]{0,2}\s*=|[\s“‘：:（(、])$")
"""What stands between a subject and its number."""
PARTED = re.compile(r"[，；。！？：\n]")
LISTED = re.compile(r"[\s，]*(?:、|和|与|及|以及|并|或|，)\s*|\s*")
"""All that stands between two values of one list."""
_LINKS = ("、", "、|和|与|及|以及")
"""What parts the names of a list: commas, or other words too where commas are too few."""
_YEARLY = re.compile("(?:年均|平均|累计)$")
_LINK_BEFORE = re.compile(r"(?:、|和|与|及|以及)\s*")
_LINK_BEHIND = re.compile(r"(?:、|和|与|及|以及|，)\s*$")
RELATION = re.compile(r"(?:占(?!地)|约占|仅占|是|为|较|比(?![重例率值亚赛])|同比|环比|相当于)")
"""How a clause begins that tells more of what was spoken of: 占地区生产总值的24.78%."""
CHANGE = re.compile(
    r"(?:年均|年平均|同比|环比|实际|累计|平均)*(?:增长|提高|提升|增加|增速|增幅|下降|降低|减少|"
    r"缩短|扩大|上升)(?:率|幅度|速度)?了?"
)
CHANGED = re.compile(r"(?<=..)(?:年均|年平均|累计)?(?:增长|提高|下降|降低|减少)$")
"""What a later clause is not said of: 旅游总收入年均增长15%，2025年达到600亿元."""
ATTRIBUTE = re.compile(
    r"(?:新增|新建|规划|设置|建设|设立|铺设|总|年|日|平均|[一二三]期)*"
    r"(?:建筑|占地|用地|建设|规划|装机|投资|覆盖)?"
    r"(?:面积|规模|密度|长度|里程|总长|全长|长|宽|高|数量|总量|总数|容量|装机|床位|总投资|投资|"
    r"产值|产量|覆盖率|占比|比重|比例)"
)
"""A subject that says nothing without the thing that it belongs to."""
SHORT_RATE = re.compile(r"[^，。]{2,4}率")
ABSTRACT = re.compile(
    ".*(?:领域|方面|大事|措施|环节|层面|阶段|原则|重点|机制|目标|任务|关系|问题|体系|理念)"
)
"""What is counted to announce a list, and is no amount: 三个领域."""
COVERED = re.compile(r".*全覆盖、")
"""An item of a list that has no number: 小区全覆盖、达标率100%."""
REACH = re.compile(
    r"(?:规模|总量|增速|增幅|水平)?(?:均|都|继续|持续|稳)?"
    r"(?:居|位居|位列|列|排|排名|名列|跃居|升至)"
)
"""How a clause begins that tells a place in a ranking."""
REGION = re.compile(r"(?:全国|全省|全市|全区|全县|全球|世界|[东中西]部)")
AFTER = re.compile(r"(?:居|位居|位列|列|名列|排名|占|较|比|同比|环比|增长|下降|一遇)")
"""How words behind a number begin that are no noun of it."""
CIRCLE = re.compile(r"[^圈]{1,12}圈(?=[”，。；、！？：]*$)")
"""What so many minutes are the size of: 12分钟文体圈."""
PREDICATE = re.compile("全线|全面|正式|顺利|建成|投入|开工|竣工")
WORK = re.compile(r"(?<=..)(?:建设|工作|管理|改造|工程建设|服务工作)$")


def first(form: re.Pattern[str], text: str) -> str:
    """What text begins with of this form, or ""."""
    found = form.match(text)
    return found[0] if found else ""


def linked(gap: str) -> bool:
    """Whether words behind a quantity begin with what joins it to the next."""
    return _LINK_BEFORE.match(gap) is not None


def parted(gap: str) -> tuple[str, str]:
    """What stands between two quantities: what belongs to the one, and to the other."""
    if link := _LINK_BEFORE.match(gap):
        return "", gap[link.end() :]
    if link := _LINK_BEHIND.search(gap):
        return gap[: link.start()], ""
    behind, comma, following = gap.rpartition("、")
    return (behind, following) if comma else (gap, "")


def names(lead: str, count: int) -> list[str]:
    """The names of a list of count; [] where it has not as many.

    What follows 分别 holds for all of them (能耗和排放分别降低), what the first begins with too
    (每千人口床位数、医师数), and what the last ends with where the others lack it
    (城镇和农村居民收入).
    """
    before, _, verb = lead.partition("分别") if "分别" in lead else (lead, "", "")
    yearly = _YEARLY.search(before)
    verb = (yearly[0] if yearly else "") + verb
    before = _YEARLY.sub("", before)
    for links in _LINKS:
        found = [stripped(name) for name in re.split(links, before)]
        if len(found) != count or not all(found):
            continue
        shared, last = first(SHARED, found[0]), found[-1]
        found = [found[0], *(name if name[0] == "每" else shared + name for name in found[1:])]
        return [name + _head(name, last) + verb for name in found]
    return []


def _head(name: str, last: str) -> str:
    """What a name leaves to the last of its list: 居民人均可支配收入 behind 城镇."""
    if name == last or len(last) <= len(name):
        return ""
    if len(name) <= 2:
        return last[len(name) :]
    at = last.find(name[-2:])
    return last[at + 2 :] if at >= 0 else ""


def without_verbs(subject: str) -> str:
    """A subject without the verbs that it begins with: 新增停车泊位 → 停车泊位."""
    return subject[len(first(VERBS, subject)) :]


def stripped(words: str) -> str:
    """Words from where their subject begins."""
    while found := LEADING.match(words):
        words = words[found.end() :]
    return closed(words)


def closed(words: str) -> str:
    """Words without what joins them to a number: …占地区生产总值的, but …是2015年末的."""
    words = words.strip(" 、，：:")
    return words if re.match("(?:是|为)", words) else words.removesuffix("的")


def tidy(behind: str) -> str:
    """What stands behind a quantity, without the end of its clause and without uncounted things."""
    return re.split("、(?:若干|一批)", behind)[0].strip(" ，；。！？：、）")


def balanced(subject: str) -> str:
    """A subject without a bracket or quotation mark that has no partner, or that holds it all."""
    for one, other in ("“”", "（）", "‘’"):
        if subject.count(one) != subject.count(other):
            subject = subject.replace(one, "").replace(other, "")
        if subject.startswith(one) and subject.find(other) == len(subject) - 1:
            subject = subject[1:-1]
    return subject.strip(" 、，：:")
