"""Names of people on no roster, by how they were addressed and how they introduced themselves.

What is sent away is held to more than what is shown here: every voice that no roster names may be
a member of the public, and so may everybody who is addressed by a title.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transcripts.meeting import Person
from transcripts.name_runs import Span, introduced, name_at, own_words, titled
from transcripts.words import Attribution, Utterance


@dataclass(frozen=True, slots=True)
class PrivateNames:
    """The names of one meeting that go to no language model; all in lower case.

    ``titled`` are runs after a title, ``introduced`` those by which unnamed voices call themselves.
    """

    titled: frozenset[str]
    introduced: frozenset[str]

    @property
    def whole(self) -> frozenset[str]:
        """The runs of several words, to be hidden wherever they are said."""
        return frozenset(n for n in self.titled | self.introduced if " " in n)

    @property
    def words(self) -> frozenset[str]:
        """Each word by itself, as in "thank you, Carter"; neither particles nor initials."""
        return frozenset(w for n in self.titled | self.introduced for w in own_words(n))

    def spans(self, text: str) -> list[Span]:
        """Where they stand after the title or the introduction itself, whatever their case."""
        found = [s for s in titled(text) if name_at(text, s) in self.titled]
        return found + [s for s in introduced(text) if name_at(text, s) in self.introduced]


def private_names(
    utterances: Sequence[Utterance], attributions: Iterable[Attribution], people: Iterable[Person]
) -> PrivateNames:
    """Whoever is addressed by a title and on no roster, and voices by their own words."""
    roster = {w for p in people if p.kind != "public" for w in p.name.lower().split()}
    named = {a.voice for a in attributions if a.kind == "named"}
    called = {name_at(u.text, s) for u in utterances for s in titled(u.text)}
    others = [u.text for u in utterances if u.voice not in named]
    return PrivateNames(
        frozenset(n for n in called if not set(own_words(n)) <= roster),
        frozenset(name_at(text, s) for text in others for s in introduced(text)),
    )


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same stretches in order, those that overlap as one."""
    made: list[Span] = []
    for start, end in sorted(spans):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made
