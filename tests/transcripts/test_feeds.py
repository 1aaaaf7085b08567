"""Feeds are what their standards ask for, whatever was said."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from defusedxml import ElementTree

from transcripts.feeds import ATOM, Entry, Feed, as_atom, as_json_feed, as_rss

WHEN = datetime(2026, 6, 2, tzinfo=UTC)
HOSTILE = 'a <b>&amp; "c" ]]>\x00\x0b\x1b[31m\ufffe é 🙂 </feed>'
CLEAN = 'a <b>&amp; "c" ]]>[31m é 🙂 </feed>'
ENTRY = Entry("urn:uuid:1", HOSTILE, HOSTILE, 'https://a.example/?a=1&b="2"', "Cllr <Varley>", WHEN)
FEED = Feed("urn:uuid:0", HOSTILE, "https://a.example/", "https://a.example/x.atom", WHEN, (ENTRY,))
A = f"{{{ATOM}}}"


def test_an_atom_feed_has_what_rfc_4287_asks_for() -> None:
    """Ids, titles, times with zones, an author, a link to itself; in its namespace."""
    root = ElementTree.fromstring(as_atom(FEED))
    entry = root.find(f"{A}entry")

    assert root.tag == f"{A}feed"
    assert [root.findtext(f"{A}{t}") for t in ("id", "title", "updated")] == [
        "urn:uuid:0", CLEAN, "2026-06-02T00:00:00+00:00",
    ]  # fmt: skip
    assert {link.get("rel"): link.get("href") for link in root.findall(f"{A}link")} == {
        "self": "https://a.example/x.atom", "alternate": "https://a.example/",
    }  # fmt: skip
    assert root.findtext(f"{A}author/{A}name") == "Matters Arising"
    assert [entry.findtext(f"{A}{t}") for t in ("id", "title", "updated", "content")] == [
        "urn:uuid:1", CLEAN, "2026-06-02T00:00:00+00:00", CLEAN,
    ]  # fmt: skip
    assert entry.find(f"{A}link").get("href") == ENTRY.link
    assert entry.findtext(f"{A}author/{A}name") == "Cllr <Varley>"


def test_an_rss_feed_has_what_rss_2_asks_for() -> None:
    """Words are escaped once for XML and once for the HTML that readers take them for."""
    channel = ElementTree.fromstring(as_rss(FEED)).find("channel")
    item = channel.find("item")

    assert [channel.findtext(t) for t in ("title", "link")] == [CLEAN, "https://a.example/"]
    assert channel.findtext("description")
    assert (item.find("guid").text, item.find("guid").get("isPermaLink")) == ("urn:uuid:1", "false")
    assert parsedate_to_datetime(item.findtext("pubDate")) == WHEN
    assert item.findtext("description").startswith("a &lt;b&gt;&amp;amp; &quot;c&quot;")


def test_a_json_feed_has_what_version_1_1_asks_for() -> None:
    """As text, never as HTML."""
    feed = json.loads(as_json_feed(FEED))

    assert (feed["version"], feed["feed_url"]) == (
        "https://jsonfeed.org/version/1.1", "https://a.example/x.atom",
    )  # fmt: skip
    assert feed["items"] == [
        {
            "id": "urn:uuid:1",
            "url": ENTRY.link,
            "title": HOSTILE,
            "content_text": HOSTILE,
            "date_published": "2026-06-02T00:00:00+00:00",
            "authors": [{"name": "Cllr <Varley>"}],
        }
    ]
