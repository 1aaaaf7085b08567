"""Puts a meeting of a source into the inbox: whole or not at all, and only what is new or changed.

A new meeting is made in a hidden folder and renamed into place. Of a known one, new files are put
beside the old under names that hold their hash, and the meeting file, which names them, is replaced
last: whoever reads it finds every file that it names.
"""

from __future__ import annotations

import datetime
import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from matters_arising.errors import BadInputError, ManifestError, StoreError, TransientError
from transcripts.manifest import MANIFEST_NAME, read_meeting
from transcripts.sources.faults import MissingError
from transcripts.sources.held import with_held
from transcripts.sources.inbox import Inbox
from transcripts.sources.landed import (
    PROPOSED_NAME,
    WAITING_NAME,
    LandedFile,
    LandedState,
    read_landed,
    write_landed,
)
from transcripts.sources.manifest_out import manifest_text
from transcripts.sources.meeting import Saved, Source, SourceFile, SourceMeeting
from transcripts.sources.whole import not_written, write_hashed
from transcripts.whole import sync_folder

WORKING = ".fetching"
NEW, CHANGED, SAME, CANCELLED, FAILED = "new", "changed", "up to date", "cancelled", "failed"
PURGED = "purged"


UNHEARD = (
    "it was webcast, and no source brings its sound or captions: name its webcasts in matters.toml"
)


@dataclass(frozen=True, slots=True)
class Landed:
    """What became of one meeting. ``ready``: it can be processed, for it has sound or captions.

    ``changed`` are the kinds of file that are new, and ``meeting`` where the meeting file is.
    ``again``: it, or a file of it, failed, and another try may mend it.
    """

    id: str
    folder: Path
    what: str
    ready: bool = False
    changed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    again: bool = False


def land(
    meeting: SourceMeeting,
    code: str,
    inbox: Inbox,
    sources: Mapping[str, Source],
    *,
    dry_run: bool = False,
) -> Landed:
    """Saves what is new of a meeting and makes it one of the inbox; ``code`` is the council's.

    A recording that cannot be had for now leaves everything as it was, for the next run. What
    cannot be had at all is a note. StoreError where the disk takes nothing.
    """
    folder = inbox.place(meeting, code)
    if folder.name in inbox.purged:
        return Landed(folder.name, folder, PURGED, notes=(inbox.purged[folder.name],))
    if meeting.cancelled:
        why = f"the council says: {meeting.status}" if meeting.status else "it was cancelled"
        if not dry_run:
            _withdraw(folder, read_landed(folder))
        return Landed(folder.name, folder, CANCELLED, notes=(why,))
    state = read_landed(folder)
    if dry_run:
        return _foretold(meeting, folder, state)
    meeting = with_held(meeting, folder, state, sources)
    working = inbox.folder / WORKING / folder.name
    try:
        shutil.rmtree(working, ignore_errors=True)
        working.mkdir(parents=True)
        keys = dict.fromkeys((*inbox.own_keys(folder, code, state.keys), *meeting.keys))
        landing = _Landing(replace(meeting, keys=tuple(keys)), folder, working, state, sources)
        return _landed(meeting, landing)
    except (TransientError, ManifestError) as fault:
        notes, again = (*meeting.notes, str(fault)), isinstance(fault, TransientError)
        return Landed(folder.name, folder, FAILED, notes=notes, again=again)
    except OSError as fault:
        raise StoreError(not_written(folder, fault)) from fault
    finally:
        shutil.rmtree(working, ignore_errors=True)


def _withdraw(folder: Path, state: LandedState) -> None:
    """Its meeting no longer waits, as cancelled or come; what a person changed stays."""
    waiting = folder / WAITING_NAME
    if waiting.exists() and state.wrote(waiting.read_bytes()):
        waiting.unlink()


