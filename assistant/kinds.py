"""The kinds of answer that questions ask for, told by how they are put, in both languages."""

from __future__ import annotations

import re
from enum import StrEnum

from corpus.numbers import MEASURE_OF


class Kind(StrEnum):
    """What kind of answer a question asks for."""

    VALUE = "value"
    SHARE = "share"
    COUNT = "count"
    DATE = "date"
    PERIOD = "period"
    LIST = "list"
    DEFINITION = "definition"
    PLACE = "place"
    BODY = "body"
    NAME = "name"
    YESNO = "yesno"
    HOW = "how"
    WHY = "why"
    COMPARISON = "comparison"
    TOPIC = "topic"
    """Key words, or a request without a question word."""


AMOUNTS = frozenset({Kind.VALUE, Kind.SHARE, Kind.COUNT})
TIMES = frozenset({Kind.DATE, Kind.PERIOD})

MANY = r"(?:多少|(?<![近这哪前后十好])几(?![乎何]))"
_AMOUNT = (
    rf"{MANY}|(?<!哪)多大|多高|多长|多快|多远|多久|多宽|多重|多密|"
    r"\bhow (?:many|much|long|high|large|big|far|fast|often|dense|wide|tall|low|quickly|small)\b|"
    r"\bwhat(?: is|['’]s| was| are| were| will be| should be)(?: the| its)?(?: [\w'’-]+){0,5} "
    r"(?:share|percentage|proportion|rate|number|value|total|target|amount|ratio|"
    r"size|density|level|"
    r"figure|capacity|length|area|scale|growth)\b|\b(?:what|which)(?: [\w'’-]+){0,3} "
    r"(?:share|percentage|proportion|rate|value|target|ratio|density|level|growth)\b"
    r"|\bwhat (?:did|does|do|will|would) .*\b(?:come|amount|add up) to\b|"
    r"^what (?:is|was|were|will) .+ (?:in|by) (?:19|20)\d\d\?*$"
)
_FORMS: tuple[tuple[Kind, str], ...] = (
    (
        Kind.WHY,
        r"为什么|为何|为啥|凭什么|(?:什么|啥)(?:原因|目的|缘故)|原因(?:是|何在)|"
        r"目的(?:是|何在)|\bwhy\b|what (?:is|are) the (?:reasons?|purpose|point|"
        r"aim)s?\b|\bwhat for\b|\bhow come\b|\b(?:for|on) what (?:reasons?|purpose|"
        r"grounds?)",
    ),
    (
        Kind.DEFINITION,
        r"(?:是|指|叫|有)?(?:什么|啥)意思|含义|什么叫|^什么是|^啥是|何谓|何为|怎么(?:理解|解释)|"
        r"指的?是?(?:什么|啥)|"
        r"(?<!目标)(?<!任务)(?<!原则)(?<!重点)(?<!措施)(?<!思路)(?<!内容)(?<!定位)(?:是|"
        r"算)(?:个|一个|一种)?(?:什么|啥)(?:模式|概念|东西|"
        r"机制|制度|方法|名堂|工作法|意思)?[?？。呢呀啊]*$|定义|所谓"
        r"|\bwhat (?:does|do|did) .*\b(?:mean|stand for|refer to)\b|\bmeaning of\b|"
        r"\bdefin(?:e|ition|ed)\b|\bwhat (?:exactly )?(?:is|are) meant by\b|"
        r"\bexplain (?:the )?(?:term|what)\b|\bmeaning$",
    ),
    (
        Kind.DATE,
        r"什么时候|何时|哪一?年|哪个(?:季度|月)|几时|什么(?:时间|日子|年份|日期)|哪天|哪一天|啥时候?|"
        r"多会儿|几月|几点|(?:开放|营业|办公)时间|\b(?:opening|office|"
        r"business) (?:hours|times)\b|(?:^|\b(?:by|since|until|and) )when\??$|"
        r"\bwhen (?:is|are|was|were|will|should|did|does|do|can|has)\b|\b(?:what|"
        r"which) (?:year|quarter|month|date)\b|\bby what (?:date|time|year)\b|"
        r"\bhow soon\b",
    ),
    (
        Kind.COMPARISON,
        rf"(?:比|较|相比|对比|相较|同).*(?:多|高|低|少|长|短|大|小|快|慢|密|增加|提高|"
        rf"提升|减少|下降|增长|延长|上升|缩短|降低|扩大)了?(?:出|至少|大约|大概)?{MANY}"
        rf"|(?:从|由).*(?:到|至).*(?:增加|提高|提升|减少|下降|增长|延长|上升|多|高|降低|扩大|涨)了?(?:出|至少|大约|大概)?{MANY}"
        rf"|相差|差{MANY}|差距|差别|哪一?(?:个|项|者|年)?(?:更|比较)?(?:多|高|大|少|低|"
        rf"长)|谁(?:更|比较)?(?:多|高|大|少|低)|有什么(?:变化|不同|区别)|变化(?:多少|"
        rf"有多大|是)|翻了?几|孰"
        r"|\bcompar(?:e|ed|ison)\b|\bdifference\b|\bby how (?:much|many)\b|"
        r"\bhow (?:many|much) (?:more|less|fewer|higher|lower|bigger|larger|"
        r"longer)\b.*\bthan\b"
        r"|\bhow much (?:bigger|higher|larger|lower|denser|longer|smaller|greater|"
        r"better|will .* (?:rise|grow|increase|fall|improve))\b|\b(?:more|fewer|higher|"
        r"lower|larger|smaller|bigger) .*\bor\b|\bwhich (?:is|was|"
        r"of .* is) (?:the )?(?:more|larger|higher|bigger|greater|lower|smaller|"
        r"longer)\b|\bgap\b|\bhow far (?:above|below)\b"
        r"|\bfrom .* to .*\b(?:rise|grow|increase|gain|change)|\b(?:rise|grow|increase|"
        r"gain|change|go up) (?:from|between) .* (?:to|and) ",
    ),
    (
        Kind.PERIOD,
        r"(?:什么|哪个?|哪段|哪几|哪一个?)(?:时期|期间|时段|阶段|年份?间?|时间段?|五年)|"
        r"哪个五年|\b(?:what|which) (?:period|years|span|time span|five[- ]year|"
        r"stage)\b|\bover (?:what|which)\b|\bwhat (?:point|period) (?:in|of) time\b|"
        r"\bto what point\b",
    ),
    (
        Kind.BODY,
        r"谁|(?:哪|什么|啥)(?:一?[个些家所]|几[个家所])?(?:的)?(?:部门|单位|机构|医院|"
        r"大学|高校|院校|企业|公司|局|组织|委员会|主体|团体|学校|力量|"
        r"平台)(?!.{0,4}(?:多少|几))|由.{0,6}(?:负责|牵头|主导|批准|批)|(?:^|[.,?!] |"
        r"\band |\bby |\bto )who(?:m|se)?\b|\b(?:which|what) (?!is\b|are\b|was\b|were\b|"
        r"will\b|does\b|do\b|did\b)(?:\w+ ){0,3}(?:body|"
        r"bodies|departments?|agency|agencies|organi[sz]ations?|institutions?|"
        r"hospitals?|universit(?:y|ies)|compan(?:y|ies)|enterprises?|office|committee|"
        r"bureau|authority|authorities|firms?|actors?|groups?|unit)\b",
    ),
    (
        Kind.PLACE,
        r"哪(?:里|儿)|(?:什么|哪些?|哪个|哪几个|哪一带?|哪块)(?:地方|地段|片区|位置|"
        r"区域|地区|地点|街道|社区|路)|何处|(?:在|去|到)哪|地点|\bwhere\b(?!.*\brank)|"
        r"\b(?:which|what) (?!is\b|are\b|was\b|were\b|will\b|does\b|do\b|"
        r"did\b)(?:\w+ ){0,2}(?:places?|areas?|locations?|sites?|districts?|"
        r"neighbou?rhoods?|roads?|streets?|parks?)\b",
    ),
    (
        Kind.NAME,
        r"叫(?:什么|啥|做什么)|名(?:字|称)(?:是|叫)|什么名|\bcalled\b|\bname of\b|\bnamed?\b",
    ),
    (
        Kind.SHARE,
        rf"{MANY}(?:比例|百分)|百分之(?:几|多少)|多大(?:的)?(?:比例|比重|份额)|(?:比例|"
        rf"比重|占比|份额|率)(?:要|应|将|是|达|达到|为|能|会|得|想|保持|目标|控制|降|"
        rf"提)*(?:到|在|是|为)?(?:多少|几|多高|多大)|占.{{0,12}}(?:多少|几成|几)|几成|"
        rf"\b(?:what|which) (?:\w+ )*(?:share|percentage|proportion|rate|ratio|"
        rf"per ?cent)\b|\bhow (?:large|big|high) (?:an? |the )?(?:\w+ )*(?:share|"
        rf"proportion|percentage|rate)\b",
    ),
    (Kind.COUNT, rf"{MANY}\s*[十百千万亿]*\s*(?:{{units}})|\bhow many\b|\bnumber of\b"),
    (
        Kind.VALUE,
        rf"{_AMOUNT}|排名?第?几|第几|排在?(?:什么|哪|第)|什么(?:水平|程度|位置|名次)|\brank(?:s|ed|ing)?\b",
    ),
    (
        Kind.DEFINITION,
        r"^what(?: is|['’]s) (?:an? |the )?(?!average|total)[\"“'‘「]?[^?,]{1,50}[\"”'’」]?\?*$",
    ),
    (
        Kind.HOW,
        r"怎么|如何|怎样|咋|(?:什么|哪些|啥|何种)(?:具体|主要|样的)?(?:措施|办法|做法|"
        r"手段|途径|举措|方式|安排|动作|打算|对策|行动|路径|政策|支持|保障)|靠什么|"
        r"凭借什么|\bhow\b|\bwhat (?:steps|measures|ways?|means|actions?|arrangements?|"
        r"methods?|efforts?)\b|\bin what way|\bwhat (?:will|is|are) .*\b(?:do|done|"
        r"doing)\b|\bby what means",
    ),
    (
        Kind.LIST,
        r"哪(?:些|几|[一二两三四五六七八九十]+(?:个|类|项|大|条|种))|有(?:什么|啥)|哪|"
        r"(?:包括|包含|含|涉及|涵盖|分为|分成|指出了?)(?:了)?(?:什么|哪|啥)|什么|"
        r"分别(?:是|指|为)|都有|列出|列举|\bwhich\b|\bwhat\b|\blist\b|\bname the\b",
    ),
    (
        Kind.VALUE,
        r"(?:率|占比|比例|比重|总值|目标值|总额|总量|数量?|目标|增加值|面积|密度|增速|规模|指标|全长|长度|"
        r"额度|费用|价格|票价|房价|工资)[?？。]*$|^(?:length|height|size|area|price|"
        r"cost|maximum|minimum|average)\b|\b(?:targets?|rate|number|incidence|density|"
        r"coverage|total|amount)\b",
    ),
    (
        Kind.YESNO,
        r"(?:^|[.?!,:;] )(?:is|are|was|were|will|would|does|do|did|can|could|should|has|"
        r"have|had|must|may)(?:n['’]t)? ",
    ),
)
_YESNO_FIRST = re.compile(
    r"吗[?？。!！]*$|是否|有没有|能否|可否|有无|"
    r"([\u4e00-\u9fff])不\1|(?:属于|是).{1,12}还是|还是.{1,10}[?？]?$|没有[?？]$|了没[?？]?$|吧[?？]$|"
    r"^(?:is|are|was|were|will|would|does|do|did|can|could|should|has|have|had|must|"
    r"may)(?:n['’]t)? ",
    re.IGNORECASE,
)
_WHY = re.compile(_FORMS[0][1], re.IGNORECASE)
_ASKS_MORE = re.compile(r"多少|(?<![这近前后])几(?!年)|哪|什么|\bor\b.*\bmore\b", re.IGNORECASE)
"""What a question that looks like one for yes or no asks all the same."""
UNITS = "|".join(sorted(MEASURE_OF, key=lambda unit: (-len(unit), unit)))
_KINDS = [
    (kind, re.compile(form.replace("{units}", UNITS), re.IGNORECASE)) for kind, form in _FORMS
]


def kind_of(text: str) -> Kind:
    """The first form that fits; whether a question is to be answered yes or no is told first."""
    if _WHY.search(text):
        return Kind.WHY
    if _YESNO_FIRST.search(text) and not _ASKS_MORE.search(text):
        return Kind.YESNO
    return next((kind for kind, form in _KINDS if form.search(text)), Kind.TOPIC)
