"""Runs of one to three words, which tell tense and mood that a sentence vector leaves out.

"It's done", "has it been done?" and "it'll be done" mean nearly the same to a sentence vector.
Which runs are weighed is data: those that the training sentences hold often enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from models.findings.features import plain_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST = 3  # words
BEGIN, END, FIGURE = "^", "$", "#"
WEIGHT = 3.0  # beside a sentence vector, which is of length one


def runs(text: str) -> set[str]:
    """The runs of a text; where it begins and ends shows in them, and a figure is any figure."""
    words = [BEGIN, *(FIGURE if w.isdigit() else w for w in plain_words(text)), END]
    made = {
        " ".join(words[i : i + n]) for n in range(1, LONGEST + 1) for i in range(len(words) - n + 1)
    }
    return made - {BEGIN, END}


def kept_runs(texts: Iterable[str], fewest: int) -> tuple[str, ...]:
    """The runs that ``fewest`` texts or more hold, in order."""
    counted = Counter(run for text in texts for run in runs(text))
    return tuple(sorted(run for run, n in counted.items() if n >= fewest))


def run_table(texts: Sequence[str], column: Mapping[str, int]) -> Any:
    """Which of the known runs each text holds: sparse rows of length ``WEIGHT``, float32."""
    import numpy as np
    from scipy.sparse import csr_matrix

    held = [sorted(column[run] for run in runs(text) if run in column) for text in texts]
    values: NDArray[np.float32] = np.array(
        [WEIGHT / len(row) ** 0.5 for row in held for _ in row], dtype=np.float32
    )
    ends = np.cumsum([0, *map(len, held)])
    columns = [c for row in held for c in row]
    return csr_matrix((values, columns, ends), shape=(len(texts), max(len(column), 1)))
