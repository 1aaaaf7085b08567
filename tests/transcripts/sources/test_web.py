"""A source asks its own hosts alone, politely, and takes from nobody more than there can be."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from matters_arising.errors import BadInputError, TransientError
from tests.transcripts.sources.council_server import Asked, CouncilServer, Reply, marked, serving
from transcripts.sources import web as web_module
from transcripts.sources.config import SourceConfig
from transcripts.sources.meeting import Saved
from transcripts.sources.pace import Pace
from transcripts.sources.web import Web

CONTACT = "democracy@aldermere.example"
SOUND = bytes(range(256)) * 400
NEW_CUT = bytes(reversed(range(256))) * 400


def web_of(server: CouncilServer, cache: Path | None = None, **config: Any) -> Web:
    told = {"kind": "moderngov", "url": server.base, "private": True, "pause_s": 0.0} | config
    made = SourceConfig.model_validate({**told, "timeout_s": 0.5})
    return Web(made, CONTACT, Pace(), cache=cache)


def test_a_program_says_who_it_is_and_whom_to_write_to(server: CouncilServer) -> None:
    server.routes["/a"] = Reply(b"text")

    assert web_of(server).read(f"{server.base}/a").data == b"text"
    agents = {a.headers["User-Agent"] for a in server.asked}
    assert len(agents) == 1
    assert agents.pop().startswith("matters-arising/")
    assert all(CONTACT in a.headers["User-Agent"] for a in server.asked)


def test_between_two_questions_a_host_has_its_pause(server: CouncilServer) -> None:
    server.routes["/a"] = Reply(b"text")
    web = web_of(server, pause_s=0.2, despite_robots="our own server")

    web.read(f"{server.base}/a")
    web.read(f"{server.base}/a")

    first, second = (a.at for a in server.asked)
    assert second - first >= 0.2


def test_robots_are_asked_once_and_obeyed(server: CouncilServer) -> None:
    rules = b"User-agent: *\nDisallow: /secret\nCrawl-delay: 0.1\n"
    server.routes |= {"/robots.txt": Reply(rules), "/a": Reply(b"a"), "/secret/b": Reply(b"b")}
    web = web_of(server)

    web.read(f"{server.base}/a")
    web.read(f"{server.base}/a")
    with pytest.raises(BadInputError, match=r"robots\.txt of 127\.0\.0\.1 asks programs not to"):
        web.read(f"{server.base}/secret/b")

    assert [a.path for a in server.asked] == ["/robots.txt", "/a", "/a"]
    assert server.asked[2].at - server.asked[1].at >= 0.1


def test_a_rule_for_this_program_alone_is_its_own(server: CouncilServer) -> None:
    rules = b"User-agent: matters-arising\nDisallow: /\n\nUser-agent: *\nAllow: /\n"
    server.routes |= {"/robots.txt": Reply(rules), "/a": Reply(b"a")}

    with pytest.raises(BadInputError, match="asks programs not to"):
        web_of(server).read(f"{server.base}/a")
    assert web_of(server, despite_robots="agreed with the clerk").read(f"{server.base}/a")


@pytest.mark.parametrize(
    "rules",
    [Reply(b"", 404), Reply(b"<html>Page not found</html>"), Reply(b"", 302, {"Location": "/"})],
)
def test_where_there_are_no_rules_everything_may_be_read(
    server: CouncilServer, rules: Reply
) -> None:
    server.routes |= {"/robots.txt": rules, "/a": Reply(b"a")}

    assert web_of(server).read(f"{server.base}/a").data == b"a"


def test_rules_behind_a_redirect_are_the_rules_of_the_host(server: CouncilServer) -> None:
    server.routes |= {
        "/robots.txt": Reply(b"", 301, {"Location": "/rules"}),
        "/rules": Reply(b"User-agent: *\nDisallow: /secret\n"),
        "/a": Reply(b"a"),
    }
    web = web_of(server)

    assert web.read(f"{server.base}/a").data == b"a"
    with pytest.raises(BadInputError, match=r"robots\.txt of 127\.0\.0\.1 asks programs not to"):
        web.read(f"{server.base}/secret/b")


def test_rules_on_a_host_that_is_not_configured_are_not_asked_for(server: CouncilServer) -> None:
    elsewhere = {"Location": "https://elsewhere.example/robots.txt"}
    server.routes |= {"/robots.txt": Reply(b"", 302, elsewhere), "/a": Reply(b"a")}

    assert web_of(server).read(f"{server.base}/a").data == b"a"


def test_where_the_rules_are_broken_nothing_is_read(server: CouncilServer) -> None:
    server.routes |= {"/robots.txt": Reply(b"", 500), "/a": Reply(b"a")}

    with pytest.raises(TransientError, match="answers 500"):
        web_of(server).read(f"{server.base}/a")

    assert server.paths() == []


def test_an_address_within_the_network_is_refused_unless_configured(server: CouncilServer) -> None:
    with pytest.raises(BadInputError, match="write private = true"):
        web_of(server, private=False).read(f"{server.base}/a")

    assert server.asked == []


def test_a_host_that_is_not_configured_is_not_asked(server: CouncilServer) -> None:
    with serving() as other:
        elsewhere = other.base.replace("127.0.0.1", "localhost")
        server.routes["/a"] = Reply(b"", 302, {"Location": f"{elsewhere}/a"})
        other.routes["/a"] = Reply(b"elsewhere")

        with pytest.raises(BadInputError, match='add "localhost" to its hosts'):
            web_of(server).read(f"{server.base}/a")
        assert other.asked == []
        assert web_of(server, hosts=["localhost"]).read(f"{server.base}/a").data == b"elsewhere"


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(b"", 302, {"Location": "/a"}), "from place to place without end"),
        (Reply(b"", 302, {"Location": "file:///etc/hostname"}), "not an http or https address"),
        (Reply(b"", 404), "there is nothing at"),
        (Reply(b"", 403), "refuses programs"),
        (Reply(b"x" * 2000), "is larger than"),
    ],
)
def test_what_another_try_cannot_mend_is_asked_once(
    server: CouncilServer, reply: Reply, said: str
) -> None:
    server.routes["/a"] = reply

    with pytest.raises(BadInputError, match=said):
        web_of(server).read(f"{server.base}/a", most_bytes=1000)

    assert len(server.paths()) == (6 if "without end" in said else 1)


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(b"", 500), "answers 500"),
        (Reply(b"x" * 3000, cut=1000), "could not be read"),
        (Reply(b"x" * 3000, slow_s=0.8), "ReadTimeout"),
        (Reply(b"no gzip", headers={"Content-Encoding": "gzip"}), "DecodingError"),
        (Reply(b"", 429, {"Retry-After": "0"}), "is busy"),
    ],
)
def test_what_another_try_may_mend_is_asked_three_times(
    server: CouncilServer, reply: Reply, said: str
) -> None:
    server.routes["/a"] = reply

    with pytest.raises(TransientError, match=said):
        web_of(server).read(f"{server.base}/a")

    assert server.paths() == ["/a"] * 3


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not on this machine")
def test_a_certificate_that_nobody_vouches_for_is_told_and_not_tried_again(
    server: CouncilServer, tmp_path: Path
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    made += ["-subj", "/CN=127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(made, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    secure = server.base.replace("http:", "https:")

    with pytest.raises(BadInputError, match="cannot be trusted"):
        web_of(server, url=secure).read(f"{secure}/a")

    assert server.asked == []


def test_a_server_that_names_a_time_is_left_alone_until_then(server: CouncilServer) -> None:
    replies = iter([Reply(b"", 503, {"Retry-After": "1"}), Reply(b"a")])
    server.routes["/a"] = lambda _: next(replies)

    assert web_of(server).read(f"{server.base}/a").data == b"a"
    _, first, second = (a.at for a in server.asked)
    assert second - first >= 1.0


def test_an_answer_that_drips_for_ever_is_ended(
    server: CouncilServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_module, "DOCUMENT_S", 0.2)
    server.routes["/a"] = Reply(b"x" * 100_000, slow_s=0.05)
    started = time.monotonic()

    with pytest.raises(TransientError, match="did not end within"):
        web_of(server).read(f"{server.base}/a")

    assert time.monotonic() - started < 5


def test_a_kept_answer_is_asked_for_with_its_mark(server: CouncilServer, tmp_path: Path) -> None:
    """And what is not said to be kept is on no disk."""
    server.routes["/feed"] = marked(b"<rss/>", '"v1"')
    server.routes["/roster"] = marked(b"1 Private Lane", '"v1"')
    for _ in range(2):
        web = web_of(server, cache=tmp_path)
        assert web.read(f"{server.base}/feed", keep=True).data == b"<rss/>"
        web.read(f"{server.base}/roster")

    feeds = [a for a in server.asked if a.path == "/feed"]
    assert [a.headers.get("If-None-Match") for a in feeds] == [None, '"v1"']
    written = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    assert b"<rss/>" in written
    assert b"Private Lane" not in written


def test_a_recording_is_saved_once_and_then_asked_for_by_its_mark(
    server: CouncilServer, tmp_path: Path
) -> None:
    server.routes["/a.mp4"] = marked(SOUND, '"v1"')
    to = tmp_path / "a.mp4"

    first = web_of(server).save(f"{server.base}/a.mp4", to, Saved())
    assert (to.read_bytes(), first.size, first.etag) == (SOUND, len(SOUND), '"v1"')
    again = web_of(server).save(f"{server.base}/a.mp4", to, first)

    assert again.unchanged
    assert not to.exists()


def test_a_recording_that_breaks_off_goes_on_where_it_broke(
    server: CouncilServer, tmp_path: Path
) -> None:
    whole = marked(SOUND, '"v1"')
    replies = iter([replace(whole(Asked("", {}, {}, 0.0)), cut=50_000)])
    server.routes["/a.mp4"] = lambda asked: next(replies, None) or whole(asked)

    web_of(server).save(f"{server.base}/a.mp4", tmp_path / "a.mp4", Saved())

    assert (tmp_path / "a.mp4").read_bytes() == SOUND
    assert server.asked[-1].headers["Range"].startswith("bytes=")
    assert int(server.asked[-1].headers["Range"][6:-1]) > 0


def test_a_recording_that_was_cut_anew_between_two_tries_begins_again(
    server: CouncilServer, tmp_path: Path
) -> None:
    old = Reply(SOUND, headers={"ETag": '"v1"'}, cut=50_000)
    replies = iter([old])
    server.routes["/a.mp4"] = lambda asked: next(replies, None) or marked(NEW_CUT, '"v2"')(asked)

    saved = web_of(server).save(f"{server.base}/a.mp4", tmp_path / "a.mp4", Saved())

    assert (tmp_path / "a.mp4").read_bytes() == NEW_CUT
    assert saved.etag == '"v2"'


def test_a_recording_that_never_comes_whole_leaves_nothing(
    server: CouncilServer, tmp_path: Path
) -> None:
    server.routes["/a.mp4"] = Reply(SOUND, cut=50_000)

    with pytest.raises(TransientError):
        web_of(server).save(f"{server.base}/a.mp4", tmp_path / "a.mp4", Saved())

    assert list(tmp_path.iterdir()) == []


def test_a_recording_that_never_ends_is_ended_at_a_size_no_meeting_has(
    server: CouncilServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_module, "MOST_RECORDING", 50_000)
    server.routes["/a.mp4"] = Reply(SOUND)

    with pytest.raises(BadInputError, match="no meeting is"):
        web_of(server).save(f"{server.base}/a.mp4", tmp_path / "a.mp4", Saved())


def test_a_large_file_without_a_mark_is_unchanged_while_its_length_is(
    server: CouncilServer, tmp_path: Path
) -> None:
    large = b"x" * 8_500_000
    server.routes["/a.mp4"] = Reply(large)
    first = web_of(server).save(f"{server.base}/a.mp4", tmp_path / "a.mp4", Saved())
    server.routes["/small.vtt"] = Reply(b"WEBVTT")

    assert web_of(server).save(f"{server.base}/a.mp4", tmp_path / "b", first).unchanged
    known = Saved(sha256="0" * 64, size=6)
    assert not web_of(server).save(f"{server.base}/small.vtt", tmp_path / "c", known).unchanged
