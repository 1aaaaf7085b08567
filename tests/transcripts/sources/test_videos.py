"""Video sites through yt-dlp itself: an invented site with an adapter of its own, and any page."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Any

import pytest

from matters_arising.errors import BadInputError, MissingModelError, TransientError
from tests.transcripts.sources.council_server import CouncilServer, Reply
from transcripts.manifest import read_meeting
from transcripts.sources.config import CouncilConfig, SourceConfig, read_config
from transcripts.sources.inbox import Inbox
from transcripts.sources.land import Landed, land
from transcripts.sources.landed import read_landed
from transcripts.sources.run import fetch_all
from transcripts.sources.videos import VideoSource, best_captions, day_of

yt_dlp = pytest.importorskip("yt_dlp")
SOUND = Path(__file__).resolve().parents[3] / "samples/aldermere/2026-06-11/recording.opus"
VTT = b"WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nGood evening.\n"
SINCE, UNTIL = datetime.date(2026, 6, 1), datetime.date(2026, 6, 30)
TITLE = "Safer Communities Scrutiny Committee - Thursday 11 June 2026"
TOLD: dict[str, Any] = {
    "title": TITLE,
    "was_live": True,
    "release_timestamp": datetime.datetime(2026, 6, 11, 17, 28, tzinfo=datetime.UTC).timestamp(),
    "chapters": [
        {"start_time": 12.0, "end_time": 60.0, "title": "1. Apologies"},
        {"start_time": 60.0, "end_time": 90.0, "title": "2. Live facial recognition"},
    ],
}


def adapter(base: str, told: dict[str, Any], warning: str = "") -> Any:
    """yt-dlp's adapter of an invented site: a channel of three videos, of which one is told."""
    from yt_dlp.extractor.common import InfoExtractor

    class AldermereIE(InfoExtractor):  # type: ignore[misc]
        IE_NAME = "aldermere"
        _VALID_URL = rf"{base}/(?P<kind>watch|channel)/(?P<id>\w+)"

        def _real_extract(self, url: str) -> dict[str, Any]:
            found = self._match_valid_url(url)
            if found["kind"] == "channel":
                entries = [
                    self.url_result(f"{base}/watch/{n}", video_title=title)
                    for n, title in (
                        ("june", None),
                        ("old", "Cabinet 3 March 2019"),
                        ("next", "Safer Communities Scrutiny Committee 18 June 2026"),
                    )
                ]
                return self.playlist_result(entries, "council", "Aldermere")
            if warning:
                self.report_warning(warning)
            live = {"live_status": "is_upcoming"} if found["id"] == "next" else {}
            form = {"url": f"{base}/june.opus", "format_id": "1", "vcodec": "none", "ext": "opus"}
            return {"id": found["id"], "formats": [form], **told, **live}

    return AldermereIE


def track(base: str, name: str, form: str = "vtt") -> dict[str, str]:
    return {"ext": form, "url": f"{base}/captions/{name}.{form}"}


def source(server: CouncilServer, told: dict[str, Any], warning: str = "") -> VideoSource:
    server.routes |= {
        "/june.opus": Reply(SOUND.read_bytes()[:200_000]),
        "/captions/human.vtt": Reply(VTT),
        "/captions/machine.vtt": Reply(VTT),
    }
    config = SourceConfig(
        kind="yt-dlp",
        url=f"{server.base}/channel/council",
        enabled=True,
        permission="our own channel",
        private=True,
        pause_s=0.0,
        timeout_s=2.0,
        extractors=("none-of-its-own",),
    )
    council = CouncilConfig(name="Aldermere Borough Council", code="aldermere")
    return VideoSource(config, council, "agent/1", [adapter(server.base, told, warning)])


def landed(made: VideoSource, inbox: Path) -> Landed:
    (meeting,) = made.meetings(SINCE, UNTIL)
    return land(meeting, "aldermere", Inbox.open(inbox), {made.name: made})


