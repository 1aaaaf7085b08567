"""Who is let in to the desk, how long, and what from an address that a proxy speaks for."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from matters_arising.errors import BadInputError
from matters_arising.web.app import create_app
from matters_arising.web.desk.accounts import Accounts
from matters_arising.web.desk.attempts import Attempts
from matters_arising.web.desk.book import Book
from matters_arising.web.desk.sessions import IDLE_S, MOST, WHOLE_S, Sessions
from matters_arising.web.headers import USER, Guard, Proxy
from tests.matters_arising.desk.support import ANN, PASSWORD, Clerk, Desk, served

PAGES = ("/desk", "/desk/review", "/desk/register", "/desk/arising", "/desk/reports",
         "/desk/corrections", "/desk/audit", "/desk/arising.docx?committee=SCSC")  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_the_desk_asks_who_comes(open_desk: Desk, page: str) -> None:
    answer = open_desk.client().get(page)

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/desk/log-in?to=")


def test_there_is_no_desk_where_nobody_could_sit_at_it(home: Path) -> None:
    for account in Accounts(home).all():
        Accounts(home).remove(account.name)
    with served(home) as desk:
        found = {desk.client().get(page).status_code for page in (*PAGES, "/desk/log-in")}
        front = desk.client().get("/").status_code

    assert (found, front) == ({404}, 200)


def test_pages_for_the_public_have_no_desk_at_all(home: Path) -> None:
    with served(home, desk=False) as desk:
        assert desk.client().get("/desk/log-in").status_code == 404
        assert desk.client().get("/corrections").status_code == 200


def test_whoever_logs_in_goes_on_to_where_they_wanted(open_desk: Desk) -> None:
    clerk = Clerk(open_desk.client())
    clerk.open("/desk/audit?kind=undo")
    clerk.send("/desk/log-in", name=ANN, password=PASSWORD[ANN])

    assert clerk.answer.headers["location"] == "/desk/audit?kind=undo"
    assert "Who decided what" in clerk.open("/desk/audit?kind=undo")


@pytest.mark.parametrize(
    "to",
    ["https://elsewhere.example/", "//elsewhere.example", "/desk//elsewhere.example",
     "/\\elsewhere.example", "/deskelsewhere", "javascript:alert(1)", "/desk\r\nX-A: b"],
)  # fmt: skip
def test_the_log_in_leads_nowhere_else(open_desk: Desk, to: str) -> None:
    clerk = Clerk(open_desk.client())
    clerk.open("/desk/log-in")
    clerk.send("/desk/log-in", name=ANN, password=PASSWORD[ANN], to=to)

    assert clerk.answer.headers["location"] == "/desk"


def test_a_wrong_password_and_an_unknown_name_are_told_alike(open_desk: Desk) -> None:
    clerk = Clerk(open_desk.client())
    clerk.log_in(ANN, "not her password")
    wrong = clerk.words.replace(ANN, "")
    clerk.log_in("No Such Person", "not her password")

    assert clerk.status == 403
    assert "do not belong together" in wrong


def test_an_unknown_name_takes_as_long_as_a_known_one(home: Path) -> None:
    """Within a factor that says nothing: both are one hash."""
    accounts = Accounts(home)
    accounts.let_in("No Such Person", "warms up the hash of nobody")

    def took(name: str) -> float:
        times = []
        for _ in range(5):
            began = time.perf_counter()
            accounts.let_in(name, "not the password at all")
            times.append(time.perf_counter() - began)
        return min(times)

    known, unknown = took(ANN), took("No Such Person")
    assert 0.5 < unknown / known < 2.0


def test_a_password_that_is_changed_ends_what_was_open(desk: Desk, ann: Clerk, home: Path) -> None:
    Accounts(home).set_password(ANN, "quite other words")

    assert ann.client.get("/desk").status_code == 303


def test_an_account_that_is_removed_is_out_at_once(desk: Desk, ann: Clerk, home: Path) -> None:
    Accounts(home).remove(ANN)

    assert ann.client.get("/desk").status_code == 303


def test_sessions_end_after_rest_and_after_a_day_of_work(tmp_path: Path) -> None:
    now = [0.0]
    sessions = Sessions(Book(tmp_path), clock=lambda: now[0])
    rested, _ = sessions.open("A", "x")
    now[0] = IDLE_S + 1
    worked, _ = sessions.open("B", "x")
    found = []
    for _ in range(int(WHOLE_S / 3600) + 1):
        now[0] += 3600
        found.append(sessions.find(worked) is not None)

    assert sessions.find(rested) is None
    assert found == [True] * int(WHOLE_S / 3600) + [False]


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(open_desk: Desk) -> None:
    clerk = Clerk(open_desk.client())
    clerk.open("/desk/log-in")
    form = clerk.answer.headers["set-cookie"]
    clerk.send("/desk/log-in", name=ANN, password=PASSWORD[ANN])
    session = clerk.answer.headers["set-cookie"]

    assert all(part in form for part in ("HttpOnly", "SameSite=strict", "Path=/"))
    assert all(part in session for part in ("HttpOnly", "SameSite=lax", "Path=/", "Max-Age=43200"))


BY_HEADER = Proxy.of("10.0.0.7", "X-Remote-User")


def at(home: Path, peer: str, proxy: Proxy = BY_HEADER) -> TestClient:
    """Somebody whose connection comes from an address."""
    app = create_app(home, hosts=("archive.example",), proxy=proxy)
    return TestClient(
        app, base_url="http://archive.example", client=(peer, 4711), follow_redirects=False
    )


def test_the_proxy_is_believed_about_who_asks(home: Path) -> None:
    with at(home, "10.0.0.7") as client:
        client.headers["X-Remote-User"] = "Ann of the Directory"
        client.headers["X-Forwarded-Proto"] = "https"
        page = client.get("/desk")

    assert "Ann of the Directory" in page.text
    assert "__Host-matters-desk=" in page.headers["set-cookie"]
    assert "Secure" in page.headers["set-cookie"]


def test_a_log_out_takes_the_cookie_out_of_the_browser_also_over_https(home: Path) -> None:
    """Of a name that begins with __Host- browsers take a deletion only where it is secure."""
    app = create_app(home, hosts=("archive.example",))
    with TestClient(app, base_url="https://archive.example") as client:

        def token(address: str) -> str:
            return client.get(address).text.split('name="token" value="')[1].split('"')[0]

        sent = {"token": token("/desk/log-in"), "name": ANN, "password": PASSWORD[ANN]}
        client.post("/desk/log-in", data=sent)
        before = set(client.cookies)
        form = {"token": token("/desk")}
        out = client.post("/desk/log-out", data=form, follow_redirects=False)

    gone = out.headers["set-cookie"]
    assert (out.status_code, "__Host-matters-desk" in before) == (303, True)
    assert gone.startswith('__Host-matters-desk="";')
    assert all(part in gone for part in ("Max-Age=0", "Path=/", "Secure"))


def test_what_was_written_into_the_log_in_is_not_said_again(open_desk: Desk) -> None:
    clerk = Clerk(open_desk.client())
    long = "three odd words " * 20
    status = clerk.log_in(ANN, long)

    assert status == 400
    assert "What was written cannot be used as 'password'" in clerk.words
    assert long[:20] not in clerk.page


@pytest.mark.parametrize(("peer", "told"), [("10.0.0.7", "Ann"), ("10.0.0.8", "")])
def test_the_header_that_names_people_reaches_no_page_as_it_was_sent(peer: str, told: str) -> None:
    """Whoever reads requests behind the guard finds the name in one place, and there only ours."""
    seen = []

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append((Headers(scope=scope).get("x-remote-user"), scope.get(USER, "")))
        await PlainTextResponse("")(scope, receive, send)

    client = TestClient(Guard(page, proxy=BY_HEADER), client=(peer, 4711))
    client.get("/", headers={"X-Remote-User": "Ann"})

    assert seen == [(None, told)]


@pytest.mark.parametrize("peer", ["10.0.0.8", "127.0.0.1", "testclient"])
def test_nobody_else_is_believed_about_who_asks(home: Path, peer: str) -> None:
    with at(home, peer) as client:
        client.headers["X-Remote-User"] = "Ann of the Directory"
        client.headers["X-Forwarded-For"] = "10.0.0.7"
        client.headers["X-Forwarded-Proto"] = "https"
        answer = client.get("/desk")

    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers


def test_two_names_in_the_header_are_nobody(home: Path) -> None:
    with at(home, "10.0.0.7") as client:
        names = [("X-Remote-User", "Ann"), ("X-Remote-User", "Ben")]
        answer = client.get("/desk", headers=names)  # type: ignore[arg-type]

    assert answer.status_code == 401


def test_who_asks_through_a_proxy_is_told_by_its_last_hop(home: Path) -> None:
    """Else everybody could be locked out, or let in, under addresses that were made up."""
    with at(home, "10.0.0.7", Proxy.of("10.0.0.0/24")) as client:
        page = client.get("/corrections").text
        token = page.split('name="token" value="')[1].split('"')[0]
        sent = {"token": token, "what": "the name is wrong"}
        statuses = []
        for n in range(8):
            headers = {"X-Forwarded-For": f"203.0.113.{n}, 198.51.100.9, 10.0.0.5"}
            statuses.append(client.post("/corrections", data=sent, headers=headers).status_code)

    assert statuses == [303] * 6 + [429] * 2


@pytest.mark.parametrize("name", ["matters", "Machine", "", "a\u0001b", "x" * 81])
def test_nobody_comes_under_a_name_that_is_none(home: Path, name: str) -> None:
    """Nor under what the program calls itself in the ledger."""
    with at(home, "10.0.0.7") as client:
        answer = client.get("/desk", headers={"X-Remote-User": name})

    assert answer.status_code == 401


def test_a_name_is_locked_where_it_was_guessed_and_not_at_once_for_everybody(
    tmp_path: Path,
) -> None:
    tries = Attempts(Book(tmp_path))
    here = [tries.log_in(ANN, "198.51.100.1") > 0 for _ in range(9)]
    elsewhere = tries.log_in(ANN, "192.0.2.9") > 0
    spread = [tries.log_in(ANN, f"203.0.113.{n}") > 0 for n in range(20)]
    tries.forget(ANN, "192.0.2.9")

    assert here == [False] * 8 + [True]
    assert not elsewhere
    assert spread[:14] == [False] * 14
    assert spread[-1]
    assert tries.log_in(ANN, "192.0.2.9") == 0


def test_right_passwords_shut_nobody_out_of_an_office_with_one_address(tmp_path: Path) -> None:
    """And take back no more than themselves: what was guessed from there still counts."""
    tries = Attempts(Book(tmp_path))
    let_in = []
    for n in range(40):
        let_in.append(tries.log_in(f"clerk {n}", "198.51.100.1") == 0)
        tries.forget(f"clerk {n}", "198.51.100.1")
    guessed = [tries.log_in(f"guess {n}", "198.51.100.1") == 0 for n in range(31)]

    assert all(let_in)
    assert guessed == [True] * 30 + [False]


def test_sessions_are_kept_in_bounds_and_the_longest_unused_goes(tmp_path: Path) -> None:
    now = [0.0]
    sessions = Sessions(Book(tmp_path), clock=lambda: now[0])
    numbers = []
    for _ in range(MOST + 1):
        now[0] += 1
        numbers.append(sessions.open("A", "x")[0])

    assert sessions.find(numbers[0]) is None
    assert all(sessions.find(number) is not None for number in numbers[1:])


def test_settings_that_would_believe_everybody_are_refused() -> None:
    with pytest.raises(BadInputError, match="believed from one address only"):
        Proxy.of("", "X-Remote-User")
    with pytest.raises(BadInputError, match="no list of addresses"):
        Proxy.of("my-proxy", "X-Remote-User")


def test_a_page_of_the_desk_is_made_for_one_alone_and_sent_as_it_is(
    open_desk: Desk, reader: Clerk
) -> None:
    """Kept, it would be shown to whoever asks next; squeezed, its token could be guessed."""
    seen = [reader.client.get("/desk/audit") for _ in range(2)]
    stranger = open_desk.client().get("/desk/audit")

    assert [page.status_code for page in seen] == [200, 200]
    assert all("content-encoding" not in page.headers for page in seen)
    assert stranger.status_code == 303
