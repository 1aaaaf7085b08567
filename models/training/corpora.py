"""The public meetings that were read for training, sentence by sentence and without a label.

Labels are kept apart from words: the project holds ids and positions, the words stay where they
are published. Ids name a meeting, a turn and a sentence of it. Meetings of the benchmark's unseen
part are never opened here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from zipfile import ZipFile

from models.findings.features import Place
from models.training.labelled import Labelled
from models.training.standoff import in_words

UNSEEN = frozenset(f"covid_{n}" for n in (2, 4, 6, 9)) | frozenset(
    f"education_{n}" for n in (0, 4, 9, 10, 13, 17, 18, 22)
)
SERIES = (1, 2, 4)  # of the invented series these are trained on; 3 and 5 are only measured on
ENDS = re.compile(r"(?<=[.?!])\s+(?=[A-Z'\"‘“])")


def committees(corpus: Path, known: Sequence[Labelled]) -> Iterator[Labelled]:
    """Sentences of the public committee meetings that the benchmark's reader left unread.

    A turn that the benchmark divides otherwise than the corpus does is passed over.
    """
    read: dict[tuple[str, int], dict[int, str]] = {}
    for s in known:
        read.setdefault((s.place.meeting, s.place.turn), {})[s.sentence] = _folded(s.text)
    for line in corpus.read_text(encoding="utf-8").splitlines():
        turn = json.loads(line)
        if turn["meeting"] in UNSEEN:
            continue
        place = Place(turn["meeting"], int(turn["turn"]), turn["speaker"])
        done = read.get((place.meeting, place.turn), {})
        texts = turn["sentences"]
        if all(n < len(texts) and _folded(texts[n]) == words for n, words in done.items()):
            yield from (_unread(place, n, t) for n, t in enumerate(texts) if n not in done)


def seattle(archive: Path) -> Iterator[Labelled]:
    """Sentences of five meetings of Seattle's council, as captioned by people."""
    with ZipFile(archive) as opened:
        names = sorted(n for n in opened.namelist() if n.endswith("ground-truth.json"))
        for name in names:
            meeting = f"seattle_{name.split('/')[-2][:6]}"
            for s in json.loads(opened.read(name))["sentences"]:
                voice = int(s["speaker_index"])
                place = Place(meeting, voice, f"voice {voice}")
                yield _unread(place, int(s["index"]), _folded(s["text"]))


def series(folder: Path, numbers: Sequence[int] = SERIES) -> Iterator[Labelled]:
    """Sentences of the invented council's meetings with these numbers."""
    for number in numbers:
        meeting = json.loads((folder / f"meeting-{number}.json").read_text(encoding="utf-8"))
        for turn in meeting["turns"]:
            place = Place(f"series_{number}", int(turn["i"]), turn["speaker"])
            texts = [t for t in ENDS.split(turn["text"]) if t.strip()]
            yield from (_unread(place, n, t) for n, t in enumerate(texts))


def invented(folder: Path) -> Iterator[Labelled]:
    """Sentences of the project's own invented meetings, which carry their labels with them."""
    for path in sorted(folder.glob("*.txt")):
        meeting, turn, voice, sentence = "", 0, "", 0
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                meeting, turn = f"invented_{line.split('|')[0].split()[-1]}", 0
            elif line.startswith("== "):
                voice, turn, sentence = line[3:], turn + 1, 0
            elif line.strip():
                text, letters, spans, slots = [*line.split("\t"), "", "", ""][:4]
                bare = _unread(Place(meeting, turn, voice), sentence, text)
                yield in_words(bare, letters, spans, slots)
                sentence += 1


def _unread(place: Place, sentence: int, text: str) -> Labelled:
    name = f"{place.meeting}:{place.turn}:{sentence}"
    return Labelled(id=name, place=place, sentence=sentence, text=text, reader=1)


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