def test_a_video_is_a_meeting_with_its_sound_chapters_and_captions(
    server: CouncilServer, tmp_path: Path
) -> None:
    tracks = {"subtitles": {"en-GB": [track(server.base, "human")]}}

    result = landed(source(server, TOLD | tracks), tmp_path)

    held = read_meeting(result.folder / "meeting.toml")
    assert (result.what, result.notes) == ("new", ())
    assert result.changed == ("recording", "captions", "chapters")
    assert (held.date, held.start, held.title) == (datetime.date(2026, 6, 11), "18:28", TITLE)
    assert held.recordings[0].path.endswith(".opus")
    assert Path(held.recordings[0].path).stat().st_size == 200_000
    assert held.link_to(61.0) == f"{server.base}/watch/june#t=61"
    assert [a.title for a in held.agenda] == ["Apologies", "Live facial recognition"]
    assert read_landed(result.folder).captions == {1: "human"}


def test_a_video_that_the_network_lost_is_asked_for_again_and_no_other(
    server: CouncilServer,
) -> None:
    made = source(server, TOLD)
    whole, asked = made._videos.video, list[str]()

    def video(address: str) -> dict[str, Any]:
        asked.append(address.rpartition("/")[2])
        if asked.count("june") == 1 and asked[-1] == "june":
            raise TransientError("it was down")
        return whole(address)

    made._videos.video = video  # type: ignore[method-assign]
    first = list(made.meetings(SINCE, UNTIL))
    was_unfinished = made.unfinished

    (again,) = made.meetings(SINCE, UNTIL)

    assert (first, was_unfinished, made.unfinished) == ([], True, False)
    assert (again.keys, asked) == (("yt-dlp:june",), ["june", "next", "june"])


def test_a_video_that_is_as_it_was_is_not_fetched_again(
    server: CouncilServer, tmp_path: Path
) -> None:
    landed(source(server, TOLD), tmp_path)
    before = server.paths().count("/june.opus")

    again = landed(source(server, TOLD), tmp_path)

    assert (again.what, server.paths().count("/june.opus")) == ("up to date", before)


@pytest.mark.parametrize(
    ("human", "machine", "warning", "status"),
    [
        (["en", "live_chat"], ["en-orig"], "", "human"),
        (["live_chat", "cy"], ["en", "en-orig", "fr"], "", "automatic"),
        (["live_chat"], [], "", "none"),
        ([], [], "Some subtitles were skipped: they need a PO Token", "blocked"),
    ],
)
def test_captions_are_kept_by_who_made_them(
    server: CouncilServer,
    tmp_path: Path,
    human: list[str],
    machine: list[str],
    warning: str,
    status: str,
) -> None:
    """The public's chat is no captions, and captions that are held back are not none."""
    told = TOLD | {
        "subtitles": {n: [track(server.base, "human")] for n in human},
        "automatic_captions": {n: [track(server.base, "machine")] for n in machine},
    }

    result = landed(source(server, told, warning), tmp_path)

    taken = {"human": "human", "automatic": "machine"}.get(status, "")
    assert read_landed(result.folder).captions == {1: status}
    assert [p for p in server.paths() if "captions" in p] == (
        [f"/captions/{taken}.vtt"] if taken else []
    )
    assert bool(result.notes) == (status == "blocked")


def test_captions_that_a_site_refuses_are_blocked(server: CouncilServer, tmp_path: Path) -> None:
    made = source(server, TOLD | {"subtitles": {"en": [track(server.base, "human")]}})
    server.routes["/captions/human.vtt"] = Reply(b"", 429)

    result = landed(made, tmp_path)

    assert read_landed(result.folder).captions == {1: "blocked"}
    assert "429" in result.notes[0]


