"""Which voices are alike: by numbers made up here, and by the sample's real sound."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from models.known_voices import (
    ENROLS_S,
    EVEN,
    NEAR,
    STRICT,
    KnownVoice,
    Sample,
    VoiceSamples,
    alone,
    as_evidence,
    likenesses,
)
from models.names.known import KNOWN, UNMISTAKABLE
from tests.voices_support import JULY, JUNE, LAMBERT, decoded, true_turns
from transcripts.sound import PcmSound
from transcripts.words import Turn

Vector = NDArray[np.float32]
A, B = np.eye(256, dtype=np.float32)[:2]


def at(likeness: float) -> Vector:
    """A unit vector that is so like ``A``, and the rest of it like nothing else here."""
    vector = np.zeros(256, np.float32)
    vector[0], vector[9] = likeness, (1 - likeness**2) ** 0.5
    return vector


def heard(vector: Vector, seconds: float = 40.0, even: float = 1.0) -> Sample:
    return Sample(vector, seconds, even)


def rules(voices: dict[str, Sample], *known: Vector) -> dict[str, str]:
    enrolled = [KnownVoice(f"P{n}", "m0", v) for n, v in enumerate(known)]
    return {f.voice: f.rule for f in likenesses(voices, enrolled)}


@pytest.mark.parametrize(
    ("likeness", "rule"),
    [
        (0.90, ""), (NEAR - 0.001, ""), (NEAR + 0.001, KNOWN),
        (STRICT - 0.001, KNOWN), (STRICT + 0.001, UNMISTAKABLE),
    ],
)  # fmt: skip
def test_how_like_decides_what_it_is_worth(likeness: float, rule: str) -> None:
    assert rules({"V1": heard(at(likeness))}, A) == {"V1": rule}


def test_a_second_enrolled_voice_that_is_nearly_as_like_silences_it() -> None:
    assert rules({"V1": heard(A)}, A, at(0.96)) == {"V1": UNMISTAKABLE}
    assert rules({"V1": heard(A)}, A, at(0.98)) == {"V1": ""}


def test_a_second_voice_of_the_meeting_that_is_nearly_as_like_silences_it() -> None:
    """Also one that spoke too little to be compared itself: it may be the one that is meant."""
    assert rules({"V1": heard(A), "V2": heard(at(0.98))}, A)["V1"] == ""
    assert rules({"V1": heard(A), "V2": heard(at(0.98), seconds=3.0)}, A) == {"V1": ""}


@pytest.mark.parametrize("poor", [heard(A, seconds=10.0), heard(A, even=EVEN - 0.01)])
def test_too_little_speech_or_two_people_in_one_voice_tell_nothing(poor: Sample) -> None:
    assert rules({"V1": poor}, A) == {}


def test_the_reason_says_from_where_and_how_like() -> None:
    known = [KnownVoice("P0", "m0", A), KnownVoice("P1", "m3", B)]
    turns = [Turn("V1", 90.0, 99.0), Turn("V1", 7.5, 20.0)]

    (found,) = as_evidence(list(likenesses({"V1": heard(at(0.991))}, known)), turns)
    (only,) = as_evidence(list(likenesses({"V1": heard(at(0.991))}, known[:1])), turns)

    assert found.quote == "sounds like the voice enrolled from m0, likeness .991, next .000"
    assert only.quote.endswith("likeness .991, no other enrolled")
    assert (found.person, found.start_s) == ("P0", 7.5)


def test_where_two_speak_at_once_neither_is_alone() -> None:
    turns = [Turn("V1", 0, 10), Turn("V2", 8, 12), Turn("V1", 12, 15), Turn("V?", 20, 30)]

    assert alone(turns) == {"V1": [(0, 8), (12, 15)], "V2": [(10, 12)]}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Sample]]:
    """Every speaker of the two sample meetings as they sound there, from the true turns."""
    maker, folder = VoiceSamples(), tmp_path_factory.mktemp("pcm")
    return {m: dict(speakers(maker, decoded(folder, m), m)) for m in (JUNE, JULY)}


def speakers(maker: VoiceSamples, sound: PcmSound, meeting_id: str) -> Sequence[tuple[str, Sample]]:
    turns = [Turn(who, start, end) for who, start, end, _ in true_turns(meeting_id)]
    made = [(who, maker.of(sound, spans)) for who, spans in alone(turns).items()]
    return [(who, s) for who, s in made if s is not None]


def enrolled_from(sample: dict[str, Sample], *, without: str = "") -> list[KnownVoice]:
    return [
        KnownVoice(who, "m0", s.vector)
        for who, s in sample.items()
        if who != without and s.enough(ENROLS_S)
    ]


@pytest.mark.parametrize(("first", "then"), [(JUNE, JULY), (JULY, JUNE)])
def test_people_of_one_meeting_are_known_in_the_other_and_nobody_else_is(
    sample: dict[str, dict[str, Sample]], first: str, then: str
) -> None:
    known = enrolled_from(sample[first])
    both = {k.person for k in known} & {v for v, s in sample[then].items() if s.enough(15.0)}

    told = {f.voice: f.known.person for f in likenesses(sample[then], known) if f.rule}

    assert len(both) >= 3
    assert told == {who: who for who in both}


@pytest.mark.parametrize(("first", "then"), [(JUNE, JULY), (JULY, JUNE)])
def test_a_person_who_is_not_enrolled_is_taken_for_no_one(
    sample: dict[str, dict[str, Sample]], first: str, then: str
) -> None:
    """Also where the voices enrolled are of the same engine, a few per cent slower."""
    for who in sample[then]:
        every = [KnownVoice(w, "m0", s.vector) for w, s in sample[first].items() if w != who]
        assert not any(f.rule for f in likenesses(sample[then], every) if f.voice == who)


def test_the_nearest_of_the_sample_is_near_indeed(sample: dict[str, dict[str, Sample]]) -> None:
    """What the thresholds keep apart: one flite voice, and the same three per cent faster."""
    mensah = sample[JULY]["Councillor Joseph Mensah"]

    assert NEAR - 0.02 < float(mensah.vector @ sample[JUNE][LAMBERT].vector) < NEAR


def test_one_persons_voice_has_even_halves(sample: dict[str, dict[str, Sample]]) -> None:
    assert all(s.even >= EVEN for m in sample.values() for s in m.values() if s.enough(15.0))


def test_two_people_in_one_voice_are_noticed(tmp_path: Path) -> None:
    """One after the other, as a bad telling apart would have them."""
    turns = true_turns(JUNE)
    spans = [
        next((start, end) for who, start, end, _ in turns if who == person)
        for person in ("Councillor Helen Penrose", "Superintendent Paul Hartley")
    ]

    sample = VoiceSamples().of(decoded(tmp_path, JUNE), spans)

    assert sample is not None
    assert sample.even < EVEN


def test_silence_and_snippets_give_no_sample(tmp_path: Path) -> None:
    path = tmp_path / "silence.pcm"
    path.write_bytes(bytes(2 * 16_000 * 5))

    assert VoiceSamples().of(PcmSound(path), [(0.0, 1.0), (2.0, 3.5)]) is None
    assert VoiceSamples().of(PcmSound(path), []) is None
