"""From a document of minutes to its typed points."""

from __future__ import annotations

from collections.abc import Sequence

from models.findings.addressee import addressee
from models.minutes.answers import answer_of
from models.minutes.kinds import kind_of
from models.minutes.lists import Told
from models.minutes.resolutions import Resolved, resolved_in
from transcripts.meeting import Engine
from transcripts.minutes import MinutePoint, point_ids
from transcripts.minutes_from.paper import Paper, Section

ENGINE = Engine("minutes", "points", "4")
MOST_ABOUT = 3_000  # characters of what surrounds an answer


def points_of(paper: Paper, meeting_id: str, committee: str = "") -> tuple[MinutePoint, ...]:
    """The points of what was resolved, in the order of the document.

    ``committee`` is the body whose minutes they are: what it asks of itself is no recommendation.
    """
    found = [
        (section, resolved)
        for section in paper.sections
        if not section.restricted
        for resolved in _of_section(section)
    ]
    made = [_point(n, *each, committee) for n, each in enumerate(found)]
    return point_ids(meeting_id, made)


def _of_section(section: Section) -> Sequence[Resolved]:
    """Minutes and decision tell the same twice: the decision counts where the minutes tell none."""
    found = resolved_in(section.paragraphs)
    if not any(r.heading != "ACTION" for r in found):
        found += resolved_in(section.decision)
    return [*found, *(Resolved("ACTION", Told("", "", words)) for words in section.actions)]


def _point(position: int, section: Section, resolved: Resolved, committee: str) -> MinutePoint:
    told = resolved.told
    wording = f"{told.lead} {told.text}".strip()
    kind, rule = kind_of(wording, resolved.heading, committee)
    around = _around(section)
    answer = answer_of(wording, resolved.heading, around, committee)
    return MinutePoint(
        id="",
        kind=kind,
        text=told.text,
        position=position,
        heading=resolved.heading,
        lead=told.lead,
        label=told.label,
        item=section.item,
        item_title=section.title,
        minute_no=section.minute_no,
        mover=resolved.mover,
        seconder=resolved.seconder,
        vote=resolved.vote,
        addressee=addressee(wording),
        link=section.link,
        rule=rule,
        answer=answer,
        about=around if answer else "",
    )


def _around(section: Section) -> str:
    """The title and the words of an item: they say whose recommendation is dealt with."""
    told = " ".join(p.text for p in (*section.paragraphs, *section.decision))
    return f"{section.title}. {told}"[:MOST_ABOUT].strip(". ")
