"""Speech to words by openai-whisper, the engine of reference; any size or any checkpoint."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matters_arising.errors import EngineError, MissingModelError
from models.guards import Heard, Region, keep_spoken
from models.protocols import SoundSource
from models.weights import (
    best_whisper,
    find_whisper,
    get_whisper,
    hub_answers,
    need_package,
    official_name,
    weights_sha256,
)
from models.whisper_words import (
    SEED,
    SETTINGS,
    check_language,
    joined_prompt,
    placed_words,
    read_piece,
)
from transcripts.meeting import Engine
from transcripts.processed import Gap
from transcripts.words import Segment

if TYPE_CHECKING:
    from models.protocols import Sound

log = logging.getLogger(__name__)


class WhisperSpeech:
    """Words by openai-whisper, on a GPU where there is one; ``model`` is a size or a checkpoint.

    Raises MissingModelError where the weights are not here; only with ``download`` are they
    fetched, and only from a hub that answers at once.
    """

    def __init__(
        self,
        model: str = "",
        *,
        language: str = "en",
        prompt: str = "",
        folder: Path | None = None,
        download: bool = False,
        beams: int = 1,
    ) -> None:
        need_package("whisper", "openai-whisper")
        if download and find_whisper(model, folder) is None:
            download_whisper(model, folder)
        path = _found(model, language, folder)
        self.engine = whisper_engine(
            model, language=language, prompt=prompt, folder=folder, beams=beams
        )
        self._prompt, self._beams = prompt, beams
        self._model = _load(path)
        self._language = check_language(
            language, multilingual=self._model.is_multilingual, model=path.stem
        )

    def recognise(
        self, sound: SoundSource, regions: Sequence[Region], prompt: str = ""
    ) -> list[Segment]:
        """Words of one piece of a recording; see ``models.protocols.Speech``."""
        return self.recognise_with_gaps(sound, regions, prompt)[0]

    def recognise_with_gaps(
        self, sound: SoundSource, regions: Sequence[Region], prompt: str = ""
    ) -> tuple[list[Segment], list[Gap]]:
        """Words of one piece, and the stretches whose words were taken for invented."""
        if not regions:
            return [], []
        start_s, samples = read_piece(sound, regions)
        end_s = start_s + len(samples) / 16_000
        heard = [
            Heard(
                placed_words(
                    ((w["word"], w["start"], w["end"], w["probability"]) for w in s["words"]),
                    start_s,
                    end_s,
                ),
                s["no_speech_prob"],
                s["avg_logprob"],
                s["compression_ratio"],
            )
            for s in self._transcribe(samples, joined_prompt(self._prompt, prompt))
        ]
        return keep_spoken(heard, regions)

    def _transcribe(self, samples: Sound, prompt: str | None) -> list[dict[str, Any]]:
        if not len(samples):
            return []
        import torch  # see _load

        torch.manual_seed(SEED)
        try:
            told = self._model.transcribe(
                samples,
                language=self._language,
                initial_prompt=prompt,
                word_timestamps=True,
                condition_on_previous_text=True,
                beam_size=self._beams if self._beams > 1 else None,
                fp16=self._model.device.type == "cuda",
                verbose=None,
            )
        except RuntimeError as fault:  # what torch raises, from lack of memory to odd shapes
            raise EngineError(
                f"openai-whisper failed on {len(samples) / 16_000:.0f} s: {fault}"
            ) from fault
        segments: list[dict[str, Any]] = told["segments"]
        return segments


def whisper_engine(
    model: str = "",
    *,
    language: str = "en",
    prompt: str = "",
    folder: Path | None = None,
    beams: int = 1,
) -> Engine:
    """What ``WhisperSpeech`` of these values is, told without loading it."""
    path = _found(model, language, folder)
    sha256 = weights_sha256(path)
    return Engine(
        task="speech",
        name="whisper",
        version=_version(),
        model=official_name(sha256) or path.stem,
        model_sha256=sha256,
        settings={**SETTINGS, "language": language, "prompt": prompt, "beams": beams},
    )


def download_whisper(size: str, folder: Path | None = None) -> Path:
    """Fetch a checkpoint now; raises MissingModelError where that is not possible."""
    import whisper  # see _load

    url = whisper._MODELS.get(size, "")
    if not url or not hub_answers(url=url):
        raise MissingModelError(f"the Whisper model '{size}'", get_whisper(size, folder))
    log.info("getting the Whisper model %s", size)
    whisper.load_model(size, device="cpu", download_root=str(folder) if folder else None)
    return _found(size, "en", folder)


def _found(model: str, language: str, folder: Path | None) -> Path:
    size = model or best_whisper(folder, language=language)
    path = find_whisper(size, folder)
    if path is None:
        named = f"the Whisper model '{model}'" if model else "any Whisper model"
        raise MissingModelError(named, get_whisper(model, folder))
    return path


def _load(path: Path) -> Any:
    """A checkpoint by path: by name, openai-whisper would fetch a damaged one anew, unasked.

    By path it does not know which heads of attention tell the time of words, so that an official
    checkpoint is given them by its hash.
    """
    import whisper  # torch and numba: seconds of import, needed only where sound is recognised

    try:
        model = whisper.load_model(str(path))
    except (RuntimeError, EOFError, KeyError, TypeError, pickle.UnpicklingError) as fault:
        raise EngineError(
            f"{path} could not be loaded as an openai-whisper checkpoint ({_first_line(fault)}); "
            "if it was being downloaded, delete it and get it again"
        ) from fault
    heads = whisper._ALIGNMENT_HEADS.get(official_name(weights_sha256(path)))
    if heads is not None:
        model.set_alignment_heads(heads)
    _keep_threads()
    log.info("loaded %s on %s", path.name, model.device)
    return model


def _keep_threads() -> None:
    """Hold torch to the number of threads it was given.

    The first word timing starts numba's threads, and that tells the OpenMP library which torch
    shares to use every core again: with two busy cores and one thread asked for, each small
    operation took 6 ms in place of 0.01. So the first timing is done here, and the number set anew.
    """
    import numpy as np
    import torch  # see _load
    from whisper.timing import dtw_cpu

    dtw_cpu(np.zeros((2, 2)))
    torch.set_num_threads(torch.get_num_threads())


def _first_line(fault: BaseException) -> str:
    return (str(fault).splitlines() or [type(fault).__name__])[0]


def _version() -> str:
    try:
        return version("openai-whisper")
    except PackageNotFoundError:
        return ""
