"""Every address with values that nobody thought of: refused in a sentence, no fault of ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from httpx import InvalidURL
from hypothesis import HealthCheck, Phase, given, settings

from matters_arising.web.app import create_app
from tests.matters_arising.desk.support import ANN, MEETING, PASSWORD, REFERENCE, copied
from tests.warehouse import builders
from warehouse.query import Filters
from warehouse.saved_file import add

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
EXAMPLES = 8  # of each address; all of them take less than half a minute
KNOWN = {
    "reference": REFERENCE,
    "meeting_id": MEETING,
    "recording_sha256": builders.sha_of(MEETING),
}  # and a doubt that waits
# what a part of an address is called tells less than where it stands
KNOWN_AT = {
    "/person/": {"key": "ann-varley"},
    "/committee/": {"key": "scsc"},
    "/saved/": {"name": "notices"},
    "/help/pictures/": {"name": "search.png"},
}  # and a quotation
FOUND = {"get /person/{key}", "get /committee/{key}", "get /saved/{name}.atom",
         "get /said/{meeting_id}/{name}", "get /recommendation/{reference}",
         "get /concern/{thread_id}", "get /help/pictures/{name}", "get /help/clerk"}  # fmt: skip
OPEN = ("/corrections", "/desk/log-in")  # forms for those who are not logged in
HERE = "http://127.0.0.1:8321"


@pytest.fixture(scope="module")
def clerk(made_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Somebody at the desk of an archive whose decisions are not loaded: others try that."""
    home = copied(made_home, tmp_path_factory.mktemp("fuzz"))
    add(home, "notices", "notices", Filters())
    app = create_app(home, encoder=lambda: builders.encode)
    with TestClient(app, base_url=HERE, follow_redirects=False, raise_server_exceptions=False) as c:
        app.state.desk.keeper._closed = True
        form = c.get("/desk/log-in").text
        sent = {"token": token_of(form), "name": ANN, "password": PASSWORD[ANN]}
        assert c.post("/desk/log-in", data=sent).status_code == 303
        yield c


def token_of(page: str) -> str:
    return page.split('name="token" value="')[1].split('"')[0]


def served(routes: Iterable[Any]) -> Iterator[str]:
    """Every address that is answered, with its method; also one that no description tells of."""
    for route in routes:
        if isinstance(route, APIRoute):
            yield from (f"{m.lower()} {route.path_format}" for m in route.methods if m != "HEAD")
        else:  # a router within it, or files
            yield from served(getattr(getattr(route, "original_router", None), "routes", ()))


def send_all(
    clerk: TestClient,
    operation: Any,
    token: str,
    known: dict[str, str],
    own: dict[str, dict[str, str]],
) -> tuple[set[int], list[str]]:
    """The statuses of one address under many values, and what went wrong on our side.

    With the right token, so that forms are read and not refused at the door.
    """
    statuses: set[int] = set()
    faults: list[str] = []
    turn = count()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def send(case: Any) -> None:
        form = dict(case.body) if isinstance(case.body, dict) else {}
        sent = {k: str(v) for k, v in form.items()} | {"token": token} if case.body else None
        there = known | next((k for at, k in own.items() if operation.path.startswith(at)), {})
        held = {name: there[name] for name in case.path_parameters or {} if name in there}
        if held and next(turn) % 2:  # what is held is asked for in strange ways too
            case.path_parameters = {**case.path_parameters, **held}
        address = f"{HERE}/{case.formatted_path.lstrip('/')}"
        try:
            answer = clerk.request(case.method, address, params=dict(case.query or {}), data=sent)
        except (UnicodeEncodeError, InvalidURL):
            return  # no client can send this
        statuses.add(answer.status_code)
        if answer.status_code >= 500:
            faults.append(f"{case.method} {case.formatted_path} {case.query} {sent}")

    send()
    return statuses, faults


@pytest.mark.filterwarnings("ignore:Duplicate Operation ID")
def test_no_address_and_no_value_is_a_fault_of_the_program(clerk: TestClient) -> None:
    app: Any = clerk.app
    token, other = (token_of(clerk.get(page).text) for page in ("/desk", "/corrections"))
    waiting = clerk.get("/desk/review").text.split('href="/desk/review/')[1]
    meeting = clerk.get(f"/meeting/{MEETING}.json").json()
    worry = meeting["findings"]["concern"][0]["finding_id"]
    known = KNOWN | {"case_id": waiting.split('"')[0], "thread_id": worry}
    (said, *_) = meeting["transcript"]
    quoted = {"name": f"{said['transcript_version'][:8]}-{said['utterance_id']}"}
    own = KNOWN_AT | {"/said/": known | quoted}
    schema = schemathesis.openapi.from_dict(app.openapi())
    operations = [found.ok() for found in schema.get_all_operations()]
    tried, faults = {}, []
    for operation in operations:
        # what comes after a log-out would be refused at the door; a HEAD is a GET
        if operation.path != "/desk/log-out" and operation.method != "head":
            its_own = other if operation.path in OPEN else token
            statuses, wrong = send_all(clerk, operation, its_own, known, own)
            tried[f"{operation.method} {operation.path}"] = statuses
            faults += wrong

    assert faults == []
    assert set(tried) == set(served(app.routes)) - {"post /desk/log-out"}
    assert [name for name, statuses in tried.items() if not statuses] == []
    shown = {name for name, statuses in tried.items() if 200 in statuses}
    assert FOUND - shown == set()
    assert clerk.get("/desk").status_code == 200
