"""Make the recordings and the truth of the sample council again from their scripts.

    python samples/make_samples.py            every meeting
    python samples/make_samples.py 2026-06-11 one of them

Needs flite (`apt-get install flite`) and the packages av and numpy. The same flite
gives the same truth and the same sound.
"""

import csv
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import av
import numpy as np
from captions import write_vtt
from voices import RATE, Sound, Speech, Voice, Word, sentences, speak

COUNCIL = Path(__file__).parent / "aldermere"
GAP_S = 0.55
BIT_RATE = 20000
LEAD_S, TAIL_S = 1.0, 1.5
SAME_STRETCH_S = 0.3
Table = dict[str, Any]


def main(names: list[str]) -> None:
    """Make the named meetings, or all."""
    for folder in sorted(path.parent for path in COUNCIL.glob("*/script.toml")):
        if not names or folder.name in names:
            make_meeting(folder)


def make_meeting(folder: Path) -> None:
    """Speak one meeting and write its recording, truth, turns and captions."""
    script, meeting = read_toml(folder / "script.toml"), read_toml(folder / "meeting.toml")
    check_people(script, meeting, folder)
    sound, turns = perform(script, read_toml(COUNCIL / "voices.toml"))
    truth = tell_truth(script, meeting["id"], turns, len(sound) / RATE)
    write_opus(folder / "recording.opus", sound)
    (folder / "truth.json").write_text(json.dumps(truth, indent=1) + "\n", encoding="utf-8")
    (folder / "truth.rttm").write_text(write_rttm(meeting["id"], truth["turns"]), encoding="utf-8")
    if "captions" in meeting["recordings"][0]:
        vtt = write_vtt(
            [turn["words"] for turn in truth["turns"]], read_slips(script), script["seed"]
        )
        (folder / meeting["recordings"][0]["captions"]).write_text(vtt, encoding="utf-8")
    words = sum(len(turn["words"]) for turn in truth["turns"])
    size = (folder / "recording.opus").stat().st_size
    print(f"{meeting['id']}: {truth['duration_s']:.0f} s, {words} words, {size / 1e6:.2f} MB")


