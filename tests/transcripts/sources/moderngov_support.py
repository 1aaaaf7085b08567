"""Answers of ModernGov about the invented council of Aldermere, in the shapes the service gives."""

from __future__ import annotations

from html import escape
from pathlib import Path

from tests.transcripts.sources.council_server import Asked, CouncilServer, Reply

SERVICE = "/mgWebService.asmx"
SCSC, CABINET = "Safer Communities Scrutiny Committee", "Cabinet"
# what must be nowhere on the disk afterwards
PRIVATE = (
    "1 Private Lane",
    "ZZ1 1ZZ",
    "01632 960123",
    "07700 900456",
    "helen@home.example",
    "scrutiny@aldermere.example",
    "smallpic.jpg",
    "EXEMPT-PAPER",
    "terms of the contract",
)
CONFIG = """
contact = "democracy@aldermere.example"
[[council]]
name = "Aldermere Borough Council"
code = "aldermere"
[[council.committee]]
name = "Safer Communities Scrutiny Committee"
code = "SCSC"
[[council.source]]
kind = "moderngov"
url = "{base}"
enabled = true
private = true
pause_s = 0.0
timeout_s = 2.0
"""


def xml(body: str) -> Reply:
    """An answer of the service: no mark of when it changed."""
    text = f'<?xml version="1.0" encoding="utf-8"?>\n{body}'
    return Reply(text.encode(), headers={"Content-Type": "text/xml; charset=utf-8"})


def councillor(number: int, name: str, party: str, posts: str = "", until: str = "") -> str:
    """A councillor as the roster has one, with all that must be dropped."""
    return f"""<councillor><councillorid>{number}</councillorid><fullusername>{name}</fullusername>
    <photosmallurl>https://x.example/UserData/{number}/smallpic.jpg</photosmallurl>
    <politicalpartytitle>{party}</politicalpartytitle><keyposts>{posts}
    </keyposts><workaddress><email>scrutiny@aldermere.example</email></workaddress>
    <homeaddress><line1>1 Private Lane</line1><postcode>ZZ1 1ZZ</postcode>
    <phone>01632 960123</phone><mobile>07700 900456</mobile><email>helen@home.example</email>
    </homeaddress><termsofoffice><termofoffice><startdate>04/05/2023</startdate>
    <enddate>{until or "unspecified"}</enddate></termofoffice></termsofoffice></councillor>"""


def roster(*more: str) -> Reply:
    """The roster by ward."""
    castle = councillor(1, "Cllr Helen Penrose MBE", "LABOUR")
    market = councillor(2, "Councillor Sanjay Malik", "Liberal Democrats", "Deputy Mayor")
    gone = councillor(9, "Councillor Old Hand", "Green Party", until="06/05/2024")
    return xml(
        "<councillorsbyward><wards>"
        f"<ward><wardtitle>Castle</wardtitle><councillors>{castle}{gone}</councillors></ward>"
        f"<ward><wardtitle>Market</wardtitle><councillors>{market}{''.join(more)}</councillors>"
        "</ward></wards></councillorsbyward>"
    )


def listed(*rows: tuple[int, str, str, str, str], count: int | None = None) -> Reply:
    """``GetAllMeetingsByDate``: id, committee, day, time, status of each."""
    told = "".join(
        f"<meeting><meetingid>{i}</meetingid><meetingdate>{day}</meetingdate>"
        f"<meetingstatus>{status}</meetingstatus><meetingtime>{time}</meetingtime>"
        f"<iswebcast>True</iswebcast><committeeid>7</committeeid>"
        f"<committeetitle>{escape(escape(name))}</committeetitle></meeting>"
        for i, name, day, time, status in rows
    )
    number = len(rows) if count is None else count
    return xml(
        f"<getmeetingsbydate><meetingscount> {number}</meetingscount>"
        f"<meetings>{told}</meetings></getmeetingsbydate>"
    )


