"""Speech to words by faster-whisper: the weights of Whisper in a fraction of the time."""

from __future__ import annotations

import logging
import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matters_arising.errors import EngineError, MissingModelError
from models.guards import Heard, Region, keep_spoken
from models.protocols import SoundSource
from models.weights import (
    best_faster_whisper,
    find_faster_whisper,
    get_faster_whisper,
    need_package,
    official_name,
    weights_sha256,
)
from models.whisper_convert import converted
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

ON_PROCESSOR, WITHOUT_VNNI, ON_GPU = "int8", "float32", "float16"
CPUINFO = Path("/proc/cpuinfo")


class FasterWhisperSpeech:
    """Words by faster-whisper; ``model`` is a CTranslate2 directory, a size or a checkpoint.

    A checkpoint of openai-whisper is converted on first use. Nothing is ever fetched: raises
    MissingModelError where the weights are not here. ``threads`` of 0 leaves their number to
    the library and the environment.
    """

    def __init__(
        self,
        model: str = "",
        *,
        language: str = "en",
        prompt: str = "",
        folder: Path | None = None,
        beams: int = 5,
        threads: int = 0,
    ) -> None:
        need_package("faster_whisper", "faster-whisper")
        path = _found(model, language, folder)
        self.engine = faster_whisper_engine(
            model, language=language, prompt=prompt, folder=folder, beams=beams
        )
        self._prompt, self._beams = prompt, beams
        self._model = _load(path if path.is_dir() else converted(path, folder), threads)
        self._language = check_language(
            language, multilingual=self._model.model.is_multilingual, model=path.stem
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
                    ((w.word, w.start, w.end, w.probability) for w in s.words or ()),
                    start_s,
                    end_s,
                ),
                s.no_speech_prob,
                s.avg_logprob,
                s.compression_ratio,
            )
            for s in self._transcribe(samples, joined_prompt(self._prompt, prompt))
        ]
        return keep_spoken(heard, regions)

    def _transcribe(self, samples: Sound, prompt: str | None) -> list[Any]:
        if not len(samples):
            return []
        import ctranslate2  # see _load

        ctranslate2.set_random_seed(SEED)
        try:
            segments, _ = self._model.transcribe(
                samples,
                language=self._language,
                initial_prompt=prompt,
                word_timestamps=True,
                condition_on_previous_text=True,
                beam_size=self._beams,
                vad_filter=False,
            )
            return list(segments)  # the work is done only while they are drawn
        except RuntimeError as fault:
            raise EngineError(
                f"faster-whisper failed on {len(samples) / 16_000:.0f} s of sound: {fault}"
            ) from fault


def faster_whisper_engine(
    model: str = "",
    *,
    language: str = "en",
    prompt: str = "",
    folder: Path | None = None,
    beams: int = 5,
) -> Engine:
    """What ``FasterWhisperSpeech`` of these values is, told without loading or converting it.

    The hash is that of the file the weights came in: the checkpoint, or ``model.bin``.
    """
    path = _found(model, language, folder)
    sha256 = weights_sha256(path)
    return Engine(
        task="speech",
        name="faster-whisper",
        version=_version(),
        model=official_name(sha256) or _name(model, path),
        model_sha256=sha256,
        settings={
            **SETTINGS,
            "language": language,
            "prompt": prompt,
            "beams": beams,
            "precision": f"{ON_PROCESSOR}, without VNNI {WITHOUT_VNNI}, on a GPU {ON_GPU}",
        },
    )


def _found(model: str, language: str, folder: Path | None) -> Path:
    size = model or best_faster_whisper(folder, language=language)
    path = find_faster_whisper(size, folder)
    if path is None:
        named = f"the faster-whisper model '{model}'" if model else "any model for faster-whisper"
        raise MissingModelError(named, get_faster_whisper(model, folder))
    return path


def _load(folder: Path, threads: int) -> Any:
    from faster_whisper import WhisperModel  # a second of import and native libraries

    try:
        model = WhisperModel(
            str(folder), device="auto", compute_type=_precision(), cpu_threads=threads
        )
    except (RuntimeError, ValueError) as fault:
        raise EngineError(
            f"{folder} could not be loaded as a CTranslate2 Whisper model ({fault}); delete it and "
            "get or convert it again"
        ) from fault
    log.info("loaded %s on %s", folder.name, model.model.device)
    return model


def _precision() -> str:
    """The quickest arithmetic that hears as well as the weights do.

    Intel's and AMD's older processors add products of bytes in sixteen bits, which overflow:
    measured on a clip, more than a quarter of the words wrong where float32 has none. With VNNI
    they have room, as ARM's have.
    """
    import ctranslate2  # see _load

    if ctranslate2.get_cuda_device_count():
        return ON_GPU
    if platform.machine().casefold() not in ("x86_64", "amd64"):
        return ON_PROCESSOR
    return ON_PROCESSOR if CPUINFO.exists() and "vnni" in CPUINFO.read_text() else WITHOUT_VNNI


def _name(model: str, path: Path) -> str:
    """A size as it was asked for, a path by its last part: folders are nobody's business."""
    return path.stem if Path(model).exists() or not model else model


def _version() -> str:
    try:
        return version("faster-whisper")
    except PackageNotFoundError:
        return ""
