"""Backups at an fsspec address (``s3://bucket/…``): made here first, then put there whole.

The copy of one moment is the one that ``flows.backup`` makes in a folder; what is new is the way.
The manifest is put last, so that what was cut short has none and is no backup; what is brought
back is hashed before anything is restored from it.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from flows.backup import MANIFEST, Manifest, backup, read_manifest
from matters_arising.errors import BadInputError, StoreError
from transcripts.network import is_address
from transcripts.objects.store import ObjectStore
from transcripts.whole import sha256_of

logger = logging.getLogger(__name__)

PATIENCE_S = 60.0  # how long a store that does not answer is waited for


def backup_to(
    home: Path,
    address: str,
    *,
    voices: bool = False,
    settings: Mapping[str, str] | None = None,
    config: Path | None = None,
) -> Manifest:
    """Makes a backup and puts it at an address where nothing is yet: whole, or no backup.

    It takes the space of the backup in the folder for temporary files as long as it is put. Every
    file that was put is compared by its size; StoreError, and nothing is left, where that fails.
    """
    store = ObjectStore(address, patience_s=PATIENCE_S)
    store.check()
    if there := store.names(""):
        what = "a backup" if MANIFEST in there else "something that is no whole backup"
        raise BadInputError(f"{what} is at {address} already: name a place where nothing is")
    with tempfile.TemporaryDirectory(prefix="matters-backup-") as folder:
        made = Path(folder) / "backup"
        manifest = backup(
            home, made, voices=voices, settings=settings, config=config, known_as=address
        )
        try:
            _put_all(store, made, manifest)
        except BaseException:
            _undo(store)
            raise
    return manifest


@contextmanager
def brought(place: str) -> Iterator[Path]:
    """The folder of a backup, brought here for as long as the block runs where it is on a store.

    Names that lead out of it, and files that are not there, are told by ``flows.backup.verify``.
    """
    if not is_address(place):
        yield Path(place)
        return
    store = ObjectStore(place, patience_s=PATIENCE_S)
    store.check()
    with tempfile.TemporaryDirectory(prefix="matters-restore-") as folder:
        here = Path(folder)
        if not store.get_file(MANIFEST, here / MANIFEST):
            raise BadInputError(
                f"there is no backup at {place}, or one that was cut short: it has no {MANIFEST}; "
                "name the address that was given to 'matters backup'"
            )
        for name in read_manifest(here).files:
            parts = PurePosixPath(name)
            if not parts.is_absolute() and ".." not in parts.parts:
                (here / name).parent.mkdir(parents=True, exist_ok=True)
                store.get_file(name, here / name)
        yield here


def _put_all(store: ObjectStore, made: Path, manifest: Manifest) -> None:
    """Puts every file, and what says that it is whole last."""
    for name, sha in manifest.files.items():
        if sha256_of(made / name) != sha:  # the disk for temporary files is at fault
            raise StoreError(f"{made / name} changed while it was put: make the backup again")
        store.put_file(name, made / name)
    sizes = store.names("")
    for name in manifest.files:
        if sizes.get(name) != (made / name).stat().st_size:
            raise StoreError(f"{store.address}/{name} is not there whole: make the backup again")
    store.put_file(MANIFEST, made / MANIFEST)


def _undo(store: ObjectStore) -> None:
    """Takes what was put out again; what cannot be reached is no backup anyway."""
    try:
        store.remove_all("")
    except Exception:
        logger.warning("half a backup may be left at %s: remove it", store.address)
