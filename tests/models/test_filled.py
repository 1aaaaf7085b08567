"""Findings filled in: later turns taken in, several split, everything anchored."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from models.findings.filled import Filling
from transcripts.finding import LETTERS, Finding, anchored, finding_id
from transcripts.words import Sentence

DAY = date(2026, 6, 11)
FILLING = Filling(DAY, (DAY, date(2026, 7, 16)))
MOVED = "the police give every councillor fourteen days notice before each deployment"


def meeting(*said: tuple[str, str], item: str = "2") -> list[Sentence]:
    return [
        Sentence(f"s{i}", f"u{i}", voice, text, float(i), i + 1.0, item)
        for i, (voice, text) in enumerate(said)
    ]


def found(
    sentences: list[Sentence], *quoted: tuple[int, str, str], settled_s: float | None = None
) -> dict[tuple[int, str], Finding]:
    made = {}
    for index, letter, quote in quoted:
        s = sentences[index]
        kind = LETTERS[letter]
        made[index, letter] = Finding(
            finding_id("sha", kind, s.start_s, s.end_s),
            kind,
            s.id,
            s.utterance_id,
            s.voice,
            quote,
            s.start_s,
            s.end_s,
            s.item,
            rules=("R.recommend",),
            agreed=True if settled_s is not None else None,
            settled_s=settled_s,
        )
    return made


def fill(
    sentences: list[Sentence],
    known: dict[tuple[int, str], Finding],
    puts: dict[int, int] | None = None,
    about: str = "",
) -> list[Finding]:
    """``about`` has a letter a sentence, the same for sentences about the same thing."""
    vectors = np.array([[a == b for b in sorted(set(about))] for a in about], dtype=np.float32)
    made = FILLING.fill("sha", sentences, known, puts=puts, vectors=vectors if about else None)
    texts = {s.id: s.text for s in sentences}
    assert all(anchored(f, texts) for f in made)
    return made


@pytest.mark.parametrize(
    ("later", "name", "words"),
    [
        ("Then make it seven.", "wording", "Then make it seven"),
        ("Shall we say seven days?", "wording", "Shall we say seven days"),
        ("Could we change that to a week?", "wording", "Could we change that to a week"),
        (
            "Let us take that with Councillor Malik's point.",
            "wording",
            "Let us take that with Councillor Malik's point",
        ),
        ("Those can be one recommendation.", "wording", "Those can be one recommendation"),
        (
            "That should go to the cabinet member for community safety.",
            "addressee",
            "cabinet member for community safety",
        ),
        ("Could we have that by the end of September?", "deadline", "by the end of September"),
        ("make it seven", "wording", "make it seven"),
        ("that should go to the chief constable", "addressee", "chief constable"),
    ],
)
def test_a_later_turn_is_taken_in_beside_the_first_words(later: str, name: str, words: str) -> None:
    said = meeting(("V1", f"I recommend that {MOVED}."), ("V2", later))

    (made,) = fill(said, found(said, (0, "R", MOVED)))

    assert [(s.words, s.sentence_id) for s in made.slots if s.name == name][-1] == (words, "s1")
    assert made.quote == MOVED


@pytest.mark.parametrize(
    "later",
    [
        "That was in June.",
        "Let me make it clear that I agree.",
        "Thank you, that is helpful.",
        "We can make them available today.",
        "It is now three weeks later.",
        "That is for the school to judge.",
        "That's the recommendation.",
    ],
)
def test_talk_that_changes_nothing_adds_nothing(later: str) -> None:
    said = meeting(("V1", f"I recommend that {MOVED}."), ("V2", later))

    (made,) = fill(said, found(said, (0, "R", MOVED)))

    assert {s.sentence_id for s in made.slots} == {"s0"}


def test_a_rewording_in_the_next_item_or_after_the_vote_is_not_taken_in() -> None:
    said = meeting(
        ("V1", f"I recommend that {MOVED}."), ("V2", "Agreed."), ("V3", "Make it seven.")
    )
    other = [
        *said[:1],
        *(
            Sentence(s.id, s.utterance_id, s.voice, s.text, s.start_s, s.end_s, "3")
            for s in said[2:]
        ),
    ]

    (settled,) = fill(said, found(said, (0, "R", MOVED), settled_s=1.0))
    (moved_on,) = fill(other, found(other, (0, "R", MOVED)))

    assert (settled.wording, moved_on.wording) == ("", "")


def test_a_rewording_touches_the_recommendation_said_last() -> None:
    lamps = "the council should mend the lamps"
    said = meeting(
        ("V1", f"I recommend that {MOVED}."),
        ("V2", f"I move that {lamps}."),
        ("V1", "Make it June."),
    )

    first, second = fill(said, found(said, (0, "R", MOVED), (1, "R", lamps)))

    assert (first.wording, second.wording) == ("", "Make it June")


def test_a_redirected_recommendation_is_addressed_to_the_second_office_and_dated() -> None:
    text = "I move that the council should mend the lamps."
    said = meeting(
        ("V1", text),
        ("V2", "That goes to the cabinet member for transport."),
        ("V2", "That should be done by the first of September."),
    )

    (made,) = fill(said, found(said, (0, "R", "the council should mend the lamps")))

    assert (made.addressee, made.due) == ("cabinet member for transport", "2026-09-01")
    assert [s.words for s in made.slots if s.name == "addressee"] == [
        "council",
        "cabinet member for transport",
    ]


def test_what_is_settled_together_carries_the_wording_last_put() -> None:
    put = "the police give all councillors seven days notice"
    said = meeting(
        ("V1", f"I recommend that {MOVED}."),
        ("V2", "That goes to the chief constable."),
        ("V3", f"So the recommendation is that {put}."),
        ("V1", "Agreed."),
    )

    first, last = fill(
        said, found(said, (0, "R", MOVED), (2, "R", put), settled_s=3.0), about="xaxb"
    )

    assert (first.wording, last.wording) == (put, "")
    assert (first.addressee, last.addressee) == ("chief constable", "chief constable")


def test_several_recommendations_of_one_sentence_have_quotes_and_ids_of_their_own() -> None:
    quote = "the council should publish the survey by July and send it to every school"
    said = meeting(("V1", f"I move that {quote}."))
    known = found(said, (0, "R", quote))

    made = fill(said, known)

    assert [f.quote for f in made] == [
        "the council should publish the survey by July",
        "send it to every school",
    ]
    assert made[0].id == known[0, "R"].id != made[1].id
    assert [f.addressee for f in made] == ["council", "council"]
    assert [f.due for f in made] == ["2026-07-31", ""]
    assert fill(said, known) == made


def test_a_matter_is_what_the_item_keeps_talking_of() -> None:
    quote = "the police give notice before each use of live facial recognition"
    said = meeting(
        ("V1", "The item is live facial recognition in the town centre."),
        ("V2", "Live facial recognition frightens people."),
        ("V1", f"I recommend that {quote}."),
    )

    (made,) = fill(said, found(said, (2, "R", quote)))

    assert made.matter == "live facial recognition"


def test_a_promise_of_the_speaker_is_held_by_the_voice() -> None:
    said = meeting(
        ("V4", "I will send the dates by the end of June."), ("V5", "The council will pay.")
    )

    own, other = fill(
        said, found(said, (0, "A", "I will send the dates"), (1, "A", "The council will pay"))
    )

    assert (own.holder, own.due, other.holder) == ("V4", "2026-06-30", "The council")


def test_proposals_reach_the_finding_they_are_for() -> None:
    said = meeting(("V1", "I move that the Friends of the Park should mend the gate."))
    known = found(said, (0, "R", "the Friends of the Park should mend the gate"))

    (made,) = FILLING.fill("sha", said, known, {(0, "R"): {"to": (16, 35)}})

    assert made.addressee == "Friends of the Park"


PUBLISHED = "the council publishes the protocol for members"


@pytest.mark.parametrize(
    ("put", "promised", "deadline"),
    [
        ("Are we agreed?", "We will send members the dates by Friday.", ""),
        ("Is that agreed, by the end of June?", "Thank you for that.", "by the end of June"),
        ("We will do that by Friday, are we agreed?", "Thank you for that.", ""),
    ],
)
def test_a_motion_is_dated_by_the_words_that_put_or_settle_it_alone(
    put: str, promised: str, deadline: str
) -> None:
    said = meeting(
        ("V1", f"I recommend that {PUBLISHED}."),
        ("V3", "Thank you for that."),
        ("V2", promised),
        ("V2", put),
        ("V3", "Agreed."),
    )
    asked = found(said, (0, "R", PUBLISHED), settled_s=4.0)
    promise = found(said, *((i, "A", s.text) for i, s in enumerate(said) if "We will" in s.text))

    made = fill(said, asked | promise, {0: 3})

    assert [f.deadline for f in made if f.kind == "recommendation"] == [deadline]


def test_different_recommendations_settled_together_keep_their_particulars() -> None:
    protocol = "the cabinet publishes the protocol by the end of June"
    notice = "the police give every councillor notice of deployments"
    said = meeting(
        ("V1", f"I recommend that {protocol}."),
        ("V1", f"I recommend that {notice}."),
        ("V2", "Are we agreed?"),
        ("V1", "Agreed."),
    )
    known = found(said, (0, "R", protocol), (1, "R", notice), settled_s=3.0)

    first, second = fill(said, known, {0: 2, 1: 2}, about="abxx")

    assert (first.addressee, first.deadline, first.wording) == (
        "cabinet",
        "by the end of June",
        "",
    )
    assert (second.addressee, second.deadline) == ("police", "")


def test_a_rewording_settled_with_two_others_belongs_to_the_one_before_it() -> None:
    notice = "the council publishes the protocol"
    said = meeting(
        ("V1", f"I recommend that {notice}."),
        ("V1", f"I recommend that {MOVED}."),
        ("V2", "Make it seven by the end of June."),
        ("V1", "Agreed."),
    )
    new = (2, "R", "Make it seven by the end of June")
    known = found(said, (0, "R", notice), (1, "R", MOVED), new, settled_s=3.0)

    first, second, last = fill(said, known, about="abcx")

    assert (first.wording, second.wording) == ("", "Make it seven by the end of June")
    assert (last.addressee, second.deadline) == ("police", "by the end of June")


@pytest.mark.parametrize(
    ("words", "conditions"),
    [
        ("to every school", ["", "to every school"]),
        ("survey and send", ["", ""]),
    ],
)
def test_a_proposal_stays_within_one_of_several_recommendations(
    words: str, conditions: list[str]
) -> None:
    quote = "the council should publish the survey and send it to every school"
    said = meeting(("V1", f"I move that {quote}."))
    start = said[0].text.index(words)
    proposals = {(0, "R"): {"if": (start, start + len(words))}}

    made = FILLING.fill("sha", said, found(said, (0, "R", quote)), proposals)

    assert [f.condition for f in made] == conditions


@pytest.mark.parametrize(
    ("later", "deadline", "due"),
    [
        (
            "Make it within seven days of each deployment.",
            "within seven days of each deployment",
            "",
        ),
        ("Make it by the first of September.", "by the first of September", "2026-09-01"),
        ("Thank you.", "by the end of June", "2026-06-30"),
    ],
)
def test_the_due_day_is_that_of_the_deadline_said_last(later: str, deadline: str, due: str) -> None:
    quote = "the police publish the results by the end of June"
    said = meeting(("V1", f"I recommend that {quote}."), ("V2", later))

    (made,) = fill(said, found(said, (0, "R", quote)))

    assert (made.deadline, made.due) == (deadline, due)


@pytest.mark.parametrize(
    ("first", "later", "addressee"),
    [
        ("cabinet member for housing", "cabinet", "cabinet"),
        ("cabinet member for housing", "cabinet member", "cabinet member for housing"),
        ("director of housing", "director", "director of housing"),
        ("council leader", "council", "council"),
    ],
)
def test_a_redirection_to_a_shorter_office_is_kept(first: str, later: str, addressee: str) -> None:
    quote = f"the {first} publishes the protocol"
    said = meeting(("V1", f"I recommend that {quote}."), ("V2", f"That should go to the {later}."))

    (made,) = fill(said, found(said, (0, "R", quote)))

    assert made.addressee == addressee
