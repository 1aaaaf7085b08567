"""Claim: what recognition costs an hour of sound, by engine, precision and size of the network.

    python benchmarks/engines.py [--sizes tiny base small] [--windows 4] [--rest SECONDS]

Weights that were trained are not needed to know what running them costs: each Whisper has the
dimensions of the official size with random weights, and writes 100 tokens a window of 30 s, which
is what people say in one. Every engine reads the same windows of a sample recording in a process of
its own, with word times, on all cores it is given; sphinx recognises the same sound in a process a
core. Prints a table: seconds and CPU seconds an hour of sound, how many times faster than real time
that is, peak memory, openai-whisper's time over its own, and days for 1,000 hours of meetings on
1, 2 and 10 machines, with ``--rest`` seconds an hour for everything else (see ``pipeline.py``).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

SAMPLE = ROOT / "samples" / "aldermere" / "2026-06-11" / "recording.opus"
SIZES = {"tiny": (384, 6, 4), "base": (512, 8, 6), "small": (768, 12, 12)}  # width, heads, layers
TOKENS, WINDOW_S = 100, 30
END = 50_257  # the token of the end, which random weights might write at any time
KINDS = ("openai", "faster fp32", "faster int8", "faster int8, 5 beams", "batched fp32",
         "batched int8")  # fmt: skip


def main() -> None:
    """Prints the table, then the rows as JSON."""
    options = _options()
    if options.measure:
        kind, size = options.measure
        print(json.dumps(measure(kind, size, Path(options.folder), options.windows)))
        return
    with tempfile.TemporaryDirectory() as folder:
        rows = [_apart(options, folder, "sphinx", "en-us")]
        for size in options.sizes:
            make(Path(folder) / f"{size}.pt", size)
            rows += [_apart(options, folder, kind, size) for kind in KINDS]
    base = {r["size"]: r["seconds_an_hour"] for r in rows if r["kind"] == "openai"}
    print("| engine | size | s an hour | CPU s an hour | times real time | against openai | MB "
          "| days for 1,000 h on 1 | 2 | 10 machines |")  # fmt: skip
    print("|---" * 10 + "|")
    for row in rows:
        hour = row["seconds_an_hour"]
        days = [f"{(hour + options.rest) * 1000 / 86_400 / n:.1f}" for n in (1, 2, 10)]
        against = f"{base[row['size']] / hour:.1f}" if row["size"] in base else ""
        cells = (row["kind"], row["size"], f"{hour:.0f}", f"{row['cpu_s_an_hour']:.0f}",
                 f"{3600 / hour:.1f}", against, row["peak_mb"], *days)  # fmt: skip
        print("| " + " | ".join(map(str, cells)) + " |")
    print(json.dumps(rows, indent=1))


def measure(kind: str, size: str, folder: Path, windows: int) -> dict[str, Any]:
    """One engine on so many windows, after a first one that is not counted."""
    from transcripts.sound import PcmSound, decode

    if kind == "sphinx":
        return _sphinx(folder, windows)
    sound = PcmSound(decode(SAMPLE, folder / f"{os.getpid()}.pcm").path)
    read = _openai if kind == "openai" else _faster
    recognise, seen = read(kind, folder / f"{size}.pt")
    recognise(sound.read(0, WINDOW_S))
    seen["windows"] = seen["tokens"] = 0
    clock, cpu = time.perf_counter(), time.process_time()
    if kind.startswith("batched"):
        recognise(sound.read(0, windows * WINDOW_S))
    else:
        for n in range(windows):
            recognise(sound.read(n * WINDOW_S, (n + 1) * WINDOW_S))
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    return _row(kind, size, clock, cpu, seen["windows"], round(seen["tokens"] / seen["windows"]))


def _row(kind: str, size: str, clock: float, cpu: float, windows: float, tokens: int) -> Any:
    hour = 3600 / WINDOW_S / windows
    return {"kind": kind, "size": size, "seconds_an_hour": round(clock * hour, 1),
            "cpu_s_an_hour": round(cpu * hour, 1), "tokens_a_window": tokens,
            "peak_mb": _peak_mb()}  # fmt: skip


def _openai(kind: str, checkpoint: Path) -> tuple[Callable[[Any], object], dict[str, int]]:
    """openai-whisper; windows are counted, for word times may have some of the sound read twice."""
    import whisper

    model = whisper.load_model(str(checkpoint))
    seen = {"windows": 0, "tokens": 0}
    decode = model.decode

    def counted(mel: Any, options: Any) -> Any:
        told = decode(mel, options)
        seen["windows"] += 1
        seen["tokens"] += len(told.tokens)
        return told

    model.decode = counted
    return lambda samples: model.transcribe(
        samples, language="en", temperature=0.0, fp16=False, word_timestamps=True,
        without_timestamps=True, sample_len=TOKENS, condition_on_previous_text=False,
        compression_ratio_threshold=None, logprob_threshold=None, no_speech_threshold=None,
        suppress_tokens=f"-1,{END}", verbose=None,
    ), seen  # fmt: skip


def _faster(kind: str, checkpoint: Path) -> tuple[Callable[[Any], object], dict[str, int]]:
    """faster-whisper, one window after the other or several at once."""
    import faster_whisper

    from models.whisper_convert import converted

    # CTranslate2 writes at most half of what it is allowed together with the 4 tokens before
    precision = "float32" if "fp32" in kind else "int8"
    model: Any = faster_whisper.WhisperModel(
        str(converted(checkpoint, checkpoint.parent)), device="cpu", compute_type=precision,
        cpu_threads=os.cpu_count() or 1,
    )  # fmt: skip
    seen = {"windows": 0, "tokens": 0}
    asked = {"language": "en", "temperature": 0.0, "beam_size": 5 if "beams" in kind else 1,
             "word_timestamps": True, "without_timestamps": True, "max_new_tokens": 2 * TOKENS - 4,
             "condition_on_previous_text": False, "compression_ratio_threshold": None,
             "log_prob_threshold": None, "no_speech_threshold": None, "vad_filter": False,
             "suppress_tokens": [-1, END]}  # fmt: skip
    batched = faster_whisper.BatchedInferencePipeline(model)

    def recognise(samples: Any) -> object:
        cuts = [{"start": at / 16_000, "end": min(len(samples), at + 16_000 * WINDOW_S) / 16_000}
                for at in range(0, len(samples), 16_000 * WINDOW_S)]  # fmt: skip
        if kind.startswith("batched"):
            told = batched.transcribe(samples, batch_size=8, clip_timestamps=cuts, **asked)
        else:
            told = model.transcribe(samples, **asked)
        return list(told[0])

    model.model = Counted(model.model, seen)
    return recognise, seen


class Counted:
    """A CTranslate2 model whose windows and tokens are counted."""

    def __init__(self, model: Any, seen: dict[str, int]) -> None:
        self._model, self._seen = model, seen

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def generate(self, *given: Any, **named: Any) -> Any:
        """What the model writes."""
        told = self._model.generate(*given, **named)
        self._seen["windows"] += len(told)
        self._seen["tokens"] += sum(len(t.sequences_ids[0]) for t in told)
        return told


def _sphinx(folder: Path, windows: int) -> dict[str, Any]:
    """A process a core, each with as many windows as the other engines read."""
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        list(pool.map(_sphinx_hears, [str(folder)] * cores, range(cores), [1] * cores))
        clock = time.perf_counter()
        cpu = sum(pool.map(_sphinx_hears, [str(folder)] * cores, range(cores), [windows] * cores))
        clock = time.perf_counter() - clock
    return _row("sphinx", "en-us", clock, cpu, windows * cores, 0)


def _sphinx_hears(folder: str, core: int, windows: int) -> float:
    from models.sphinx import SphinxSpeech
    from transcripts.sound import PcmSound, decode

    engine = SphinxSpeech()
    sound = PcmSound(decode(SAMPLE, Path(folder) / f"{os.getpid()}.pcm").path)
    first, before = core * windows * WINDOW_S, time.process_time()
    for at in range(first, first + windows * WINDOW_S, WINDOW_S):
        engine.recognise(sound, [(at, at + WINDOW_S)])
    return time.process_time() - before


def make(path: Path, size: str) -> None:
    """A checkpoint of openai-whisper's with the dimensions of this size and random weights."""
    import torch
    from whisper.model import ModelDimensions, Whisper

    torch.manual_seed(0)
    width, heads, layers = SIZES[size]
    dims = ModelDimensions(80, 1500, width, heads, layers, 51865, 448, width, heads, layers)
    model = Whisper(dims)
    state = {name: value.half() for name, value in model.state_dict().items()}
    torch.save({"dims": dict(vars(dims)), "model_state_dict": state}, path)


def _peak_mb() -> int:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(next(x for x in status.splitlines() if x.startswith("VmHWM")).split()[1]) // 1024


def _apart(options: argparse.Namespace, folder: str, kind: str, size: str) -> dict[str, Any]:
    command = [sys.executable, __file__, "--measure", kind, size, "--folder", folder]
    command += ["--windows", str(options.windows)]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(f"{kind} {size} could not be measured")
    row: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(row, file=sys.stderr, flush=True)
    return row


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--windows", type=int, default=4)
    parser.add_argument("--rest", type=float, default=0.0)
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
