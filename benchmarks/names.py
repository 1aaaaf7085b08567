"""Claim: misheard names are spelt by the roster, and hardly anything else is touched.

    python benchmarks/names.py [NAMING]

NAMING, by default the shared benchmark where it lies beside the project, is a folder of meetings
with a roster (``matters evaluate naming``). In a copy of each the names that stand after a title
are misheard: a letter doubled, dropped or swapped, a vowel for another, a "ph" for an "f". These
mistakes are not drawn from what the matching goes by. Told are the share of misheard names that
came back, of those right and wrong, and how many words of the unchanged text were changed in
10,000.
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

from models.evaluation.naming import meeting_of, utterances_of
from models.names.repair import Repairs
from models.names.said import key_of
from models.names.titles import STRONG_TITLES
from transcripts.words import Utterance

SEED = 11
SHARED = Path(__file__).resolve().parents[2] / "shared" / "benchmarks" / "naming"
VOWELS = "aeiouy"
SOUNDS_LIKE = dict(zip("ckszftdbpvg", ("k", "c", "z", "s", "ph", *"dtpbfk"), strict=True))


def misheard(name: str, draw: random.Random) -> str:
    """A name with one or two letters as somebody might write them who never saw it."""
    letters = list(name)
    for _ in range(1 if len(name) < 6 else draw.choice((1, 2))):
        at = draw.randrange(1, max(2, len(letters)))
        at = min(at, len(letters) - 1)
        if letters[at] in VOWELS:
            letters[at] = draw.choice([v for v in VOWELS if v != letters[at]])
        else:
            kind = draw.random()
            if kind < 0.4:
                letters[at] = letters[at] * 2
            elif kind < 0.7 and len(letters) > 4:
                letters[at] = ""
            else:
                letters[at] = SOUNDS_LIKE.get(letters[at], letters[at])
        letters = list("".join(letters))
    return "".join(letters)


def damaged(
    said: list[Utterance], surnames: set[str], draw: random.Random
) -> tuple[list[Utterance], dict[tuple[int, int], str]]:
    """The utterances with each surname after a title misheard, and where, by what it was."""
    made, where = [], {}
    for u, utterance in enumerate(said):
        words = list(utterance.words)
        for w in range(1, len(words)):
            key = key_of(words[w].text.strip(".,;:!?"))
            titled = key_of(words[w - 1].text.strip(".")) in STRONG_TITLES
            if titled and key in surnames and words[w].text.strip(".,;:!?").lower() == key:
                wrong = misheard(key, draw)
                if wrong != key:
                    where[u, w] = key
                    words[w] = replace(
                        words[w], text=words[w].text.lower().replace(key, wrong).capitalize()
                    )
        made.append(replace(utterance, words=tuple(words)))
    return made, where


def measure(folder: Path) -> dict[str, Any]:
    """The figures over all meetings of a folder."""
    draw = random.Random(SEED)
    count = {"misheard": 0, "right": 0, "wrong": 0, "words": 0, "changed": 0}
    for file in sorted((folder / "meetings").glob("*.json")):
        told = json.loads(file.read_text(encoding="utf-8"))
        meeting, said = meeting_of(told), utterances_of(told)
        repairs = Repairs(meeting)
        untouched, changed = repairs.mend(said)
        count["words"] += sum(len(u.words) for u in untouched)
        count["changed"] += len(changed)
        surnames = {key_of(p.name.split()[-1]) for p in meeting.people}
        copy, where = damaged(said, surnames, draw)
        mended, _ = repairs.mend(copy)
        count["misheard"] += len(where)
        for (u, w), key in where.items():
            word = mended[u].words[w]
            if word.heard:
                right = key_of(word.text.strip(".,;:!?")) == key
                count["right" if right else "wrong"] += 1
    return {
        **count,
        "recall": round(count["right"] / max(count["misheard"], 1), 3),
        "precision": round(count["right"] / max(count["right"] + count["wrong"], 1), 3),
        "changed_in_10000": round(10000 * count["changed"] / max(count["words"], 1), 2),
    }


def main() -> None:
    """Prints the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("naming", type=Path, nargs="?", default=SHARED)
    folder = parser.parse_args().naming
    if (folder / "meetings").is_dir():
        print(json.dumps(measure(folder)))
    else:
        print(f"skipped: there are no meetings in {folder}")


if __name__ == "__main__":
    main()
