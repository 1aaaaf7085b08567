"""What the room recommended, laid out for matching: one entry for all the words of one matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from transcripts.finding import Finding
from transcripts.motion import Motion
from transcripts.processed import ProcessedMeeting, ProcessedTranscript

WORDING_ACTS = frozenset(("floated", "reworded", "merged", "redirected", "read out", "put"))


@dataclass(frozen=True, slots=True)
class Voiced:
    """A recommendation of the meeting. ``texts`` are all its wordings as said, the last one first.

    ``finding_id`` is where references, decisions and matches point; ``keys`` are its references.
    """

    finding_id: str
    wording: str
    texts: tuple[str, ...]
    voice: str
    start_s: float
    item: str = ""
    item_title: str = ""
    addressee: str = ""
    outcome: str = ""
    keys: tuple[str, ...] = ()


def voiced_in(
    processed: ProcessedMeeting, references: Mapping[str, str] | None = None
) -> list[Voiced]:
    """Every recommendation of the preferred transcripts, in the order said.

    ``references`` are by finding id.
    """
    titles = {a.item.strip(" ."): a.title for a in processed.meeting.agenda}
    found: list[Voiced] = []
    for part in processed.transcripts:
        if part.preferred:
            found += _of_part(part, titles, references or {})
    return sorted(found, key=lambda v: v.start_s)


def _of_part(
    part: ProcessedTranscript, titles: Mapping[str, str], references: Mapping[str, str]
) -> list[Voiced]:
    findings = {f.id: f for f in part.findings.findings if f.kind == "recommendation"}
    sentences = {s.id: s.text for s in part.transcript.sentences}
    motions = [_of_motion(m, findings, sentences, titles) for m in part.findings.motions]
    taken = {i for m in part.findings.motions for i in (m.finding_id, *m.finding_ids)}
    loose = [f for f in findings.values() if f.id not in taken]
    made = motions + [_of_findings(g, sentences, titles) for g in _settled_together(loose)]
    return [_with_key(v, references) for v in made]


def _of_motion(
    motion: Motion,
    findings: Mapping[str, Finding],
    sentences: Mapping[str, str],
    titles: Mapping[str, str],
) -> Voiced:
    worded = [a for a in motion.acts if a.kind in WORDING_ACTS] or list(motion.acts)
    known = [findings[i] for i in motion.finding_ids if i in findings]
    texts = [motion.wording, *(a.quote for a in reversed(worded)), *(f.quote for f in known)]
    first = worded[0]
    return Voiced(
        motion.finding_id,
        motion.wording,
        _once([*texts, *(sentences.get(a.sentence_id, "") for a in worded)]),
        motion.proposer or first.voice,
        first.start_s,
        motion.item,
        titles.get(motion.item.strip(" ."), ""),
        motion.addressee,
        motion.outcome,
    )


def _of_findings(
    group: Sequence[Finding], sentences: Mapping[str, str], titles: Mapping[str, str]
) -> Voiced:
    last, first = group[-1], group[0]
    texts = [t for f in reversed(group) for t in (f.said("wording"), f.action, f.quote)]
    texts += [sentences.get(f.sentence_id, "") for f in reversed(group)]
    agreed = {True: "agreed", False: "not_agreed", None: ""}[last.agreed]
    return Voiced(
        last.id,
        last.quote,
        _once([last.quote, *texts]),
        first.voice,
        first.start_s,
        last.item,
        titles.get(last.item.strip(" ."), ""),
        last.addressee,
        agreed,
    )


def _settled_together(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Those that were agreed by the same words are one matter; the rest stand alone."""
    groups: dict[tuple[float, float], list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: f.start_s):
        settled = finding.settled_s if finding.agreed and finding.settled_s is not None else -1.0
        groups.setdefault((settled, -1.0 if settled >= 0 else finding.start_s), []).append(finding)
    return [part for group in groups.values() for part in _apart(group)]


def _apart(group: Sequence[Finding]) -> list[list[Finding]]:
    """Several recommendations in the last sentence before "agreed" are matters of their own."""
    last = [f for f in group if f.start_s == group[-1].start_s]
    return [[f] for f in last] if len(last) > 1 else [list(group)]


def _with_key(voiced: Voiced, references: Mapping[str, str]) -> Voiced:
    key = references.get(voiced.finding_id, "")
    return replace(voiced, keys=(key,)) if key else voiced


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(t for t in texts if t.strip()))
