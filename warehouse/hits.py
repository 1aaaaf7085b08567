"""Sentences with all that is needed to quote them: who, where, when, and what was said around."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from warehouse import sql
from warehouse.reader import Reader

BACK = 4  # sentences into its turn up to which a hit is shown with what the turn answers
ANSWERED = 3  # of the turn before that are shown


@dataclass(frozen=True, slots=True)
class Hit:
    """One sentence, word for word, with what stands around it and where to hear it.

    ``words`` is its BM25, ``meaning`` its cosine with the question; absent where not asked for.
    ``answers`` is the end of the turn before, by another voice, where the hit stands near the
    beginning of its own. ``machine_made`` is false only where a person said who speaks; the words
    are always a machine's.
    """

    sentence_id: str
    text: str
    before: str
    after: str
    speaker: str
    person: str | None
    attribution: str
    machine_made: bool
    meeting_id: str
    title: str
    committee: str
    date: date
    item: str
    item_title: str
    start_s: float
    end_s: float
    link: str
    score: float
    words: float | None
    meaning: float | None
    kinds: tuple[str, ...]
    utterance_id: str
    transcript_version: str
    recording_sha256: str
    words_overlapped: int = 0  # spoken while another voice was heard
    answers: str = ""
    answers_speaker: str = ""
    council: str = ""


Scores = Mapping[int, Mapping[str, float | None]]  # by sentence: score, words, meaning
Row = dict[str, Any]


def hits(reader: Reader, sids: Sequence[int], scores: Scores) -> tuple[Hit, ...]:
    """The sentences of these numbers, in their order.

    They are fetched by number, with those around them, and what is said of whole transcripts is
    looked up once a transcript: a join over all of it would cost more than the search.
    """
    if not sids:
        return ()
    around = {n for sid in sids for n in range(sid - BACK, sid + 2) if n > 0}
    said = sentences_by_number(reader, around)
    learn(reader, {int(said[sid]["tid"]) for sid in sids})
    found = sql.run(reader.con, "found_in", sids=list(sids)).fetchall()
    kinds = {sid: kind for sid, kind, _ in found if kind}
    overlapped = {sid: words for sid, _, words in found if words}
    return tuple(
        _hit(reader, said, sid, scores[sid], str(kinds.get(sid, "")), int(overlapped.get(sid, 0)))
        for sid in sids
    )


def sentences_by_number(reader: Reader, numbers: Iterable[int]) -> dict[int, Row]:
    """The sentences of these numbers, as far as there are such, by their numbers."""
    rows = cast("list[Row]", sql.rows(reader.con, "sentences_by", sids=sorted(numbers)))
    return {int(row["sid"]): row for row in rows}


def learn(reader: Reader, wanted: Iterable[int]) -> None:
    """Looks up what is not yet known of transcripts; of all of them at the second time.

    A process that searches again will do so often: a look-up of all costs what five of a few do.
    """
    told = reader.index.transcripts
    new = sorted(tid for tid in wanted if tid not in told)
    if not new:
        return
    if told:
        held = sql.run(reader.con, "transcript_numbers").fetchall()
        new = [tid for (tid,) in held if tid not in told]
    found = {int(str(r["tid"])): r for r in sql.rows(reader.con, "transcripts_by", tids=new)}
    for row in found.values():
        row["voices"], row["items"] = {}, {}
    for tid, voice, *named in sql.run(reader.con, "voices_by", tids=new).fetchall():
        cast(Row, found[tid]["voices"])[voice] = named
    for tid, item, title in sql.run(reader.con, "items_by", tids=new).fetchall():
        cast(Row, found[tid]["items"])[item] = title
    told.update(found)


def _hit(
    reader: Reader,
    said: Mapping[int, Row],
    sid: int,
    scores: Mapping[str, float | None],
    kinds: str,
    overlapped: int,
) -> Hit:
    row = said[sid]
    about = cast(Row, reader.index.transcripts[row["tid"]])
    label, name, kind, by_machine = about["voices"][row["voice"]]
    speaker, answers = _answered(said, sid, about)
    return Hit(
        **standing(row, about),
        text=row["text"],
        before=_beside(said, sid, -1),
        after=_beside(said, sid, 1),
        speaker=label,
        person=name,
        attribution=kind,
        machine_made=by_machine,
        score=round(scores["score"] or 0.0, 6),
        words=scores["words"],
        meaning=scores["meaning"],
        kinds=tuple(kinds.split()),
        words_overlapped=overlapped,
        answers=answers,
        answers_speaker=speaker,
        council=about["council"],
    )


def standing(row: Row, about: Row) -> dict[str, Any]:
    """Where a sentence stands: what hits and occurrences alike tell of it and its meeting."""
    return {
        "meeting_id": about["meeting_id"],
        "title": about["title"],
        "committee": about["committee"],
        "date": about["date"],
        "item": row["item"],
        "item_title": about["items"].get(row["item"], ""),
        "start_s": row["start_s"],
        "end_s": row["end_s"],
        "link": address(about, row["start_s"]),
        "sentence_id": row["sentence_id"],
        "utterance_id": row["utterance_id"],
        "transcript_version": about["version"],
        "recording_sha256": about["recording_sha256"],
    }


def _beside(said: Mapping[int, Row], sid: int, step: int) -> str:
    other = said.get(sid + step)
    return str(other["text"]) if other and other["tid"] == said[sid]["tid"] else ""


def _answered(said: Mapping[int, Row], sid: int, about: Row) -> tuple[str, str]:
    """Who spoke before the hit's turn, and the end of what they said."""
    own = said[sid]
    turn = [
        r
        for n in range(sid - BACK, sid)
        if (r := said.get(n)) and r["tid"] == own["tid"] and r["uid"] == own["uid"] - 1
    ]
    if not turn or turn[0]["voice"] == own["voice"]:
        return "", ""
    label = str(about["voices"][turn[0]["voice"]][0])
    return label, " ".join(str(r["text"]) for r in turn[-ANSWERED:])


def address(about: Row, start_s: float) -> str:
    """The address that plays from a second on, as the macro ``store.link_to`` makes it."""
    template, path, offset = str(about["template"]), str(about["path"]), float(about["offset_s"])
    if template:
        at = {"{start_s}": int(offset + start_s), "{start_ms}": int((offset + start_s) * 1000)}
        for mark, value in at.items():
            template = template.replace(mark, str(value))
        return template
    return f"{path}#t={max(0.0, start_s):.1f}" if path else ""
