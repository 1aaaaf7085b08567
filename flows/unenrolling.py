"""Taking enrolled voices off the disk: one, all, those whose time is over; each leaves a line."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path

from flows.clock import believed
from matters_arising.errors import MattersArisingError, StoreError, UnknownValueError
from transcripts.enrolled import Enrolled, EnrolledVoices
from transcripts.ledger import Decision, Ledger, now, those_standing, withheld_names

logger = logging.getLogger(__name__)

OFF = "known voices are turned off"


def remove(home: Path, person: str, who: str, why: str = "") -> list[Enrolled]:
    """Takes a person's voice off the disk; UnknownValueError where none is kept."""
    every = EnrolledVoices(home).all()
    found = [e for e in every if e.person == person]
    if not found:
        raise UnknownValueError("enrolled voice", person, [e.person for e in every])
    for each in found:
        _take_off(home, each, who, why)
    return found


def remove_those_from(home: Path, meeting_id: str, who: str, why: str) -> None:
    """Takes the voices off the disk that were enrolled from a meeting."""
    for each in EnrolledVoices(home).all():
        if each.meeting_id == meeting_id:
            _take_off(home, each, who, why)


def purge(home: Path, who: str, why: str = "") -> int:
    """Takes every voice off the disk, also what cannot be read; gives how many there were."""
    voices = EnrolledVoices(home)
    try:
        known = voices.all()
    except StoreError:
        known = []
    count = voices.clear()
    lines = [_removed(e, who, why) for e in known]
    unread = count - len(known)
    if unread:
        told = f"{why}; {unread} could not be read" if why else f"{unread} could not be read"
        lines.append(Decision("voice", "removed", who, now(), why=told, name="all voices"))
    Ledger(home).append(lines)
    return count


def tidy(home: Path, *, turned_on: bool, today: date | None = None) -> None:
    """Takes off the disk what may not lie there: all where known voices are turned off.

    What cannot be taken off is told in the log, with what was: no run and no decision stops for it.
    """
    try:
        if turned_on:
            told = purge_stale(home, today or believed(home, date.today()))
        else:
            count = purge(home, "matters", OFF)
            told = [f"{count} enrolled voices were removed: {OFF}"] if count else []
    except MattersArisingError as fault:
        told = [f"enrolled voices that may not be kept could not be removed: {fault}"]
    for sentence in told:
        logger.warning("%s", sentence)


def purge_stale(home: Path, today: date) -> list[str]:
    """Takes the voices off the disk that may not be used any more; gives a sentence for each."""
    voices = EnrolledVoices(home)
    if not voices.folder.is_dir():
        return []
    voices.tidy()
    standing = those_standing(Ledger(home).all_lines())
    lines, withheld = {d.id for d in standing}, withheld_names(standing)
    told = []
    for each in voices.all():
        why = ""
        if each.until < today:
            why = f"its time ended on {each.until}"
        elif each.line not in lines:
            why = "its line in the ledger was undone or is not there"
        elif each.person in withheld:
            why = "the name is withheld"
        if why:
            _take_off(home, each, "matters", why)
            told.append(f"the enrolled voice of {each.person} was removed: {why}")
    return told


def _take_off(home: Path, each: Enrolled, who: str, why: str) -> None:
    EnrolledVoices(home).remove(each)
    Ledger(home).append([_removed(each, who, why)])


def _removed(each: Enrolled, who: str, why: str) -> Decision:
    return Decision(
        kind="voice",
        verdict="removed",
        who=who,
        when=now(),
        why=why,
        meeting_id=each.meeting_id,
        recording_sha256=each.recording_sha256,
        voice=each.voice,
        name=each.person,
    )
