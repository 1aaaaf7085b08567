"""Serves the invented council of Aldermere on this machine, as a council's own systems would.

    python samples/council_server.py [PORT]

Its committee system answers as ModernGov does, its webcasts as Public-i's feed does. Everything is
made from samples/aldermere. What a roster should not hand on (home addresses, telephone numbers) is
there too, invented like the rest, so that one can look for it afterwards.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable
from datetime import date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape, quoteattr

ALDERMERE = Path(__file__).parent / "aldermere"
COMMITTEE = "Safer Communities Scrutiny Committee"
NUMBERS = {"2026-06-11": 5101, "2026-07-16": 5138}
ATTENDANCE = {
    "present": "Present",
    "apologies": "Apologies",
    "substitute": "Present, as substitute",
    "in attendance": "In attendance",
}
MINUTES = {
    2: "<p>RESOLVED</p><p>1. To recommend that the police give all councillors seven days' notice "
    "before each\ndeployment of live facial recognition, and that the notice is published on the "
    "council's website on the same day.</p><p>2. To recommend that the police keep the camera van "
    "away from the food bank and the health centre at all times.</p>",
    3: "<p>RESOLVED</p><p>To recommend that the Cabinet Member for Housing give every family with "
    "damp one named officer from 1 July 2026.</p>",
}


def meetings() -> dict[int, dict[str, Any]]:
    """Number → meeting file of each sample meeting."""
    return {
        number: tomllib.loads((ALDERMERE / day / "meeting.toml").read_text("utf-8"))
        for day, number in NUMBERS.items()
    }


def roster() -> list[dict[str, str]]:
    """The people of the council."""
    import csv

    with (ALDERMERE / "roster.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_date(query: dict[str, str], _: str) -> str:
    """``GetAllMeetingsByDate``: those of the days that are asked for."""
    first, last = (_day(query.get(name, "")) for name in ("sfromdate", "stodate"))
    found = {
        number: m
        for number, m in meetings().items()
        if (first or m["date"]) <= m["date"] <= (last or m["date"])
    }
    rows = "".join(
        f"<meeting><meetingid>{number}</meetingid><meetingdate>{m['date']:%d/%m/%Y}</meetingdate>"
        "<meetingstatus>Confirmed</meetingstatus><meetingtime>6.30 pm</meetingtime>"
        f"<iswebcast>True</iswebcast><committeeid>118</committeeid><committeetitle>{COMMITTEE}"
        "</committeetitle></meeting>"
        for number, m in found.items()
    )
    return (
        f"<getmeetingsbydate><meetingscount> {len(found)}</meetingscount><meetings>{rows}"
        "</meetings></getmeetingsbydate>"
    )


def _day(told: str) -> date | None:
    """A day as the service takes it (``11/06/2026``); it heeds no other."""
    try:
        return datetime.strptime(told, "%d/%m/%Y").date()
    except ValueError:
        return None


def councillors(_: dict[str, str], __: str) -> str:
    """``GetCouncillorsByWard``, with invented home details in it."""
    wards = "".join(
        f"<ward><wardtitle>{p['ward']}</wardtitle><councillors><councillor><councillorid>"
        f"{300 + n}</councillorid><fullusername>{escape(p['name'])}</fullusername>"
        f"<politicalpartytitle>{p['party']}</politicalpartytitle><keyposts>"
        f"{escape(p['role']) if 'Cabinet' in p['role'] else ''}</keyposts><homeaddress><line1>"
        "1 Private Lane</line1><phone>01632 960123</phone></homeaddress></councillor>"
        "</councillors></ward>"
        for n, p in enumerate(roster())
        if p["kind"] == "councillor"
    )
    return f"<councillorsbyward><wards>{wards}</wards></councillorsbyward>"


def meeting(query: dict[str, str], _: str) -> str:
    """``GetMeeting``: the agenda, who was there, and the minutes of June."""
    number = int(query.get("lmeetingid", "0"))
    told = meetings()[number]
    minuted = number == NUMBERS["2026-06-11"]
    items = "".join(
        f"<agendaitem><agendaitemid>{number * 10 + n}</agendaitemid><agendaitemtitle>"
        f"{escape(escape(a['title']))}</agendaitemtitle><fulldisplaynumberformat>{a['item']}."
        f"</fulldisplaynumberformat><minutesitemnumber>{a['item']}</minutesitemnumber>"
        f"<minutesnonemptyhtmlbody>{escape(MINUTES.get(n, '')) if minuted else ''}"
        "</minutesnonemptyhtmlbody><isrestricted>False</isrestricted></agendaitem>"
        for n, a in enumerate(told["agenda"], 1)
    )
    people = {p["name"]: (n, p) for n, p in enumerate(roster())}
    attendees = "".join(
        f'<attendee memberid="{300 + people[a["name"]][0]}" name={quoteattr(a["name"])} '
        f"roledescription={quoteattr(_role(people[a['name']][1]))} attendance="
        f'"{ATTENDANCE[a["status"]]}" politicalparty="{people[a["name"]][1]["party"]}" '
        f'ward="{people[a["name"]][1]["ward"]}"/>'
        for a in told["attendance"]
    )
    return (
        f"<meeting><meetingid>{number}</meetingid><meetingdate>{told['date']:%d/%m/%Y}"
        f"</meetingdate><meetingstatus>Confirmed</meetingstatus><minutepublished>{minuted}"
        f"</minutepublished><agendaitems>{items}</agendaitems><attendees>{attendees}</attendees>"
        "</meeting>"
    )


def _role(person: dict[str, str]) -> str:
    return "Committee Member" if person["role"] == "Member" else person["role"]


def committees(_: dict[str, str], __: str) -> str:
    """``GetCommittees``."""
    return (
        f"<committees><committee><committeeid>118</committeeid><committeetitle>{COMMITTEE}"
        "</committeetitle><committeedeleted>False</committeedeleted></committee></committees>"
    )


def feed(_: dict[str, str], base: str) -> str:
    """Public-i's feed of both webcasts."""
    items = "".join(
        f"<item><title>{COMMITTEE}</title><guid>{base}/core/portal/webcast_interactive/{number}"
        f"</guid><pi:liveDate>{_stamp(m)}</pi:liveDate><pi:activity>{number}</pi:activity></item>"
        for number, m in meetings().items()
    )
    return f'<rss xmlns:pi="urn:webcasts"><channel>{items}</channel></rss>'


