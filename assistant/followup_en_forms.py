"""The forms and words of English follow-ups."""

from __future__ import annotations

from assistant.followup_reader import Reader
from assistant.followup_text import any_of, compiled, rules, words_of
from index.tokens import STOPWORDS

AUX = (
    "(?:is|are|was|were|will|would|should|does|do|did|has|have|had|can|could|must|may|might|"
    "['’](?:s|re|ll))"
)


IS_AUX = compiled(rf"(?<![\w'’-]){AUX}(?![\w'’-])")


PREP = (
    "(?:by the end of|at the end of|by|in|over|for|during|since|from|until|till|through|within|"
    "as of|between|at|before|after|to)"
)


_NOUNS_EN = any_of(
    """terms? words? phrases? expressions? concepts? names? areas? places? districts? sites?
    projects? indicators? targets? goals? figures? numbers? rates? program(?:me)?s?
    polic(?:y|ies) measures? bod(?:y|ies) offices? departments? compan(?:y|ies) firms?
    hospitals? schools? platforms? systems? services? cent(?:er|re)s? roads? lines? parks?
    industr(?:y|ies) streets? buildings? ones? things?"""
)


COUNTS = (
    "how (?:many|much)(?: of (?:them|those|these|that|it))?"
    rf"(?= (?:{AUX}|pay|have|reach|exceed|earn|come|belong|use)\b(?! (?:they|it|there)\b))"
)


_SET = r"(?:the )?(?:target(?:ed)?|goal|planned|expected)\b"


_DOING = r"(?:the )?\w+ (?:aiming|planning|hoping)"


VERBS = words_of(
    """there one ones s re ll hello hi again still please thank thanks plan plans planned
    planning aim aims aimed aiming hope hopes hoping want wants wanted intend intends intended
    expect expects expected expecting target targeted targets goal goals reach reached reaches
    get gets go goes going become make made makes take takes taking use used set give given
    happen happens need needs work works come comes start started starts end finish finished
    complete completed build built building create created add added supposed meant mean means
    call called involved approve approved pay pays paying paid run runs print printed decide
    decided manage managed look looks say says said tell know achieve achieved support
    supported fund funded located based change changed increase increased rise risen fall
    fallen grow grew grown drop dropped bring brought attract attracted offer provide measure
    measured inspect live lives focus cover covers include includes seek help lead form
    connect open opened host hold held train handle improve improved raise cut reduce cost
    contribute stand refer draw rely consist keep been being be do does have has responsible
    charge reaching"""
)


