"""Motions, claims and minutes of a meeting as rows of the tables, hidden names taken out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from matters_arising.errors import StoreError
from transcripts.claim import Claim, told
from transcripts.minutes import MinutePoint, MinutesVersion
from transcripts.motion import Motion, holds
from transcripts.words import Sentence
from warehouse.masking import Masker

if TYPE_CHECKING:
    from warehouse.rows import Row, Sheet, Tables


def check(sheet: Sheet, where: str) -> None:
    """What a motion or claim quotes must have been said; ``where`` is for the message."""
    found = sheet.done.findings
    said = {s.id: s.text for s in sheet.done.transcript.sentences}
    known = {f.id for f in found.findings}
    wrong = [f"motion {m.id}" for m in found.motions if not holds(m, said)]
    wrong += [f"motion {m.id}" for m in found.motions if m.finding_id not in known]
    wrong += [f"claim {c.id}" for c in found.claims if not told(c, said)]
    if wrong:
        raise StoreError(
            f"{where}: {wrong[0]} quotes words, or points at a finding, that it does not hold; "
            "process it again"
        )


def said_rows(sheet: Sheet) -> None:
    """The motions and claims of one transcript."""
    sids = {s.id: (sheet.first_sid + n, s) for n, s in enumerate(sheet.done.transcript.sentences)}
    for motion in sheet.done.findings.motions:
        _motion_rows(sheet, motion, sids)
    for claim in sheet.done.findings.claims:
        _claim_rows(sheet, claim, sids)


def _motion_rows(sheet: Sheet, m: Motion, sids: Mapping[str, tuple[int, Sentence]]) -> None:
    holding = next(a.sentence_id for a in m.acts if m.wording in sids[a.sentence_id][1].text)
    sid, said = sids[holding]
    parts = list(dict.fromkeys((m.finding_id, *m.finding_ids)))
    words = (_part(sheet.masker, said, m.wording), m.outcome, m.proposer, m.seconder)
    last = (sheet.masker.text(m.addressee), m.due)
    sheet.add("motion", sheet.tid, m.id, m.finding_id, parts, sid, m.item, *words, *last)
    for place, act in enumerate(m.acts):
        there, said = sids[act.sentence_id]
        quote = _part(sheet.masker, said, act.quote)
        row = (act.kind, quote, act.sentence_id, act.utterance_id, act.voice)
        sheet.add("act", sheet.tid, m.id, place, there, *row, act.start_s, act.end_s, act.rule)


def _claim_rows(sheet: Sheet, c: Claim, sids: Mapping[str, tuple[int, Sentence]]) -> None:
    sid, said = sids[c.sentence_id]
    row = (c.status, _part(sheet.masker, said, c.quote), c.sentence_id, c.utterance_id, c.voice)
    keys = [sheet.masker.text(key) for key in c.keys]
    last = (c.item, keys, c.said_of, " ".join(c.rules), c.score)
    sheet.add("claim", sheet.tid, sid, c.id, *row, c.start_s, c.end_s, *last)
    for place, about in enumerate(c.about or (c.sentence_id,)):
        sheet.add("claim_about", sheet.tid, c.id, place, sids[about][0])


def _part(masker: Masker, said: Sentence, words: str) -> str:
    """Words of a sentence without hidden names, also those that the edge would cut."""
    at = said.text.index(words)
    return masker.part(said.text, at, at + len(words))


def minutes_rows(tables: Tables, minutes: MinutesVersion, masker: Masker) -> None:
    """One document of minutes with its points and what they match."""
    m = minutes
    kept = (m.document_sha256, masker.text(m.source), m.fetched_at, m.state, m.form)
    engine = " ".join(filter(None, (m.engine.name, m.engine.version)))
    tables["minutes"].append((m.meeting_id, m.version, *kept, m.approved_on, engine))
    for point in m.points:
        tables["minute_point"].append((m.meeting_id, m.version, *_point(point, masker)))
    for match in m.matches:
        reasons = [masker.text(reason) for reason in match.reasons]
        row = (match.point_id, match.finding_id, match.score, match.standing, reasons)
        tables["minute_match"].append((m.meeting_id, m.version, *row))


def _point(p: MinutePoint, masker: Masker) -> Row:
    shown = (p.lead, p.text, p.mover, p.seconder, p.vote, p.addressee)
    place = (p.position, p.id, p.kind, p.heading, p.item, masker.text(p.item_title), p.minute_no)
    told = (p.link, p.rule, p.answer, masker.text(p.about))
    return (*place, p.label, *map(masker.text, shown), *told)
