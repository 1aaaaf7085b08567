"""Finds the meetings under what a person named: meeting files, recordings, captions, folders.

A fault in one of them is kept beside the others, so that it can be reported without stopping
the batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from matters_arising.errors import BadInputError, ManifestError, MattersArisingError
from transcripts.manifest import (
    CAPTIONS_SUFFIXES,
    MANIFEST_NAME,
    MEDIA_SUFFIXES,
    bare_meeting,
    read_meeting,
    seat_log_beside,
)
from transcripts.meeting import Meeting, Recording


@dataclass(frozen=True, slots=True)
class Candidate:
    """A meeting found at ``where``, or what is wrong with it."""

    where: str
    meeting: Meeting | None = None
    fault: MattersArisingError | None = None


def collect(
    paths: Sequence[Path], *, manifest: Path | None = None, captions: Path | None = None
) -> list[Candidate]:
    """Every meeting under ``paths``; ``manifest`` and ``captions`` go with a single recording.

    Its files are named from the root: what is kept of a meeting is read from other folders too.
    """
    if manifest is not None or captions is not None:
        return [_from_root(_described(paths, manifest, captions))]
    found = [_from_root(c) for path in paths for c in _under(path)]
    return _once(found)


def _from_root(candidate: Candidate) -> Candidate:
    if candidate.meeting is None:
        return candidate
    recordings = tuple(
        replace(r, path=_rooted(r.path), captions=_rooted(r.captions), seat_log=_rooted(r.seat_log))
        for r in candidate.meeting.recordings
    )
    return replace(candidate, meeting=replace(candidate.meeting, recordings=recordings))


def _rooted(path: str) -> str:
    return str(Path(path).absolute()) if path else ""


def _described(paths: Sequence[Path], manifest: Path | None, captions: Path | None) -> Candidate:
    if len(paths) != 1 or paths[0].is_dir():
        raise BadInputError(
            "--meeting and --captions describe one recording: name exactly one file with them"
        )
    path = paths[0]
    if not path.is_file():
        raise BadInputError(f"there is no file {path}")
    if captions is not None and not captions.is_file():
        raise BadInputError(f"there is no captions file {captions}")
    if manifest is None:
        return Candidate(str(path), bare_meeting(path, captions))
    meeting = read_meeting(manifest)
    recording = Recording(path=str(path), captions=str(captions or ""))
    recording = _with_seat_log(recording, meeting.recordings)
    return Candidate(str(path), replace(meeting, recordings=(recording,)))


def _with_seat_log(recording: Recording, described: Sequence[Recording]) -> Recording:
    """The log that the meeting file names for its one recording, else the one beside this file."""
    if len(described) == 1 and described[0].seat_log:
        return replace(
            recording,
            offset_s=described[0].offset_s,
            seat_log=described[0].seat_log,
            seat_log_zero=described[0].seat_log_zero,
        )
    return replace(recording, seat_log=seat_log_beside(Path(recording.path)))


def _under(path: Path) -> Iterable[Candidate]:
    if path.is_dir():
        return _in_folder(path)
    if not path.exists():
        return [Candidate(str(path), fault=BadInputError(f"there is no file or folder {path}"))]
    return [_one(path)]


def _in_folder(folder: Path) -> list[Candidate]:
    """Meeting files first; then recordings and captions that no meeting file speaks for."""
    seen = sorted(p for p in folder.rglob("*") if not _hidden(p, folder))
    files = [p for p in seen if p.is_file()]
    found = [_one(p) for p in files if p.name == MANIFEST_NAME]
    spoken_for = {Path(c.where).parent for c in found}
    media = [p for p in files if p.suffix.lower() in MEDIA_SUFFIXES]
    loose = [p for p in media if not _covered(p, spoken_for)]
    beside = {p.with_suffix("") for p in loose}
    alone = [
        p
        for p in files
        if p.suffix.lower() in CAPTIONS_SUFFIXES
        and p.with_suffix("") not in beside
        and not _covered(p, spoken_for)
    ]
    found += [_one(p) for p in [*loose, *alone]]
    found += [_leads_nowhere(p) for p in seen if _is_broken(p) and not _covered(p, spoken_for)]
    if not found:
        fault = BadInputError(
            f"{folder} holds no meeting: neither a {MANIFEST_NAME} nor a recording"
        )
        return [Candidate(str(folder), fault=fault)]
    return found


def _is_broken(path: Path) -> bool:
    """Whether it is a recording or captions by its name, and a link to what is not there."""
    kinds = {*MEDIA_SUFFIXES, *CAPTIONS_SUFFIXES}
    return path.suffix.lower() in kinds and path.is_symlink() and not path.exists()


def _leads_nowhere(path: Path) -> Candidate:
    """What would be missed, were it passed over."""
    fault = BadInputError(
        f"{path} leads to {path.readlink()}, which is not there; mount it or copy the file here"
    )
    return Candidate(str(path), fault=fault)


def _hidden(path: Path, folder: Path) -> bool:
    """Whether it, or a folder on the way to it, is hidden: what is on its way lies in such."""
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _covered(path: Path, spoken_for: set[Path]) -> bool:
    return any(parent in spoken_for for parent in path.parents)


def _one(path: Path) -> Candidate:
    try:
        if path.suffix == ".toml":
            return Candidate(str(path), read_meeting(path))
        if path.suffix.lower() in (*CAPTIONS_SUFFIXES, ".json"):
            meeting = bare_meeting(path)
            log = meeting.recordings[0].seat_log
            only = Recording(path="", captions=str(path), seat_log=log)
            return Candidate(str(path), replace(meeting, recordings=(only,)))
        return Candidate(str(path), bare_meeting(path))
    except MattersArisingError as fault:
        return Candidate(str(path), fault=fault)
    except OSError as fault:
        named = BadInputError(
            f"{fault.filename or path} cannot be read ({fault.strerror or fault}); mend its rights "
            "or the disk it lies on"
        )
        return Candidate(str(path), fault=named)


def _once(found: Sequence[Candidate]) -> list[Candidate]:
    """Two meetings of one id would overwrite each other: the second is a fault."""
    seen: dict[str, str] = {}
    out = []
    for candidate in found:
        if candidate.meeting is None:
            out.append(candidate)
            continue
        other = seen.setdefault(candidate.meeting.id, candidate.where)
        if other == candidate.where:
            out.append(candidate)
            continue
        fault = ManifestError(
            f"{candidate.where} has the same id '{candidate.meeting.id}' as {other}: "
            "give each meeting an id of its own"
        )
        out.append(Candidate(candidate.where, fault=fault))
    return out
