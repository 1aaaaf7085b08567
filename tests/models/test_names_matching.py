"""Which words are matched to whom on a roster: exactly, nearly, or to several who sound alike."""

from __future__ import annotations

from datetime import date

import pytest

from models.names.roster import Finder, known_people
from models.names.said import spoken_turns
from transcripts.meeting import Meeting, Person
from transcripts.words import Utterance, Word

ALIKE = (
    Person("Councillor Anne Clark"),
    Person("Councillor Joe Clarke"),
    Person("Councillor Pat McDell"),
    Person("Councillor Iain MacDell"),
    Person("Councillor Jon Harrow"),
    Person("Councillor Joan Harrow"),
    Person("Councillor Carol Leake"),
    Person("Councillor Caroline Leake"),
    Person("Councillor Tom Quill"),
)


def found(text: str, *people: Person) -> list[tuple[str, tuple[str, ...]]]:
    """How each mention in a turn names whom, the councillors among them without their title."""
    meeting = Meeting("m", "Aldermere", "Scrutiny", "SC", date(2026, 6, 11), people=people)
    words = tuple(Word(w, i * 0.4, i * 0.4 + 0.3) for i, w in enumerate(text.split()))
    (turn,) = spoken_turns([Utterance("u", "V1", words)])
    mentions = Finder(known_people(meeting)).mentions(turn)
    return [(m.how, tuple(p.removeprefix("Councillor ") for p in m.people)) for m in mentions]


@pytest.mark.parametrize(
    ("text", "how", "people"),
    [
        ("Councillor Clark, please.", "surname", {"Anne Clark", "Joe Clarke"}),
        ("Councillor Clarke, please.", "surname", {"Anne Clark", "Joe Clarke"}),
        ("councillor macdell please", "surname", {"Pat McDell", "Iain MacDell"}),
        ("Councillor Clerke, please.", "surname", {"Anne Clark", "Joe Clarke"}),
        ("Thank you, Joan.", "first", {"Jon Harrow", "Joan Harrow"}),
        ("John Harrow, please.", "full", {"Jon Harrow", "Joan Harrow"}),
        ("Jean Harrow, please.", "full", {"Jon Harrow", "Joan Harrow"}),
        ("carolyn leake please", "full", {"Carol Leake", "Caroline Leake"}),
    ],
)
def test_names_that_sound_alike_are_not_told_apart_by_their_spelling(
    text: str, how: str, people: set[str]
) -> None:
    ((told, meant),) = found(text, *ALIKE)

    assert (told, set(meant)) == (how, people)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Joan Harrow, please.", "Joan Harrow"),
        ("jon harrow please", "Jon Harrow"),
        ("Caroline Leake, please.", "Caroline Leake"),
        ("Councillor Anne Clark, please.", "Anne Clark"),
        ("Joe Clark, please.", "Joe Clarke"),
        ("Tom Quil, please.", "Tom Quill"),
    ],
)
def test_a_first_name_tells_them_apart_and_an_exact_one_goes_before_a_near_one(
    text: str, person: str
) -> None:
    assert found(text, *ALIKE) == [("full", (person,))]


def test_who_is_away_is_not_meant_by_a_name_that_only_sounds_like_theirs() -> None:
    people = (
        Person("Councillor Anne Clark", attendance="apologies"),
        Person("Councillor Joe Clarke"),
    )

    assert found("Councillor Clarke, please.", *people) == [("surname", ("Joe Clarke",))]
    assert found("Councillor Clark, please.", *people) == [
        ("surname", ("Anne Clark", "Joe Clarke"))
    ]


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Lord Mayor Councillor Ben Hale", ("ben",), ("hale",)),
        ("Deputy Lord Mayor, Cllr Ida Teasdale OBE JP", ("ida",), ("teasdale",)),
        ("Mayor Una Pryce", ("una",), ("pryce",)),
        ("Vice Chair Councillor Bo Reed", ("bo",), ("reed",)),
        ("Mike Burr MBE", ("mike",), ("burr",)),
        ("Cllr Dr Mike Lodge M.B.E., PhD", ("mike",), ("lodge",)),
        ("Councillor Jane Poole (Vice-Chair)", ("jane",), ("poole",)),
        ("Lord Tarrant KC", (), ("tarrant",)),
        ("Jane Mayor", ("jane",), ("mayor",)),
        ("Jack Ng", ("jack",), ("ng",)),
        ("Zoe Holloway-Singh", ("zoe",), ("holloway", "singh")),
    ],
)
def test_a_name_on_a_roster_is_freed_of_offices_and_honours(
    name: str, first: tuple[str, ...], last: tuple[str, ...]
) -> None:
    meeting = Meeting("m", "A", "S", "SC", date(2026, 6, 11), people=(Person(name),))

    (known,) = known_people(meeting)

    assert (known.first, known.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "Deputy Mayor, please.",
        "We will write to the Mayor.",
        "deputy lord mayor please",
        "The deputy director, please.",
        "I ask the former director of housing.",
    ],
)
def test_an_office_names_nobody_who_only_has_a_part_of_it(text: str) -> None:
    people = (
        Person("Lord Mayor Councillor Ben Hale"),
        Person("Mary Roe", "Director of Housing", "officer"),
    )

    assert found(text, *people) == []


