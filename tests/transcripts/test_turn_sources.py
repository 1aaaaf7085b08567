"""What a seat log leaves to the sound, and the turns of both as one."""

from __future__ import annotations

from transcripts.turn_sources import fit, left_over, together, within
from transcripts.words import Turn

LOG = [Turn("V1", 10.0, 40.0), Turn("V2", 30.0, 60.0)]


def test_speech_under_no_open_microphone_is_left_to_the_sound() -> None:
    """Before, after, between; not the half second around a switch."""
    regions = [(0.0, 5.0), (9.6, 62.0), (70.0, 71.0), (80.0, 90.0)]

    assert left_over(regions, LOG) == [
        (0.0, 5.0), (60.5, 62.0), (70.0, 71.0), (80.0, 90.0),
    ]  # fmt: skip
    assert left_over([(50.0, 70.0)], LOG) == [(60.5, 70.0)]
    assert left_over(regions, []) == regions
    assert within([Turn("V1", 4.0, 85.0)], [(0.0, 5.0), (80.0, 90.0)]) == [
        Turn("V1", 4.0, 5.0), Turn("V1", 80.0, 85.0),
    ]  # fmt: skip


def test_voices_of_the_sound_are_numbered_on_from_the_logs() -> None:
    """Though they bear the same labels."""
    sound = [Turn("V2", 0.0, 5.0), Turn("V1", 80.0, 85.0), Turn("V2", 85.0, 90.0)]

    assert [(t.voice, t.start_s) for t in together(LOG, sound, sound)] == [
        ("V3", 0.0), ("V1", 10.0), ("V2", 30.0), ("V4", 80.0), ("V3", 85.0),
    ]  # fmt: skip
    cut = [t for t in LOG if t.voice == "V2"]  # the first was cut when the log was moved
    assert {t.voice for t in together(cut, sound, sound)} == {"V2", "V3", "V4"}


def test_a_voice_heard_under_one_microphone_is_that_microphones_elsewhere_too() -> None:
    """Not one that is heard under two of them, nor one heard too briefly to tell."""
    log = [Turn("V1", 0.0, 30.0), Turn("V2", 30.0, 60.0), Turn("V3", 60.0, 65.0)]
    sound = [
        *(Turn("A", 0.0, 20.0), Turn("B", 20.0, 45.0), Turn("A", 45.0, 46.0)),
        *(Turn("C", 46.0, 60.0), Turn("D", 60.0, 65.0)),
    ]
    rest = [Turn(voice, 100.0 + n, 101.0 + n) for n, voice in enumerate("ABCD")]

    assert [t.voice for t in together(log, rest, sound)[3:]] == ["V1", "V4", "V2", "V5"]


def test_a_log_laid_wrong_does_not_fit_the_speech() -> None:
    """Counted between its first and last row alone: a log of half the meeting may fit."""
    talk = [(float(a), a + 40.0) for a in range(0, 600, 100)]
    right = [Turn("V1", a, b) for a, b in talk[:3]]
    wrong = [Turn("V1", a + 50.0, b + 50.0) for a, b in talk]

    assert fit(talk, right) == 1.0
    assert fit(talk, wrong) < 0.1
    assert fit([], right) == 1.0
