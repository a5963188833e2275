"""How far a text agrees with what was expected: its words, and the places that it cites."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from eval.questions import Facts

Place = tuple[str, int, int]
"""A document and the start and end, in characters, of a span of it."""

_HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_TOKEN = re.compile(
    r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?"  # 1,522.04
    rf"|[^\W_{_HAN}]+(?:(?<=\d)\.\d+)?"  # 377.09, PM2.5, 5G, GDP
    rf"|[{_HAN}]"
)


def tokens(text: str) -> list[str]:
    """The words of text, NFKC and casefolded: each Han character, each run of letters and digits.

    A number is one: "1,522.04" is "1522.04". Punctuation is none, nor is a percent sign. Articles
    stay, which SQuAD drops.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return [token.replace(",", "") for token in _TOKEN.findall(plain)]


def token_f1(text: str, facts: Facts) -> float:
    """F1 in [0, 1] of text's tokens against the facts', put together (Rajpurkar et al. 2016).

    All facts must be said, so a text that says only one of them lacks the tokens of the others. Of
    each fact the wording counts that text holds the largest share of. 0.0 where text holds no
    token, or facts hold none.
    """
    said = Counter(tokens(text))
    wanted: Counter[str] = Counter()
    for fact in facts:
        wanted += _best_wording(said, fact)
    return _f1(said, wanted)


def _best_wording(said: Counter[str], fact: Sequence[str]) -> Counter[str]:
    """The tokens of the wording with the largest share in said.

    Of equal shares, that of which more is said; where nothing is, the shortest: so F1 does not
    depend on the order of wordings.
    """

    def merit(wording: Counter[str]) -> tuple[float, int, int]:
        shared, size = (said & wording).total(), wording.total()
        return (shared / size if size else 0.0, shared, -size)

    return max((Counter(tokens(wording)) for wording in fact), key=merit, default=Counter())


def best_f1(text: str, references: Sequence[str]) -> float:
    """F1 in [0, 1] of text's tokens against the reference that they fit best.

    Rajpurkar et al. 2016. 0.0 where text or every reference holds no token.
    """
    said = Counter(tokens(text))
    return max((_f1(said, Counter(tokens(wanted))) for wanted in references), default=0.0)


def exact_match(text: str, references: Sequence[str]) -> bool:
    """Whether text's tokens are those of any reference, in order; never of a text without one."""
    said = tokens(text)
    return bool(said) and any(said == tokens(wanted) for wanted in references)


def _f1(said: Counter[str], wanted: Counter[str]) -> float:
    shared = (said & wanted).total()
    return 2 * shared / (said.total() + wanted.total()) if shared else 0.0


def citation_overlap(
    cited: Sequence[Place], evidence: Sequence[Sequence[Place]]
) -> tuple[float, float]:
    """Precision and recall, each in [0, 1], of cited spans against those of the evidence.

    evidence: of each quote the places that it stands in, any one of which will do. Precision: the
    share of cited that overlap some of them by a character or more. Recall: the share of quotes
    that some cited overlaps. (0.0, 0.0) without citations. Raises ValueError without evidence.
    """
    if not evidence:
        raise ValueError("got no evidence to hold citations against; expected one span or more")
    if not cited:
        return 0.0, 0.0
    every = [place for places in evidence for place in places]
    right = sum(any(_overlap(one, place) for place in every) for one in cited)
    found = sum(any(_overlap(one, place) for one in cited for place in own) for own in evidence)
    return right / len(cited), found / len(evidence)


def _overlap(one: Place, other: Place) -> bool:
    return one[0] == other[0] and max(one[1], other[1]) < min(one[2], other[2])
