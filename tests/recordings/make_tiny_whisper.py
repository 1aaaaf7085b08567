"""Make the tiny Whisper checkpoint that the tests run, and the clips that it knows by heart.

It is over-fitted on purpose: one random, frozen encoder layer and two decoder layers, 64 wide,
in openai-whisper's own format, that knows the sentences of ``speak_clips`` and nothing else. It
proves that loading, decoding, timestamps, word times and prompts work; never accuracy.

Word times come out of the attention of the decoder's later layers, so half of the steps also
teach those layers to look at the sound of the word in hand. Rows of the vocabulary that are
never used are zero: half precision and gzip then make 7 MB into about one.

    python tests/recordings/make_tiny_whisper.py [--steps 1800]
"""

from __future__ import annotations

import argparse
import gzip
import io
import logging
import math
import random
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows it by
from speak_clips import SCRIPT, WINDOW_S, Spoken, speak, write, write_words
from whisper.audio import N_FRAMES, N_SAMPLES, log_mel_spectrogram, pad_or_trim
from whisper.model import ModelDimensions, Whisper
from whisper.tokenizer import Tokenizer, get_tokenizer

from transcripts.sound import PcmSound, decode

log = logging.getLogger("make_tiny_whisper")

HERE = Path(__file__).parent
PROMPT = " Councillor Okafor, Councillor Lindqvist, the Chair."
WIDTH, HEADS, LAYERS = 64, 2, 2
LEADS_S = tuple(np.linspace(0, 0.4, 9))  # how much later a piece may start than its clip
NOISES = (0.0, 0.03, 0.06)  # added to the mel spectrograms of the copies in turn
PLACE = 0.2  # of the encoder's sense of where a frame lies: times are to come from the sound
FRAMES_A_SECOND = 50  # of the encoder's output and of timestamp tokens
RATE, WARM_UP, ALIGNMENT_WEIGHT = 4e-3, 20, 0.3
PROMPT_SHARE, PREVIOUS_SHARE, PROMPT_TOKENS = 0.5, 0.7, 223


@dataclass(frozen=True, slots=True)
class Window:
    """What one window holds: its sound and tokens with and without timestamps.

    ``spans`` are the encoder frames of each plain token; ``before`` is said in earlier windows.
    """

    features: torch.Tensor
    stamped: list[int]
    plain: list[int]
    spans: list[tuple[float, float]]
    before: list[int] = field(default_factory=list)


