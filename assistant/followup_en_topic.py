"""What an English question is about."""

from __future__ import annotations

import re

from assistant.followup_en_forms import AUX, IS_AUX, PREP, VERBS, EnglishForms
from assistant.followup_text import compiled, rules

_DOER = compiled(
    "(?:the |this |that )?(?:plan|district|document|outline|government|city|they|it|we)$"
)


_DOES = compiled(
    r"^(?:(?:planning|plan|want|hope|going|aiming|intend)s? )?(?:to |for |on |in )*[\w-]+ "
    r"(?:(?:for|on|in|to|its|their) )*"
)


_GOES_ON = compiled(r"(?<!the )\b(?:supposed|meant|expected|going|called|located|\w+ing)\b")


_IS = compiled("is|are|was|were")


_CLEANED = rules(
    r"""
    ^(?:the |its |an? )?(?:targets?|goals?|meaning|purpose|plans?|aim)(?: \w+)? (?:for|of|in)\b >>
    (['’]s) (?:target|goal) for\b >> \1
    (?: an?| the)? (?:binding|mandatory|compulsory|anticipatory|obligatory)(?: \w+)?$ >>
    [ ](?:targets?|goals?)$ >>
    \btarget (?=\w+ ) >>
    ^(?:the )?(?:planned |total )?(?:size|scale|km|kilomet\w+|square \w+|hectares|mu) of\b >>
    """
)


class EnglishTopics(EnglishForms):
    """Tells what an English question is about."""

    def topic(self, question: str) -> str:
        """What a question is about, without its times."""
        text = self.timeless(re.sub(r"\bthan\b.*$", "", question))
        if re.match("(?:if|when) ", text, re.IGNORECASE) and "," in text:
            text = text.partition(",")[2].strip()
        text = re.sub(rf"^{PREP} (?=what|which|how|whose)", "", text, flags=re.IGNORECASE)
        asked = self.asks.match(text)
        if asked is None:
            said = re.match(rf"{AUX} (?:there (?:be )?(?:any )?)?(.+)$", text, re.IGNORECASE)
            return self.cleaned((self.phrase(said[1]) or said[1]) if said else text)
        how = asked[0].lower()
        rest = re.sub("^['’]s ", "is ", text[asked.end() :].strip())
        aux = IS_AUX.search(rest)
        if aux is None:
            return self.cleaned(self.behind_verb(how, rest))
        noun = re.sub(
            "^(?:of|more|fewer|less|(?:high|low|bigg|larg|long|dens|great|small)er)(?: |$)",
            "",
            rest[: aux.start()].strip(),
        )
        predicate = rest[aux.end() :].strip()
        if noun and how.startswith("how m"):
            return self.cleaned(self.counted(noun, predicate))
        if noun and how.startswith("wh"):
            return self.cleaned(self.chosen(noun, aux[0].lower(), predicate))
        is_whole = (
            how.startswith("what") and _IS.fullmatch(aux[0]) and not _GOES_ON.search(predicate)
        )
        subject = predicate if is_whole else self.phrase(predicate)
        done = predicate[len(subject) :].strip()
        if not subject or (_DOER.match(subject) and " " in done):
            subject = _DOES.sub("", done)
        return self.cleaned(subject)

    def phrase(self, text: str) -> str:
        """The noun phrase that text begins with."""
        end = 0
        for first, last, word in self.tokens(text):
            is_verb = word.lower() in VERBS or IS_AUX.fullmatch(word)
            if is_verb and not re.search(r"\b(?:the|an?|value) $", text[:first]):
                break
            end = last
        return text[:end].strip(" ,")

    def behind_verb(self, how: str, rest: str) -> str:
        """The topic of "Who approves the plan", "Which lines opened"."""
        if how.startswith("how m"):
            return rest
        if objects := re.findall(r"\bthe [^,]+?(?= (?:in|at|on|by|with|will|that)\b|$)", rest):
            return str(objects[-1])
        noun = re.match(r"(.+?) \w+ed\b", rest) if how in ("which", "what") else None
        return noun[1] if noun else re.sub(r"^\w+ (?:for |on |to |of )?", "", rest)

    def counted(self, noun: str, predicate: str) -> str:
        """The topic of "How many doctors does the city have"."""
        if owner := re.match("(.+?) have$", predicate):
            return f"{owner[1]}'s {noun}"
        done = re.match(r"(?:be |being )?(\w+ed) (to .+)", predicate)
        if done and done[1] not in self.loose:
            return f"{noun} {done[1]} {done[2]}"
        is_passive = re.match(
            r"(?:be |being |been |there |going |\w+ed\b|\w+(?:ilt|ught)\b|in |at |on )", predicate
        )
        return noun + (self.whereabouts(predicate) if is_passive else "")

    def chosen(self, noun: str, aux: str, predicate: str) -> str:
        """The topic of "What share …", "Which industries …"."""
        if behind := re.match("(?:in charge of|responsible for) (.+)", predicate):
            return behind[1]
        subject = self.phrase(predicate)
        is_share = re.match("(?:share|percentage|proportion|number) of", noun)
        if is_share or self.measured.search(noun):
            if owned := re.match("have (?!been)(.+)", predicate):
                return f"{noun} with {owned[1]}"
            is_inverted = re.match(
                "ha(?:ve|s|d)|d(?:oes|o|id)" + ("|is|was" if is_share else ""), aux
            )
            if is_inverted and subject and not re.match("the (?:target|goal)", subject):
                whole = noun if _DOER.match(subject) else f"{noun} of {subject}"
                return subject if is_share else whole
            return noun + ("" if predicate.startswith("the ") else self.whereabouts(predicate))
        if subject and not _DOER.match(subject):
            return subject
        behind = re.search(r"\bto \w+ (.+)$", predicate)
        return behind[1] if behind else noun + self.whereabouts(predicate)

    def whereabouts(self, predicate: str) -> str:
        """ " in the old town", " for workplace safety": what a predicate ends with."""
        found = re.search(
            r"\b(?:in|at|on|along|near|around|for|from|of|within|across) (?!what|which).+$",
            predicate,
        )
        return f" {found[0]}" if found else ""

    def cleaned(self, topic: str) -> str:
        """A topic without the words for its being a target, or binding."""
        for form, words in _CLEANED:
            topic = form.sub(words, topic.strip(" ,"))
        return topic.strip(" ,")
