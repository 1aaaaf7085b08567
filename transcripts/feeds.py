"""News of a search as feed readers take it: Atom 1.0 (RFC 4287), RSS 2.0, JSON Feed 1.1.

What is said in a meeting may hold anything: what XML cannot carry is taken out, and RSS readers,
which take a description for HTML, get it escaped twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
PROGRAM = "Matters Arising"
ET.register_namespace("atom", ATOM)
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of news. ``id`` is an IRI that never changes; times carry their zone."""

    id: str
    title: str
    text: str
    link: str
    author: str
    published: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """News, latest first. ``link`` is the page it is of, ``own_link`` the address of the feed."""

    id: str
    title: str
    link: str
    own_link: str
    updated: datetime
    entries: tuple[Entry, ...] = ()


def as_atom(feed: Feed) -> bytes:
    """Atom 1.0."""
    root = ET.Element("feed", xmlns=ATOM)
    _atom(root, feed.id, feed.title, feed.updated)
    _add(_add(root, "author"), "name", PROGRAM)
    _add(root, "generator", PROGRAM)
    _add(root, "link", rel="self", href=feed.own_link, type="application/atom+xml")
    _add(root, "link", rel="alternate", href=feed.link)
    for entry in feed.entries:
        node = _add(root, "entry")
        _atom(node, entry.id, entry.title, entry.published)
        _add(node, "published", entry.published.isoformat())
        _add(_add(node, "author"), "name", entry.author)
        _add(node, "link", rel="alternate", href=entry.link)
        _add(node, "content", entry.text, type="text")
    return _written(root)


def _atom(node: Element, id: str, title: str, updated: datetime) -> None:
    """What a feed and an entry must both have."""
    _add(node, "id", id)
    _add(node, "title", title)
    _add(node, "updated", updated.isoformat())


def as_rss(feed: Feed) -> bytes:
    """RSS 2.0."""
    root = ET.Element("rss", version="2.0")
    channel = _add(root, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", feed.link)
    _add(channel, "description", f"{feed.title}: what is found in the archive")
    _add(channel, "lastBuildDate", format_datetime(feed.updated))
    _add(channel, "generator", PROGRAM)
    _add(channel, f"{{{ATOM}}}link", rel="self", href=feed.own_link, type="application/rss+xml")
    for entry in feed.entries:
        item = _add(channel, "item")
        _add(item, "title", entry.title)
        _add(item, "link", entry.link)
        _add(item, "description", escape(entry.text))
        _add(item, "guid", entry.id, isPermaLink="false")
        _add(item, "pubDate", format_datetime(entry.published))
    return _written(root)


def as_json_feed(feed: Feed) -> bytes:
    """JSON Feed 1.1."""
    items = [
        {
            "id": e.id,
            "url": e.link,
            "title": e.title,
            "content_text": e.text,
            "date_published": e.published.isoformat(),
            "authors": [{"name": e.author}],
        }
        for e in feed.entries
    ]
    about = {
        "version": JSON_FEED,
        "title": feed.title,
        "home_page_url": feed.link,
        "feed_url": feed.own_link,
        "items": items,
    }
    return (json.dumps(about, ensure_ascii=False, indent=2) + "\n").encode()


def _add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    clean: Mapping[str, str] = {name: _NOT_XML.sub("", v) for name, v in attributes.items()}
    node = ET.SubElement(parent, tag, dict(clean))
    node.text = _NOT_XML.sub("", text) or None
    return node


def _written(root: Element) -> bytes:
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