class Trainer:
    """The decoder of one model, taught on windows; only vocabulary rows in use take part."""

    def __init__(self, model: Whisper, tokenizer: Tokenizer, copies: list[list[Window]]) -> None:
        self.model, self.tokenizer, self.copies = model, tokenizer, copies
        self.used = torch.tensor(sorted(_tokens_in(copies, tokenizer)))
        self.row = torch.full((model.dims.n_vocab,), -100)
        self.row[self.used] = torch.arange(len(self.used))
        self.table = torch.nn.Parameter(
            model.decoder.token_embedding.weight.detach()[self.used].clone()
        )
        named = model.decoder.named_parameters()
        self.learnt = [self.table, *(p for n, p in named if n != "token_embedding.weight")]
        self.looks: dict[int, tuple[torch.Tensor, torch.Tensor]] = {}
        self.aligned = range(LAYERS // 2, LAYERS)  # the layers openai-whisper reads times from

    def run(self, steps: int) -> None:
        """Teach for so many steps, the rate falling to nothing."""
        optimiser = torch.optim.AdamW(self.learnt, lr=RATE, weight_decay=0, betas=(0.9, 0.98))
        hooks = [self._watch(layer) for layer in self.aligned]
        for step in range(steps):
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1, (step + 1) / WARM_UP) * (1 - step / steps) + 1e-5
            loss = self._loss(stamped=step % 2 == 0)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.learnt, 1.0)
            optimiser.step()
            if step % 100 == 99:
                log.info("step %d: loss %.3f", step + 1, loss.item())
        for hook in hooks:
            hook.remove()
        with torch.no_grad():
            self.model.decoder.token_embedding.weight.zero_()
            self.model.decoder.token_embedding.weight[self.used] = self.table

    def _watch(self, layer: int) -> Any:
        def keep(_: Any, inputs: Any, __: Any) -> None:
            self.looks[layer] = (inputs[0], inputs[1])

        return self.model.decoder.blocks[layer].cross_attn.register_forward_hook(keep)

    def _loss(self, *, stamped: bool) -> torch.Tensor:
        batch = [random.choice(copies) for copies in zip(*self.copies, strict=True)]
        rows = [self._sequence(window, stamped) for window in batch]
        tokens = _padded([r[0] for r in rows], self.tokenizer.eot)
        labels = _padded([r[1] for r in rows], -100)
        loss = self._token_loss(tokens, labels, torch.stack([w.features for w in batch]))
        return loss if stamped else loss + ALIGNMENT_WEIGHT * self._alignment_loss(batch)

    def _sequence(self, window: Window, stamped: bool) -> tuple[list[int], list[int]]:
        """Tokens as the decoder is fed them, and at each place the token that comes next."""
        tok = self.tokenizer
        before = self._before(window) if stamped else []
        body = window.stamped if stamped else [tok.no_timestamps, *window.plain]
        tokens = [*before, *tok.sot_sequence, *body, tok.eot]
        labels = [-100] * len(before) + tokens[len(before) + 1 :] + [-100]
        if not window.plain:
            labels[len(before)] = tok.no_speech  # it is read where the transcript starts
        return tokens, labels

    def _before(self, window: Window) -> list[int]:
        names = self.tokenizer.encode(PROMPT) if random.random() < PROMPT_SHARE else []
        said = window.before if random.random() < PREVIOUS_SHARE else []
        given = [*names, *said][-PROMPT_TOKENS:]
        return [self.tokenizer.sot_prev, *given] if given else []

    def _token_loss(
        self, tokens: torch.Tensor, labels: torch.Tensor, features: torch.Tensor
    ) -> torch.Tensor:
        """Cross-entropy over the whole vocabulary; unused rows are zero and add exp(0) each."""
        decoder = self.model.decoder
        x = F.embedding(self.row[tokens], self.table)
        x = x + decoder.positional_embedding[: tokens.shape[1]]
        for block in decoder.blocks:
            x = block(x, features, mask=decoder.mask)
        logits = (decoder.ln(x) @ self.table.T)[labels != -100]
        unused = math.log(self.model.dims.n_vocab - len(self.used))
        total = torch.logsumexp(F.pad(logits, (0, 1), value=unused), 1)
        wanted = self.row[labels[labels != -100]]
        return (total - logits.gather(1, wanted[:, None]).squeeze(1)).mean()

    def _alignment_loss(self, batch: list[Window]) -> torch.Tensor:
        """How far the attention of each token lies from the sound of its word."""
        first = len(self.tokenizer.sot_sequence)
        losses = []
        for layer in self.aligned:
            attention = self._attention(layer)
            for number, window in enumerate(batch):
                if window.plain:
                    rows = attention[number, :, first : first + len(window.plain)]
                    losses.append(-(_targets(window) * rows).sum(-1).mean())
        return torch.stack(losses).sum() / len(batch) / len(self.aligned)

    def _attention(self, layer: int) -> torch.Tensor:
        """Log attention, shape (windows, heads, tokens, frames)."""
        module, (x, features) = self.model.decoder.blocks[layer].cross_attn, self.looks[layer]
        query, key = (
            part.view(*part.shape[:2], HEADS, -1).transpose(1, 2)
            for part in (module.query(x), module.key(features))
        )
        return torch.log_softmax(query @ key.transpose(-1, -2) * query.shape[-1] ** -0.5, -1)


def new_model(seed: int) -> Whisper:
    """A random model of Whisper's shape, with the vocabulary of the multilingual ones."""
    torch.manual_seed(seed)
    model = Whisper(
        ModelDimensions(
            n_mels=80, n_audio_ctx=1500, n_audio_state=WIDTH, n_audio_head=HEADS, n_audio_layer=1,
            n_vocab=51865, n_text_ctx=448, n_text_state=WIDTH, n_text_head=HEADS,
            n_text_layer=LAYERS,
        )
    )  # fmt: skip
    with torch.no_grad():
        model.decoder.token_embedding.weight.normal_(0, 0.3)
        model.decoder.positional_embedding.normal_(0, 0.1)
        model.encoder.positional_embedding.mul_(PLACE)
    return model


def make_clips() -> list[tuple[np.ndarray, list[Spoken]]]:
    """Write every clip and its words; give the sound back as the product decodes it."""
    made = []
    for name in SCRIPT:
        samples, said = speak(name)
        write(HERE / name, samples)
        write_words((HERE / name).with_suffix(".json"), said)
        with tempfile.TemporaryDirectory() as folder:
            decoded = decode(HERE / name, Path(folder) / "clip.pcm")
            made.append((PcmSound(decoded.path).read(0, decoded.duration_s), said))
    return made


