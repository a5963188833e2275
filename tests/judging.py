"""Gold questions asked of an assistant, with the whole answer beside what it is judged to be."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.api.render import answer_out
from assistant.records import Answer, Exchange, Status
from assistant.service import Assistant
from eval.facts import says
from eval.questions import Conversation, Question, Turn
from eval.runs.judging import short_right, text_right


@dataclass(frozen=True)
class Judged:
    """A question with its answer. short: None where no short answer is expected."""

    question: Question
    answer: Answer
    short: bool | None
    text: bool

    @property
    def refused(self) -> bool:
        return self.answer.status is not Status.ANSWERED


def judge(assistant: Assistant, gold: Question) -> Judged:
    answer = assistant.ask(gold.question, gold.lang)
    told = answer_out(answer)
    return Judged(gold, answer, short_right(gold, told), text_right(gold, told))


@dataclass(frozen=True)
class Followed:
    """A turn of a conversation, with its answer."""

    turn: Turn
    answer: Answer

    @property
    def is_right(self) -> bool:
        """Whether it was answered right, or rightly refused."""
        is_answered = self.answer.status is Status.ANSWERED
        if self.turn.status == "unanswerable":
            return not is_answered
        quotes = "\n".join(citation.quote for citation in self.answer.citations)
        return is_answered and says(quotes, self.turn.answers)


def follow(assistant: Assistant, talk: Conversation) -> list[Followed]:
    """Each question asked with those before it as history."""
    history: list[Exchange] = []
    found = []
    for turn in talk.turns:
        answer = assistant.ask(turn.question, talk.lang, history=history)
        history.append(Exchange.of(answer))
        found.append(Followed(turn, answer))
    return found
