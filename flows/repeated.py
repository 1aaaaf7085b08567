"""What people wrote in the ledger about a meeting and that repeats what was taken out of it.

A note or a correction is somebody's own words, not a quotation, but an address in it is the same
address. The words that tell (``flows.proof``) are taken out of what was written about the meeting
and its recommendations, one by one; who decided what and when stays, and so does the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path

from flows.proof import Telling, telling
from transcripts.ledger import KINDS, Decision, Ledger
from transcripts.processed import ProcessedMeeting
from transcripts.record import Record
from transcripts.redacting import GONE, WHY
from transcripts.states import states
from warehouse.mentions import own_words

WRITTEN = ("note", "correct", "entry")  # kinds whose verdict is somebody's own words
# what stands in every ledger, whoever wrote it
OF_THE_LEDGER = f"{[f.name for f in fields(Decision)]} {KINDS} its meeting was purged"
About = Callable[[Decision], bool]


def shas_of(processed: ProcessedMeeting) -> set[str]:
    """The recordings that a meeting was made from."""
    shas = {r.sha256 for r in processed.meeting.recordings}
    return (shas | {p.transcript.recording_sha256 for p in processed.transcripts}) - {""}


def about(processed: ProcessedMeeting, lines: Iterable[Decision]) -> About:
    """Tells whether a line is about a meeting, or about a recommendation that was made in it."""
    lines, shas = list(lines), shas_of(processed)
    found = {f.id for p in processed.transcripts for f in p.findings.findings}

    def in_it(line: Decision) -> bool:
        here = line.meeting_id == processed.meeting.id or line.recording_sha256 in shas
        return here or line.finding_id in found

    references = {d.verdict for d in lines if d.kind == "reference" and in_it(d)}
    return lambda line: in_it(line) or (bool(line.reference) and line.reference in references)


def told_otherwise(lines: Iterable[Decision], is_about: About) -> Iterator[str]:
    """What the ledger says that nobody need take out of it.

    All of what is about other meetings, and names and states, which are no words of anybody's.
    """
    for line in lines:
        if not is_about(line) or line.who == "matters":
            yield f"{line.why} {line.verdict} {line.name}"
        elif line.kind not in WRITTEN:
            yield f"{line.verdict} {line.name}"


def out_of_the_ledger(
    home: Path, before: ProcessedMeeting, left: ProcessedMeeting | None, gone: Sequence[str]
) -> tuple[str, ...]:
    """Takes out what people wrote of it, before the record forgets what that is; gives the lines.

    ``left`` is what stays of the meeting, if anything.
    """
    if not gone:
        return ()
    is_about = about(before, Ledger(home).all_lines())
    wanted = telling(gone, said_elsewhere(home, before.meeting.id, left, is_about), most=None)
    return _take_out(home, is_about, wanted)


def _take_out(home: Path, is_about: About, wanted: Telling) -> tuple[str, ...]:
    """Takes the words out of what was written about a meeting; the ids of the lines changed."""
    words = [*wanted.phrases, *wanted.words]
    if not words:
        return ()
    pattern = re.compile("|".join(map(_spaced, words)), re.IGNORECASE)
    changed: list[str] = []

    def bare(line: Decision) -> Decision:
        made = _without(line, pattern) if is_about(line) else line
        quoted = line.words if line.start_s is not None else made.words  # that goes in any case
        changed.extend([line.id] if replace(made, words=quoted) != line else [])
        return made

    Ledger(home).reworded(bare)
    return tuple(changed)


def _without(line: Decision, pattern: re.Pattern[str]) -> Decision:
    def bare(text: str) -> str:
        return pattern.sub(GONE, text)

    return replace(
        line,
        why=bare(line.why),
        words=bare(line.words),
        verdict=bare(line.verdict) if line.kind in WRITTEN else line.verdict,
        values=tuple((key, bare(value)) for key, value in line.values),
    )


def _spaced(words: str) -> str:
    """A pattern for words and what else of their last word stands there: plurals and the like."""
    return r"\s+".join(map(re.escape, words.split())) + r"\w*"


def left_of_it(home: Path, meeting_id: str) -> ProcessedMeeting | None:
    """What the record still holds of a meeting, if anything."""
    record = Record(home)
    return record.read(meeting_id) if meeting_id in record.meeting_ids() else None


def said_elsewhere(
    home: Path, meeting_id: str, left: ProcessedMeeting | None, is_about: About
) -> Iterator[str]:
    """What the record still holds, and what is known of the meeting apart from its words.

    What people wrote about the meeting itself is none of it: that is where its words may be again.
    """
    record = Record(home)
    for each in record.meeting_ids():
        if each != meeting_id:
            files = (record.folder / each).glob("*.json")
            yield from (f.read_text(encoding="utf-8", errors="replace") for f in files)
    if left is not None:
        yield f"{left.meeting} {left.minutes}"
        for part in left.transcripts:
            yield " ".join(s.text for s in part.transcript.sentences)
            yield str([replace(f, quote="-", slots=()) for f in part.findings.findings])
            yield str([r.rule for a in part.transcript.attributions for r in a.reasons])
            yield f"{part.transcript.engines} {part.findings.engines}"
    yield from own_words()
    yield str(states())
    yield from told_otherwise(Ledger(home).all_lines(), is_about)
    yield f"{WHY} {OF_THE_LEDGER}"
