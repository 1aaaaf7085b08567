"""Names spelt as the roster spells them, where an engine wrote what they sound like.

Biasing a recogniser towards names costs more words than it saves, as others measured on council
speech; mending its words afterwards costs none. So a word is only ever replaced: after a title by
the surname that sounds like it, or beside a first name or surname that was heard right. What the
engine wrote stays with the word, and nothing is mended where two names sound as near, nor towards
the name of a member of the public, nor after "Mr" or "Mrs" towards a councillor where councillors
are called so: that is somebody else whose name sounds alike. So is whoever is called by another
surname that people have: "Harrison" is not Harris misheard.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import pairwise

from models.names.roster import Finder, Mention, known_people
from models.names.said import SpokenTurn, Token, tokens_of
from models.names.sounds import likeness
from models.names.surnames import another_surname
from models.names.titles import (
    CIVIL,
    COUNCILLORS,
    DOCTORS,
    STRONG_TITLES,
    TITLES,
    key_of_word,
    words_of,
)
from transcripts.meeting import Meeting
from transcripts.words import Utterance, Word

log = logging.getLogger(__name__)

NEARER = 0.05  # how much more a name must sound like it than any other does


@dataclass(frozen=True, slots=True)
class Repair:
    """One word written anew; ``score`` is how alike the two sound (``sounds.likeness``)."""

    heard: str
    written: str
    start_s: float
    score: float
    because: str


class Repairs:
    """Mends the names of one meeting's roster; as many words come out as went in."""

    def __init__(self, meeting: Meeting) -> None:
        people = [p for p in meeting.people if p.kind != "public"]
        self._finder = Finder(known_people(replace(meeting, people=tuple(people))))
        self._written = {p.name: words_of(p.name) for p in people}
        self._members = {p.name for p in people if p.kind == "councillor"}
        self._councillors = any(_keys(p.name) & COUNCILLORS for p in people)

    def mend(self, utterances: Sequence[Utterance]) -> tuple[list[Utterance], list[Repair]]:
        """The utterances with names as they are spelt, and what was changed, in order."""
        self._councillors = self._councillors or self._are_called(utterances)
        made: list[Utterance] = []
        repairs: list[Repair] = []
        for utterance in utterances:
            words, changed = self._mended(utterance)
            made.append(replace(utterance, words=words) if changed else utterance)
            repairs += changed
        if repairs:
            log.info("names: %d words written as the roster has them", len(repairs))
        return made, repairs

    def _are_called(self, utterances: Sequence[Utterance]) -> bool:
        """Whether members are called councillors here, so that a "Mr" is none of them."""
        surnames = {key_of_word(self._written[m][-1]) for m in self._members}
        words = [w.text for u in utterances for w in u.words]
        return any(
            key_of_word(title) in COUNCILLORS and key_of_word(name) in surnames
            for title, name in pairwise(words)
        )

    def _mended(self, utterance: Utterance) -> tuple[tuple[Word, ...], list[Repair]]:
        words, repairs = list(utterance.words), []
        place = [i for i, w in enumerate(words) for _ in tokens_of(w.text)]
        tokens = tuple(t for w in words for t in tokens_of(w.text, w.start_s))
        cased = any(t.capital for t in tokens)
        for mention in self._finder.mentions(SpokenTurn(utterance.voice, tokens)):
            for at, written, because in self._replaced(tokens, mention):
                if tokens[at].glued or place.count(place[at]) > 1:
                    continue
                name = written if cased else written.lower()
                word = words[place[at]]
                new = replace(word, text=_within(word.text, name), heard=word.heard or word.text)
                score = likeness(tokens[at].key, key_of_word(written))
                made = Repair(word.text, new.text, word.start_s, round(score, 2), because)
                log.debug("names: %s", made)
                repairs.append(made)
                words[place[at]] = new
        return tuple(words), repairs

    def _replaced(
        self, tokens: Sequence[Token], mention: Mention
    ) -> Iterator[tuple[int, str, str]]:
        """Which tokens of a mention are written otherwise, how, and why."""
        name = mention.first
        while name < mention.last and tokens[name].key in TITLES:
            name += 1
        titled = name > mention.first and tokens[mention.first].key in STRONG_TITLES
        if mention.exact or mention.how not in ("full", "surname"):
            return
        if mention.how == "surname" and not titled:
            return
        titles = {t.key for t in tokens[mention.first : name]}
        if mention.how == "surname" and self._another(titles, mention.people):
            return
        spellings = {self._spelt(person, mention.how) for person in mention.people}
        heard = range(name, mention.last)
        if len(spellings) != 1 or len(heard) != len(spelt := next(iter(spellings))):
            return
        if another_surname(tokens[heard[-1]].key, key_of_word(spelt[-1])):
            return  # of a first name it says nothing: "John" is a surname too, and Joan misheard
        for at, written in zip(heard, spelt, strict=True):
            key = tokens[at].key
            own = key_of_word(written)
            if key != own and likeness(key, own) and not self._as_near(key, written):
                because = tokens[name - 1].key if titled else "the rest of the name"
                yield at, written, f"after '{because}'" if titled else f"beside {because}"

    def _another(self, titles: AbstractSet[str], people: Sequence[str]) -> bool:
        """Whether only somebody who is no councillor is called so: "Mrs", or a "Dr" not theirs."""
        if not self._councillors or titles & COUNCILLORS or not titles & (CIVIL | DOCTORS):
            return False
        return any(p in self._members and not titles & _keys(p) for p in people)

    def _spelt(self, person: str, how: str) -> tuple[str, ...]:
        words = self._written[person]
        return words[-1:] if how == "surname" else words

    def _as_near(self, key: str, written: str) -> bool:
        """Whether another name of the roster sounds as much like what was heard."""
        own = likeness(key, key_of_word(written))
        names = {w for words in self._written.values() for w in words} - {written}
        return any(likeness(key, key_of_word(name)) > own - NEARER for name in names if own)


def _keys(name: str) -> frozenset[str]:
    return frozenset(key_of_word(word) for word in name.split())


def _within(heard: str, name: str) -> str:
    """The name with the marks that stood around what was heard: "Penrows," to "Penrose,"."""
    start = next((i for i, c in enumerate(heard) if c.isalnum()), 0)
    end = next((i for i in range(len(heard), 0, -1) if heard[i - 1].isalnum()), len(heard))
    possessive = "'s" if heard[start:end].lower().endswith(("'s", "’s")) else ""
    return f"{heard[:start]}{name}{possessive}{heard[end:]}"
