"""What is left of words when every sentence that a stretch touches goes whole."""

from __future__ import annotations

import pytest

from transcripts.keeping import OPEN, keeping
from transcripts.ledger import Decision
from transcripts.redacting import spans_of, widened, without_sentences
from transcripts.words import Sentence, Utterance, Word


def spoken(*sentences: tuple[str, float, float]) -> tuple[Utterance, list[Sentence]]:
    """One utterance of sentences, the words of each spread over its seconds."""
    words, said = list[Word](), list[Sentence]()
    for number, (text, start, end) in enumerate(sentences):
        parts = text.split()
        step = (end - start) / len(parts)
        words += [Word(w, start + i * step, start + (i + 1) * step) for i, w in enumerate(parts)]
        said.append(Sentence(f"u/{number}", "u", "V1", text, start, end))
    return Utterance("u", "V1", tuple(words)), said


SAID = (("It is late.", 0.0, 3.0), ("He lives at forty Mill Lane.", 3.0, 9.0),
        ("Thank you all.", 9.0, 12.0))  # fmt: skip


@pytest.mark.parametrize(
    ("span", "left", "wide"),
    [
        ((5.0, 6.0), "It is late. Thank you all.", (3.0, 9.0)),
        ((2.5, 3.5), "Thank you all.", (0.0, 9.0)),
        ((3.0, 9.0), "It is late. Thank you all.", (3.0, 9.0)),
        ((20.0, 21.0), "It is late. He lives at forty Mill Lane. Thank you all.", (20.0, 21.0)),
    ],
)
def test_a_sentence_that_is_touched_goes_whole(
    span: tuple[float, float], left: str, wide: tuple[float, float]
) -> None:
    utterance, said = spoken(*SAID)

    utterances, sentences, spans = without_sentences([utterance], said, [span])

    assert [u.text for u in utterances] == [left]
    assert " ".join(s.text for s in sentences) == left
    assert spans == [wide]


def test_a_word_without_length_goes_with_its_sentence() -> None:
    """Captions give such at the end of a cue, where the next sentence begins."""
    words = (Word("He", 0.0, 1.0), Word("left.", 1.0, 1.0), Word("Good.", 1.0, 2.0))
    said = [Sentence("u/0", "u", "V1", "He left.", 0.0, 1.0),
            Sentence("u/1", "u", "V1", "Good.", 1.0, 2.0)]  # fmt: skip

    utterances, _, _ = without_sentences([Utterance("u", "V1", words)], said, [(0.2, 0.4)])

    assert [u.text for u in utterances] == ["Good."]


def test_a_stretch_in_which_nothing_was_said_is_told_apart() -> None:
    assert widened(spoken(*SAID)[1], (20.0, 21.0)) is None


def test_a_redaction_in_a_recording_nobody_had_read_is_open() -> None:
    lines = [
        Decision("redact", "redacted", "A", "now", id=name, meeting_id="m", recording_sha256="s",
                 start_s=start, end_s=start + 1, values=values)
        for name, start, values in (("one", 1.0, ()), ("two", 5.0, (OPEN,)))
    ]  # fmt: skip

    found = keeping(lines)["m"].redactions

    assert spans_of(found, "s", whole=True) == ((1.0, 2.0),)
    assert spans_of(found, "s", whole=False) == ((5.0, 6.0),)
    assert spans_of(found, "s") == ((1.0, 2.0), (5.0, 6.0))
