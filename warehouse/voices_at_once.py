"""Which words were spoken while another voice was heard, and why words have no voice, as rows."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from transcripts.voiceless import NOT_SAID
from transcripts.words import UNKNOWN_VOICE, Utterance

if TYPE_CHECKING:
    from warehouse.rows import Row, Sheet

BETWEEN = " … "  # runs of marked words with others between them


def of_utterance(utterance: Utterance, sheet: Sheet) -> Row:
    """How many words of an utterance are marked, these words without hidden names, and why it has
    no voice where it has none."""
    over = sheet.over[utterance.id]
    runs = (sheet.masker.part(utterance.text, a, b) for a, b in _runs(utterance, over))
    why = utterance.why or NOT_SAID if utterance.voice == UNKNOWN_VOICE else ""
    return sum(over), BETWEEN.join(runs), why


def sentence_rows(sheet: Sheet) -> None:
    """A row for every sentence with a marked word."""
    words = {u.id: u.words for u in sheet.done.transcript.utterances}
    for n, s in enumerate(sheet.done.transcript.sentences):
        over = sheet.over[s.utterance_id]
        inside = (
            marked and w.start_s >= s.start_s and w.end_s <= s.end_s
            for marked, w in zip(over, words[s.utterance_id], strict=True)
        )
        count = sum(inside) if any(over) else 0
        if count:
            sheet.add("overlapped", sheet.tid, sheet.first_sid + n, count)


def _runs(utterance: Utterance, over: list[bool]) -> list[tuple[int, int]]:
    """Start and end, in the text of an utterance, of each run of marked words."""
    edges, at = [], 0
    for word in utterance.words:
        edges.append((at, at + len(word.text)))
        at += len(word.text) + 1
    runs = []
    for marked, places in groupby(range(len(over)), key=over.__getitem__):
        inside = list(places)
        if marked:
            runs.append((edges[inside[0]][0], edges[inside[-1]][1]))
    return runs