def item(
    number: int, title: str, minutes: str = "", *, decision: str = "", restricted: bool = False
) -> str:
    """An item of the agenda; its texts are HTML as Word leaves it, escaped in the XML."""
    bodies = "".join(
        f"<{tag}>{escape(html)}</{tag}>"
        for tag, html in (
            ("minutesnonemptyhtmlbody", minutes),
            ("decisionnonemptyhtmlbody", decision),
        )
        if html
    )
    return f"""<agendaitem><agendaitemid>{20000 + number}</agendaitemid>
    <agendaitemtitle>{escape(escape(title))}</agendaitemtitle><agendatext>{
        escape("<p>Contact: scrutiny@aldermere.example</p>")
    }</agendatext><agendaitemnumber>{number + 3}</agendaitemnumber>
    <fulldisplaynumberformat>{number}.</fulldisplaynumberformat>
    <authorusername>scrutiny@aldermere.example</authorusername>
    <commentlabel1>Presented by</commentlabel1>
    <commenttext1>A clerk, 01632 960123</commenttext1>{bodies}
    <isrestricted>{restricted}</isrestricted><isdisplayallowed>{not restricted}</isdisplayallowed>
    <minutesitemnumber>{number}</minutesitemnumber><linkeddocuments><linkeddoc>
    <title>EXEMPT-PAPER</title></linkeddoc></linkeddocuments></agendaitem>"""


def attendee(number: int, name: str, role: str, attendance: str, ward: str = "Castle") -> str:
    """A line of attendance."""
    return f"""<attendee membertype="U" memberid="{number}" name="{name}" roledescription="{role}"
    attendance="{attendance}" politicalparty="Labour" ward="{ward}">
    <photosmallurl>https://x.example/UserData/{number}/smallpic.jpg</photosmallurl></attendee>"""


RESOLVED = (
    '<div class="WordSection1"><p class="MsoNormal">RESOLVED</p>\n<p class="MsoNormal">1. To '
    "recommend that the police give councillors seven days'\nnotice of a deployment. Write to "
    '<a href="mailto:scrutiny@aldermere.example">the clerk</a>.</p></div>'
)


def meeting(
    number: int = 5101, *, minutes: bool = False, decided: bool = False, body: str = RESOLVED
) -> Reply:
    """``GetMeeting``, before its minutes and after."""
    items = [
        item(1, "Apologies & declarations"),
        item(2, "Live facial recognition", body if minutes else "", decision=body * decided),
        item(3, "CCTV contract", "<p>terms of the contract</p>", restricted=True),
    ]
    people = [
        attendee(1, "Councillor Helen Penrose", "Chair", "Present"),
        attendee(3, "Councillor Joan Fletcher", "Committee Member", "Present, as substitute"),
        attendee(4, "Councillor David Fletcher", "Committee Member", "Apologies", "Priory"),
        attendee(5, "Councillor Anita Rowley", "Committee Member", "Absent", "Quay"),
        attendee(6, "Rachel Dawson", "Officer", "In attendance", ""),
    ]
    return xml(
        f"<meeting><meetingid>{number}</meetingid><meetingdate>11/06/2026</meetingdate>"
        "<meetingstatus>Confirmed; hybrid</meetingstatus><isdisplayallowed>True</isdisplayallowed>"
        f"<meetingtime>6.30 pm</meetingtime><decisionpublished>{decided}</decisionpublished>"
        f"<minutepublished>{minutes}</minutepublished><agendaitems>{''.join(items)}</agendaitems>"
        f"<attendees>{''.join(people)}</attendees></meeting>"
    )


JUNE = (5101, SCSC, "11/06/2026", "6.30 pm", "Confirmed; hybrid")


def council(server: CouncilServer) -> None:
    """The routes of a council that is well."""
    server.routes |= {
        f"{SERVICE}/GetAllMeetingsByDate": listed(JUNE),
        f"{SERVICE}/GetCouncillorsByWard": roster(),
        f"{SERVICE}/GetMeeting": lambda asked: meeting(int(asked.query["lmeetingid"])),
        f"{SERVICE}/GetCommittees": xml(
            "<committees><committee><committeeid>7</committeeid><committeetitle>Cabinet"
            "</committeetitle><committeedeleted>False</committeedeleted></committee></committees>"
        ),
    }


def replies(*answers: Reply) -> object:
    """One answer after another, the last for ever."""
    waiting = list(answers)

    def answer(_: Asked) -> Reply:
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    return answer


def private_words(folder: Path) -> list[str]:
    """Which of the private words are in any file below a folder, hidden ones too."""
    written = b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())
    return [word for word in PRIVATE if word.encode() in written]
