"""What the warehouse holds of recommendations, as the register folds it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb

from transcripts.clocks import is_day
from transcripts.found_again import APART_S, Said, claim_decided
from transcripts.ledger import Decision
from transcripts.life import HEARD, PROPOSED, Event, Evidence, Made, Minuted, Told
from warehouse import sql

Row = dict[str, Any]
STATE_OF = {  # of the acts that tell one
    "floated": "floated",
    "agreed": "agreed",
    "not agreed": "not_agreed",
    "withdrawn": "withdrawn",
    "downgraded": "downgraded_to_comment",
}


def made_of(con: duckdb.DuckDBPyConnection, which: Mapping[str, object]) -> dict[str, Made]:
    """Recommendations as their meetings made them; of two of one key the first holds."""
    acts: dict[str, list[Event]] = {}
    for row in sql.rows(con, "acts_of", **which):
        acts.setdefault(str(row["key"]), []).append(_act(row))
    out: dict[str, Made] = {}
    for row in sql.rows(con, "made", **which):
        key = str(row.pop("key"))
        if key not in out:
            out[key] = Made(**row, acts=tuple(acts.get(key, ())))  # type: ignore[arg-type]
    return out


def _act(row: Row) -> Event:
    state, kind = STATE_OF.get(row["kind"], ""), str(row["kind"])
    source = f"{row['motion_id']}:{row['position']}"
    reasons = (row["rule"],) if row["rule"] else ()
    note = "" if state else kind
    day = row["day"].isoformat()
    where = evidence(row)
    return Event(
        source, day, "recommendation" if state else "", state, HEARD, "machine", where, source,
        reasons, note,
    )  # fmt: skip


def evidence(row: Row) -> Evidence:
    """Where the words of a row can be checked."""
    accessed = str(row.get("accessed") or "")
    return Evidence(row["quote"], row["who"], row["link"], row["meeting_id"], accessed)


def told_of(con: duckdb.DuckDBPyConnection, which: Mapping[str, object]) -> Iterator[Told]:
    """Claims tied by the linker, those of one recommendation after another."""
    for row in sql.rows(con, "told", **which):
        name = row["reference"] or row["key"]
        yield told(row, str(name), str(row["standing"]), tuple(row["reasons"]))  # type: ignore[arg-type]


def told(row: Row, reference: str, standing: str, reasons: tuple[str, ...]) -> Told:
    """A claim as tied to a recommendation."""
    return Told(
        row["claim_id"], reference, row["status"], row["day"], standing, reasons, evidence(row),
        score=row.get("score", 0.0), said_of=row["said_of"], start_s=row["start_s"],
    )  # fmt: skip


def minuted_of(con: duckdb.DuckDBPyConnection, which: Mapping[str, object]) -> Iterator[Minuted]:
    """Points of minutes matched to recommendations."""
    for row in sql.rows(con, "minuted", **which):
        name, standing = str(row["reference"] or row["key"]), str(row["standing"])
        yield minuted(row, name, standing, tuple(row["reasons"]))  # type: ignore[arg-type]


def minuted(row: Row, reference: str, standing: str, reasons: tuple[str, ...]) -> Minuted:
    """A point of minutes as matched to a recommendation."""
    where = Evidence(row["text"], "the minutes", row["link"], row["meeting_id"])
    return Minuted(
        row["point_id"], reference, row["minute_no"], row["text"], row["approved"], row["day"],
        standing, reasons, where, row["vote"],
    )  # fmt: skip


def parsed(text: str) -> Decision:
    """A line of the ledger as the warehouse keeps it."""
    return Decision(**json.loads(text))


def lines_of(con: duckdb.DuckDBPyConnection, which: Mapping[str, object]) -> list[Decision]:
    """The standing lines, in order; one about a finding is one about its recommendation."""
    out = []
    for _, text, found in sql.run(con, "lines_about", **which).fetchall():
        line = parsed(text)
        out.append(replace(line, reference=found) if found else line)
    return out


def claims_found_again(con: duckdb.DuckDBPyConnection, lines: Sequence[Decision]) -> list[Decision]:
    """The same lines, each about a claim that is held: by id, else by where it was said."""
    ids = sorted({d.claim_id for d in lines if d.claim_id})
    held = {c for (c,) in sql.run(con, "claims_held", claim_ids=ids).fetchall()} if ids else set()
    return [
        replace(d, claim_id=_claim_at(con, d) or d.claim_id)
        if d.claim_id and d.claim_id not in held
        else d
        for d in lines
    ]


def _claim_at(con: duckdb.DuckDBPyConnection, line: Decision) -> str:
    if not line.recording_sha256 or line.start_s is None or line.end_s is None:
        return ""
    where = {"recording_sha256": line.recording_sha256, "apart_s": APART_S}
    stretch = {"start_s": line.start_s, "end_s": line.end_s}
    found = sql.run(con, "claims_at", **where, **stretch).fetchall()
    return claim_decided(line, [Said(*row) for row in found])


def linked_by_people(
    con: duckdb.DuckDBPyConnection, lines: Sequence[Decision], have: Sequence[Told]
) -> list[Told]:
    """Claims that a person tied to a recommendation that the linker did not think of.

    A claim that a new run makes no more stands as the person saw it when accepting it.
    """
    known = {(t.claim_id, t.reference.lower()) for t in have}
    wanted = _accepted(lines, "link")
    ids = sorted({claim for claim, _ in wanted})
    rows = {r["claim_id"]: r for r in sql.rows(con, "claims_by_id", claim_ids=ids)} if ids else {}
    out = []
    for (claim, key), d in wanted.items():
        reasons = (f"linked by {d.who}",)
        if claim in rows and (claim, key) not in known:
            out.append(told(rows[claim], d.reference, PROPOSED, reasons))
        elif claim not in rows and (seen := as_seen(d, reasons)) is not None:
            out.append(seen)
    return out


def as_seen(line: Decision, reasons: tuple[str, ...]) -> Told | None:
    """A claim as the line that accepted it keeps it; None where it keeps too little."""
    seen = dict(line.values)
    day, state = seen.get("said_on", ""), seen.get("state", "")
    if not (is_day(day) and state and line.words):
        return None
    where = Evidence(
        quote=line.words, link=line.url, meeting_id=line.meeting_id, accessed=line.accessed
    )
    at = line.start_s or 0.0
    on = date.fromisoformat(day)
    return Told(line.claim_id, line.reference, state, on, PROPOSED, reasons, where, start_s=at)


def minuted_by_people(
    con: duckdb.DuckDBPyConnection, lines: Sequence[Decision], have: Sequence[Minuted]
) -> list[Minuted]:
    """Points that a person tied to a recommendation, where the words alone do not (any more)."""
    known = {(p.point_id, p.reference.lower()) for p in have}
    wanted = {pair: d for pair, d in _accepted(lines, "minuted").items() if pair not in known}
    ids = sorted({point for point, _ in wanted})
    rows = sql.rows(con, "points_by_id", point_ids=ids) if ids else []
    return [
        minuted(row, d.reference, PROPOSED, (f"matched by {d.who}",))
        for (point, _), d in wanted.items()
        for row in rows
        if row["point_id"] == point
    ]


def _accepted(lines: Sequence[Decision], kind: str) -> dict[tuple[str, str], Decision]:
    """Claim or point and key of its recommendation → the line that accepted that they belong."""
    return {
        (d.claim_id or d.point_id, d.reference.lower()): d
        for d in lines
        if d.kind == kind and d.verdict == "accepted" and d.reference
    }


def days_met(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, date]]]:
    """When the committees of each council met, as far as it was heard."""
    out: dict[str, list[tuple[str, date]]] = {}
    for council, committee, day in sql.run(con, "meetings_heard").fetchall():
        out.setdefault(council, []).append((committee, day))
    return out
