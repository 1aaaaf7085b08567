"""How late a seat log's clock is, told by laying its microphones over the voices of the sound.

At the right shift each microphone is open while the same one of the sound's voices speaks, whatever
those voices are called; the measure is their mutual information. Where the sound tells no voices
apart it says nothing, and nothing is moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from transcripts.words import Turn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Labels = NDArray[np.int64]

FRAME_S = 0.2
FURTHEST_S = 120.0
FEWEST_S = 240.0  # of speech under open microphones; below this a lag would be a guess
APART_S = 10.0  # shifts further than this from the best are other answers
CLEAR = 1.35  # times the agreement of the best other answer: less is chance
SMALLEST_S = 0.4  # a lag that is shorter is within what both sides are exact to


@dataclass(frozen=True, slots=True)
class Lag:
    """``seconds`` the log is late, how far it then agrees with the sound (0 to 1), as it is
    (``unmoved``), and at the best shift far from this one (``rival``)."""

    seconds: float
    agrees: float
    unmoved: float
    rival: float

    @property
    def clear(self) -> bool:
        """Whether the log is of this recording at all, as far as the sound can tell."""
        return self.agrees >= CLEAR * self.rival

    @property
    def matters(self) -> bool:
        """Whether the log should be moved."""
        return self.clear and abs(self.seconds) >= SMALLEST_S and self.agrees > 1.02 * self.unmoved


def lag_of(log: Sequence[Turn], sound: Sequence[Turn]) -> Lag | None:
    """The lag at which log and sound agree most; None where there is too little to tell by."""
    import numpy as np

    end = max((t.end_s for t in (*log, *sound)), default=0.0) + FURTHEST_S
    ours, heard = (_frames(turns, end) for turns in (log, sound))
    if (ours >= 0).sum() * FRAME_S < FEWEST_S or len(np.unique(heard[heard >= 0])) < 2:
        return None
    reach = round(FURTHEST_S / FRAME_S)
    shifts = np.arange(-reach, reach + 1)
    found = np.array([_agreement(ours, np.roll(heard, int(s))) for s in shifts])
    best = int(np.lexsort((np.abs(shifts), -found))[0])
    return Lag(
        seconds=round(float(shifts[best]) * FRAME_S, 2),
        agrees=float(found[best]),
        unmoved=float(found[reach]),
        rival=float(found[np.abs(shifts - shifts[best]) * FRAME_S > APART_S].max()),
    )


def moved(turns: Sequence[Turn], seconds: float) -> list[Turn]:
    """The turns ``seconds`` earlier; what then lies before the recording is cut."""
    earlier = [Turn(t.voice, max(0.0, t.start_s - seconds), t.end_s - seconds) for t in turns]
    return [t for t in earlier if t.end_s > t.start_s]


def _frames(turns: Sequence[Turn], end_s: float) -> Labels:
    """Whose each frame is, -1 for nobody's; of two at once that of whoever began last."""
    import numpy as np

    labels = np.full(int(end_s / FRAME_S) + 1, -1, np.int64)
    numbers: dict[str, int] = {}
    for turn in sorted(turns, key=lambda t: (t.start_s, t.end_s)):
        first, last = round(turn.start_s / FRAME_S), round(turn.end_s / FRAME_S)
        labels[first:last] = numbers.setdefault(turn.voice, len(numbers))
    return labels


def _agreement(ours: Labels, heard: Labels) -> float:
    """Mutual information of two labellings where both have one, as a share of what ours holds."""
    import numpy as np

    both = (ours >= 0) & (heard >= 0)
    if not both.any():
        return 0.0
    width = int(heard.max()) + 1
    counts = np.bincount(ours[both] * width + heard[both])
    counts = np.pad(counts, (0, -len(counts) % width)).reshape(-1, width) / both.sum()
    mine, theirs = counts.sum(axis=1), counts.sum(axis=0)
    known = counts > 0
    expected = np.outer(mine, theirs)[known]
    shared = float((counts[known] * np.log(counts[known] / expected)).sum())
    held = -float((mine[mine > 0] * np.log(mine[mine > 0])).sum())
    return shared / held * float(both.sum() / (heard >= 0).sum()) if held > 0 else 0.0
