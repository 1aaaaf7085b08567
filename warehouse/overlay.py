"""People's decisions laid over what the machine found, without ever mixing the two.

A decision is matched to its voice or finding by ``transcripts.ledger``; here the matches become
rows. Only transcripts whose decisions changed since the last load are looked at again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import duckdb

from transcripts.captions_cues import spread
from transcripts.finding import Finding
from transcripts.ledger import Decision, findings_decided, withheld_names
from transcripts.processed import content_hash
from transcripts.steps import MACHINE
from transcripts.voices_found_again import voices_decided
from transcripts.words import Utterance, Word
from warehouse import sql
from warehouse.arrow import Inserter
from warehouse.hidden import sparse
from warehouse.masking import name_key, plain_name
from warehouse.rows import Row, Tables
from warehouse.voices import decided_voices, unsettled_voices

ABOUT_TRANSCRIPTS = ("speaker", "finding", "reference")


def as_decisions(references: Mapping[str, str]) -> list[Decision]:
    """References handed in by finding id, as the decisions they amount to."""
    return [
        Decision(kind="reference", verdict=reference, who="matters", when="", finding_id=finding_id)
        for finding_id, reference in sorted(references.items())
    ]


def apply(con: duckdb.DuckDBPyConnection, decisions: Sequence[Decision]) -> int:
    """Brings the rows of decisions up to date; gives how many transcripts changed."""
    hidden = sorted(withheld_names(decisions))
    inserter, changed = Inserter(con), 0
    for held, relevant in _relevant(con, decisions):
        wanted = content_hash(hidden, *map(sparse, relevant)) if relevant else ""
        if held["held_against"] == wanted:
            continue
        sql.run(con, "forget_decisions", tid=held["tid"], decisions=wanted)
        inserter.insert(_rows(con, held, relevant, hidden))
        changed += 1
    return changed


def _relevant(
    con: duckdb.DuckDBPyConnection, decisions: Sequence[Decision]
) -> Iterable[tuple[Mapping[str, object], list[Decision]]]:
    """Every transcript with the decisions that may be about it, in their order."""
    about = [(n, d) for n, d in enumerate(decisions) if d.kind in ABOUT_TRANSCRIPTS]
    loose = sorted({d.finding_id for _, d in about if not d.recording_sha256})
    where = sql.run(con, "finding_transcripts", finding_ids=loose).fetchall() if loose else []
    by_tid: dict[object, set[str]] = defaultdict(set)
    for tid, finding_id in where:
        by_tid[tid].add(finding_id)
    # once through the ledger, not once a transcript
    of: dict[str, list[tuple[int, Decision]]] = defaultdict(list)
    for n, d in about:
        of[d.recording_sha256 or d.finding_id].append((n, d))
    for held in sql.rows(con, "transcripts_held"):
        keys = {str(held["recording_sha256"]), *by_tid[held["tid"]]} - {""}
        found = sorted((line for key in keys for line in of.get(key, ())), key=lambda line: line[0])
        yield held, [d for _, d in found]


def _rows(
    con: duckdb.DuckDBPyConnection,
    held: Mapping[str, object],
    decisions: Sequence[Decision],
    withheld: Sequence[str],
) -> Tables:
    tid, sha = held["tid"], str(held["recording_sha256"])
    findings = _findings(con, tid)
    tables: Tables = {"voice_decision": [], "finding_decision": [], "reference": []}
    tables["voice_decision"] += _voices(con, held, decisions, withheld)
    for finding_id, d in findings_decided(decisions, sha, findings).items():
        tables["finding_decision"].append((tid, finding_id, d.verdict, d.who, d.when))
    for finding_id, d in findings_decided(decisions, sha, findings, kind="reference").items():
        tables["reference"].append((tid, finding_id, d.verdict))
    return tables


def _voices(
    con: duckdb.DuckDBPyConnection,
    held: Mapping[str, object],
    decisions: Sequence[Decision],
    withheld: Sequence[str],
) -> Iterator[Row]:
    """What people said of voices; where they contradict each other, the voice waits for them."""
    tid, about = held["tid"], [d for d in decisions if d.kind == "speaker"]
    if not about:
        return
    found = voices_decided(about, str(held["recording_sha256"]), _utterances(con, tid))
    labels = dict(sql.run(con, "labels_of", tid=tid).fetchall())
    settled = {*found.voices, *found.merged}
    taken = [label for voice, label in labels.items() if voice not in settled]
    for v, d in decided_voices(found.voices, taken, _hidden(con, held, withheld)):
        taken.append(v.label)
        yield (tid, v.voice, v.label, v.kind, v.name, d.who, d.when)
    for v in unsettled_voices(found.merged, taken):
        last = found.merged[v.voice][-1]
        yield (tid, v.voice, v.label, v.kind, v.name, MACHINE, last.when)


def _hidden(
    con: duckdb.DuckDBPyConnection, held: Mapping[str, object], withheld: Sequence[str]
) -> dict[int, str]:
    public = sql.run(con, "public_keys", meeting_id=held["meeting_id"]).fetchall()
    return dict.fromkeys(map(name_key, withheld), "withheld") | {key: "public" for (key,) in public}


def _utterances(con: duckdb.DuckDBPyConnection, tid: object) -> list[Utterance]:
    found = sql.run(con, "utterances_of", tid=tid).fetchall()
    return [
        Utterance(i, voice, tuple(spread(text.split(), start, end)) or (Word("", start, end),))
        for i, voice, start, end, text in found
    ]


def _findings(con: duckdb.DuckDBPyConnection, tid: object) -> list[Finding]:
    found = sql.run(con, "findings_of", tid=tid).fetchall()
    return [_finding(row) for row in found]


def _finding(row: tuple[object, ...]) -> Finding:
    """As much of a stored finding as telling which one is meant takes."""
    finding_id, kind, sentence_id, utterance_id, voice, quote = (str(v) for v in row[:6])
    start_s, end_s = (float(str(value)) for value in row[6:])
    return Finding(
        finding_id,
        kind,
        sentence_id,
        utterance_id,
        voice,
        quote,
        start_s,
        end_s,
        rules=("stored",),
    )


def stale(
    con: duckdb.DuckDBPyConnection, decisions: Sequence[Decision]
) -> tuple[set[str], set[str]]:
    """Meetings in which a name is withheld since they were loaded, and those in which one no
    longer is: both must be loaded again, because names are taken out before anything is stored."""
    wanted = {name_key(name): name for name in withheld_names(decisions)}
    masked: dict[str, set[int]] = defaultdict(set)
    shown: set[str] = set()
    for meeting_id, key, met in sql.run(con, "masked").fetchall():
        masked[meeting_id].add(key)
        shown |= {meeting_id} if met and key not in wanted else set()
    hide: set[str] = set()
    for key, name in wanted.items():
        surname = plain_name(name).rsplit(" ", 1)[-1]
        found = sql.run(con, "meetings_mentioning", surname=surname, name_key=key).fetchall()
        hide |= {m for (m,) in found if key not in masked[m]}
    return hide, shown