def _foretold(meeting: SourceMeeting, folder: Path, state: LandedState) -> Landed:
    """What a run would do, told without asking for a file."""
    held = {f.address for f in state.files}
    unheld = (f for f in meeting.files if f.address not in held)
    fresh = tuple(dict.fromkeys(f.kind for f in unheld if _let_go(folder, state, f) is None))
    what = SAME if state.keys and not fresh else CHANGED if state.keys else NEW
    kinds = {f.kind for f in meeting.files} | {f.kind for f in state.files}
    ready = bool(kinds & {"recording", "captions"})
    return Landed(folder.name, folder, what, ready, fresh, meeting.notes)


def _landed(meeting: SourceMeeting, landing: _Landing) -> Landed:
    landing.save_files()
    what, changed = landing.put_in_place()
    ready = (landing.folder / MANIFEST_NAME).exists()
    unheard = () if ready or not meeting.webcast or _is_to_come(meeting) else (UNHEARD,)
    notes = (*meeting.notes, *landing.notes, *unheard)
    return Landed(
        landing.folder.name, landing.folder, what, ready, changed, notes, again=landing.again
    )


def _is_to_come(meeting: SourceMeeting) -> bool:
    return meeting.date >= datetime.date.today()


class _Landing:
    """One meeting on its way into its folder, with every key under which it was ever heard of."""

    def __init__(
        self,
        meeting: SourceMeeting,
        folder: Path,
        working: Path,
        state: LandedState,
        sources: Mapping[str, Source],
    ) -> None:
        self.folder, self.notes = folder, list[str]()
        self.again = False
        self._meeting, self._working, self._state = meeting, working, state
        self._sources = sources
        self._files: list[LandedFile] = []
        self._fresh: list[LandedFile] = []
        self._captions = dict(meeting.captions)

    def save_files(self) -> None:
        """Each file of the meeting, saved anew or found as it was; what is offered no more stays.

        A recording or captions that cannot be had for now raise TransientError.
        """
        for file in self._meeting.files:
            try:
                self._files.append(self._save(file))
            except BadInputError as fault:
                self._lacks(file, fault)
            except TransientError as fault:
                if file.kind in ("recording", "captions") and not self._holds(file):
                    raise
                self.again = True
                self.notes.append(f"{file.kind}: {fault}")
        taken = {(f.kind, f.recording) for f in self._files}
        self._files += [f for f in self._state.files if (f.kind, f.recording) not in taken]

    def _lacks(self, file: SourceFile, fault: BadInputError) -> None:
        """Notes what is not to be had; captions that were never made are no fault of anybody."""
        if file.kind == "captions":
            none = isinstance(fault, MissingError)
            self._captions[file.recording] = "none" if none else "blocked"
            if none:
                return
        self.notes.append(f"{file.kind}: {fault}")

    def _holds(self, file: SourceFile) -> bool:
        held = ((f.kind, f.recording) for f in self._state.files)
        return (file.kind, file.recording) in held

    def _save(self, file: SourceFile) -> LandedFile:
        if let_go := _let_go(self.folder, self._state, file):
            return let_go
        held = next((f for f in self._state.files if _same_file(f, file)), None)
        if held is not None and not (self.folder / held.name).is_file():
            held = None
        known = held.saved if held is not None else Saved()
        working = self._working / f"{file.kind}-{file.recording}{file.suffix}"
        if file.data is not None:
            saved = _write(file.data, working, known)
        else:
            saved = self._sources[file.source].save(file, working, known)
        if held is not None and (saved.unchanged or saved.sha256 == known.sha256):
            return replace(held, saved=replace(known, etag=saved.etag, modified=saved.modified))
        suffix = saved.suffix or file.suffix
        number = f"-{file.recording}" if file.kind not in ("minutes", "decisions") else ""
        name = f"{file.kind}{number}-{saved.sha256[:8]}{suffix}"
        working.rename(self._working / name)
        made = LandedFile(
            name=name,
            kind=file.kind,
            address=file.address,
            source=file.source,
            recording=file.recording,
            offset_s=file.offset_s,
            status=file.status,
            saved=saved,
        )
        self._fresh.append(made)
        return made

    def put_in_place(self) -> tuple[str, tuple[str, ...]]:
        """Makes the folder what it should be; what happened, and what is new in it."""
        text = manifest_text(self._meeting, self.folder.name, self._files)
        kinds = tuple(dict.fromkeys(f.kind for f in self._fresh))
        is_sound = any(f.kind in ("recording", "captions") for f in self._files)
        name = MANIFEST_NAME if is_sound else WAITING_NAME
        write_hashed(self._working / name, text)
        read_meeting(self._working / name)  # what nobody could process is not put there
        if not self.folder.exists():
            write_landed(self._working, self._next(text))
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            self._working.rename(self.folder)
            sync_folder(self.folder.parent)
            return NEW, kinds
        return self._renewed(text, name, kinds)

    def _renewed(
        self, text: bytes, name: str, kinds: tuple[str, ...]
    ) -> tuple[str, tuple[str, ...]]:
        before = self.folder / name
        held = before.read_bytes() if before.exists() else b""
        is_ours = not held or self._state.wrote(held)
        target = before if is_ours else self.folder / PROPOSED_NAME
        same_text = target.exists() and target.read_bytes() == text
        self._drop_stale(held)
        for file in self._fresh:
            (self._working / file.name).replace(self.folder / file.name)
        # the state first: were it last, a fall between the two would make our own file a stranger
        following = self._next(text)
        if following != self._state:
            write_landed(self.folder, following)
        if not same_text:
            write_hashed(target, text)
        if name == MANIFEST_NAME:
            _withdraw(self.folder, self._state)
        if not is_ours and not same_text:
            self.notes.append(
                f"{before} was changed by hand and left alone; what the source says now lies "
                f"beside it as {PROPOSED_NAME}"
            )
        changed = kinds if same_text else (*kinds, "meeting")
        return (CHANGED if changed else SAME), changed

    def _next(self, text: bytes) -> LandedState:
        names = {f.name for f in self._files}
        ours = (_sha256(text), *self._state.manifests)
        return LandedState(
            id=self.folder.name,
            keys=self._meeting.keys,
            start=self._meeting.start or self._state.start,
            files=tuple(self._files),
            manifests=tuple(dict.fromkeys(ours))[:4],
            stale=tuple(f.name for f in self._state.files if f.name not in names),
            captions={**self._state.captions, **self._captions, **self._held_captions()},
            origins=dict(self._meeting.origins),
        )

    def _held_captions(self) -> dict[int, str]:
        return {f.recording: f.status or "unknown" for f in self._files if f.kind == "captions"}

    def _drop_stale(self, manifest: bytes) -> None:
        """Deletes what an earlier landing replaced, unless a person's meeting file names it."""
        named = {f.name for f in (*self._files, *self._state.files)}
        for name in self._state.stale:
            if name not in named and name.encode() not in manifest and Path(name).name == name:
                (self.folder / name).unlink(missing_ok=True)


def _same_file(held: LandedFile, file: SourceFile) -> bool:
    return (held.kind, held.recording, held.address) == (file.kind, file.recording, file.address)


def _let_go(folder: Path, state: LandedState, file: SourceFile) -> LandedFile | None:
    """What was held of a file until its time was over, of which an empty one stays.

    Nothing comes in its place, also no new cut: its meeting is not processed again, and nobody
    would take it off the disk a second time.
    """
    held = (f for f in state.files if (f.kind, f.recording) == (file.kind, file.recording))
    places = ((f, folder / f.name) for f in held if f.saved.size)
    return next((f for f, p in places if p.is_file() and not p.stat().st_size), None)


def _write(data: bytes, to: Path, known: Saved) -> Saved:
    sha256 = _sha256(data)
    if sha256 == known.sha256:
        return replace(known, unchanged=True)
    write_hashed(to, data)
    return Saved(sha256=sha256, size=len(data))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
