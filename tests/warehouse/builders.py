"""Small processed meetings, made up from a few lines of speech."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256

import numpy as np

from transcripts.finding import Finding, finding_id
from transcripts.meeting import AgendaItem, Engine, Meeting, Person, Recording
from transcripts.processed import (
    Coverage,
    FindingsVersion,
    Gap,
    ProcessedMeeting,
    ProcessedTranscript,
    Transcript,
    content_hash,
)
from transcripts.words import Attribution, Reason, Sentence, Utterance, Word

WORD_S = 0.4
ROSTER = (
    Person("Ann Varley", "Chair", "councillor", "Independent", "Hollin Ward", attendance="present"),
    Person("Tom Petty", "Member", "councillor", attendance="present"),
    Person("Dr Grace Okoro", "Director of Public Protection", "officer"),
    Person("Joan Petty-Smith", "Elm Road Residents", "public"),
)
LINES = (
    ("V1", "1", "Good evening and welcome. Agenda item five is live facial recognition."),
    ("V2", "5", "I am worried that residents were never told about the cameras. It is a concern."),
    ("V3", "5", "The trial of live facial recognition ran for two days. We published a notice."),
    ("V1", "5", "I recommend that the Cabinet publishes a schedule before any deployment."),
    ("V4", "6", "My street has not been swept. Will the bins be emptied on Friday?"),
    ("V3", "6", "We will write to you by the end of the month."),
)
VOICES = (
    Attribution("V1", "Cllr Ann Varley", "named", "Ann Varley", 2.0, (
        Reason("self-introduction", "I'm Ann Varley", 0.5, 2.0),)),
    Attribution("V2", "Cllr Tom Petty", "named", "Tom Petty", 1.0, (
        Reason("chair's invitation", "Councillor Petty", 4.0, 1.0),)),
    Attribution("V3", "Dr Grace Okoro", "named", "Dr Grace Okoro", 1.5, (
        Reason("roster", "Director of Public Protection", 9.0, 1.5),)),
    Attribution("V4", "Member of the public 1", "public"),
)  # fmt: skip


def sha_of(meeting_id: str) -> str:
    """The sha256 that the recording of a made-up meeting is given."""
    return sha256(meeting_id.encode()).hexdigest()


def meeting(
    meeting_id: str = "2026-06-02",
    *,
    day: date = date(2026, 6, 2),
    people: Sequence[Person] = ROSTER,
    link: str = "",
    committee: str = "Safer Communities Scrutiny Committee",
    code: str = "SCSC",
    offset_s: float = 0.0,
    chair: str = "Ann Varley",
) -> Meeting:
    """A meeting of the invented council."""
    return Meeting(
        id=meeting_id,
        council="Aldermere Borough Council",
        committee=committee,
        committee_code=code,
        date=day,
        title=f"{committee}, {day:%d %B %Y}",
        chair=chair,
        link=link,
        people=tuple(people),
        agenda=(AgendaItem("1", "Welcome"), AgendaItem("5", "Live facial recognition")),
        recordings=(Recording(f"{meeting_id}.opus", sha_of(meeting_id), offset_s),),
    )


def transcript(
    meeting_id: str,
    lines: Sequence[tuple[str, str, str]] = LINES,
    *,
    voices: Sequence[Attribution] = VOICES,
    source: str = "speech",
    confidence: float | None = 0.9,
) -> Transcript:
    """One engine's account: a line is voice, item, words; sentences end at . ? and !"""
    utterances, sentences, at = [], [], 0.0
    for number, (voice, item, text) in enumerate(lines):
        words = []
        for word in text.split():
            words.append(Word(word, round(at, 2), round(at + WORD_S, 2), confidence))
            at += WORD_S
        at += 1.0
        utterances.append(Utterance(f"u{number:04d}", voice, tuple(words), item))
        sentences += _sentences(utterances[-1], len(sentences))
    engine = Engine(source, "scripted", "1", "made up", "ab" * 32, {"beam": 5})
    sha = sha_of(meeting_id)
    count = sum(len(u.words) for u in utterances)
    coverage = Coverage(at, at - 1, at - 2, count, count, count, len(sentences), len(sentences))
    return Transcript(
        meeting_id=meeting_id,
        recording_sha256=sha,
        source=source,
        engines=(engine,),
        turns=(),
        utterances=tuple(utterances),
        sentences=tuple(sentences),
        attributions=tuple(voices),
        coverage=coverage,
        version=content_hash(sha, source, utterances),
    )


def _sentences(utterance: Utterance, first: int) -> list[Sentence]:
    out, words = [], []
    for word in utterance.words:
        words.append(word)
        if word.text[-1] in ".?!" or word is utterance.words[-1]:
            out.append(
                Sentence(
                    f"s{first + len(out):05d}",
                    utterance.id,
                    utterance.voice,
                    " ".join(w.text for w in words),
                    words[0].start_s,
                    words[-1].end_s,
                    utterance.item,
                )
            )
            words = []
    return out


def finding(said: Transcript, kind: str, quote: str, **more: object) -> Finding:
    """A finding on the first sentence that holds the quote."""
    s = next(s for s in said.sentences if quote in s.text)
    known = {"score": 0.8, "rules": (), "item": s.item} | more
    return Finding(
        finding_id(said.recording_sha256, kind, s.start_s, s.end_s),
        kind,
        s.id,
        s.utterance_id,
        s.voice,
        quote,
        s.start_s,
        s.end_s,
        **known,  # type: ignore[arg-type]
    )


def encode(text: str, dimensions: int = 32) -> np.ndarray:
    """A unit vector of the words' own: near where words are shared, no model needed."""
    out = np.zeros(dimensions, dtype=np.float32)
    for word in text.lower().split():
        seed = int.from_bytes(sha256(word.strip(".,?!").encode()).digest()[:4], "big")
        out += np.random.default_rng(seed).standard_normal(dimensions).astype(np.float32)
    return out / max(float(np.linalg.norm(out)), 1e-9)


def processed(
    said: Transcript,
    findings: Sequence[Finding] = (),
    *,
    preferred: bool = True,
) -> ProcessedTranscript:
    """A transcript with findings and vectors."""
    vectors = np.array([encode(s.text) for s in said.sentences], dtype=np.float32)
    return ProcessedTranscript(
        said,
        FindingsVersion(
            said.version,
            (Engine("findings", "patterns", "1", settings={"bar": 0.5}),),
            tuple(findings),
            content_hash(said.version, findings),
        ),
        vectors.reshape(len(said.sentences), 32),
        Engine("vectors", "made up", "1", "words", "cd" * 32),
        preferred,
    )


def done(meeting_id: str = "2026-06-02", **more: object) -> ProcessedMeeting:
    """A whole meeting of the sample lines, with one finding of each main kind."""
    said = transcript(meeting_id)
    findings = (
        finding(said, "concern", "residents were never told about the cameras"),
        finding(
            said,
            "recommendation",
            "recommend that the Cabinet publishes a schedule",
            rules=("R-recommend",),
            agreed=True,
            addressee="the Cabinet",
        ),
        finding(said, "undertaking", "We will write to you", due="by the end of the month"),
    )
    held = meeting(meeting_id, **more)  # type: ignore[arg-type]
    return ProcessedMeeting(held, (processed(said, findings),))


def one_transcript(
    said: Transcript, findings: Sequence[Finding] = (), **more: object
) -> ProcessedMeeting:
    """A meeting around one transcript."""
    return ProcessedMeeting(meeting(said.meeting_id, **more), (processed(said, findings),))  # type: ignore[arg-type]


GAP = Gap(1.0, 2.0, "nothing was heard")
