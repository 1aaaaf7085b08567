"""Members of the public, and names that a decision withholds, are nowhere: not even in the file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from matters_arising.errors import StoreError
from tests.warehouse import builders as b
from transcripts.ledger import Decision
from transcripts.meeting import Person
from transcripts.words import Attribution, Reason
from warehouse import store
from warehouse.export import WRITERS, export
from warehouse.meeting import speakers
from warehouse.migrate import VIEWS
from warehouse.publish import LIVE_NAME
from warehouse.reader import open_reader
from warehouse.search import search

HOSTILE = (
    Person("Ann Varley", "Chair"),
    Person("Zoë O'Harrow-Pike", "for Elm Road Residents", "public", aliases=("Zo Pike",)),
    Person("Robert'); DROP TABLE meetings;--", "", "public"),
    Person("A.* (Mrs) [Quillfeather]+", "", "public"),
    Person("Mrs Ottoline Brackenbury", "", "public"),
    Person("Varnham", "", "public"),
)
LINES = (
    ("V1", "1", "I invite Zoe O’Harrow-Pike to put her question. Thank you, Mrs Brackenbury."),
    ("V2", "1", "I am zoë   o'harrow-pike and ZO PIKE is my name. Ms O'Harrow-Pike asks on bins."),
    ("V3", "1", "Ottoline Brackenbury worries about the cameras. We will write to Mrs Brackenbury"),
    ("V4", "1", "Mr Quillfeather spoke. O. Brackenbury agreed. So did Varnham, who is on duty."),
    ("V1", "1", "Robert DROP TABLE meetings said nothing."),
)  # fmt: skip
VOICES = (
    Attribution("V1", "Cllr Ann Varley", "named", "Ann Varley", 2.0, (
        Reason("invitation", "thanks to Zoë O'Harrow-Pike", 0.0, 1.0),)),
    Attribution("V2", "Zoë O'Harrow-Pike", "named", "Zoë O'Harrow-Pike", 2.0, (
        Reason("self-introduction", "I am Zoë O'Harrow-Pike", 0.0, 2.0),)),
    Attribution("V3", "Member of the public 1", "public", "Ottoline Brackenbury", 1.0, (
        Reason("invitation", "Mrs Brackenbury", 0.0, 1.0),)),
    Attribution("V4", "Quillfeather (resident)", "public"),
)  # fmt: skip
SECRETS = (
    "harrow", "pike", "drop table meetings;", "quillfeather", "brackenbury", "so did varnham",
)  # fmt: skip


def hostile() -> b.ProcessedMeeting:
    """A meeting in which every field that can carries the name of a member of the public."""
    said = b.transcript("june", LINES, voices=VOICES)
    findings = (
        b.finding(said, "concern", "Brackenbury worries about the cameras",
                  addressee="Zoë O'Harrow-Pike"),
    )  # fmt: skip
    return b.ProcessedMeeting(b.meeting("june", people=HOSTILE), (b.processed(said, findings),))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the hostile meeting."""
    made = tmp_path_factory.mktemp("home")
    store.load(made, [hostile()])
    return made


def everything(home: Path) -> str:
    """All views in one lower-case text."""
    with open_reader(home) as reader:
        rows = [row for view in VIEWS for row in reader.con.view(view).fetchall()]
    return "\n".join(map(str, rows)).lower()


def test_no_view_holds_the_name_of_a_member_of_the_public(home: Path) -> None:
    """However it was written, and whatever the name looks like."""
    shown = everything(home)
    assert [s for s in SECRETS if s in shown] == []


def test_the_file_itself_does_not_hold_it_either(home: Path) -> None:
    """So nobody who opens the tables behind the views finds it."""
    raw = (home / LIVE_NAME).read_bytes().lower()
    assert [s for s in SECRETS if s.encode() in raw] == []


@pytest.mark.parametrize("format", sorted(WRITERS))
def test_no_export_holds_it(home: Path, tmp_path: Path, format: str) -> None:
    """In any format."""
    export(home, tmp_path / "out", format)
    raw = b"".join(p.read_bytes() for p in (tmp_path / "out").iterdir()).lower()
    assert [s for s in SECRETS if s.encode() in raw] == []


def test_no_search_finds_or_shows_it(home: Path) -> None:
    """Asking for the name gives nothing; what was said is found under its label."""
    with open_reader(home) as reader:
        by_name = [search(reader, name).hits for name in ("Brackenbury", '"o\'harrow"', "Pike")]
        about = search(reader, "cameras").hits
    assert by_name == [(), (), ()]
    assert [(h.speaker, h.person, h.attribution) for h in about] == [
        ("Member of the public 1", None, "public")
    ]
    assert about[0].text == "[name withheld] worries about the cameras."


