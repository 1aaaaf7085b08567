"""That a voice of a meeting is somebody, or nobody known, as lines of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from matters_arising.errors import UnknownValueError
from transcripts.ledger import Decision, Ledger, now
from transcripts.processed import ProcessedMeeting, ProcessedTranscript
from transcripts.record import Record
from transcripts.voices_found_again import voices_decided


def voice_decisions(
    home: Path,
    meeting_id: str,
    voice: str,
    name: str,
    who: str,
    why: str,
    *,
    names: Sequence[str] | None = None,
) -> list[Decision]:
    """That a voice of a meeting is ``name``, or nobody known, for each recording it is heard in.

    ``names`` are those that may be given, where fewer than ``roster_names``. Raises
    UnknownValueError for another name where there is a roster, or for a voice that is not heard.
    """
    processed = Record(home).read(meeting_id)
    given = roster_names(processed) if names is None else names
    if name and processed.meeting.people and name not in given:
        raise UnknownValueError("person on the roster", name, given)
    voices = sorted({u.voice for p in processed.transcripts for u in p.transcript.utterances})
    if voice not in voices:
        raise UnknownValueError(f"voice in {meeting_id}", voice, voices)
    standing = Ledger(home).standing()
    return [
        replace(
            _about_voice(part, meeting_id, voice, name, who, why),
            others=_seen(standing, part, voice),
        )
        for part in processed.transcripts
        if part.preferred and any(u.voice == voice for u in part.transcript.utterances)
    ]


def _seen(standing: Sequence[Decision], part: ProcessedTranscript, voice: str) -> tuple[str, ...]:
    """The lines about voices that a re-run made one: whoever decides on it now settles them."""
    held = part.transcript
    found = voices_decided(standing, held.recording_sha256, held.utterances)
    before = found.merged.get(voice, ())
    if voice in found.voices:
        before = (found.voices[voice],)
    return tuple(d.id for d in before)


def _about_voice(
    part: ProcessedTranscript, meeting_id: str, voice: str, name: str, who: str, why: str
) -> Decision:
    """Points at the voice by its longest utterance, so that a re-run finds it again."""
    mine = (u for u in part.transcript.utterances if u.voice == voice)
    longest = max(mine, key=lambda u: u.end_s - u.start_s)
    return Decision(
        kind="speaker",
        verdict=name,
        who=who,
        when=now(),
        why=why,
        meeting_id=meeting_id,
        recording_sha256=part.transcript.recording_sha256,
        voice=voice,
        start_s=longest.start_s,
        end_s=longest.end_s,
        words=longest.text[:200],
    )


def roster_names(held: ProcessedMeeting) -> list[str]:
    """The people of a meeting who may be named, in the order of its roster."""
    return [p.name for p in held.meeting.people if p.kind != "public"]
