"""What is held of a source that tells nothing this time stays as it was.

A service that is down for a night, or a webcast that was taken down, must not make a meeting forget
its people or where it can be watched: its file would be another, and it would be processed again
without them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from matters_arising.errors import ManifestError
from transcripts.manifest import MANIFEST_NAME, read_meeting
from transcripts.meeting import AgendaItem, Meeting
from transcripts.sources.landed import PROPOSED_NAME, WAITING_NAME, LandedState
from transcripts.sources.meeting import FIELDS, MARKS, SOUND, SourceFile, SourceMeeting


def with_held(
    meeting: SourceMeeting, folder: Path, state: LandedState, configured: Collection[str]
) -> SourceMeeting:
    """The meeting with what its folder holds of sources that do not tell of it now.

    ``configured`` are the names of the council's sources. What one of them gave stays; what another
    gave, such as one that has a new name by now, stays where nothing new is told in its place.
    """
    silent = state.sources - meeting.sources
    held = _held(folder, state) if silent or meeting.lacks else None
    if held is None:
        return meeting
    gone = silent.intersection(configured)
    kept = {f: getattr(held, f) for f in FIELDS if _stays(f, held, meeting, state, silent, gone)}
    origins = {**meeting.origins, **{f: state.origins[f] for f in kept if f in state.origins}}
    files = _files(meeting, state, gone)
    captions = meeting.captions if len(files) == len(meeting.files) else {}
    made = replace(meeting, **kept, files=files, captions=captions, origins=origins)
    if state.origins.get(MARKS, "") in silent or (silent and not state.origins):
        marked_by = {MARKS: state.origins[MARKS]} if MARKS in state.origins else {}
        made = replace(
            made, agenda=_begun(made.agenda, held.agenda), origins={**marked_by, **origins}
        )
    return made


def _stays(
    field: str,
    held: Meeting,
    meeting: SourceMeeting,
    state: LandedState,
    silent: Collection[str],
    gone: Collection[str],
) -> bool:
    """Whether what is held of a field is to be told again."""
    if not getattr(held, field):
        return False
    gave = state.origins.get(field, "")
    is_silent = gave in silent if gave else bool(silent)  # an earlier program kept no origins
    return field in meeting.lacks or gave in gone or (is_silent and not getattr(meeting, field))


def _held(folder: Path, state: LandedState) -> Meeting | None:
    """The meeting as it was written last; of one that a person changed, as it was proposed."""
    names = [n for n in (MANIFEST_NAME, WAITING_NAME) if (folder / n).is_file()]
    if not names:
        return None
    path, proposed = folder / names[0], folder / PROPOSED_NAME
    is_ours = state.wrote(path.read_bytes())
    try:
        return read_meeting(proposed if proposed.is_file() and not is_ours else path)
    except ManifestError:
        return None  # told when it is processed


def _files(
    meeting: SourceMeeting, state: LandedState, gone: Collection[str]
) -> tuple[SourceFile, ...]:
    """The files, but those that would take the place of what a source that is silent gave."""
    held = {f.kind for f in state.files if f.source in gone}
    if held.intersection(SOUND):  # the sound of a sitting is from one source
        held.update(SOUND)
    return tuple(f for f in meeting.files if f.kind not in held)


def _begun(agenda: Sequence[AgendaItem], held: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
    """The agenda with the seconds that are held of the very same items."""
    begins = {(a.item, a.title): a.begins_s for a in held}
    return tuple(
        replace(a, begins_s=begins.get((a.item, a.title))) if a.begins_s is None else a
        for a in agenda
    )
