"""How far captions are from the sound they belong to, and whether that changes along the way.

Live captions are typed after the words are said, and a cut at the front of a recording shifts all
of them: a link that plays four seconds late plays somebody else. Where words stand and where speech
is heard are compared window by window, and the shift at which they agree best is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Activity = NDArray[np.float32]

Region = tuple[float, float]

FRAME_S = 0.1
WINDOW_S = 300.0
MOST_S = 15.0  # captions further off than this belong to another recording
ALIKE = 0.3  # correlation below which a window tells nothing


@dataclass(frozen=True, slots=True)
class Drift:
    """Seconds by which the words come after the speech (before it, if negative), in the middle of
    the recording's windows; ``grows_s`` is how much more at the end than at the beginning."""

    late_s: float
    grows_s: float


def drift(words: Sequence[Region], speech: Sequence[Region]) -> Drift | None:
    """How late ``words`` are; None where there is too little pause and speech to tell.

    Time and memory grow with the length of the recording, ten numbers a second.
    """
    if not words or not speech:
        return None
    length_s = max(max(end for _, end in words), max(end for _, end in speech))
    said, heard = _activity(words, length_s), _activity(speech, length_s)
    shifts = list(_shifts(said, heard))
    if not shifts:
        return None
    third = max(1, len(shifts) // 3)
    grows = median(shifts[-third:]) - median(shifts[:third])
    return Drift(round(median(shifts), 1), round(grows, 1))


def _activity(regions: Sequence[Region], length_s: float) -> Activity:
    import numpy as np

    active = np.zeros(int(length_s / FRAME_S) + 1, np.float32)
    for start, end in regions:
        active[int(start / FRAME_S) : max(int(end / FRAME_S), int(start / FRAME_S) + 1)] = 1.0
    return active


def _shifts(said: Activity, heard: Activity) -> Iterator[float]:
    """The best shift of each window that tells one, in seconds."""
    import numpy as np

    width, most = int(WINDOW_S / FRAME_S), int(MOST_S / FRAME_S)
    for at in range(0, len(said), width):
        piece = said[at : at + width]
        around = np.pad(heard, most)[at : at + len(piece) + 2 * most]
        if len(piece) <= 2 * most or piece.std() == 0:
            continue
        views = np.lib.stride_tricks.sliding_window_view(around, len(piece))
        alike = _correlations(piece, views)
        best = int(np.argmax(alike))
        if alike[best] >= ALIKE:
            yield float((most - best) * FRAME_S)


def _correlations(piece: Activity, views: Activity) -> Activity:
    import numpy as np

    centred = piece - piece.mean()
    spread = views.std(axis=1)
    spread[spread == 0] = np.inf
    made: Activity = (views @ centred) / (len(piece) * piece.std() * spread)
    return made
