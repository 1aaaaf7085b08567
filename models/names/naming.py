"""Names for voices, with the reasons kept; below the bar a voice stays "Speaker 4"."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from models.names import assign as assignment
from models.names.assign import LOG, Choice, assign
from models.names.chair import chair_cues, chair_name, each_its_own, inviters, opens
from models.names.cues import cues
from models.names.doubts import Doubt, doubts
from models.names.evidence import Evidence
from models.names.introductions import guests, with_apologies, with_roles
from models.names.known import added, where_words_are_silent
from models.names.meant import as_meant, by_title_of_council, customs
from models.names.namesakes import says_otherwise, with_namesakes
from models.names.outsiders import public_voices, role_of
from models.names.panel import panel_cues
from models.names.roster import Finder, Known, Mention, known_people, same_name
from models.names.said import SpokenTurn, spoken_turns
from models.names.seats import ANOTHER, another_at_the_seat, as_logged
from transcripts.meeting import Engine, Meeting, Person
from transcripts.words import UNKNOWN_VOICE, Attribution, Reason, Utterance

log = logging.getLogger(__name__)

WITHHELD = "(withheld)"
SEVERAL = "the captions have more than one name for it, perhaps people in one voice"
BY_OFFICE = ("role thanked", "thanked or invited")
DESPITE = 6.1  # score of a name that outweighs words of a resident: more than an introduction
FORMAL = 5  # surnames after a title to one first name alone, from which a meeting is formal


class CueNames:
    """Names by reasoning over a whole meeting; needs nothing but its words and its roster."""

    def __init__(self) -> None:
        settings = {"bar": assignment.BAR, "margin": assignment.MARGIN}
        self.engine = Engine("names", "cues", "5", settings=settings)

    def name(
        self,
        meeting: Meeting,
        utterances: Sequence[Utterance],
        tags: Mapping[str, Sequence[str]] | None = None,
        seats: Mapping[str, str] | None = None,
        known: Sequence[Evidence] = (),
    ) -> list[Attribution]:
        """One attribution for every voice that speaks, in order of first speech.

        ``tags`` are name tags that captions gave a voice (``<v Name>``), more than one where it is
        more than one person, ``seats`` the names or seats under which a log has it, ``known`` its
        likenesses to voices of other meetings.
        """
        voices = list(dict.fromkeys(u.voice for u in utterances))
        heard = Heard(meeting, utterances)
        logged = _tagged(meeting, utterances, seats or {}, LOG)
        one = {voice: of[0] for voice, of in (tags or {}).items() if len(of) == 1}
        evidence = [*heard.evidence, *_tagged(meeting, utterances, one), *logged]
        silent = {k.id for k in heard.people if k.silent}
        kept = as_logged([e for e in evidence if e.person not in silent or e.weight < 0])
        audible = [v for v in voices if v != UNKNOWN_VOICE]
        apart = each_its_own(heard.turns)
        chosen = assign(audible, kept, apart=apart)
        alike = where_words_are_silent(
            meeting,
            kept,
            [e for e in known if e.person not in silent],
            public=public_voices(heard.turns, heard.mentions, frozenset(heard.leading)),
            offices={v for v in audible if role_of(v, heard.turns, heard.leading, True)},
        )
        heard_too = assign(audible, [*kept, *alike], apart=apart) if alike else {}
        chosen |= added(chosen, heard_too)
        doubted = doubts(chosen, heard.turns, kept, utterances) | another_at_the_seat(kept)
        doubted |= _of_several(meeting, utterances, tags or {})
        attributions = _attributions(meeting, voices, chosen, heard, doubted)
        log.info(
            "names: %d of %d voices named",
            sum(bool(a.name) for a in attributions), len(attributions),
        )  # fmt: skip
        return attributions


class Heard:
    """A meeting's turns with everybody mentioned in them and all evidence they hold."""

    def __init__(self, meeting: Meeting, utterances: Sequence[Utterance]) -> None:
        self.turns: list[SpokenTurn] = spoken_turns(utterances)
        people = known_people(meeting)
        mentions = [Finder(people).mentions(t) for t in self.turns]
        leading = inviters(self.turns, mentions)
        told = customs(meeting, self.turns, mentions)
        away = {k.id for k in with_apologies(people, self.turns, mentions) if k.silent}
        people = people + guests(people, self.turns, leading, council=told.titled)
        people = with_roles(people, self.turns, leading)
        # whose apologies were read out may come late: a shared surname stays that of two
        finder = Finder(people)
        self.people: list[Known] = [replace(k, silent=k.id in away) for k in people]
        found = [finder.mentions(t) for t in self.turns]
        self.customs = customs(meeting, self.turns, found)
        found = as_meant(self.customs, self.turns, found)
        found = with_namesakes(self.customs, people, self.turns, found)
        self.mentions = _as_members_are_called(found)
        self.by_title = {
            (m.person, turn.tokens[m.first].start_s)
            for turn, here in zip(self.turns, self.mentions, strict=True)
            for m in here
            if by_title_of_council(turn, m)
        }
        self.leading = inviters(self.turns, self.mentions)
        found_evidence: list[Evidence] = [
            *cues(self.turns, self.mentions, frozenset(self.leading)),
            *panel_cues(self.turns, self.mentions, {*self.leading, *_opener(self.turns)}),
            *chair_cues(meeting, self.turns, self.mentions, self.leading),
            *says_otherwise(self.customs, people, self.turns),
        ]
        self.evidence = list(self._telling(found_evidence))

    def _telling(self, evidence: Sequence[Evidence]) -> Iterator[Evidence]:
        """Without first names of whom the meeting calls by title, and offices alone.

        "Tom" is then an officer of that name, and "Leader" the leader of another council, unless
        the same voice is called otherwise, too.
        """
        titled = {person for person, _ in self.by_title if self.customs.is_councillor(person)}
        first = {
            (m.person, turn.tokens[m.first].start_s)
            for turn, here in zip(self.turns, self.mentions, strict=True)
            for m in here
            if m.how == "first" and m.person in titled
        }
        plain = [e for e in evidence if e.weight > 0 and (e.person, e.start_s) not in first]
        called = {(e.voice, e.person) for e in plain}
        by_name = {(e.voice, e.person) for e in plain if e.rule not in BY_OFFICE}
        for e in evidence:
            weak = (
                self.customs.titled
                and e.rule == "role thanked"
                and (e.voice, e.person) not in by_name
            )
            if e.weight < 0 or ((e.voice, e.person) in called and not weak):
                yield e


