"""Where Whisper's weights lie on this machine, and the command that would get them.

Nothing here loads a model or asks a hub, save ``hub_answers``, so that ``auto`` and ``doctor``
can look in milliseconds.
"""

from __future__ import annotations

import os
import threading
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from matters_arising.errors import MissingModelError
from transcripts.whole import sha256_of

# The official checkpoints, best first, with the sha256 that openai-whisper 20250625 gives for
# each. An English-only one is better than its multilingual twin, for English alone.
CHECKPOINTS = {
    "large-v3": "e5b1a55b89c1367dacf97e3e19bfd829a01529dbfdeefa8caeb59b3f1b81dadb",
    "large-v3-turbo": "aff26ae408abcba5fbf8813c21e62b0941638c5f6eebfb145be0c9839262a19a",
    "large-v2": "81f7c96c852ee8fc832187b0132e569d6c3065a3252ed18e56effd0b6a73e524",
    "large-v1": "e4b87e7e0bf463eb8e6956e646f1e277e901512310def2c24bf0e11bd3c28e9a",
    "medium.en": "d7440d1dc186f76616474e0ff0b3b6b879abc9d1a4926b7adfa41db2d497ab4f",
    "medium": "345ae4da62f9b3d59415adc60127b97c714f32e89e936602e85993674d08dcb1",
    "small.en": "f953ad0fd29cacd07d5a9eda5624af0f6bcf2258be67c92b79389873d91e0872",
    "small": "9ecf779972d90ba49c06d968637d720dd632c55bbf19d441fb42bf17a411e794",
    "base.en": "25a8566e1d0c1e2231d1c762132cd20e0f96a85d16145c3a00adf5d1ac670ead",
    "base": "ed3a0b6b1c0edf879ad9b11b1af5a0e6ab5db9205f891f668f8b0e6c6326e34e",
    "tiny.en": "d3dd57d32accea0b295c96e26691aa14d8822fac7d9d27d5dc00b4ca2826dd03",
    "tiny": "65147644a518d12f04e32d6f3b26facc3f8dd46e5390956a9424a650c0ce22b9",
}
ALIASES = {"large": "large-v3", "turbo": "large-v3-turbo"}
HUB_REPOSITORIES = {
    size: f"mobiuslabsgmbh/faster-whisper-{size}"
    if size == "large-v3-turbo"
    else f"Systran/faster-whisper-{size}"
    for size in CHECKPOINTS
}


def user_cache() -> Path:
    """Where this user's programs may keep what can be made again."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "matters-arising"


def find_whisper(size_or_path: str, folder: Path | None = None) -> Path | None:
    """An openai-whisper checkpoint by size or path, in ``folder`` or openai-whisper's own cache."""
    if Path(size_or_path).is_file():
        return Path(size_or_path).resolve()
    name = f"{ALIASES.get(size_or_path, size_or_path)}.pt"
    found = (place / name for place in _places(folder))
    return next((file for file in found if size_or_path and file.is_file()), None)


def find_faster_whisper(size_or_path: str, folder: Path | None = None) -> Path | None:
    """A CTranslate2 directory by path or size; failing that, a checkpoint that can be converted."""
    size = ALIASES.get(size_or_path, size_or_path)
    places = [Path(size_or_path)] if size_or_path else []
    if folder is not None and size:
        places += [folder / size, folder / f"faster-whisper-{size}"]
    here = next((place.resolve() for place in places if is_converted(place)), None)
    return here or _in_hub_cache(size) or find_whisper(size_or_path, folder)


def best_whisper(folder: Path | None = None, *, language: str = "en") -> str:
    """The best size of openai-whisper present for a language, or ""."""
    return next((s for s in _sizes(language) if find_whisper(s, folder)), "")


def best_faster_whisper(folder: Path | None = None, *, language: str = "en") -> str:
    """The best size that faster-whisper can run here for a language, or ""."""
    return next((s for s in _sizes(language) if find_faster_whisper(s, folder)), "")


def get_whisper(size: str, folder: Path | None = None) -> str:
    """The command that gets a checkpoint of openai-whisper."""
    where = f", download_root={str(folder)!r}" if folder else ""
    return f'python -c "import whisper; whisper.load_model({_known(size)!r}{where})"'


def get_faster_whisper(size: str, folder: Path | None = None) -> str:
    """The command that gets a model that faster-whisper runs."""
    where = f", output_dir={str(folder / _known(size))!r}" if folder else ""
    called = f"faster_whisper.download_model({_known(size)!r}{where})"
    return f'python -c "import faster_whisper; {called}"'


def need_package(module: str, distribution: str) -> None:
    """Raises MissingModelError where an engine's package is not installed."""
    if find_spec(module) is None:
        raise MissingModelError(f"the engine {distribution}", f"pip install {distribution}")


def is_converted(folder: Path) -> bool:
    """Whether this is a CTranslate2 directory, whole enough to be loaded without a network."""
    return all((folder / name).is_file() for name in ("model.bin", "config.json", "tokenizer.json"))


def official_name(sha256: str) -> str:
    """Which official checkpoint has these bytes, whatever its file is called; "" for none."""
    return next((size for size, known in CHECKPOINTS.items() if known == sha256), "")


def weights_sha256(path: Path) -> str:
    """The hash of a checkpoint or of a CTranslate2 directory's weights, read once a process."""
    file = path / "model.bin" if path.is_dir() else path
    seen = file.stat()
    return _sha256(file, seen.st_size, seen.st_mtime_ns)


def hub_answers(timeout_s: float = 3.0, *, url: str = "") -> bool:
    """Whether weights could be downloaded now; says no in ``timeout_s`` at the latest.

    Asked in a thread of its own because looking up a host name knows no time limit. Without a
    ``url`` it is the hub that faster-whisper's models lie on.
    """
    url = url or _hub()
    answers: list[bool] = []
    asking = threading.Thread(target=_ask, args=(url, timeout_s, answers), daemon=True)
    asking.start()
    asking.join(timeout_s)
    return bool(answers)


def _ask(url: str, timeout_s: float, answers: list[bool]) -> None:
    try:
        with urlopen(Request(url, method="HEAD"), timeout=timeout_s):  # noqa: S310 - a library's own address
            answers.append(True)
    except (URLError, OSError, ValueError):
        return


def _hub() -> str:
    if find_spec("huggingface_hub") is None:
        return ""
    from huggingface_hub.constants import ENDPOINT  # see _in_hub_cache

    return str(ENDPOINT)


def _places(folder: Path | None) -> list[Path]:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "whisper"
    return [cache] if folder is None else [folder, folder / "whisper", cache]


def _in_hub_cache(size: str) -> Path | None:
    repository = HUB_REPOSITORIES.get(size)
    if repository is None or find_spec("huggingface_hub") is None:
        return None
    from huggingface_hub import try_to_load_from_cache  # a second of import, seldom needed

    file = try_to_load_from_cache(repository, "model.bin")
    folder = Path(file).parent if isinstance(file, str) else None
    return folder if folder and is_converted(folder) else None


def _sizes(language: str) -> list[str]:
    return [size for size in CHECKPOINTS if language == "en" or not size.endswith(".en")]


def _known(size: str) -> str:
    """The size itself, or a sensible one to ask for in place of a path that is not there."""
    return size if ALIASES.get(size, size) in CHECKPOINTS else "base.en"


@lru_cache(maxsize=16)
def _sha256(file: Path, size: int, changed_ns: int) -> str:
    return sha256_of(file)