def _stamp(told: dict[str, Any]) -> str:
    began = datetime.combine(told["date"], datetime.min.time()).replace(hour=18, minute=30)
    return f"{began:%a, %d %b %Y %H:%M:%S} +0100"


ANSWERS: dict[str, Callable[[dict[str, str], str], str]] = {
    "/mgWebService.asmx/GetAllMeetingsByDate": by_date,
    "/mgWebService.asmx/GetCouncillorsByWard": councillors,
    "/mgWebService.asmx/GetMeeting": meeting,
    "/mgWebService.asmx/GetCommittees": committees,
    "/core/data/1/archived/1/agenda/1": feed,
}
FILES = {
    f"/core/redirect/download_webcast/{number}/video.mp4": ALDERMERE / day / "recording.opus"
    for day, number in NUMBERS.items()
} | {"/captions/5138.vtt": ALDERMERE / "2026-07-16" / "captions.vtt"}


class Council(BaseHTTPRequestHandler):
    """The council's host."""

    def do_GET(self) -> None:
        """Answers what is known; 404 for the rest."""
        parts = urlsplit(self.path)
        query = {k.lower(): v[0] for k, v in parse_qs(parts.query).items()}
        base = f"http://{self.headers.get('Host', '')}"
        if parts.path in ANSWERS:
            text = f'<?xml version="1.0" encoding="utf-8"?>\n{ANSWERS[parts.path](query, base)}'
            self._send(200, text.encode(), "text/xml; charset=utf-8")
        elif parts.path in FILES:
            self._send(200, FILES[parts.path].read_bytes(), "application/octet-stream")
        else:
            self._send(404, b"not here", "text/plain")

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing of each question."""


def main() -> None:
    """Serves until it is stopped."""
    server = ThreadingHTTPServer(
        ("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 8765), Council
    )
    print(f"the council of Aldermere is at http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
