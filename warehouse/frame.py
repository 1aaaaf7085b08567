"""Where every utterance stands and how long it is: what scoring needs of an archive, in arrays.

An utterance's place is its number in the file. Numbers of two transcripts lie at least five apart,
so that a step from the last utterance of one never reaches the first of another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb
import numpy as np
from numpy.typing import NDArray

from warehouse import sql
from warehouse.vectors import in_columns

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
READ_AT_ONCE = 16_384  # rows
GAP = 5  # places after the last, so that a step beyond it finds an empty place


@dataclass(frozen=True, slots=True)
class Frame:
    """Lengths by place, zero where there is no utterance, and where each transcript lies."""

    tokens: NDArray[np.float32]
    tokens_exchange: NDArray[np.float32]
    up_to: Floats  # words before each place, one longer than the places
    starts: Ints  # first place of each transcript
    ends: Ints  # last place of each transcript
    utterances: int
    sentences: int
    mean_tokens: float  # of a sentence
    beyond: int  # one more than the largest number of a sentence

    @property
    def size(self) -> int:
        return len(self.tokens)

    @property
    def mean_utterance(self) -> float:
        """Words of a mean utterance."""
        return max(1.0, float(self.up_to[-1]) / max(1, self.utterances))

    @property
    def mean_exchange(self) -> float:
        """Words of a mean utterance with the end of the one before."""
        return max(1.0, float(self.tokens_exchange.sum()) / max(1, self.utterances))

    def transcript(self, places: Ints) -> Ints:
        """Which transcript each place belongs to, as a position in ``starts``."""
        return np.searchsorted(self.starts, places, side="right") - 1

    def window(self, places: Ints, reach: int) -> tuple[Ints, Ints]:
        """First and last place within ``reach`` of each, without leaving the transcript."""
        which = self.transcript(places)
        low = np.maximum(places - reach, self.starts[which])
        return low, np.minimum(places + reach, self.ends[which])

    def words_within(self, low: Ints, high: Ints) -> Floats:
        """How many words lie between two places, both counted."""
        return self.up_to[high + 1] - self.up_to[low]


@dataclass(slots=True)
class Index:
    """What searching keeps in memory of one generation; read when first needed."""

    frames: dict[bool, Frame] = field(default_factory=dict)
    codes: dict[tuple[bool, int], Codes] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] | None = None  # of people heard, by their words
    committees: Mapping[str, tuple[str, ...]] | None = None
    committee_codes: Mapping[str, str] = field(default_factory=dict)  # of committees
    transcripts: dict[int, Mapping[str, object]] = field(default_factory=dict)  # shown with hits
    utterance_of: NDArray[np.uint32] | None = None
    voice_of: Ints | None = None  # by utterance
    allowed: dict[object, NDArray[np.bool_]] = field(default_factory=dict)  # by filters
    searched: dict[object, object] = field(default_factory=dict)  # what answers speak for
    kept: dict[object, object] = field(default_factory=dict)  # parts that were lately read
    totals: dict[str, object] = field(default_factory=dict)  # of the whole archive, by name

    def frame(self, con: duckdb.DuckDBPyConnection, *, all_versions: bool) -> Frame:
        """The utterances of the preferred transcripts, or of all."""
        if all_versions not in self.frames:
            self.frames[all_versions] = _read_frame(con, all_versions)
        return self.frames[all_versions]

    def places(self, con: duckdb.DuckDBPyConnection, frame: Frame) -> NDArray[np.uint32]:
        """The utterance of every sentence of every version, by number.

        Some lie beyond a frame of preferred transcripts, and so does that of a number without a
        sentence: what takes by them must clip, for the last place of a frame is always empty.
        """
        if self.utterance_of is None:
            found = sql.arrays(con, "places")
            self.utterance_of = np.full(frame.beyond, np.iinfo(np.uint32).max, np.uint32)
            self.utterance_of[found["sid"]] = found["uid"]
        return self.utterance_of

    def voices(self, con: duckdb.DuckDBPyConnection) -> Ints:
        """Who speaks each utterance of every version: a number of its transcript and voice."""
        if self.voice_of is None:
            found = sql.arrays(con, "voices_of_utterances")
            size = int(found["uid"].max(initial=0)) + 1
            self.voice_of = np.full(size, -1, np.int64)
            self.voice_of[found["uid"]] = found["voice"]
        return self.voice_of

    def signs(self, con: duckdb.DuckDBPyConnection, *, all_versions: bool, width: int) -> Codes:
        """The sign codes of every sentence with a vector of so many bytes of signs."""
        key = (all_versions, width)
        if key not in self.codes:
            self.codes[key] = _read_codes(con, all_versions, width)
        return self.codes[key]


@dataclass(frozen=True, slots=True)
class Codes:
    """Sign codes by sentence: sid and place (n,), and the codes eight bytes at a time (w, n)."""

    sids: NDArray[np.uint32]
    places: NDArray[np.uint32]
    columns: NDArray[np.uint64]


def _read_frame(con: duckdb.DuckDBPyConnection, all_versions: bool) -> Frame:
    found = sql.arrays(con, "frame", all_versions=all_versions)
    count, beyond = (
        int(str(n)) for n in sql.one(con, "sentence_totals", all_versions=all_versions)
    )
    uids = found["uid"].astype(np.int64)
    size = int(uids[-1]) + 1 + GAP if len(uids) else GAP
    tokens, exchange = np.zeros(size, np.float32), np.zeros(size, np.float32)
    # an utterance without words has a place all the same: it keeps the exchange before it apart
    tokens[uids] = np.maximum(found["tokens"].astype(np.float32), 1.0)
    exchange[uids] = np.maximum(found["tokens_exchange"].astype(np.float32), 1.0)
    total = int(found["tokens"].sum())
    new = np.flatnonzero(np.diff(found["tid"].astype(np.int64), prepend=-1))
    return Frame(
        tokens,
        exchange,
        np.concatenate([[0.0], np.cumsum(tokens, dtype=np.float64)]),
        uids[new],
        uids[np.append(new[1:], len(uids)) - 1] if len(uids) else uids,
        len(uids),
        count,
        max(1.0, total / max(1, count)),
        beyond,
    )


def _read_codes(con: duckdb.DuckDBPyConnection, all_versions: bool, width: int) -> Codes:
    """Read in stretches: as an object a row, what is read took four times what is kept."""
    (most,) = sql.one(con, "code_count")
    sids, places = (np.empty(int(str(most)), np.uint32) for _ in range(2))
    columns = np.empty((-(-width // 8), len(sids)), np.uint64)
    read = 0
    found = sql.run(con, "codes", all_versions=all_versions, width=width)
    for batch in found.to_arrow_reader(READ_AT_ONCE):
        sid, uid, code = batch.columns
        rows = np.frombuffer(code.buffers()[2], np.uint8)
        to = read + len(batch)
        sids[read:to], places[read:to] = sid.to_numpy(), uid.to_numpy()
        columns[:, read:to] = in_columns(rows[: len(batch) * width].reshape(-1, width))
        read = to
    return Codes(sids[:read], places[:read], columns[:, :read])
