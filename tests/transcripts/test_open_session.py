"""Nothing said after the public is excluded is kept; everything said before it is."""

from __future__ import annotations

from datetime import date

import pytest

from transcripts.meeting import AgendaItem, Meeting
from transcripts.open_session import WHY, open_part, parted
from transcripts.processed import Gap
from transcripts.words import Sentence, Utterance, Word

MEETING = Meeting(
    "june", "Aldermere Borough Council", "Safer Communities Scrutiny Committee", "SCSC",
    date(2026, 6, 11),
    agenda=(AgendaItem("1", "Minutes"), AgendaItem("2", "Contract", restricted=True)),
)  # fmt: skip


def said(*texts: str, items: tuple[str, ...] = ()) -> list[Utterance]:
    """Utterances of ten seconds each."""
    out = []
    for n, text in enumerate(texts):
        words = tuple(Word(w, n * 10.0, n * 10.0 + 9.0) for w in text.split())
        out.append(Utterance(str(n), "V1", words, items[n] if items else ""))
    return out


def kept_of(spoken: list[Utterance]) -> tuple[list[Utterance], list[Gap]]:
    """What is kept of them, an utterance a sentence, and the gaps."""
    all_parts, shut = parted(spoken)
    assert [w for u in all_parts for w in u.words] == [w for u in spoken for w in u.words]
    kept, _, gaps = open_part(MEETING, all_parts, [sentence_of(u) for u in all_parts], shut)
    return kept, gaps


def sentence_of(said: Utterance) -> Sentence:
    """An utterance that is one sentence."""
    return Sentence(f"{said.id}/0", said.id, "V1", said.text, said.start_s, said.end_s, said.item)


def heard_in_a_breath(text: str) -> str:
    """What is kept of one utterance of a word a second."""
    words = tuple(Word(w, n * 1.0, n + 0.9) for n, w in enumerate(text.split()))
    kept, _ = kept_of([Utterance("sound:0", "V1", words)])
    return " / ".join(u.text for u in kept)


@pytest.mark.parametrize(
    "resolution",
    [
        "I move that under section 100A(4) we exclude the press and public for the next item.",
        "so it is resolved that the press and public be excluded from the meeting",
        "Is that agreed? Agreed. We will now go into private session.",
        "can i ask members to agree the exclusion of the press and public",
        "The press and the public are now excluded.",
        "We propose to exclude all members of the public and the press.",
        "There being no questions, I move that the press and public be excluded.",
        "If there are no questions, I would like to move that we exclude the press and public.",
        "any questions no okay i move that the press and public be excluded",
        "No. I move that, if members are content, the press and public be excluded.",
    ],
)
def test_what_follows_the_exclusion_of_the_public_is_cut(resolution: str) -> None:
    """The resolution itself was made in public and stays."""
    spoken = said("Good evening.", resolution, "The price is a secret.", "So is this.")

    kept, gaps = kept_of(spoken)

    assert kept == spoken[:2]
    assert gaps == [Gap(20.0, 39.0, WHY)]


@pytest.mark.parametrize(
    "warning",
    [
        "There are no items tonight for which the press and public be excluded.",
        "If we discuss the figures we would have to agree to exclude the press and public.",
        "The public are excluded from too many decisions in this council, chair.",
        "The motion that the press and public be excluded was lost.",
        "I move that the press and public be excluded. Those in favour? The motion is lost.",
        "We will not agree to exclude the press and public.",
        "If we were to agree to exclude the press and public, who would know?",
        "If members want the figures, I move that the press and public be excluded.",
        "I agree that excluding the public would be a mistake.",
        "I oppose the motion that the press and public be excluded.",
        "We might have to go into private session later.",
        "People feel excluded by the press.",
    ],
)
def test_a_warning_or_a_turn_of_phrase_closes_nothing(warning: str) -> None:
    """Losing what was said in public would be a fault too."""
    spoken = said("Good evening.", warning, "Item two.")

    assert kept_of(spoken) == (spoken, [])


