"""A meeting before a language model, part by part: what is kept, what is asked, when to stop."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from flows import stages
from flows.plan import Plan, Source, stage_key
from flows.progress import Step, report
from matters_arising.errors import ReaderError
from models.reader.account import (
    PartReading,
    Reading,
    ReadQuote,
    Usage,
    counted,
    sum_of,
    usage_of,
    why_stop,
)
from models.reader.choice import ReaderChoice
from models.reader.lines import Part, cut, show
from models.reader.private import joined, private_names
from models.reader.voices import shown_speakers
from transcripts.ledger import Ledger, withheld_names
from transcripts.processed import Transcript
from warehouse.masking import Masker


@dataclass(slots=True)
class Readings:
    """What was read of one meeting so far; the budget is the meeting's, over all recordings."""

    plan: Plan
    home: Path
    _done: dict[str, Reading] = field(default_factory=dict)  # by recording
    _held: int = 0  # tokens held against the budget

    def read(self, source: Source, transcript: Transcript) -> list[ReadQuote] | None:
        """The quotes of a transcript; None where no reader is wanted, or another was read already.

        Of several transcripts of one recording only the first is read: the words are the same.
        """
        recording = transcript.recording_sha256
        reader = self.plan.tools.reader
        if reader is None or recording in self._done:
            return None
        work = _Work(self.plan, source, reader, self.home, transcript, self._held)
        work.take_kept()
        work.ask_the_rest()
        self._held = work.held
        self._done[recording] = work.account()
        return work.quotes()

    def account(self) -> Reading | None:
        """The account of the whole meeting."""
        return sum_of(self._done.values(), self.plan.tools.reader)


class _Work:
    """The parts of one transcript on their way through."""

    def __init__(
        self,
        plan: Plan,
        source: Source,
        reader: ReaderChoice,
        home: Path,
        transcript: Transcript,
        held: int,
    ) -> None:
        self.held, self._reader = held, reader
        self._plan, self._cache = plan, home.absolute() / "cache"
        self._parts = parts_of(plan, transcript, home)
        self._keys = [part_key(plan, source, transcript, part) for part in self._parts]
        self._read: dict[int, PartReading] = {}
        self._kept = 0
        self._failed: dict[int, str] = {}
        self._unread: dict[str, int] = {}
        self._usage: list[Usage] = []
        self._hopeless = False

    def take_kept(self) -> None:
        """What an earlier run read costs nothing, and counts against the budget as it did then."""
        for n, key in enumerate(self._keys):
            if (self._cache / key).exists():
                self._read[n] = self._stage(n)
                self.held += self._read[n].usage.spent
        self._kept = len(self._read)

    def ask_the_rest(self) -> None:
        """Asks about one part after another until there is a reason to stop."""
        in_a_row = 0
        for n in range(len(self._parts)):
            if n in self._read:
                continue
            why = why_stop(
                budget=self._reader.budget,
                spent=self.held,
                failed_in_a_row=in_a_row,
                hopeless=self._hopeless,
            )
            if why:
                self._unread[why] = self._unread.get(why, 0) + 1
                continue
            in_a_row = 0 if self._ask(n) else in_a_row + 1
        self._say(len(self._parts))

    def _ask(self, n: int) -> bool:
        self._say(n)
        try:
            self._read[n] = self._stage(n)
            usage = self._read[n].usage
        except ReaderError as fault:
            self._failed[n] = f"{self._parts[n].where}: {fault}"
            usage = fault.usage if isinstance(fault.usage, Usage) else Usage()
            self._hopeless = fault.hopeless
        self._usage.append(usage)
        self.held += usage.spent
        return n in self._read

    def _stage(self, n: int) -> PartReading:
        return stages.read_part(self._keys[n], self._plan.tools, self._parts[n])

    def _say(self, done: int) -> None:
        total = len(self._parts)
        note = f"part {min(done + 1, total)} of {total}" if total else ""
        report(Step(self._plan.meeting.id, "reading", done, total, note))

    def quotes(self) -> list[ReadQuote]:
        """In the order said."""
        return [quote for n in sorted(self._read) for quote in self._read[n].quotes]

    def account(self) -> Reading:
        """What it took and what is missing."""
        return Reading(
            model=self._reader.model,
            host=self._reader.host,
            parts=len(self._parts),
            kept=self._kept,
            quotes=len(self.quotes()),
            dropped=counted(r.dropped for r in self._read.values()),
            failed=tuple(self._failed.values()),
            unread=self._unread,
            usage=usage_of(self._usage),
        )


def parts_of(plan: Plan, transcript: Transcript, home: Path) -> list[Part]:
    """The transcript as it is shown to a language model, without the names that are not to be."""
    meeting, sentences = plan.meeting, transcript.sentences
    spoken = transcript.utterances
    withheld = withheld_names(Ledger(home).standing())
    private = private_names(spoken, transcript.attributions, meeting.people)
    alone = {*transcript.public_names, *private.words}
    said = (u.text for u in spoken)
    masker = Masker(meeting.people, {*withheld, *private.whole}, said, alone)

    def names(text: str) -> list[tuple[int, int]]:
        return joined([*masker.spans(text), *private.spans(text)])

    speakers = shown_speakers(meeting, sentences, transcript.attributions)
    return cut(sentences, show(sentences, speakers, names), meeting.agenda, names=names)


def part_key(plan: Plan, source: Source, transcript: Transcript, part: Part) -> str:
    """What a reading depends on: the words shown and the model, not where it runs."""
    return stage_key(source, "read", transcript.version, plan.tools.engine("reader"), part)