def test_who_has_honours_or_an_office_is_still_found_by_title_and_surname() -> None:
    people = (Person("Lord Mayor Councillor Ben Hale"), Person("Mike Burr MBE"))

    assert found("Councillor Burr, then Councillor Hale.", *people) == [
        ("surname", ("Mike Burr MBE",)),
        ("surname", ("Lord Mayor Councillor Ben Hale",)),
    ]


WORDS = (
    Person("Councillor Mark Dale"),
    Person("Councillor Penny Ward"),
    Person("Councillor May North"),
    Person("Councillor Grant Street"),
    Person("Councillor Victoria Banks"),
    Person("Councillor Charlotte Derby"),
    Person("Councillor Suzy Bridge"),
    Person("Councillor Lewis Price"),
)


@pytest.mark.parametrize(
    "text",
    [
        "We turn to Victoria.",
        "Now we move on to Banks.",
        "The next site is Derby.",
        "Questions on Suzy Lane, please.",
        "The next one is on Suzy.",
        "Charlotte Street is next, please.",
        "That will be done by May.",
        "I give it full mark",
        "that is for you to answer if you may",
        "it did not cost a penny",
        "so we go to grant",
        "over to the bridge",
        "let us go on to price",
        "questions on victoria",
        "Suzy Marchbank has asked to speak.",
        "Our thanks go to Ann Bridge.",
    ],
)
def test_words_places_and_other_peoples_names_are_not_mentions(text: str) -> None:
    assert found(text, *WORDS) == []


@pytest.mark.parametrize(
    ("text", "how", "person"),
    [
        ("Victoria, please.", "first", "Victoria Banks"),
        ("Thank you Victoria for that.", "first", "Victoria Banks"),
        ("We turn to Suzy.", "first", "Suzy Bridge"),
        ("over to suzy", "first", "Suzy Bridge"),
        ("Questions from Mark then.", "first", "Mark Dale"),
        ("Thank you. Bridge, please.", "bare", "Suzy Bridge"),
        ("we come to victoria banks", "full", "Victoria Banks"),
        ("over to councillor price", "surname", "Lewis Price"),
        ("Suzy I will come back to you.", "first", "Suzy Bridge"),
    ],
)
def test_a_first_name_or_surname_of_somebody_spoken_to_is_found(
    text: str, how: str, person: str
) -> None:
    assert found(text, *WORDS) == [(how, (person,))]


SHORT = (
    Person("Councillor Robert Lorne"),
    Person("Councillor Margaret Roe"),
    Person("Councillor Stephen Pell"),
    Person("Councillor Steven Rudge"),
    Person("Councillor Jonathan Vane"),
    Person("Councillor John Tarrant"),
    Person("Councillor Katherine Reed", aliases=("Kit Reed",)),
)


@pytest.mark.parametrize(
    ("text", "how", "person"),
    [
        ("Thank you, Bob.", "first", "Robert Lorne"),
        ("over to maggie", "first", "Margaret Roe"),
        ("Bob Lorne, please.", "full", "Robert Lorne"),
        ("Over to Kit.", "first", "Katherine Reed"),
        ("Kit Reed, please.", "full", "Katherine Reed"),
    ],
)
def test_a_nickname_that_can_be_one_persons_alone_is_theirs(
    text: str, how: str, person: str
) -> None:
    assert found(text, *SHORT) == [(how, (person,))]


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("Steve, please.", ()),  # of two
        ("Bob, please.", (Person("Councillor Bob Ames"),)),  # who bears it
        ("Bob Ames, please.", ()),  # another surname
        ("over to jock", (Person("Councillor Jack Ames"),)),
    ],
)
def test_a_nickname_is_nobodys_where_another_may_be_meant(
    text: str, more: tuple[Person, ...]
) -> None:
    assert not {"Robert Lorne", "Stephen Pell", "Steven Rudge", "John Tarrant"} & {
        p for _, people in found(text, *SHORT, *more) for p in people
    }