def test_the_meeting_goes_on_when_the_public_is_readmitted() -> None:
    """Two closed stretches are two gaps."""
    spoken = said(
        "We agree to exclude the public.", "secret", "We are back in public session.", "Item four.",
        "The press and public be excluded.", "secret",
    )  # fmt: skip

    kept, gaps = kept_of(spoken)

    assert [u.id for u in kept] == ["0", "2", "3", "4"]
    assert gaps == [Gap(10.0, 19.0, WHY), Gap(50.0, 59.0, WHY)]


def test_a_restricted_item_is_cut_though_nobody_said_so() -> None:
    """The agenda says that it is exempt."""
    spoken = said("the minutes", "the contract", "the contract", items=("1", "2", "2"))

    kept, gaps = kept_of(spoken)

    assert [u.id for u in kept] == ["0"]
    assert gaps == [Gap(10.0, 29.0, WHY)]


@pytest.mark.parametrize(
    ("said_in_public", "secret"),
    [
        ("I move that the press and public be excluded.", "The settlement is £40,000."),
        ("So the press and public be excluded for item nine, Councillors.", "It is £40,000."),
        ("I move that the press and public be excluded, is that agreed? Agreed.", "It is Veolia."),
        ("That we agree to exclude the public,", "the settlement is forty thousand pounds"),
        ("i move that the press and public be excluded from the meeting", "veolia wants forty"),
        (
            "We agree to exclude the press and public under section 100A(4), on the grounds of "
            "exempt information as defined in paragraph 3 of part 1 of schedule 12A.",
            "Mr Smith owes us forty thousand.",
        ),
    ],
)
def test_what_follows_in_the_same_breath_is_cut(said_in_public: str, secret: str) -> None:
    """One voice runs on without a silence; so do captions without marks. The agreeing may stay."""
    assert heard_in_a_breath(f"{said_in_public} {secret}") == said_in_public


@pytest.mark.parametrize(
    ("secret", "said_in_public"),
    [
        ("It is £40,000.", "We are now back in public session. Item four."),
        ("it is forty thousand veolia", "we are now back in public session item four"),
        (
            "When we are back in public session say nothing. £40,000.",
            "We are back in open session.",
        ),
        ("We will be back in public session shortly, it is £40,000.", "Public readmitted."),
    ],
)
def test_what_came_before_the_public_in_the_same_breath_is_cut(
    secret: str, said_in_public: str
) -> None:
    """And words about a return that is still to come bring nobody back."""
    heard = heard_in_a_breath(f"We agree to exclude the public. {secret} {said_in_public}")

    back = "readmitted" not in said_in_public  # "Public readmitted" alone says nothing of the sort
    assert heard == "We agree to exclude the public." + f" / {said_in_public}" * back


def test_a_part_of_an_utterance_has_an_id_of_its_own_by_its_time() -> None:
    words = (
        "We exclude nobody. We agree to exclude the public. Secret. We are in public session now."
    )
    text = words.replace("We are in public session now.", "We are back in public session.")
    said_at = tuple(Word(w, n * 1.0, n + 0.9) for n, w in enumerate(text.split()))

    all_parts, shut = parted([Utterance("sound:0", "V1", said_at)])

    assert [u.id for u in all_parts] == ["sound:0", "sound:9000", "sound:10000"]
    assert shut == {"sound:9000"}


def test_a_restricted_item_is_cut_from_the_sentence_that_begins_it() -> None:
    """It may be begun in the breath that ended the one before."""
    (spoken,) = said("Thank you. Item two.")
    divided = [
        Sentence("0/0", "0", "V1", "Thank you.", 0.0, 9.0, "1"),
        Sentence("0/1", "0", "V1", "Item two.", 0.0, 9.0, "2"),
    ]

    kept, left, gaps = open_part(MEETING, [spoken], divided)

    assert [u.text for u in kept] == ["Thank you."]
    assert (left, gaps) == (divided[:1], [Gap(0.0, 9.0, WHY)])