def _as_members_are_called(mentions: Sequence[Sequence[Mention]]) -> list[list[Mention]]:
    """Without first names alone, where a meeting calls its members by title and surname.

    "Dan" is then somebody from the staff or the public, not Councillor Dan Petty.
    """
    how = Counter(m.how for found in mentions for m in found)
    if how["surname"] < FORMAL * max(1, how["first"]):
        return [list(found) for found in mentions]
    called = {m.person for found in mentions for m in found if m.how == "surname"}
    return [[m for m in f if m.how != "first" or m.person not in called] for f in mentions]


def _opener(turns: Sequence[SpokenTurn]) -> Iterator[str]:
    """Whoever opens may welcome guests though nobody is ever called by name."""
    opener = opens(turns)
    if opener:
        yield opener.voice


def _tagged(
    meeting: Meeting,
    utterances: Sequence[Utterance],
    tags: Mapping[str, str],
    rule: str = "name tag",
) -> list[Evidence]:
    """A tag speaks for a person only where the roster has one of that name: a log-in may not.

    A log also speaks for whoever has the seat among their other names ("Seat 12").
    """
    first = {u.voice: u.start_s for u in reversed(utterances)}
    log = rule == LOG
    return [
        Evidence(voice, person.name, rule, form, first.get(voice, 0.0))
        for voice, tag in tags.items()
        for person in meeting.people
        if (form := tag if same_name(tag, person.name) else log and _logged_as(tag, person))
    ]


def _of_several(
    meeting: Meeting, utterances: Sequence[Utterance], tags: Mapping[str, Sequence[str]]
) -> dict[str, Doubt]:
    """The voices of whose words the captions give some to one person and some to another."""
    found = {}
    for voice, of in tags.items():
        own = [_tagged(meeting, utterances, {voice: tag}) for tag in of]
        people = [{e.person for e in each} for each in own]
        if any(own) and any(p != people[0] for p in people):
            found[voice] = Doubt(SEVERAL, tuple(e for each in own for e in each))
    return found