def test_each_member_of_the_public_keeps_a_label_of_their_own(home: Path) -> None:
    """And the words around a name stay as they were said."""
    with open_reader(home) as reader:
        labels = reader.con.view("speakers").project("voice, speaker, person").order("voice")
        text = reader.con.view("sentences").filter("position = 5").project("text").fetchone()
        assert labels.fetchall() == [
            ("V1", "Cllr Ann Varley", "Ann Varley"),
            ("V2", "Member of the public", None),
            ("V3", "Member of the public 1", None),
            ("V4", "Member of the public 2", None),
        ]
    assert text == ("We will write to [name withheld]",)


def decision(kind: str, verdict: str, **about: object) -> Decision:
    """A decision of the clerk."""
    return Decision(kind, verdict, "the clerk", "2026-06-20T10:00:00+01:00", **about)  # type: ignore[arg-type]


def test_deciding_that_a_voice_is_a_member_of_the_public_shows_no_name(tmp_path: Path) -> None:
    """Their label is what a person's decision gives them."""
    about = {"recording_sha256": b.sha_of("june"), "voice": "V1"}
    store.load(
        tmp_path,
        [hostile()],
        decisions=[decision("speaker", "Zoë O'Harrow-Pike", **about)],
    )
    with open_reader(tmp_path) as reader:
        found = reader.con.view("speakers").filter("voice = 'V1'")
        assert found.project("speaker, person, kind, decided_by").fetchall() == [
            ("Member of the public 3", None, "public", "the clerk")
        ]
    assert "harrow" not in everything(tmp_path)


def test_a_name_withheld_by_decision_is_gone_after_the_meetings_are_loaded_again(
    tmp_path: Path,
) -> None:
    """Until they are, nothing is published: the old warehouse stays and says which to load."""
    june, july = b.done("june"), b.done("july", day=date(2026, 7, 7))
    quiet = b.one_transcript(b.transcript("quiet", (("V9", "1", "Nothing was said."),), voices=()),
                             people=(), chair="")  # fmt: skip
    store.load(tmp_path, [june, july, quiet])
    withheld = [decision("withhold", "withheld", name="Ann Varley")]

    with pytest.raises(StoreError, match="july, june"):
        store.load(tmp_path, [quiet], decisions=withheld)
    assert store.stale_meetings(tmp_path, withheld) == ("july", "june")
    store.load(tmp_path, [june, july], decisions=withheld)
    assert "varley" not in everything(tmp_path)
    assert store.stale_meetings(tmp_path, withheld) == ()
    store.load(tmp_path, [], decisions=withheld)


def test_a_name_that_may_be_shown_again_asks_for_its_meetings(tmp_path: Path) -> None:
    """What was masked cannot be brought back from the warehouse itself."""
    june = b.done("june")
    store.load(tmp_path, [june], decisions=[decision("withhold", "withheld", name="Ann Varley")])
    shown = [decision("withhold", "shown", name="Ann Varley")]

    assert store.load(tmp_path, [], decisions=shown).reload == ("june",)
    store.load(tmp_path, [june], decisions=shown)
    assert "ann varley" in everything(tmp_path)


def test_speakers_stand_by_the_alphabet_however_much_they_say(tmp_path: Path) -> None:
    """Nobody is ranked; voices without a name follow, by their number."""
    labels = {
        "V1": "Cllr Zoe Young",
        "V2": "Cllr Ann Varley",
        "V3": "Speaker 10",
        "V4": "Speaker 9",
    }
    why = (Reason("invitation", "please", 0.0, 1.0),)
    voices = tuple(
        Attribution(v, label, "named", label[5:], 2.0, why)
        if "Cllr" in label
        else Attribution(v, label)
        for v, label in labels.items()
    )
    lines = [(v, "1", " ".join(["bins"] * n) + ".") for n, v in enumerate(reversed(labels), 1)]
    said = b.transcript("june", lines, voices=voices)
    store.load(tmp_path, [b.ProcessedMeeting(b.meeting("june"), (b.processed(said, ()),))])

    with open_reader(tmp_path) as reader:
        shown = [row.speaker for row in speakers(reader, "june")]

    assert shown == ["Cllr Ann Varley", "Cllr Zoe Young", "Speaker 9", "Speaker 10"]
