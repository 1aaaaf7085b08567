"""Write captions as a webcast has them: two short lines, late, with a few slips."""

import random
from dataclasses import dataclass

from voices import Word

WIDTH = 32
NOTE = "NOTE Invented: the captions of a sample meeting that never took place."


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a caption and the seconds in which it was spoken."""

    text: str
    start_s: float
    end_s: float


def write_vtt(turns: list[list[Word]], slips: list[list[tuple[str, str]]], seed: int) -> str:
    """A WebVTT file from the words of each turn and the slips of each turn."""
    lines = [
        line
        for words, wrong in zip(turns, slips, strict=True)
        for line in fill_lines(slip(words, wrong))
    ]
    chance = random.Random(seed)
    cues, shown_until = [], 0.0
    for pair in (lines[at : at + 2] for at in range(0, len(lines), 2)):
        start = max(shown_until, pair[0].start_s + 0.8 + 0.7 * chance.random())
        shown_until = max(start + 1.0, pair[-1].end_s + 0.9)
        cue = "\n".join(line.text.replace(">>", "&gt;&gt;") for line in pair)
        cues.append(f"{clock(start)} --> {clock(shown_until)}\n{cue}\n")
    return "\n".join(["WEBVTT\n", NOTE + "\n", *cues])


def slip(words: list[Word], wrong: list[tuple[str, str]]) -> list[Word]:
    """The words of a turn with what the captioner misheard put in their place."""
    for said, shown in wrong:
        size = len(said.split())
        starts = [
            at
            for at in range(len(words) - size + 1)
            if [word for word, _, _ in words[at : at + size]] == said.split()
        ]
        if not starts:
            raise ValueError(f"slip {said!r} is not in the turn")
        at = starts[0]
        new = (shown, words[at][1], words[at + size - 1][2])
        words = [*words[:at], new, *words[at + size :]]
    return words


def fill_lines(words: list[Word]) -> list[Line]:
    """Lines of at most WIDTH letters, the first marked as a change of speaker."""
    lines: list[Line] = []
    text, start_s, end_s = ">>", words[0][1], words[0][1]
    for word, from_s, to_s in words:
        if len(text) + 1 + len(word) > WIDTH:
            lines.append(Line(text, start_s, end_s))
            text, start_s = word, from_s
        else:
            text = f"{text} {word}"
        end_s = to_s
    return [*lines, Line(text, start_s, end_s)]


def clock(seconds: float) -> str:
    """Seconds as hh:mm:ss.mmm."""
    minutes, rest = divmod(round(seconds * 1000), 60000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
