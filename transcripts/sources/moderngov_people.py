"""Who is who in ModernGov's answers: councillors with their terms, and those at a meeting.

Only names, parties, wards, posts and terms are read. Home addresses, telephones, e-mail addresses
and photographs lie in the same answer and are not: not kept, not logged, not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from transcripts.meeting import Person
from transcripts.sources.moderngov_answers import children, day_of, plain, plain_of, text_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

POST_NOMINALS = re.compile(
    r"(?:,?\s+(?:MBE|OBE|CBE|KBE|DBE|BEM|MP|MS|MSP|JP|DL|QC|KC|TD|QPM|QFSM|FRSA|PhD|BA|BSc|MA))+\s*$"
)
# a seat that nobody holds is listed as if it were somebody
VACANT = re.compile(
    r"(?:(?:Councillor|Cllr\.?)\s+)?(?:vacan(?:cy|t)\s*)+(?:seat|position|post)?\s*", re.IGNORECASE
)
ABSENT = re.compile(r"absent|not required|did not attend", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Member:
    """A councillor: ``terms`` are (first, last day), either None where it is not said."""

    id: str
    person: Person
    terms: tuple[tuple[date | None, date | None], ...] = ()

    def sat_on(self, day: date) -> bool:
        """Whether they were a councillor on a day; yes where no term is told."""
        return not self.terms or any(
            (first is None or first <= day) and (last is None or day <= last)
            for first, last in self.terms
        )


def members_of(root: Element) -> list[Member]:
    """The roster of ``GetCouncillorsByWard``."""
    return [
        _member(councillor, plain_of(ward, "wardtitle"))
        for ward in children(root, "wards/ward")
        for councillor in children(ward, "councillors/councillor")
        if is_somebody(plain_of(councillor, "fullusername"))
    ]


def _member(councillor: Element, ward: str) -> Member:
    printed = plain_of(councillor, "fullusername")
    name = bare_name(printed)
    terms = tuple(
        (day_of(text_of(term, "startdate")), day_of(text_of(term, "enddate")))
        for term in children(councillor, "termsofoffice/termofoffice")
    )
    person = Person(
        name=name,
        role=plain_of(councillor, "keyposts") or "Councillor",
        party=party_of(plain_of(councillor, "politicalpartytitle")),
        ward=ward,
        aliases=aliases_of(printed, name, ""),
    )
    return Member(text_of(councillor, "councillorid"), person, terms)


def at_meeting(root: Element) -> tuple[list[Member], list[Member]]:
    """Those whom ``GetMeeting`` lists: who was there or sent apologies, and who was absent."""
    there: list[Member] = []
    absent: list[Member] = []
    for attendee in children(root, "attendees/attendee"):
        told = {k.lower(): plain(v) for k, v in attendee.attrib.items()}
        if is_somebody(told.get("name", "")):
            is_absent = ABSENT.match(told.get("attendance", ""))
            (absent if is_absent else there).append(_attendee(told))
    return there, absent


def _attendee(told: dict[str, str]) -> Member:
    name, role = bare_name(told["name"]), told.get("roledescription", "")
    post = told.get("representing", "") or role
    person = Person(
        name=name,
        role=post,
        kind=kind_of(role, told["name"], told.get("ward", "")),
        party=party_of(told.get("politicalparty", "")),
        ward=told.get("ward", ""),
        aliases=aliases_of(told["name"], name, post),
        attendance=attendance_of(told.get("attendance", "")),
    )
    return Member(told.get("memberid", ""), person)


def people_on(
    day: date,
    attending: Sequence[Member],
    roster: Iterable[Member],
    absent: Sequence[Member] = (),
) -> tuple[Person, ...]:
    """Those at a meeting, and every other councillor of that day: one may be called who is no
    member of the committee, and a name shared with one of them must not be taken for certain.
    The absent cannot be one of the voices.
    """
    ids = {m.id for m in (*attending, *absent) if m.id}
    names = {m.person.name for m in attending}
    names |= {m.person.name for m in absent if not m.id}
    posts = {m.id: m.person.role for m in roster}
    people = [_with_post(m, posts.get(m.id, "")) for m in attending]
    people += [
        m.person for m in roster if m.id not in ids and m.person.name not in names and m.sat_on(day)
    ]
    return _told_apart(people)


def _with_post(member: Member, post: str) -> Person:
    """A plain member of the committee has their post in the council for a role, if any."""
    is_plain = re.fullmatch(r"(?:committee )?member|substitute|", member.person.role, re.IGNORECASE)
    if is_plain and post and post != "Councillor":
        return replace(member.person, role=post)
    return member.person


def _told_apart(people: Sequence[Person]) -> tuple[Person, ...]:
    """Two people of one name get their ward behind it."""
    names = [p.name for p in people]
    return tuple(
        replace(p, name=f"{p.name} ({p.ward})") if names.count(p.name) > 1 and p.ward else p
        for p in dict.fromkeys(people)
    )


def chair_of(attending: Sequence[Member]) -> str:
    """Who is told as chair and there; nobody where that is not one person."""
    found = [
        m.person.name
        for m in attending
        if re.match(r"(?:chair|convener|convenor|presiding)", m.person.role, re.IGNORECASE)
        and m.person.attendance != "apologies"
    ]
    return found[0] if len(found) == 1 else ""


def is_somebody(printed: str) -> bool:
    """Whether a printed name is one, and not nothing or that of a seat which is vacant."""
    return bool(printed) and not VACANT.fullmatch(bare_name(printed))


def bare_name(printed: str) -> str:
    """``Cllr Dr Anwen Bakare MBE (on leave)`` → ``Councillor Dr Anwen Bakare``."""
    name = re.sub(r"\s*\([^)]*\)", "", printed).strip(" ,")
    name = POST_NOMINALS.sub("", name)
    return re.sub(r"^Cllr\.?\s+", "Councillor ", name) or printed


def aliases_of(printed: str, name: str, post: str) -> tuple[str, ...]:
    """The name as printed, and "Superintendent" of a "Superintendent, Northern Vale Police":
    people are called by their office, and not by whose it is.
    """
    office = post.split(",")[0].strip() if "," in post else ""
    return tuple(a for a in (printed if printed != name else "", office) if a)


def party_of(told: str) -> str:
    """As it is written, but for names in capitals and "Party" behind a party's name."""
    party = told.title() if told.isupper() and len(told) > 4 else told
    return re.sub(r"^(Labour|Conservative|Green|Conservative and Unionist) Party$", r"\1", party)


def kind_of(role: str, printed: str, ward: str) -> str:
    """What kind of person a line of attendance is."""
    if re.search(r"co-?opt|independent (?:person|member)|representative|governor", role, re.I):
        return "coopted"
    if re.search(r"officer|director|clerk|manager|head of", role, re.I):
        return "officer"
    is_member = ward or re.match(r"(?:Councillor|Cllr|Mayor|Baillie|Bailie|Provost)\b", printed)
    return "councillor" if is_member else "guest"


def attendance_of(told: str) -> str:
    """ModernGov's words as ours; nothing for what is only expected, or unknown."""
    word = told.lower()
    if "substitute" in word and word.startswith("present"):
        return "substitute"
    if word.startswith("present"):
        return "present"
    if word.startswith("in attendance"):
        return "in attendance"
    return "apologies" if word.startswith("apolog") else ""
