"""Cues of set forms: the roll, questions to ministers, interjections in official reports."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from models.names.answers import is_anothers
from models.names.evidence import Evidence
from models.names.meant import by_title_of_council
from models.names.roster import Mention
from models.names.said import SpokenTurn
from models.names.titles import TITLES

CALLED, ANSWER = 4, 4  # words of a call, and of an answer to it
ANSWERS = frozenset("here present aye yes no nay for against abstain abstaining".split())
BREAKS_IN = 10  # words of an interjection, with the title that heads what follows it
CROWD = ("member", "members", "voices")


def questioned(
    turns: Sequence[SpokenTurn],
    mentions: Sequence[Sequence[Mention]],
    i: int,
    inviters: Container[str],
) -> Iterator[Evidence]:
    """A question that speaks of one minister by name tends to be answered by that minister."""
    turn = turns[i]
    if turn.voice in inviters or i + 1 >= len(turns) or turns[i + 1].voice in inviters:
        return
    ministers = [m for m in mentions[i] if m.person and _as_minister(turn, m)]
    asks = any("?" in t.text for t in turn.tokens) or not any(t.stops for t in turn.tokens)
    if asks and len({m.person for m in ministers}) == 1:
        yield _said(turn, ministers[0], turns[i + 1].voice, "questioned as minister")


def answered_roll(
    turns: Sequence[SpokenTurn], mentions: Sequence[Sequence[Mention]], i: int
) -> Iterator[Evidence]:
    """A name and nothing more, and a word in answer to it: "Councillor Petty?" "Here." """
    turn = turns[i]
    if i + 1 >= len(turns) or len(turn.tokens) > CALLED or len(mentions[i]) != 1:
        return
    (mention,), answer = mentions[i], turns[i + 1].tokens
    named = mention.how in ("full", "surname", "bare") and mention.last == len(turn.tokens)
    if is_anothers(turns[i + 1], turn):
        return
    if mention.person and named and len(answer) <= ANSWER and answer[0].key in ANSWERS:
        yield _said(turn, mention, turns[i + 1].voice, "answers the roll")


def resumed(turn: SpokenTurn, mentions: Sequence[Mention]) -> Iterator[Evidence]:
    """A report that prints an interjection within a turn heads what follows with the speaker.

    "I am proud. Some hon. members: Hear, hear! Ms. Ida Rudge: As I said": the second head is
    that of the voice whose turn it is.
    """
    heads = _heads(turn, mentions)
    if len(heads) > 1 and (heads[0] is None or _interjected(turn, heads)):
        own = heads[1]
        if own is not None and own.person:
            yield _said(turn, own, turn.voice, "resumes under this name")


def _heads(turn: SpokenTurn, mentions: Sequence[Mention]) -> list[Mention | None]:
    """Whose words follow each colon that heads somebody's words; None for a crowd's."""
    named = {m.last - 1: m for m in mentions if m.how == "full"}
    heads: list[Mention | None] = []
    for at, token in enumerate(turn.tokens):
        if token.text.endswith(":") and at in named:
            heads.append(named[at])
        elif token.text.endswith(":") and token.key in CROWD:
            heads.append(None)
    return heads


def _interjected(turn: SpokenTurn, heads: Sequence[Mention | None]) -> bool:
    """Whether one who is named breaks in with a few words, as a parliament's report has it.

    Where two names without such a title head words, somebody reads out who said what.
    """
    first, own = heads[:2]
    if len(heads) != 2 or first is None or own is None or first.first == 0:
        return False
    titled = all(
        turn.tokens[m.first].key in TITLES and not by_title_of_council(turn, m)
        for m in (first, own)
    )
    return titled and own.first - first.last <= BREAKS_IN


def _as_minister(turn: SpokenTurn, mention: Mention) -> bool:
    """Whether the name follows "Minister", but not "Prime Minister", for whom others answer."""
    titled = turn.tokens[mention.first].key == "minister"
    before = turn.keys(mention.first - 1, mention.first)
    return mention.how in ("surname", "full") and titled and before != "prime"


def _said(turn: SpokenTurn, mention: Mention, voice: str, rule: str) -> Evidence:
    quote = turn.quote(mention.first - 6, mention.last + 4)
    return Evidence(voice, mention.person, rule, quote, turn.tokens[mention.first].start_s)