def test_a_recording_that_breaks_off_lands_nothing(server: CouncilServer, tmp_path: Path) -> None:
    made = source(server, TOLD)
    server.routes["/june.opus"] = Reply(b"x" * 50_000, cut=1000)

    result = landed(made, tmp_path)

    assert result.what == "failed"
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_among_a_machines_captions_what_was_heard_comes_first() -> None:
    tracks = {n: [{"ext": "vtt", "url": n}] for n in ("en-GB", "en", "en-orig", "fr")}
    tracks["en-orig"].insert(0, {"ext": "json3", "url": "j"})

    found = best_captions(tracks, "en", "automatic")

    assert found is not None
    assert (found.language, found.form) == ("en-orig", "vtt")
    assert best_captions({"live_chat": [{"ext": "vtt", "url": "x"}]}, "en", "human") is None


@pytest.mark.parametrize(
    ("title", "taken"),
    [
        ("Safer Communities Scrutiny Committee", True),
        ("SCSC, part 1", False),
        ("Full Council 11 June 2026", True),
        ("How the council collects your bins", False),
        ("Mayor's message, 11 June 2026", False),
    ],
)
def test_what_else_a_channel_shows_is_no_meeting(
    server: CouncilServer, title: str, taken: bool
) -> None:
    made = source(server, TOLD | {"title": title})
    made._listed = lambda told: told == "Safer Communities Scrutiny Committee"

    assert bool(list(made.meetings(SINCE, UNTIL))) == taken


@pytest.mark.parametrize(
    ("info", "day"),
    [
        ({"title": "Cabinet, 3rd March 2026", "upload_date": "20260305"}, (2026, 3, 3)),
        ({"title": "Cabinet", "release_date": "20260304", "upload_date": "20260305"}, (2026, 3, 4)),
        ({"title": "Cabinet", "upload_date": "20260305"}, (2026, 3, 5)),
        ({"title": "Cabinet"}, None),
    ],
)
def test_the_day_is_that_of_the_meeting_before_that_of_the_upload(
    info: dict[str, Any], day: tuple[int, int, int] | None
) -> None:
    assert day_of(info) == (datetime.date(*day) if day else None)


CONFIG = """
contact = "democracy@aldermere.example"
[[council]]
name = "Aldermere Borough Council"
code = "aldermere"
[[council.committee]]
name = "Safer Communities Scrutiny Committee"
code = "SCSC"
[[council.source]]
kind = "yt-dlp"
url = "{base}/june.html"
enabled = true
permission = "our own page"
extractors = ["generic", "html5"]
private = {private}
pause_s = 0.0
timeout_s = 2.0
"""


@pytest.mark.parametrize("private", ["true", "false"])
def test_the_generic_adapter_reads_a_page_with_a_video(
    server: CouncilServer, tmp_path: Path, private: str
) -> None:
    """And nothing within the network where that is not meant."""
    page = f'<html><head><title>{TITLE}</title></head><body><video src="/june.ogg"></video></body>'
    server.routes |= {
        "/june.html": Reply(page.encode(), headers={"Content-Type": "text/html"}),
        "/june.ogg": Reply(SOUND.read_bytes()[:100_000], headers={"Content-Type": "audio/ogg"}),
    }
    path = tmp_path / "matters.toml"
    path.write_text(CONFIG.format(base=server.base, private=private))

    report = fetch_all(read_config(path), since=SINCE, until=UNTIL)

    if private == "false":
        assert "within this network" in report.faults[0]
        assert server.asked == []
        return
    (result,) = report.landed
    assert (report.faults, result.id) == ((), "aldermere-scsc-2026-06-11")
    held = read_meeting(result.folder / "meeting.toml")
    assert Path(held.recordings[0].path).stat().st_size == 100_000


def test_a_site_without_an_adapter_is_told(server: CouncilServer) -> None:
    made = source(server, TOLD)
    made._config = made._config.model_copy(update={"url": f"{server.base}/elsewhere"})

    with pytest.raises(BadInputError, match="No suitable extractor"):
        list(made.meetings(SINCE, UNTIL))


def test_without_yt_dlp_the_command_that_gets_it_is_told(
    server: CouncilServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = source(server, TOLD)
    monkeypatch.setitem(sys.modules, "yt_dlp", None)

    with pytest.raises(MissingModelError, match=r"constraints\.txt yt-dlp"):
        list(made.meetings(SINCE, UNTIL))
