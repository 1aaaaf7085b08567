"""Who spoke when, from what wheels carry: voice vectors on sliding windows, clustered.

Each region of speech is cut into windows of 1.6 s, every 0.4 s. Windows of one block of the
recording are clustered by average linkage, the blocks' voices are merged by their centroids, and
the sequence of windows is smoothed by a Viterbi pass that charges for a change of voice.

How far apart two voices must be differs with the room and the microphone, so the thresholds are
measured, not fixed: they are multiples of the median distance between neighbouring windows, which
are nearly always of one voice. Voice vectors live in memory for one run and are never written.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.protocols import SoundSource
from models.voiceprint import HOP, SAMPLE_RATE, VoiceEncoder, spectrogram, weights_sha256
from transcripts.meeting import Engine
from transcripts.words import Turn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Labels = NDArray[np.int64]

log = logging.getLogger(__name__)

FRAMES_A_SECOND = SAMPLE_RATE // HOP
# Windows encoded in one go. Threads of torch wait for each other after every step of the network:
# with few windows a step, a second busy process made the same work cost six times as much.
AT_ONCE = 256
USUAL_SPREAD = 0.18  # where a recording is too short to measure its own


@dataclass(frozen=True, slots=True)
class TurnSettings:
    """Chosen on invented flite meetings, panels of real voices and clips of real meetings alike."""

    window_s: float = 1.6
    step_s: float = 0.4
    longest_read_s: float = 20.0
    block: int = 1500  # windows clustered at once, so that time and memory grow linearly
    link: float = 1.1  # of the measured spread: windows nearer than this are one voice of a block
    merge: float = 0.85  # of the measured spread: centroids nearer than this are one voice
    trusted_s: float = 1.0  # a shorter window is given to a voice but makes none
    smallest: int = 6  # windows; a voice of fewer is given to the nearest
    change: float = 0.15  # what a change of voice costs, in units of cosine
    join_s: float = 0.3  # a pause shorter than this does not end a turn


class EmbeddedTurns:
    """Turns by clustering voice vectors; needs no weights beyond those of an installed wheel."""

    def __init__(self, settings: TurnSettings | None = None) -> None:
        self.settings = settings or TurnSettings()
        self._encoder = VoiceEncoder()
        self.engine = turns_engine(self.settings)

    def find(self, sound: SoundSource, regions: Sequence[tuple[float, float]]) -> list[Turn]:
        """Turns in time order, voices ``V1``, ``V2``, … in order of first speech."""
        started = time.monotonic()
        spans, vectors = self._windows(sound, regions)
        labels = cluster(spans, vectors, self.settings)
        turns = join(list(stretches(regions, spans, labels)), self.settings.join_s)
        log.info(
            "turns: %d voices, %d turns from %d windows in %.1f s",
            len({t.voice for t in turns}), len(turns), len(spans), time.monotonic() - started,
        )  # fmt: skip
        return turns

    def _windows(
        self, sound: SoundSource, regions: Sequence[tuple[float, float]]
    ) -> tuple[NDArray[np.float64], Vectors]:
        """Start and end (n, 2) of each window and its vector (n, 256)."""
        import numpy as np

        spans: list[tuple[float, float]] = []
        vectors: list[Vectors] = []
        waiting: list[Vectors] = []
        for start, end in pieces(regions, self.settings.longest_read_s):
            mel = spectrogram(sound.read(start, end))
            for a, b in self._cuts(len(mel)):
                if waiting and (len(waiting) == AT_ONCE or len(waiting[0]) != b - a):
                    vectors.append(self._encoder.encode(np.stack(waiting)))
                    waiting = []
                waiting.append(mel[a:b])
                spans.append((start + a / FRAMES_A_SECOND, start + b / FRAMES_A_SECOND))
        if not spans:
            return np.zeros((0, 2)), np.zeros((0, 256), np.float32)
        vectors.append(self._encoder.encode(np.stack(waiting)))
        return np.array(spans), np.concatenate(vectors)

    def _cuts(self, frames: int) -> list[tuple[int, int]]:
        """Windows of a piece of this many frames; the last one ends where the piece ends."""
        width = round(self.settings.window_s * FRAMES_A_SECOND)
        step = round(self.settings.step_s * FRAMES_A_SECOND)
        if frames <= width:
            return [(0, frames)] if frames else []
        starts = list(range(0, frames - width + 1, step))
        if starts[-1] != frames - width:
            starts.append(frames - width)
        return [(s, s + width) for s in starts]


def turns_engine(settings: TurnSettings | None = None) -> Engine:
    """What ``EmbeddedTurns`` of these settings is, told without loading it."""
    chosen = settings or TurnSettings()
    plain = {name: getattr(chosen, name) for name in TurnSettings.__slots__}
    return Engine("turns", "embedded", "1", "resemblyzer", weights_sha256(), plain)


def pieces(
    regions: Sequence[tuple[float, float]], longest_s: float
) -> Iterator[tuple[float, float]]:
    """The regions, none longer than ``longest_s``, so that memory stays flat."""
    for start, end in regions:
        count = max(1, -(-int((end - start) * 1000) // int(longest_s * 1000)))
        length = (end - start) / count
        for i in range(count):
            yield start + i * length, start + (i + 1) * length


def cluster(spans: NDArray[np.float64], vectors: Vectors, settings: TurnSettings) -> Labels:
    """One label a window, numbered by first appearance."""
    import numpy as np

    if len(vectors) < 2:
        return np.zeros(len(vectors), np.int64)
    spread = own_spread(spans, vectors)
    full = spans[:, 1] - spans[:, 0] >= settings.trusted_s
    sure = vectors[full] if full.sum() > 1 else vectors
    labels = in_blocks(sure, settings.block, settings.link * spread)
    labels = merged(sure, labels, settings.merge * spread, settings.smallest)
    centres = centroids(sure, labels)
    for _ in range(2):
        labels = compact(smoothed(vectors @ centres.T, spans, settings.change))
        centres = centroids(vectors, labels)
    return labels


def own_spread(spans: NDArray[np.float64], vectors: Vectors) -> float:
    """Median cosine distance of windows that follow each other without sharing any sound."""
    import numpy as np

    found = []
    for apart in (4, 5, 6):
        lag = spans[apart:, 0] - spans[:-apart, 0]
        distance = 1 - (vectors[apart:] * vectors[:-apart]).sum(axis=1)
        found.append(distance[(lag >= 1.55) & (lag < 2.5)])
    every = np.concatenate(found)
    return float(np.median(every)) if len(every) > 10 else USUAL_SPREAD


def in_blocks(vectors: Vectors, block: int, threshold: float) -> Labels:
    """Average-linkage clusters of each block of windows; labels of different blocks differ."""
    import numpy as np
    from sklearn.cluster import AgglomerativeClustering

    labels = np.zeros(len(vectors), np.int64)
    used = 0
    for start in range(0, len(vectors), block):
        part = vectors[start : start + block]
        if len(part) == 1:
            found = np.zeros(1, np.int64)
        else:
            found = AgglomerativeClustering(
                n_clusters=None, distance_threshold=threshold, metric="cosine", linkage="average"
            ).fit_predict(part)
        labels[start : start + block] = found + used
        used += int(found.max()) + 1
    return labels


def merged(vectors: Vectors, labels: Labels, threshold: float, smallest: int) -> Labels:
    """Clusters whose centroids are near become one; those too small join the nearest."""
    import numpy as np

    labels = compact(labels)
    while True:
        counts = np.bincount(labels)
        if len(counts) < 2:
            return labels
        centres = centroids(vectors, labels)
        near = centres @ centres.T
        np.fill_diagonal(near, -1.0)
        if 1 - near.max() <= threshold:
            one, other = divmod(int(near.argmax()), len(counts))
        elif counts.min() < smallest < counts.max():
            one = int(counts.argmin())
            other = int(near[one].argmax())
        else:
            return labels
        labels = compact(np.where(labels == one, other, labels))


def centroids(vectors: Vectors, labels: Labels) -> Vectors:
    """Unit mean vector of each label; shape (labels, 256)."""
    import numpy as np

    sums = np.zeros((int(labels.max()) + 1, vectors.shape[1]), np.float32)
    np.add.at(sums, labels, vectors)
    centres: Vectors = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    return centres


def smoothed(scores: Vectors, spans: NDArray[np.float64], change: float) -> Labels:
    """The most likely sequence of labels where a change costs ``change``, less after a pause."""
    import numpy as np

    count, voices = scores.shape
    best = scores[0].astype(np.float64)
    came_from = np.zeros((count, voices), np.int64)
    for i in range(1, count):
        pause = max(0.0, float(spans[i, 0] - spans[i - 1, 1]))
        leader = int(best.argmax())
        switched = best[leader] - change * float(np.exp(-pause))
        stays = best >= switched
        came_from[i] = np.where(stays, np.arange(voices), leader)
        best = np.where(stays, best, switched) + scores[i]
    labels = np.zeros(count, np.int64)
    labels[-1] = int(best.argmax())
    for i in range(count - 1, 0, -1):
        labels[i - 1] = came_from[i, labels[i]]
    return labels


def compact(labels: Labels) -> Labels:
    """The same partition with labels 0, 1, 2, … in order of first appearance."""
    import numpy as np

    values, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(values), np.int64)
    rank[np.argsort(first)] = np.arange(len(values))
    order: Labels = rank[inverse]
    return order


def stretches(
    regions: Sequence[tuple[float, float]], spans: NDArray[np.float64], labels: Labels
) -> Iterator[Turn]:
    """Each region cut where the voice changes: half-way between the middles of two windows."""
    import numpy as np

    middles = spans.mean(axis=1) if len(spans) else np.zeros(0)
    for start, end in regions:
        first, last = np.searchsorted(middles, (start, end))
        begins = start
        for i in range(int(first), int(last)):
            changes = i + 1 < last and labels[i + 1] != labels[i]
            if changes or i + 1 == last:
                ends = float(middles[i] + middles[i + 1]) / 2 if changes else end
                yield Turn(f"V{int(labels[i]) + 1}", float(begins), float(ends))
                begins = ends


def join(turns: Sequence[Turn], pause_s: float) -> list[Turn]:
    """Turns of one voice with no more than a short pause between them become one turn."""
    joined: list[Turn] = []
    for turn in turns:
        last = joined[-1] if joined else None
        if last and last.voice == turn.voice and turn.start_s - last.end_s < pause_s:
            joined[-1] = Turn(turn.voice, last.start_s, turn.end_s)
        else:
            joined.append(turn)
    return joined
