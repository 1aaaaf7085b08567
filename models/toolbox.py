"""The adapters that a run uses, chosen by plain values so that the choice travels to any process.

What each engine *is* (name, version, hash of its model, settings) is known without loading it:
planning a batch, and finding that nothing is new, must not cost the seconds that models take.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from models.engines import EngineStatus, SpeechChoice, available, choose_speech, make_speech
from models.reader.choice import ReaderChoice, reader_engine
from transcripts.meeting import Engine

if TYPE_CHECKING:
    from models.findings.finder import SentenceFindings
    from models.following.claims import Claims
    from models.names.naming import CueNames
    from models.protocols import Reader, Regions, SpeechWithGaps, Turns, Vectors
    from transcripts.meeting import Meeting
    from transcripts.words import Utterance

TRANSCRIPT = Engine("transcript", "matters-arising", "2")  # words to voices, sentences, items
CAPTIONS = Engine("speech", "captions", "1")


@dataclass(frozen=True, slots=True)
class Toolbox:
    """Which engines to use. ``speech`` is a name or ``auto``; ``speech_model`` a size or a path."""

    speech: str = "auto"
    speech_model: str = ""
    language: str = "en"
    models_folder: Path | None = None
    offline: bool = False
    repairs_names: bool = True  # misheard ones are written as the roster has them
    reader: ReaderChoice | None = None  # a language model beside the findings engine; off without

    def speech_choice(self) -> SpeechChoice:
        """The recogniser that will be used, and why, in words; settled once a process."""
        return _choice(self)

    def speech_status(self) -> list[EngineStatus]:
        """What each recogniser has on this machine, best first."""
        return available(folder=self.models_folder, language=self.language)

    def most_recognisers(self) -> int:
        """How many processes may recognise at once: Whisper takes every core by itself."""
        return 64 if self.speech_choice().name == "sphinx" else 1

    def engine(self, task: str) -> Engine:
        """Which engine does a task: regions, speech, turns, names, vectors or findings."""
        return _engines(self)[task]

    def engines(self) -> list[Engine]:
        """Every engine of a run, in the order of the work."""
        return [*_engines(self).values(), TRANSCRIPT]

    def engines_for(self, words: Engine, turns: Sequence[Engine]) -> tuple[Engine, ...]:
        """The engines behind a transcript: these made its words, these told its voices apart."""
        return (self.engine("regions"), words, *turns, self.engine("names"), TRANSCRIPT)

    def regions(self) -> Regions:
        """Finds speech."""
        return _regions()

    def speech_adapter(self) -> SpeechWithGaps:
        """Turns sound into words; loaded once a process."""
        return _speech(self)

    def turns(self) -> Turns:
        """Tells voices apart."""
        return _turns(self)

    def turns_status(self) -> EngineStatus:
        """Whether the better engine for voices is here, and what would get it."""
        from models.pyannote_turns import find_pyannote, how_to_get

        place = find_pyannote(self.models_folder)
        if place:
            return EngineStatus("pyannote", True, f"its pipeline is in {place}", str(place))
        why = "the embedded engine tells voices apart; it hears no overlap"
        return EngineStatus("pyannote", False, why, get_it=how_to_get(self.models_folder))

    def names(self) -> CueNames:
        """Gives voices names."""
        from models.names.naming import CueNames

        return CueNames()

    def names_repaired(self, meeting: Meeting, said: Sequence[Utterance]) -> list[Utterance]:
        """Misheard names written as the meeting's roster has them, unless that is switched off."""
        from models.names.repair import Repairs

        return Repairs(meeting).mend(said)[0] if self.repairs_names else list(said)

    def vectors(self) -> Vectors:
        """Turns sentences into vectors."""
        return _vectors()

    def findings(self, day: date) -> SentenceFindings:
        """Finds concerns, recommendations and the rest; dates are told from ``day``."""
        from models.findings.finder import SentenceFindings

        return SentenceFindings(day)

    def claims(self, day: date) -> Claims:
        """Finds what is said to have become of earlier recommendations."""
        from models.following.claims import Claims
        from models.following.when import day_named

        return Claims(lambda text: day_named(text, day))

    def reader_adapter(self) -> Reader:
        """The language model, where one was chosen; its key comes from this process's settings."""
        if self.reader is None:
            raise ValueError("no reader was chosen")
        return _reader(self.reader)


@lru_cache(maxsize=4)
def _choice(tools: Toolbox) -> SpeechChoice:
    return choose_speech(
        tools.speech,
        model=tools.speech_model,
        language=tools.language,
        folder=tools.models_folder,
        offline=tools.offline,
    )


@lru_cache(maxsize=4)
def _engines(tools: Toolbox) -> dict[str, Engine]:
    from models.findings.finder import findings_engine
    from models.regions import regions_engine
    from models.vectors import vectors_engine

    return {
        "regions": regions_engine(),
        "speech": _choice(tools).engine or CAPTIONS,
        "turns": _turns_engine(tools),
        "names": _names_engine(tools),
        "vectors": vectors_engine(),
        "findings": findings_engine(),
        **({"reader": reader_engine(tools.reader)} if tools.reader else {}),
    }


def _names_engine(tools: Toolbox) -> Engine:
    engine = tools.names().engine
    return replace(engine, settings={**engine.settings, "repairs": tools.repairs_names})


@lru_cache(maxsize=1)
def _regions() -> Regions:
    from models.regions import SileroRegions

    return SileroRegions()


@lru_cache(maxsize=2)
def _turns(tools: Toolbox) -> Turns:
    from models.pyannote_turns import PyannoteTurns, find_pyannote
    from models.turns import EmbeddedTurns

    place = find_pyannote(tools.models_folder)
    return PyannoteTurns(place) if place else EmbeddedTurns()


def _turns_engine(tools: Toolbox) -> Engine:
    from models.pyannote_turns import find_pyannote, pyannote_engine
    from models.turns import turns_engine

    place = find_pyannote(tools.models_folder)
    return pyannote_engine(place) if place else turns_engine()


@lru_cache(maxsize=1)
def _vectors() -> Vectors:
    from models.vectors import MiniLM

    return MiniLM()


@lru_cache(maxsize=1)
def _speech(tools: Toolbox) -> SpeechWithGaps:
    return make_speech(_choice(tools))


@lru_cache(maxsize=4)
def _reader(choice: ReaderChoice) -> Reader:
    from matters_arising.settings import Settings
    from models.reader.reader import LanguageModelReader

    # a secret is not passed down as a value: values are kept by Prefect and in reports
    key = Settings().reader_key
    return LanguageModelReader(choice, key.get_secret_value() if key else "")