class EnglishForms(Reader):
    """What English follow-ups are told by."""

    lang = "en"
    space = " "
    changed = compiled(
        r"\b(?:different|another|new) (?:question|topic|subject)\b|"
        r"\bchange (?:of|the) (?:topic|subject)"
    )
    lead = compiled(
        r"^(?:(?:and|but|so|ok(?:ay)?|then|well|also|now|right|great|thanks|thank you|i see|good|"
        r"fine|please|sorry)\b[,. ]*)+(?=\S)"
    )
    led = compiled(r"(?:and|but|then|so)\b")
    asks = compiled(
        r"\b(?:how (?:many|much|long|big|high|low|large|far|fast|often|dense|wide|tall|soon|"
        r"quickly|deep|small|strong|old)|what (?:kind|sort|type)s? of|what|which|whose|whom?|where|"
        r"when|why|how)\b"
    )
    opens = compiled(rf"^(?:{PREP} )?(?:wh(?:at|ich|ose|om?|ere|en|y)|how|{AUX})\b")
    past = compiled(
        r"\b(?:before|previous(?:ly)?|now|nowadays|current(?:ly)?|today|present|past|earlier|last|"
        r"originally|back then|moment|these days)\b"
    )
    deixis = compiled(
        r"\b(?:before(?: that)?|nowadays|at the moment|in the past|earlier|these days|"
        r"in (?:the )?future|later on|back then|originally)$|"
        r"\b(?:now|currently|today|previously|at present)\b"
    )
    same = compiled(
        r"\b(?:(?:in|over|during|for|at|within) )?(?:the same|that) "
        r"(?:period|years?|time|span|timeframe)\b|"
        r"\b(?:back )?then$"
    )
    joined = compiled(rf"\b{PREP} (?:the )?$")
    around = compiled("")
    loose = STOPWORDS | VERBS
    attributes = words_of(
        """share percentage proportion percent rate total number amount size area floor space
        length height width density growth average annual yearly per year years cost costs
        price money funding investment budget figure figures value level target goal
        difference gap drop increase decrease reason reasons purpose point measures steps ways
        means deadline date time location place address name body department office agency
        unit authority effect effects benefit benefits detail details status baseline base
        standard standards requirement requirements scope source sources basis result results
        progress timeline binding mandatory compulsory anticipatory obligatory meaning
        responsibility plan document outline district government city thing things sort kind
        kinds km kilometer kilometers kilometre kilometres hectare hectares mu exactly
        actually really true possible ready long many much big high low large far fast often
        soon more less fewer higher lower bigger like done"""
    )
    links = words_of("of and for per in on at with along the a an")
    measured = compiled(
        r"\b(?:share|percentage|proportion|rate|ratio|number|amount|size|area|space|length|density|"
        r"growth|value|value added|level|target|coverage|income|revenue|investment|output|capacity|"
        r"expectancy|mortality|index|sales|days?)$"
    )
    pointed = compiled(
        rf"\b(?:(?P<whose>its|their)|(?:that|this|these|those|the same) (?P<noun>{_NOUNS_EN})\b|"
        rf"it|they|them|(?:this|these|those|that)(?=$|,| (?:{AUX}|in|by|for|from|than|at|on|over|"
        r"now|compared?|before|to|with|too|also|binding|mandatory|compulsory|anticipatory|start|end|"
        r"work|mean|cost)\b)|(?<=would )that|(?<=does )that|(?<=will )that|(?<=which )ones)"
        r"(?![\w'’-])"
    )
    there = compiled(
        r"(?P<at>\b(?:from|to|over|around|in) )?(?<!is )(?<!are )(?<!was )(?<!were )(?<!will )"
        rf"(?<!should )\bthere\b(?! {AUX}\b)"
    )
    placed = compiled(
        r"\b(?:area|district|belt|zone|park|road|city|town|street|lake|island|hill|place|site)$"
    )
    term = compiled("term|word|phrase|expression|concept|name")
    ordinal = compiled(
        r"\bthe (?:(?P<n1>first|former)|(?P<n2>second|latter)|(?P<n3>third)|(?P<n4>fourth))"
        rf"(?: (?:one|term|of them))?(?=$|,| (?:mean|refer|stand|cover|about|{AUX})\b)"
    )
    shift = compiled(r"(?:(?:what|how) about|what of|same (?:question )?for) (.+)")
    lacks = compiled(
        r"^how many (?:of (?:them|those|these|that|it) )?"
        rf"(?:{AUX}|pay|reach|exceed|earn|come)\b(?! there\b)|^how much (?:has|have|had) been\b"
    )
    lacks_if_led = compiled(rf"^(?:(?!.*\b{AUX}\b)|{COUNTS})")
    to_past = rules(
        rf"""
        ^What(?: is|['’]s)(?: the)? (?:target|goal) (?:for|of)(?: the)?\b >> What was the
        ^What is (.*?['’]s) (?:target|goal) for\b >> What was \1
        ^What (?:is|will be) (.*?) (?:target|goal)\b >> What was \1
        ^What (?:is|will be)(?: the)? target\b >> What was the
        ^(?:What|Which) (.*?) (?:is|are) {_SET} >> What was the \1
        ^(?:What|Which) (.*?) (?:is|are) {_DOING} (?:for|at) >> What was the \1
        ^(How many .*?) (?:is|are) {_SET} >> \1 were there
        ^(How much .*?) (?:is|are) {_SET} >> \1 was there
        ^(How m\w+ .*?) should there be >> \1 were there
        \bshould (.+?) (?:be|get|go|reach|become)(?: to)?(?= |$) >> was \1
        \b(?:does|do|will) (.+?) (?:want|plan|hope|aim|intend|expect) to\b >> did \1
        \b(?:will be|are to be|are going to be|should be|should become)\b >> were
        \bis (?:to be|going to be)\b >> was
        \bshould have\b >> had
        \b(?:does|do|will)\b >> did
        ^(What|How \w+) is\b >> \1 was
        ^What was\b(?=.*\b(?:now|nowadays|currently|today|present|moment|these days)$) >> What is
        \bthe (?=the\b|[\w-]+['’]s\b) >>
        """
    )
    to_target = rules(
        r"""
        ^What(?: was|['’]s| is)(?!.* (?:target|goal|planned)\b)(?: the)? >> What is the target for
        \b(?:were|was) there\b >> should there be
        \bdid\b >> will
        \b(?:were|was|have been|has been) (\w+ed|built|brought|made|set)\b >> will be \1
        \b(?:has|have) (.+?) reached >> will \1 reach
        ^(How \w+) was (.+?)(?= (?:in|by|over|at|for)\b|$) >> \1 should \2 be
        """
    )
