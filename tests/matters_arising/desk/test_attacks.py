"""Each way of getting at the desk that was thought of, tried by script: each fails."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from matters_arising.web.headers import MOST_BYTES
from tests.matters_arising.desk.support import (
    ANN,
    BEN,
    MEETING,
    PASSWORD,
    REFERENCE,
    Clerk,
    Desk,
    copied,
    served,
    with_sound,
)
from transcripts.ledger import Ledger

REGISTER = f"/desk/register/{REFERENCE}"
NOTE = {"verb": "note", "text": "written by somebody else"}


def decided(desk: Desk) -> list[str]:
    home: Path = desk.app.state.desk.home
    return [line.kind for line in Ledger(home).all_lines() if line.who != "matters"]


def whole_form(clerk: Clerk) -> dict[str, str]:
    clerk.open(REGISTER)
    return clerk.form(REGISTER) | NOTE


@pytest.mark.parametrize("stolen", ["", "none", "of another", "of the log-in"])
def test_a_form_without_the_sessions_own_token_writes_nothing(desk: Desk, stolen: str) -> None:
    ann, ben = desk.clerk(ANN), desk.clerk(BEN)
    sent, theirs = whole_form(ann), whole_form(ben)
    ann.client.cookies.delete("matters-form")
    page = ann.client.get("/corrections").text
    tokens = {
        "": "",
        "of another": theirs["token"],
        "of the log-in": page.split('name="token" value="')[1].split('"')[0],
    }
    if stolen == "none":
        del sent["token"]
    else:
        sent["token"] = tokens[stolen]
    answer = ann.client.post(REGISTER, data=sent)

    assert answer.status_code == 403
    assert "nothing was done" in answer.text
    assert decided(desk) == []


@pytest.mark.parametrize("address", ["/desk/log-in", "/corrections"])
def test_a_form_for_everybody_is_taken_with_the_token_of_its_own_cookie_alone(
    open_desk: Desk, address: str
) -> None:
    """Else another site could log somebody in under a name that is not theirs."""
    clerk, other = Clerk(open_desk.client()), Clerk(open_desk.client())
    clerk.open(address)
    other.open(address)
    typed = {"name": ANN, "password": PASSWORD[ANN], "what": "it is wrong"}
    with_none = clerk.client.post(address, data=typed)
    with_theirs = clerk.client.post(address, data={**other.form(address), **typed})
    without_cookie = open_desk.client().post(address, data={**clerk.form(address), **typed})

    assert [a.status_code for a in (with_none, with_theirs, without_cookie)] == [403] * 3
    assert "matters-desk" not in clerk.client.cookies


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://elsewhere.example"}, {"Origin": "http://[x"}, {"Origin": "x"},
     {"Sec-Fetch-Site": "cross-site"},
     {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://127.0.0.1:1"}],
)  # fmt: skip
def test_a_form_that_another_site_sends_writes_nothing(
    open_desk: Desk, reader: Clerk, headers: dict[str, str]
) -> None:
    """Also with the right token, should it ever be read."""
    answer = reader.client.post(REGISTER, data=whole_form(reader), headers=headers)

    assert answer.status_code == 403
    assert decided(open_desk) == []


@pytest.mark.parametrize(
    "address", [REGISTER, "/desk/review/0123456789ab", "/desk/undo", "/desk/corrections",
                "/desk/log-out", "/desk/names"]
)  # fmt: skip
def test_every_form_of_the_desk_asks_for_the_token(
    open_desk: Desk, reader: Clerk, address: str
) -> None:
    assert reader.client.post(address, data=NOTE).status_code == 403
    assert open_desk.client().post(address, data=NOTE).status_code == 303


def test_nothing_is_written_by_opening_a_page(desk: Desk, ann: Clerk) -> None:
    sent = "&".join(f"{k}={v}" for k, v in whole_form(ann).items())
    ann.client.get(f"{REGISTER}?{sent}")
    ann.client.get(f"/desk/undo?{sent}")
    ann.client.get("/desk/log-out")

    assert decided(desk) == []
    assert ann.client.get("/desk").status_code == 200


def test_a_session_number_that_somebody_planted_is_not_taken_over(desk: Desk) -> None:
    planted = "known-to-the-attacker"
    victim = Clerk(desk.client(cookies={"matters-desk": planted}))
    victim.log_in(ANN, PASSWORD[ANN])
    attacker = desk.client(cookies={"matters-desk": planted})

    assert victim.status == 303
    assert planted not in victim.answer.headers["set-cookie"]
    assert attacker.get("/desk").status_code == 303


def test_a_log_in_ends_the_session_that_was_open_before(desk: Desk, ann: Clerk) -> None:
    before = dict(ann.client.cookies)
    ann.log_in(ANN, PASSWORD[ANN])

    assert desk.client(cookies=before).get("/desk").status_code == 303


def test_a_cookie_that_was_stolen_opens_nothing_after_the_log_out(desk: Desk, ann: Clerk) -> None:
    stolen = dict(ann.client.cookies)
    thief = desk.client(cookies=stolen)
    open_before = thief.get("/desk").status_code
    ann.open("/desk")
    ann.send("/desk/log-out")

    assert open_before == 200
    assert ann.status == 303
    assert thief.get("/desk").status_code == 303


def test_guessing_is_stopped_by_name_also_with_the_right_password(desk: Desk) -> None:
    clerk = Clerk(desk.client())
    statuses = [clerk.log_in(ANN, f"a wrong password {n}") for n in range(9)]
    right = clerk.log_in(ANN.upper(), PASSWORD[ANN])
    other = Clerk(desk.client()).log_in(BEN, PASSWORD[BEN])

    assert statuses == [403] * 8 + [429]
    assert right == 429
    assert int(clerk.answer.headers["retry-after"]) > 60
    assert other == 303


def test_guessing_at_once_gets_no_more_tries(desk: Desk) -> None:
    clerk = Clerk(desk.client())
    clerk.open("/desk/log-in")
    hidden = clerk.form("/desk/log-in")
    cookies = dict(clerk.client.cookies)

    def guess(n: int) -> int:
        with desk.client(cookies=cookies) as client:
            data = {**hidden, "name": ANN, "password": f"a wrong password {n}"}
            return client.post("/desk/log-in", data=data).status_code

    with ThreadPoolExecutor(12) as pool:
        statuses = list(pool.map(guess, range(16)))

    assert sorted(statuses) == [403] * 8 + [429] * 8


def test_unknown_names_are_counted_like_known_ones(desk: Desk) -> None:
    """Else who has an account could be told from who is locked out."""
    clerk = Clerk(desk.client())
    statuses = [clerk.log_in("Nobody Here", "a wrong password") for _ in range(9)]

    assert statuses == [403] * 8 + [429]


@pytest.mark.parametrize(
    "path",
    ["/desk/reports/..%2f..%2fledger", "/desk/reports/..%252f..%252fdesk%252faccounts",
     "/desk/reports/%2fetc%2fpasswd", "/desk/recording/..%2f..%2fledger.jsonl",
     "/desk/recording/" + "0" * 64, "/recording/..%2f..%2fdesk%2faccounts.json",
     "/static/..%2f..%2f..%2fpyproject.toml", "/static/%2e%2e/app.py", "/desk/reports/accounts",
     "/static/../desk/accounts.json", "/desk/register/..%2f..%2fdesk%2faccounts.json"],
)  # fmt: skip
def test_no_path_of_the_machine_is_reached(reader: Clerk, path: str) -> None:
    answer = reader.client.get(path)

    assert answer.status_code in (400, 404)
    assert "argon2id" not in answer.text
    assert "root:" not in answer.text


INJECTED = (
    "'; DROP TABLE store.line; --",
    "' OR 1=1 --",
    "x' UNION SELECT decision FROM store.line",
    "SCSC' || (SELECT 1)",
    "$reference",
    "1e309",
    "\x00",
    "%00",
)


@pytest.mark.parametrize("words", INJECTED)
def test_no_parameter_is_ever_sql(open_desk: Desk, reader: Clerk, words: str) -> None:
    gets = [
        ("/desk/register", {"committee": words, "words": words, "state": words}),
        ("/desk/register", {"words": words}),
        ("/desk/review", {"meeting": words}),
        ("/desk/arising", {"committee": words}),
        ("/desk/audit", {"who": words, "about": words}),
        ("/search", {"q": words, "committee": words}),
        (f"/desk/register/{words.encode().hex()}", {}),
    ]
    statuses = {reader.client.get(to, params=params).status_code for to, params in gets}
    reader.open(REGISTER)
    reader.send(REGISTER, verb="merge", into=words)
    refused = reader.status
    reader.open("/desk/register")

    assert statuses <= {200, 400, 404}
    assert refused == 400
    assert REFERENCE in reader.words


def raw(desk: Desk, request: bytes) -> bytes:
    """What is answered to bytes that no client would send."""
    host, _, port = desk.address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        out = b""
        while part := line.recv(65536):
            out += part
    return out


def test_no_header_is_injected_by_an_address(open_desk: Desk, reader: Clerk) -> None:
    for to in ("/desk%0d%0aX-Evil:%201", "/desk/log-in?to=/desk%0d%0aX-Evil:%201",
               "/desk/audit?kind=%0d%0aX-Evil:%201"):  # fmt: skip
        answer = open_desk.client().get(to)
        assert "x-evil" not in answer.headers
    clerk = Clerk(open_desk.client())
    clerk.open("/desk/log-in")
    clerk.send("/desk/log-in", name=ANN, password=PASSWORD[ANN], to="/desk?x=\r\nSet-Cookie: a=b")

    assert clerk.answer.headers["location"] == "/desk"
    assert "a" not in clerk.client.cookies


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "127.0.0.1.elsewhere.example", "127.0.0.1@elsewhere.example", ""]
)
def test_a_foreign_host_is_not_answered(open_desk: Desk, host: str) -> None:
    """Else a page elsewhere whose name is made to point here could read what a clerk reads."""
    answer = raw(open_desk, f"GET /desk/log-in HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())

    assert answer.startswith(b"HTTP/1.1 400")
    assert b"password" not in answer


@pytest.mark.parametrize("length", [str(MOST_BYTES + 1), "9" * 20, "0" * 12 + "99999999"])
def test_a_body_that_is_too_long_is_refused_before_it_is_read(open_desk: Desk, length: str) -> None:
    head = (
        "POST /desk/log-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    )
    told = raw(open_desk, head.format(length).encode())
    endless = raw(
        open_desk,
        b"POST /corrections HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"4\r\nwhat\r\n",
    )

    assert told.startswith(b"HTTP/1.1 413")
    assert endless.startswith(b"HTTP/1.1 411")


def test_a_field_that_is_too_long_or_sent_a_thousand_times_breaks_nothing(open_desk: Desk) -> None:
    clerk = Clerk(open_desk.client())
    clerk.open("/corrections")
    hidden = clerk.form("/corrections")
    long = clerk.client.post("/corrections", data={**hidden, "what": "x" * 20_000})
    many = clerk.client.post(
        "/corrections",
        content="&".join(["a=1"] * 5000),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )

    assert (long.status_code, many.status_code) == (400, 400)


def test_corrections_are_taken_at_a_rate_that_a_person_sends_them(desk: Desk) -> None:
    reader = Clerk(desk.client())
    statuses = []
    for n in range(8):
        reader.open("/corrections")
        reader.send("/corrections", what=f"wrong {n}")
        statuses.append(reader.status)

    assert statuses == [303] * 6 + [429] * 2


@pytest.mark.parametrize(
    ("asked", "status", "most"),
    [("bytes=0-", 206, 4 * 2**20), ("bytes=-9999999999", 206, 4 * 2**20),
     ("bytes=0-1,0-1,0-1,0-1", 416, 0), ("bytes=99999999999-", 416, 0),
     ("bytes=" + ",".join(["0-"] * 300), 416, 0), ("bytes=5-1", 416, 0)],
)  # fmt: skip
def test_ranges_of_a_recording_are_bounded(
    long_sound: tuple[Desk, Clerk, str], asked: str, status: int, most: int
) -> None:
    _, clerk, address = long_sound
    answer = clerk.client.get(address, headers={"Range": asked})

    assert answer.status_code == status
    if most:
        assert len(answer.content) == most


def test_a_recording_is_heard_at_the_desk_alone(long_sound: tuple[Desk, Clerk, str]) -> None:
    desk, clerk, address = long_sound

    assert desk.client().get(address).status_code == 303
    assert clerk.client.head(address).status_code in (200, 405)


@pytest.fixture(scope="module")
def long_sound(
    made_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Desk, Clerk, str]]:
    """A recording of nine megabytes in an archive whose readers are given words alone."""
    home = copied(made_home, tmp_path_factory.mktemp("sound"))
    file = home / "long.wav"
    file.write_bytes(bytes(9 * 2**20))
    with_sound(home, MEETING, file)
    with served(home, recordings=False) as desk:
        clerk = desk.clerk()
        clerk.open("/desk/review?kind=voice")
        clerk.open(clerk.links("/desk/review/")[0])
        found = re.search(r'<audio[^>]* src="([^"]+)"', clerk.page)
        assert found
        yield desk, clerk, found[1]


@pytest.mark.parametrize(
    ("address", "headers"),
    [("/desk/log-in", {}), ("/desk", {}), ("/nowhere", {}), ("/", {"Host": "elsewhere.example"}),
     ("/corrections", {}), ("/static/desk.js", {}), ("/desk/reports/none", {})],
)  # fmt: skip
def test_every_answer_tells_the_browser_what_it_may_do(
    open_desk: Desk, address: str, headers: dict[str, str]
) -> None:
    """Also one that refuses: no script or style in a page, no frame around it, no guessing."""
    told = open_desk.client().get(address, headers=headers).headers
    policy = dict(part.strip().split(" ", 1) for part in told["content-security-policy"].split(";"))

    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in told["content-security-policy"]
    assert told["x-content-type-options"] == "nosniff"
    assert told["x-frame-options"] == "DENY"
    assert told["referrer-policy"] == "no-referrer"
    assert told["cross-origin-opener-policy"] == "same-origin"