def read_toml(path: Path) -> Table:
    """A TOML file as a table."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def check_people(script: Table, meeting: Table, folder: Path) -> None:
    """Refuse a script in which somebody speaks who is not on the roster or not there."""
    with (folder / meeting["roster"]).open(encoding="utf-8", newline="") as file:
        known = {row["name"] for row in csv.DictReader(file)}
    there = {row["name"] for row in meeting["attendance"] if row["status"] != "apologies"}
    speakers = {turn["speaker"] for turn in script["turn"]}
    for name in sorted(speakers - (known & there)):
        if not name.startswith("Member of the public"):
            raise ValueError(f"{name} speaks in {folder.name} but is not on the roster and present")


def perform(script: Table, cast: Table) -> tuple[Sound, list[tuple[float, Speech]]]:
    """The sound of the whole meeting and, of each turn, its start and its words."""
    chance = np.random.default_rng(script["seed"])
    turns: list[tuple[float, Speech]] = []
    end = LEAD_S
    for turn in script["turn"]:
        drawn = chance.uniform(0.7, 1.3, size=1 + len(sentences(turn["text"])))
        pauses = [0.4 * float(length) for length in drawn[1:]]
        voice = Voice(**cast["voice"][turn["speaker"]])
        speech = speak(turn["text"], voice, cast["say"], pauses)
        start = end + (turn["gap_s"] if "gap_s" in turn else GAP_S * float(drawn[0]))
        turns.append((start, speech))
        end = max(end, start + len(speech.sound) / RATE)
    sound = room_noise(int((end + TAIL_S) * RATE), chance)
    for start, speech in turns:
        at = int(start * RATE)
        sound[at : at + len(speech.sound)] += speech.sound
    mixed: Sound = np.clip(sound * np.float32(0.8), -1, 1).astype(np.float32)
    return mixed, turns


def room_noise(samples: int, chance: np.random.Generator) -> Sound:
    """A quiet room: a soft low rush with a little mains hum under it."""
    rush = chance.normal(0, 1, samples)
    # A running mean keeps the low part of the noise, as a ventilated room sounds.
    total = np.cumsum(np.concatenate([np.zeros(8), rush]))
    soft = (total[8:] - total[:-8]) / np.sqrt(8)
    hum = np.sin(2 * np.pi * 50 * np.arange(samples) / RATE)
    noise: Sound = (0.0016 * soft + 0.0005 * hum).astype(np.float32)
    return noise


def tell_truth(
    script: Table, meeting_id: str, turns: list[tuple[float, Speech]], duration_s: float
) -> Table:
    """What was said, by whom and when, and what is to be found in it."""
    told = [place_turn(number, *turn) for number, turn in enumerate(turns)]
    item = ""
    for row, turn in zip(told, script["turn"], strict=True):
        item = turn.get("item", item)
        row |= {"speaker": turn["speaker"], "item": item, "text": turn["text"]}
    numbers = {turn["id"]: i for i, turn in enumerate(script["turn"]) if "id" in turn}
    truth: Table = {"meeting_id": meeting_id, "duration_s": round(duration_s, 3)}
    truth["turns"] = [{key: row[key] for key in TURN_KEYS} for row in told]
    truth["findings"] = [
        told_finding(i, turn, finding)
        for i, turn in enumerate(script["turn"])
        for finding in turn.get("findings", [])
    ]
    truth["near_misses"] = [
        {"turn": i, "quote": checked(miss["quote"], turn["text"]), "why": miss["why"]}
        for i, turn in enumerate(script["turn"])
        for miss in turn.get("near_misses", [])
    ]
    truth["recommendations"] = [
        told_recommendation(row, numbers, truth["turns"]) for row in script["recommendation"]
    ]
    if "link" in script:
        truth["links"] = [
            row | {"turns": [numbers[name] for name in row["turns"]]} for row in script["link"]
        ]
    return truth


TURN_KEYS = ("i", "speaker", "item", "start_s", "end_s", "text", "words")


def place_turn(number: int, start: float, speech: Speech) -> Table:
    """A turn at its place in the recording."""
    words = [[word, round(start + a, 3), round(start + b, 3)] for word, a, b in speech.words]
    return {"i": number, "start_s": words[0][1], "end_s": words[-1][2], "words": words}


def told_finding(number: int, turn: Table, finding: Table) -> Table:
    """A finding with every field said, so that no reader has to guess a default."""
    return {
        "kind": finding["kind"],
        "turn": number,
        "quote": checked(finding["quote"], turn["text"]),
        "speaker": turn["speaker"],
        "agreed": finding.get("agreed"),
        "addressee": finding.get("addressee"),
        "due": finding.get("due"),
        "near_miss": False,
    }


def told_recommendation(row: Table, numbers: dict[str, int], turns: list[Table]) -> Table:
    """A recommendation with the turns in which it was put, changed and decided."""
    indexes = [numbers[name] for name in row["turns"]]
    said = " ".join(turns[index]["text"] for index in indexes)
    return {
        "id": row["id"],
        "turns": indexes,
        "text": checked(row["text"], said),
        "proposer": row["proposer"],
        "addressee": row["addressee"],
        "agreed": row["agreed"],
        "outcome": row["outcome"],
        "due": row.get("due"),
        "item": turns[indexes[0]]["item"],
    }


def checked(quote: str, text: str) -> str:
    """The quote, refused unless it was said word for word."""
    if quote not in text:
        raise ValueError(f"not said in its turn: {quote!r}")
    return quote


def write_rttm(meeting_id: str, turns: list[Table]) -> str:
    """Who spoke when: a line for each stretch of speech without a pause in it."""
    lines = []
    for turn in turns:
        name = turn["speaker"].replace(" ", "_")
        for start, end in stretches(turn["words"]):
            span = f"{start:.3f} {end - start:.3f}"
            lines.append(f"SPEAKER {meeting_id} 1 {span} <NA> <NA> {name} <NA> <NA>\n")
    return "".join(lines)


def stretches(words: list[Word]) -> list[tuple[float, float]]:
    """Start and end of each run of words."""
    runs: list[tuple[float, float]] = []
    for _, start, end in words:
        if runs and start - runs[-1][1] < SAME_STRETCH_S:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs


def read_slips(script: Table) -> list[list[tuple[str, str]]]:
    """What the captions get wrong, turn by turn."""
    return [[(s["said"], s["shown"]) for s in turn.get("slips", [])] for turn in script["turn"]]


def write_opus(path: Path, sound: Sound) -> None:
    """Compress the sound for speech."""
    # Without bitexact the Ogg stream number is drawn anew each time.
    with av.open(str(path), "w", format="ogg", options={"fflags": "+bitexact"}) as file:
        stream = file.add_stream("libopus", rate=RATE, layout="mono")
        stream.bit_rate = BIT_RATE
        stream.codec_context.options = {"application": "voip"}
        frame = av.AudioFrame.from_ndarray(
            (sound * 32767).astype(np.int16).reshape(1, -1), format="s16", layout="mono"
        )
        frame.sample_rate = RATE
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            file.mux(packet)


if __name__ == "__main__":
    main(sys.argv[1:])
