"""Which engine turns speech into words here: by name, or the best whose weights are present.

Choosing loads nothing and never asks a hub, except for one thing: a Whisper size that somebody
asked for by name, is not here, and may be fetched.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from matters_arising.errors import EngineError, MissingModelError, UnknownValueError
from models.faster_whisper import FasterWhisperSpeech, faster_whisper_engine
from models.protocols import SpeechWithGaps
from models.sphinx import SphinxSpeech, sphinx_engine
from models.weights import (
    best_faster_whisper,
    best_whisper,
    find_whisper,
    get_faster_whisper,
    get_whisper,
    need_package,
)
from models.whisper import WhisperSpeech, download_whisper, whisper_engine
from transcripts.meeting import Engine

log = logging.getLogger(__name__)

BEST_FIRST = ("faster-whisper", "whisper", "sphinx")
SPEECH_ENGINES = ("auto", *BEST_FIRST, "captions")


@dataclass(frozen=True, slots=True)
class SpeechChoice:
    """The recogniser that will be used; ``words`` says which and why, for people.

    ``engine`` is absent where only captions are to be read.
    """

    name: str
    words: str
    engine: Engine | None
    model: str = ""
    language: str = "en"
    folder: Path | None = None

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """Whether one engine can be used here, and the command that would get what it lacks."""

    name: str
    usable: bool
    why: str
    model: str = ""
    model_sha256: str = ""
    get_it: str = ""


def choose_speech(
    name: str = "auto",
    *,
    model: str = "",
    language: str = "en",
    folder: Path | None = None,
    offline: bool = False,
) -> SpeechChoice:
    """The engine of this name, or for ``auto`` the best that can be used; says which and why.

    Raises MissingModelError where an engine or model that was asked for is not here: another
    in its place would be a silent fallback.
    """
    if name not in SPEECH_ENGINES:
        raise UnknownValueError("speech engine", name, SPEECH_ENGINES)
    if name == "captions":
        return SpeechChoice(
            name, "captions only: no sound is recognised", None, "", language, folder
        )
    if name == "whisper" and model and not offline and find_whisper(model, folder) is None:
        download_whisper(model, folder)
    if name == "auto":
        choice = _best(model, language, folder)
    else:
        engine = _describe(name, model, language, folder)
        words = f"{_shown(engine)}, as asked"
        choice = SpeechChoice(name, words, engine, model, language, folder)
    log.info("speech: %s", choice.words)
    return choice


def make_speech(choice: SpeechChoice, *, threads: int = 0) -> SpeechWithGaps:
    """The chosen adapter with its weights loaded; ``threads`` of 0 leaves their number to it."""
    model, language, folder = choice.model, choice.language, choice.folder
    if choice.name == "sphinx":
        return SphinxSpeech()
    if choice.name == "whisper":
        return WhisperSpeech(model, language=language, folder=folder)
    if choice.name == "faster-whisper":
        return FasterWhisperSpeech(model, language=language, folder=folder, threads=threads)
    raise ValueError(f"'{choice.name}' recognises no sound")


def available(*, folder: Path | None = None, language: str = "en") -> list[EngineStatus]:
    """What each engine has on this machine, best first; loads nothing, asks nobody."""
    return [_status(name, language, folder) for name in BEST_FIRST]


def _best(model: str, language: str, folder: Path | None) -> SpeechChoice:
    """The first usable of the engines; why those before it are not becomes part of the reason.

    A model that was asked for is only known to the Whispers; where neither has it, that is said.
    """
    faults: list[str] = []
    for name in BEST_FIRST[:-1] if model else BEST_FIRST:
        try:
            engine = _describe(name, model, language, folder)
        except MissingModelError as fault:
            faults.append(_lack(name, fault))
            continue
        reason = f": {' and '.join(faults)}" if faults else ": the best engine here"
        return SpeechChoice(name, f"{_shown(engine)}{reason}", engine, model, language, folder)
    if model:
        raise MissingModelError(f"the speech model '{model}'", get_whisper(model, folder))
    raise EngineError(f"no speech engine can be used: {'; '.join(faults)}; run: matters doctor")


def _describe(name: str, model: str, language: str, folder: Path | None) -> Engine:
    if name == "sphinx":
        need_package("pocketsphinx", "pocketsphinx")
        return sphinx_engine()
    if name == "whisper":
        need_package("whisper", "openai-whisper")
        return whisper_engine(model, language=language, folder=folder)
    need_package("faster_whisper", "faster-whisper")
    return faster_whisper_engine(model, language=language, folder=folder)


def _status(name: str, language: str, folder: Path | None) -> EngineStatus:
    try:
        engine = _describe(name, "", language, folder)
    except MissingModelError as fault:
        return EngineStatus(name, False, _lack(name, fault), get_it=fault.get_it)
    better = _better(name, language, folder)
    why = f"{_shown(engine)} is here" + ("; it is rough on real rooms" if better else "")
    return EngineStatus(name, True, why, engine.model, engine.model_sha256, better)


def _better(name: str, language: str, folder: Path | None) -> str:
    """For the embedded engine, the command that gets a better one where there is none."""
    here = best_faster_whisper(folder, language=language) or best_whisper(folder, language=language)
    return get_faster_whisper("", folder) if name == "sphinx" and not here else ""


def _lack(name: str, fault: MissingModelError) -> str:
    missing = "is not installed" if fault.get_it.startswith("pip ") else "has no weights here"
    return f"{name} {missing}"


def _shown(engine: Engine) -> str:
    return f"{engine.name} with {engine.model}" if engine.model else engine.name
