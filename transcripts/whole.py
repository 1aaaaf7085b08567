"""Files that are whole or not there: written aside, forced to disk, renamed."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

Content = bytes | Callable[[IO[bytes]], object]
# what a disk says that cannot give a file a second name
NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}

# the process, maybe its thread, and an ending, with which the name of what is written aside ends
_ASIDE = re.compile(r"\.(\d+)(?:\.\d+)?(?:\.[a-z]+)?$")


def write_whole(path: Path, content: Content) -> None:
    """All of it or nothing, on disk when this returns; an OSError leaves what was there before."""
    with _aside(path, content) as temporary:
        temporary.replace(path)
    sync_folder(path.parent)


def write_new(path: Path, content: Content) -> bool:
    """The same for a file that is not there yet; gives whether it was us who made it.

    Of many that make one at the same moment, on one machine or on several that share the disk, it
    is one: a second name for a file is given by the system to the first who asks. A disk without
    second names (exFAT, some shares) makes the file empty for the first and then fills it.
    """
    with _aside(path, content) as temporary:
        try:
            os.link(temporary, path)
        except FileExistsError:
            return False
        except OSError as fault:
            if fault.errno not in NO_LINKS:
                raise
            try:
                path.open("xb").close()
            except FileExistsError:
                return False
            temporary.replace(path)
    sync_folder(path.parent)
    return True


@contextlib.contextmanager
def _aside(path: Path, content: Content) -> Iterator[Path]:
    """What is to be the file, on disk under a name of this writer's own; it does not stay."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        with temporary.open("wb") as file:
            if callable(content):
                content(file)
            else:
                file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield temporary
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def whole_folder(
    folder: Path, fill: Callable[[Path], object], is_whole: Callable[[Path], bool]
) -> None:
    """A folder that ``fill`` made, whole or not there; what another process made sooner stays.

    ``is_whole`` tells whether a folder of that name is what it should be. Raises what ``fill``
    raises, an OSError only where no other process was quicker.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=folder.parent))
    try:
        fill(fresh)
        if not is_whole(folder):
            shutil.rmtree(folder, ignore_errors=True)
            fresh.replace(folder)
    except OSError:
        if not is_whole(folder):
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def sha256_of(path: Path) -> str:
    """The hash by which a file's content is known; read in blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_folder(folder: Path) -> None:
    """Forces the names in a folder to disk."""
    with contextlib.suppress(OSError):  # some file systems do not let a folder be synced
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def unfinished(folder: Path) -> list[Path]:
    """What writers that were killed left half written under a folder, at any depth."""
    return sorted(p for p in folder.rglob(".*") if p.is_file() and _writer_of(p))


def _writer_of(path: Path) -> bool:
    """Whether a name is one that a writer gives aside, and that writer is gone."""
    found = _ASIDE.search(path.name)
    if not found:
        return False
    try:
        os.kill(int(found[1]), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
