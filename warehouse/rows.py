"""A processed meeting as rows of the tables, with hidden names already taken out."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count

import numpy as np

from matters_arising.errors import StoreError
from transcripts.finding import FIRST_PERSON, Slot, anchored
from transcripts.meeting import Engine, Meeting
from transcripts.overlap import overlapped_of
from transcripts.processed import ProcessedMeeting, ProcessedTranscript
from transcripts.words import Sentence, Utterance
from warehouse import register_rows, voices_at_once
from warehouse.indexing import Columns, Indexing
from warehouse.masking import Masker, name_key
from warehouse.vectors import codes_of, quantised
from warehouse.voices import machine_voices

Row = tuple[object, ...]
Tables = dict[str, list[Row]]
TAIL = 3  # sentences of an utterance that count as what the next one answers
LAST_SAID = ("deadline", "condition", "whose", "matter", "wording")  # in the order of the columns
UID_GAP = 5  # keeps "two utterances on" inside its transcript


@dataclass(slots=True)
class Numbers:
    """The next free numbers of a file."""

    tid: int
    uid: int
    sid: int


@dataclass(slots=True)
class Sheet:
    """One transcript on its way into the tables."""

    tables: Tables
    masker: Masker
    done: ProcessedTranscript
    tid: int
    first_uid: int
    first_sid: int
    meeting_id: str
    index: Indexing
    place_of: dict[str, int] = field(default_factory=dict)  # utterance id → its place
    over: dict[str, list[bool]] = field(default_factory=dict)  # utterance id → which words

    def add(self, table: str, *row: object) -> None:
        self.tables[table].append(row)


def rows_of(
    done: ProcessedMeeting, numbers: Numbers, withheld: Iterable[str] = ()
) -> tuple[Tables, Columns]:
    """The rows of one meeting and its postings; ``numbers`` is moved on past those it used."""
    said = (u.text for t in done.transcripts for u in t.transcript.utterances)
    spoken = (name for t in done.transcripts for name in t.transcript.public_names)
    masker = Masker(done.meeting.people, withheld, said, spoken)
    tables: Tables = defaultdict(list)
    index = Indexing()
    _meeting_rows(tables, done.meeting, masker)
    for transcript in done.transcripts:
        sheet = Sheet(
            tables, masker, transcript, numbers.tid, numbers.uid, numbers.sid, done.meeting.id,
            index,
        )  # fmt: skip
        _transcript_rows(sheet)
        numbers.tid += 1
        numbers.uid += len(transcript.transcript.utterances) + UID_GAP
        numbers.sid += len(transcript.transcript.sentences)
    for minutes in done.minutes:
        register_rows.minutes_rows(tables, minutes, masker)
    for form in masker.forms:
        tables["hidden"].append((done.meeting.id, *form))
    tables["word"] = list(index.words)
    for name in sorted(masker.withheld):
        tables["masked"].append((done.meeting.id, name_key(name), name in masker.used))
    return tables, index.columns()


def _meeting_rows(tables: Tables, m: Meeting, masker: Masker) -> None:
    chair = "" if masker.is_public(m.chair) or masker.is_withheld(m.chair) else m.chair
    tables["meeting"].append(
        (
            *(m.id, m.council, m.committee, m.committee_code, m.date, m.municipal_year),
            *(masker.text(m.title), m.start, m.language, masker.text(chair), m.page, m.link),
        )
    )
    for place, p in enumerate(m.people):
        hidden = p.kind == "public" or masker.is_withheld(p.name)
        row = (m.id, place, None if hidden else p.name, name_key(p.name), masker.text(p.role))
        tables["person"].append((*row, p.kind, p.party, p.ward, p.attendance))
    for place, i in enumerate(m.agenda):
        tables["item"].append((m.id, place, i.item, masker.text(i.title), i.restricted))
    for place, r in enumerate(m.recordings):
        tables["recording"].append((m.id, place, r.sha256, r.path, r.offset_s, r.captions))


def _transcript_rows(sheet: Sheet) -> None:
    _check(sheet)
    said = sheet.done.transcript
    sheet.over.update(overlapped_of(said.utterances, said.turns))
    _version_row(sheet)
    _engine_rows(sheet)
    _voice_rows(sheet)
    lengths = _sentence_rows(sheet)
    _utterance_rows(sheet, lengths)
    _finding_rows(sheet)
    register_rows.said_rows(sheet)


def _check(sheet: Sheet) -> None:
    """What cannot be loaded says so before anything is written."""
    t, vectors = sheet.done.transcript, sheet.done.vectors
    sheet.place_of.update({u.id: place for place, u in enumerate(t.utterances)})
    where = f"meeting '{sheet.meeting_id}', transcript {t.version or '(no version)'}"
    if len(vectors) not in (0, len(t.sentences)):
        raise StoreError(
            f"{where}: {len(vectors)} vectors for {len(t.sentences)} sentences; process it again"
        )
    said = {s.id: s.text for s in t.sentences}
    for s in t.sentences:
        if s.utterance_id not in sheet.place_of:
            raise StoreError(f"{where}: sentence {s.id} is of no utterance; process it again")
    for f in sheet.done.findings.findings:
        if not anchored(f, said):
            raise StoreError(
                f"{where}: finding {f.id} quotes words that its sentence {f.sentence_id} does not "
                "hold; process it again"
            )
    register_rows.check(sheet, where)


def _version_row(sheet: Sheet) -> None:
    t, c = sheet.done.transcript, sheet.done.transcript.coverage
    engines = json.dumps([_engine(e) for e in t.engines], ensure_ascii=False)
    dimensions = sheet.done.vectors.shape[1] if sheet.done.vectors.size else 0
    sheet.add(
        "transcript",
        *(sheet.tid, sheet.meeting_id, t.version, sheet.done.findings.version),
        *(t.recording_sha256, t.source, sheet.done.preferred, engines),
        *(sheet.done.vectors_engine.model_sha256, dimensions),
        *(c.duration_s, c.speech_s, c.transcribed_s, c.words, c.words_with_voice),
        *(c.words_named, c.sentences, c.sentences_in_items, sheet.first_uid, sheet.first_sid),
        sum(map(sum, sheet.over.values())),
    )
    for place, gap in enumerate(c.gaps):
        sheet.add("gap", sheet.tid, place, gap.start_s, gap.end_s, gap.why)


def _engine(e: Engine) -> Mapping[str, object]:
    return {
        "task": e.task,
        "name": e.name,
        "version": e.version,
        "model": e.model,
        "model_sha256": e.model_sha256,
        "settings": dict(sorted(e.settings.items())),
    }


def _engine_rows(sheet: Sheet) -> None:
    parts = {
        "transcript": sheet.done.transcript.engines,
        "findings": sheet.done.findings.engines,
        "vectors": (sheet.done.vectors_engine,),
    }
    for part, engines in parts.items():
        for place, e in enumerate(engines):
            settings = json.dumps(dict(e.settings), sort_keys=True, ensure_ascii=False)
            row = (e.task, e.name, e.version, e.model, e.model_sha256, settings)
            sheet.add("engine", sheet.tid, part, place, *row)


def _voice_rows(sheet: Sheet) -> None:
    t = sheet.done.transcript
    voices = [u.voice for u in t.utterances] + [s.voice for s in t.sentences]
    voices += [f.voice for f in sheet.done.findings.findings]
    shown = machine_voices(t.attributions, voices, sheet.masker)
    for place, v in enumerate(shown):
        sheet.add("voice", sheet.tid, place, v.voice, v.label, v.kind, v.name, v.key, v.margin)
    for a in t.attributions:
        for place, r in enumerate(a.reasons):
            quote = sheet.masker.text(r.quote)
            sheet.add("reason", sheet.tid, a.voice, place, r.rule, quote, r.start_s, r.weight)


def _sentence_rows(sheet: Sheet) -> dict[str, list[int]]:
    """Writes sentences, postings and vectors; gives the words of each sentence by utterance."""
    sentences = sheet.done.transcript.sentences
    left: dict[str, int] = defaultdict(int)
    for s in sentences:
        left[s.utterance_id] += 1
    lengths: dict[str, list[int]] = defaultdict(list)
    for sid, s in zip(count(sheet.first_sid), sentences, strict=False):
        left[s.utterance_id] -= 1
        length = _sentence_row(sheet, sid, s, tail=left[s.utterance_id] < TAIL)
        lengths[s.utterance_id].append(length)
    _vector_rows(sheet)
    voices_at_once.sentence_rows(sheet)
    return lengths


def _sentence_row(sheet: Sheet, sid: int, s: Sentence, *, tail: bool) -> int:
    text = sheet.masker.text(s.text)
    uid = sheet.first_uid + sheet.place_of[s.utterance_id]
    length = sheet.index.add(sid, uid, text, tail=tail, preferred=sheet.done.preferred)
    row = (s.id, s.utterance_id, s.voice, s.item, s.start_s, s.end_s, text, length)
    sheet.add("sentence", sid, uid, sheet.tid, *row)
    return length


def _vector_rows(sheet: Sheet) -> None:
    if not sheet.done.vectors.size:
        return
    vectors = np.asarray(sheet.done.vectors, dtype=np.float32)
    signed, codes = quantised(vectors), codes_of(vectors)
    for n, s in enumerate(sheet.done.transcript.sentences):
        sid, uid = sheet.first_sid + n, sheet.first_uid + sheet.place_of[s.utterance_id]
        sheet.add("vector", sid, signed[n].tobytes())
        sheet.add("code", sid, uid, sheet.tid, sheet.done.preferred, codes[n].tobytes())


def _utterance_rows(sheet: Sheet, lengths: Mapping[str, list[int]]) -> None:
    utterances = sheet.done.transcript.utterances
    own = [sum(lengths[u.id]) for u in utterances]
    last = [0, *(sum(lengths[u.id][-TAIL:]) for u in utterances)]
    for n, u in enumerate(utterances):
        around = sum(own[max(0, n - 2) : n + 3])
        row = (u.id, u.voice, u.item, u.start_s, u.end_s, *_said(u, sheet.masker))
        sheet.add(
            "utterance", sheet.first_uid + n, sheet.tid, *row, own[n], own[n] + last[n], around,
            *voices_at_once.of_utterance(u, sheet),
        )  # fmt: skip


def _said(u: Utterance, masker: Masker) -> Row:
    """Text, what the engine wrote where a repair changed it, words, mean confidence.

    Nothing of what the engine wrote where a name is hidden: it may sound like that name.
    """
    sure = [w.confidence for w in u.words if w.confidence is not None]
    heard, text = " ".join(w.heard or w.text for w in u.words), masker.text(u.text)
    return (
        text,
        masker.text(heard) if heard != u.text and text == u.text else None,
        len(u.words),
        sum(sure) / len(sure) if sure else None,
    )


def _finding_rows(sheet: Sheet) -> None:
    sids = {s.id: (sheet.first_sid + n, s) for n, s in enumerate(sheet.done.transcript.sentences)}
    for f in sheet.done.findings.findings:
        sid, said = sids[f.sentence_id]
        at = said.text.index(f.quote)
        quote = sheet.masker.part(said.text, at, at + len(f.quote))
        row = (f.id, f.kind, f.sentence_id, f.utterance_id, f.voice, quote, f.start_s, f.end_s)
        more = (f.item, f.score, " ".join(f.rules), f.agreed, sheet.masker.text(f.addressee), f.due)
        words = {s.name: _slot_words(sheet, s, sids[s.sentence_id][1]) for s in f.slots}
        action = words.get("action", quote if f.action else "")
        holder = "" if words.get("holder", "").lower() in FIRST_PERSON else words.get("holder", "")
        last = (words.get(name, "") for name in LAST_SAID)
        sheet.add("finding", sheet.tid, sid, *row, *more, action, holder, *last)
        for place, slot in enumerate(f.slots):
            there, said = sids[slot.sentence_id]
            told = (slot.name, _slot_words(sheet, slot, said), slot.rule)
            sheet.add("slot", sheet.tid, f.id, place, there, *told)


def _slot_words(sheet: Sheet, slot: Slot, said: Sentence) -> str:
    """The words of a slot without hidden names."""
    return sheet.masker.part(said.text, slot.start, slot.end)
