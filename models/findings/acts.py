"""The acts of a recommendation: floated, reworded, merged, put, agreed; each a sentence, verbatim.

Which act a sentence is follows from the patterns it holds and from its place: the first words that
ask are those that floated it, what settles it is the last, and what the clerk reads stands between.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from models.findings.addressee import addressee
from models.findings.motions import Gathered
from models.findings.patterns import Hit, Patterns
from transcripts.finding import Finding
from transcripts.motion import Act, Motion, motion_id
from transcripts.words import Sentence

FILES = ("outcome", "rewording")
SETTLES = {"agreed": "agreed", "not_agreed": "not agreed", "withdrawn": "withdrawn"}
CHANGES = {"reword": "reworded", "merge": "merged", "redirect": "redirected"}
COMMENT = frozenset(("O.withdrawn-9", "O.withdrawn-10"))  # "as a comment, then"
TURN = 8  # sentences of the turn of the wording that are looked at for who and when
READ = "O.read"  # "could you read it?"


class Acts:
    """Makes the record of a motion from its sentences; one instance serves any number.

    ``due`` gives the ISO day that a sentence sets as a deadline, or nothing; ``named`` any day to
    come in it ("first set by half-term, which is the twenty-fourth").
    """

    def __init__(self, due: Callable[[str], str], named: Callable[[str], str]) -> None:
        self._patterns = Patterns(FILES)
        self._due, self._named = due, named

    def motion(
        self,
        gathered: Gathered,
        sentences: Sequence[Sentence],
        findings: Mapping[int, Sequence[Finding]],
    ) -> Motion:
        """The motion; ``findings`` are the recommendations by sentence, the stated one included."""
        main = findings[gathered.stated][0]
        acts = [a for a in self._acts(gathered, sentences) if a is not None]
        turn = sentences[gathered.stated].utterance_id
        around = range(max(gathered.stated - TURN, 0), gathered.at + 1)
        whole = [i for i in around if sentences[i].utterance_id == turn]
        # what is said of several at once may be said of another of them
        rest = range(gathered.members[-1], gathered.at) if gathered.alone else ()
        told = [sentences[i].text for i in [*whole, *reversed(gathered.members), *rest]]
        days = [*map(self._due, told), *(self._named(sentences[i].text) for i in whole)]
        own = [f.id for i in gathered.members for f in findings.get(i, ())]
        return Motion(
            id=motion_id(main.id),
            finding_id=main.id,
            item=sentences[gathered.at].item,
            wording=sentences[gathered.stated].text,
            acts=tuple(acts),
            outcome=_outcome(gathered.value, acts),
            proposer=gathered.proposer,
            seconder=next((a.voice for a in acts if a.kind == "seconded"), ""),
            addressee=main.addressee or addressee(*told),
            due=main.due or next(filter(None, days), ""),
            finding_ids=tuple(own),
        )

    def _acts(self, gathered: Gathered, sentences: Sequence[Sentence]) -> list[Act | None]:
        first, members = gathered.members[0], set(gathered.members)
        acts: list[Act | None] = []
        for index in range(first, gathered.at + 1):
            hits = self._patterns.match(sentences[index].text)
            kind, rule = _kind(index, gathered, hits, index in members)
            if kind and index > first and self._asked_to_read(sentences, index, members):
                kind, rule = ("read out", READ) if index != gathered.at else (kind, rule)
            acts.append(_act(kind, rule, sentences[index]) if kind else None)
        return acts

    def _asked_to_read(self, sentences: Sequence[Sentence], index: int, members: set[int]) -> bool:
        """Whether the turn before asked for it to be read, and another voice now does."""
        before = next(
            (s for s in reversed(sentences[:index]) if s.voice != sentences[index].voice), None
        )
        if index not in members or before is None:
            return False
        return any(h.pattern.id.startswith(READ) for h in self._patterns.match(before.text))


def _kind(index: int, gathered: Gathered, hits: Sequence[Hit], member: bool) -> tuple[str, str]:
    """The act that a sentence is, and the pattern that says so; empty where it is none."""
    values = {h.pattern.value: h.pattern.id for h in hits if h.pattern.speaks_for}
    if index == gathered.at:
        comment = next((h.pattern.id for h in hits if h.pattern.id in COMMENT), "")
        if comment:
            return "downgraded", comment
        return SETTLES[gathered.value], values.get(gathered.value, "settled")
    if index == gathered.members[0]:
        return "floated", "first asked"
    for value, kind in CHANGES.items():
        if value in values and member:
            return kind, values[value]
    if "seconded" in values:
        return "seconded", values["seconded"]
    if "put" in values:
        return "put", values["put"]
    return ("reworded", "same matter") if member else ("", "")


def _outcome(value: str, acts: Sequence[Act]) -> str:
    if value == "withdrawn" and any(a.kind == "downgraded" for a in acts):
        return "downgraded_to_comment"
    return value


def _act(kind: str, rule: str, sentence: Sentence) -> Act:
    return Act(
        kind=kind,
        quote=sentence.text,
        sentence_id=sentence.id,
        utterance_id=sentence.utterance_id,
        voice=sentence.voice,
        start_s=sentence.start_s,
        end_s=sentence.end_s,
        rule=rule,
    )