def _logged_as(tag: str, person: Person) -> str:
    """The seat or name by which a log means this person; empty where it does not.

    A surname that a log puts first is put last: only so is a name found that is to be withheld.
    """
    last, _, first = tag.replace(",", " ").partition(" ")
    names = (person.name, *person.aliases)
    return next((f for f in (tag, f"{first.strip()} {last}") for n in names if same_name(f, n)), "")


def _attributions(
    meeting: Meeting,
    voices: Sequence[str],
    chosen: Mapping[str, Choice],
    heard: Heard,
    doubted: Mapping[str, Doubt],
) -> list[Attribution]:
    public = public_voices(heard.turns, heard.mentions, frozenset(heard.leading))
    made: list[Attribution] = []
    withheld = 0
    for number, voice in enumerate((v for v in voices if v != UNKNOWN_VOICE), start=1):
        choice = chosen.get(voice)
        person = meeting.person(choice.person) if choice else None
        named = bool(choice) and (person is not None or " " in (choice.person if choice else ""))
        if (person and person.kind == "public") or (
            voice in public and not (choice and person and _stands(choice, heard))
        ):
            withheld += 1
            made.append(_member_of_the_public(voice, withheld, choice, public))
        elif voice in doubted and (named or doubted[voice].rule in (ANOTHER, SEVERAL)):
            made.append(_doubted(voice, number, doubted[voice], meeting))
        elif choice and named:
            made.append(_named(voice, choice))
        else:
            made.append(_unnamed(voice, number, meeting, heard))
    if UNKNOWN_VOICE in voices:
        made.insert(voices.index(UNKNOWN_VOICE), Attribution(UNKNOWN_VOICE, "Unknown speaker"))
    return made


def _stands(choice: Choice, heard: Heard) -> bool:
    """Whether a name is kept for a voice that is announced or speaks as one of the public.

    Residents share names with councillors: only the title that councillors alone have tells them
    apart, or more than an introduction where there is no such title. A tag or a log tells whose
    the device is, and a resident may be given a member's seat.
    """
    found = [e for e in choice.evidence if e.weight > 0]
    if heard.customs.is_councillor(choice.person):
        return any((e.person, e.start_s) in heard.by_title for e in found)
    return choice.score >= DESPITE


def _named(voice: str, choice: Choice) -> Attribution:
    name = choice.person.lstrip("?")
    reasons = tuple(_reason(e) for e in choice.evidence)
    return Attribution(voice, name, "named", name, round(choice.margin, 2), reasons)


def _doubted(voice: str, number: int, doubt: Doubt, meeting: Meeting) -> Attribution:
    """No name, but what spoke for one (or two) stays to be seen, under why it was not enough."""
    private = {p.name for p in meeting.people if p.kind == "public"}
    shown = [_reason(e) for e in doubt.evidence if e.person not in private]
    first = shown[0] if shown else Reason(doubt.rule, WITHHELD, doubt.evidence[0].start_s, 0.0)
    why = Reason(doubt.rule, first.quote, first.start_s, 0.0)
    return Attribution(voice, f"Speaker {number}", reasons=(why, *shown))


def _member_of_the_public(
    voice: str, number: int, choice: Choice | None, public: Mapping[str, Evidence]
) -> Attribution:
    """No name, and no quote that would give it away."""
    found = choice.evidence if choice else (public[voice],)
    reasons = tuple(Reason(e.rule, WITHHELD, e.start_s, e.weight) for e in found)
    return Attribution(voice, f"Member of the public {number}", "public", reasons=reasons)


def _unnamed(voice: str, number: int, meeting: Meeting, heard: Heard) -> Attribution:
    role = role_of(voice, heard.turns, heard.leading, bool(chair_name(meeting)))
    if role:
        reasons = tuple(_reason(e) for e in role.evidence)
        return Attribution(voice, role.label, "role only", reasons=reasons)
    return Attribution(voice, f"Speaker {number}")


def _reason(evidence: Evidence) -> Reason:
    return Reason(evidence.rule, evidence.quote, evidence.start_s, evidence.weight)