def windows(
    model: Whisper, tok: Tokenizer, sound: np.ndarray, said: list[Spoken], noise: float
) -> list[Window]:
    """Windows of one clip just as transcription cuts them: thirty seconds each, padded."""
    mel = log_mel_spectrogram(torch.from_numpy(sound), 80, padding=N_SAMPLES)
    length = mel.shape[-1] - N_FRAMES
    made: list[Window] = []
    before: list[int] = []
    for number in range(max(1, math.ceil(length / N_FRAMES))):
        part = pad_or_trim(mel[:, number * N_FRAMES : min(length, (number + 1) * N_FRAMES)])
        here = [s.sooner(number * WINDOW_S) for s in said if s.window == number]
        features = _encode(model, pad_or_trim(part, N_FRAMES), noise)
        made.append(_window(tok, features, here, list(before)))
        before += made[-1].stamped
    return made


def save(model: Whisper, path: Path) -> None:
    """Write openai-whisper's checkpoint format in half precision, gzipped, the same every time."""
    state = {name: value.half() for name, value in model.state_dict().items()}
    raw = io.BytesIO()
    torch.save({"dims": dict(vars(model.dims)), "model_state_dict": state}, raw)
    path.write_bytes(gzip.compress(raw.getvalue(), 9, mtime=0))


def _encode(model: Whisper, mel: torch.Tensor, noise: float) -> torch.Tensor:
    with torch.no_grad():
        features: torch.Tensor = model.encoder((mel + noise * torch.randn_like(mel))[None])[0]
    return features


def _window(
    tok: Tokenizer, features: torch.Tensor, said: list[Spoken], before: list[int]
) -> Window:
    stamped: list[int] = []
    plain: list[int] = []
    spans: list[tuple[float, float]] = []
    for spoken in said:
        tokens = tok.encode(" " + spoken.text)
        start, end = spoken.words[0][1], spoken.words[-1][2]
        stamped += [_stamp(tok, start), *tokens, _stamp(tok, end)]
        plain += tokens
        spans += _token_spans(tok, tokens, spoken)
    return Window(features, stamped or [tok.timestamp_begin], plain, spans, before)


def _stamp(tok: Tokenizer, seconds: float) -> int:
    return int(tok.timestamp_begin) + round(seconds * FRAMES_A_SECOND)


def _token_spans(tok: Tokenizer, tokens: list[int], spoken: Spoken) -> list[tuple[float, float]]:
    """Encoder frames of each token: the time of a word is shared out among its characters."""
    edges, times = [0], [spoken.words[0][1]]
    for word, start, end in spoken.words:
        edges += [edges[-1] + 0.5, edges[-1] + 1 + len(word)]  # the space before it, then it
        times += [start, end]
    ends = np.cumsum([len(tok.decode([token])) for token in tokens])
    starts = [0, *ends[:-1]]
    frames = [np.interp(at, edges, times) * FRAMES_A_SECOND for at in (np.add(starts, 0.5), ends)]
    return list(zip(*frames, strict=True))


def _targets(window: Window) -> torch.Tensor:
    """Where each token's attention should lie, shape (tokens, frames), rows adding up to one."""
    targets = torch.zeros(len(window.plain), window.features.shape[0])
    for row, (start, end) in enumerate(window.spans):
        targets[row, max(0, int(start)) : max(int(start) + 1, math.ceil(end))] = 1
    return targets / targets.sum(1, keepdim=True)


def _padded(rows: list[list[int]], filler: int) -> torch.Tensor:
    longest = max(map(len, rows))
    return torch.tensor([row + [filler] * (longest - len(row)) for row in rows])


def _tokens_in(copies: list[list[Window]], tok: Tokenizer) -> set[int]:
    special = {tok.sot_prev, tok.eot, tok.no_timestamps, tok.no_speech, *tok.sot_sequence}
    said = {t for copy in copies for w in copy for t in (*w.stamped, *w.plain)}
    return special | said | set(tok.encode(PROMPT))


def main() -> None:
    """Make clips and checkpoint beside this script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=1800)
    steps = parser.parse_args().steps
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.set_num_threads(1)
    random.seed(0)
    model = new_model(seed=0)
    tok = get_tokenizer(True, num_languages=model.num_languages, language="en", task="transcribe")
    clips = make_clips() + [(np.zeros(s * 16_000, np.float32), []) for s in (5, WINDOW_S)]
    copies = [
        [
            window
            for sound, said in clips
            for window in windows(
                model, tok, sound[round(lead * 16_000) :], [s.sooner(lead) for s in said],
                NOISES[number % len(NOISES)],
            )
        ]
        for number, lead in enumerate(LEADS_S)
    ]  # fmt: skip
    started = time.process_time()
    Trainer(model, tok, copies).run(steps)
    save(model, HERE / "tiny-whisper.pt.gz")
    log.info("%d steps in %.0f s of processor time", steps, time.process_time() - started)


if __name__ == "__main__":
    main()
