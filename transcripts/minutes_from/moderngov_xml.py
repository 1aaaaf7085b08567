"""ModernGov's ``GetMeeting``: bare XML or in its SOAP envelope, with HTML bodies escaped in it.

Titles are escaped twice, so they are unescaped once more after the XML was read. Text of
restricted items is never taken. A document type or an entity is refused: the service sends none.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from matters_arising.errors import BadInputError
from transcripts.minutes_from.markup import paragraphs_of
from transcripts.minutes_from.paper import Paper, Paragraph, Section, day_in

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

FORM = "ModernGov XML"
PLACE = re.compile(r"/(?:mgWebService\.asmx|ieListDocuments\.aspx)", re.IGNORECASE)
CITED = "{base}/mgAi.aspx?ID={item}"


def read_xml(data: bytes, name: str, address: str = "") -> Paper:
    """The minutes of one meeting. BadInputError where this is another answer, or none.

    What was fetched before and cleaned says itself where it was.
    """
    meeting = _meeting(data, name)
    _check(meeting, name)
    address = address or meeting.get("address", "")
    items = meeting.findall("./{*}agendaitems/{*}agendaitem") or []
    sections = tuple(_section(item, address) for item in items)
    hidden = sum(s.restricted for s in sections)
    return Paper(
        FORM,
        sections,
        day_in(_text(meeting, "meetingdate")),
        (f"{hidden} restricted item{'s'[: hidden != 1]}",) if hidden else (),
    )


def _meeting(data: bytes, name: str) -> Element:
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        root: Element = ElementTree.fromstring(data, forbid_dtd=True)
    except DefusedXmlException as fault:
        raise BadInputError(
            f"{name} declares a document type or entities, which minutes never need; it was not "
            "read: save the meeting's XML again from the council's own service"
        ) from fault
    except (ElementTree.ParseError, ValueError, LookupError) as fault:
        raise BadInputError(
            f"{name} is not whole XML ({fault}); fetch it again from the council's service"
        ) from fault
    found = next((e for e in root.iter() if _local(e) == "meeting"), None)
    if found is None or _local(root) in ("getmeetings", "getmeetingsbydate"):
        raise BadInputError(
            f"{name} is XML with the root <{_local(root)}>, not the answer of GetMeeting: ask "
            "mgWebService.asmx/GetMeeting?lMeetingId=… for one meeting"
        )
    return found


def _check(meeting: Element, name: str) -> None:
    status = _text(meeting, "meetingstatus")
    if status.lower().startswith("cancel"):
        raise BadInputError(f"{name} is of a meeting that was cancelled: it has no minutes")
    if _text(meeting, "minutepublished").lower() == "false":
        raise BadInputError(
            f"{name}: the council has not published the minutes of this meeting yet; fetch it "
            "again later"
        )


def _section(item: Element, address: str) -> Section:
    number = _text(item, "fulldisplaynumberformat") or _text(item, "agendaitemnumber")
    restricted = (
        _text(item, "isrestricted").lower() == "true"
        or _text(item, "isdisplayallowed").lower() == "false"
    )
    base = PLACE.split(address)[0] if PLACE.search(address) else ""
    identity = _text(item, "agendaitemid")
    return Section(
        paragraphs=() if restricted else _body(item, "minutesnonemptyhtmlbody"),
        title=_title(item),
        item=number.strip(" ."),
        minute_no=_minute_no(item),
        decision=() if restricted else _body(item, "decisionnonemptyhtmlbody"),
        actions=() if restricted else _actions(item),
        restricted=restricted,
        link=CITED.format(base=base, item=identity) if base and identity else "",
    )


def _title(item: Element) -> str:
    return " ".join(html.unescape(_text(item, "agendaitemtitle")).split())


def _minute_no(item: Element) -> str:
    number, sub = _text(item, "minutesitemnumber"), _text(item, "minutesitemsubnumber")
    return "" if number in ("", "0") else number + (f".{sub}" if sub not in ("", "0") else "")


def _body(item: Element, tag: str) -> tuple[Paragraph, ...]:
    text = _text(item, tag)
    if re.match(r"\s*&lt;\w", text):  # some installs escape once more
        text = html.unescape(text)
    return tuple(paragraphs_of(text)) if text else ()


def _actions(item: Element) -> tuple[str, ...]:
    """What a council keeps in a column that it calls actions."""
    columns = (
        _text(item, f"commenttext{n}")
        for n in (1, 2)
        if re.search("action", _text(item, f"commentlabel{n}"), re.IGNORECASE)
    )
    return tuple(" ".join(html.unescape(c).split()) for c in columns if c)


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _text(element: Element, name: str) -> str:
    found = element.find(f"{{*}}{name}")
    return (found.text or "").strip() if found is not None else ""
