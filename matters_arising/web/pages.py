"""What each page shows. A page is a function from its parameters to data, shown as HTML or JSON."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from matters_arising.web.about import ABOUT_PAGES
from matters_arising.web.addresses import address_of
from matters_arising.web.committees import COMMITTEE_PAGES
from matters_arising.web.guides import HELP_PAGES
from matters_arising.web.meetings import MEETING_PAGES
from matters_arising.web.people import PEOPLE_PAGES
from matters_arising.web.reading import Data, Narrowed, Offset, Reading, around
from matters_arising.web.searching import SEARCH_PAGES
from transcripts.ladders import followed
from transcripts.life import wording_is
from warehouse import committees, listings, register
from warehouse.life import life_of
from warehouse.listings import FindingRow
from warehouse.places import is_anew
from warehouse.query import Filters
from warehouse.reader import Reader
from warehouse.withheld import check_nothing_withheld_since

NEWEST = 12  # meetings on the front page
FLOATED = 100  # sentences at a time
PAGE = 50  # recommendations at a time


def front(reader: Reading) -> Data:
    """What the archive holds: how much, the newest meetings, the committees."""
    return {
        "holds": reader.total("holdings", listings.holdings),
        "covered": reader.total("covered", committees.covered),
        "followed": reader.total("followed", _followed),
        "meetings": reader.total("newest", _newest),
        "committees": reader.total("committees", committees.committees),
    }


def _newest(reader: Reader) -> list[listings.MeetingRow]:
    return listings.meetings(reader)[::-1][:NEWEST]


def _followed(reader: Reader) -> int:
    """How many the register follows, which are fewer than were put into words."""
    entries = register.register(reader, today=date.today())
    return len(followed(entries))


def recommendations(
    reader: Reading,
    committee: str = "",
    addressee: str = "",
    year: str = "",
    state: str = "",
    words: str = "",
    offset: Offset = 0,
) -> Data:
    """The register, a page at a time: what was asked of whom, and what became of it.

    ``state`` may be ``all``; ``counted`` is how many there are on all pages.
    """
    every = state == "all"
    asked = register.RegisterFilters(
        committee.strip(), addressee.strip(), year.strip(), "" if every else state, words.strip()
    )
    found = register.register(reader, asked, today=date.today())
    shown = found if every else followed(found)
    states = ("", *register.STATES, "all")
    return {
        "filters": asked,
        "state": state,
        "states": states,
        "counted": len(shown),
        "recommendations": shown[offset : offset + PAGE],
        **around(offset, PAGE, more=len(shown) > offset + PAGE),
    }


def floated(reader: Reading, narrowed: Narrowed, offset: Offset = 0) -> Data:
    """Every sentence that recommends something, agreed or not, a page at a time."""
    if narrowed.speaker:  # whether a name is held at all could be asked for one by one
        check_nothing_withheld_since(reader)
    found = _recommended(reader, narrowed)
    return {
        "filters": narrowed,
        "recommendations": found[offset : offset + FLOATED],
        **around(offset, FLOATED, more=len(found) > offset + FLOATED),
    }


def _recommended(reader: Reader, narrowed: Filters) -> list[FindingRow]:
    """All of them are looked up once a generation; a page shows a few of them."""
    if narrowed.narrow:
        return listings.listing(reader, "recommendation", narrowed)
    return reader.total("recommended", lambda r: listings.listing(r, "recommendation"))


def recommendation(reader: Reading, reference: str) -> Data:
    """One recommendation: where it stands, each step with its evidence, what was said around it."""
    told = register.life(reader, reference, today=date.today())
    made = told.entry.finding_id  # none where it came with a tracker and its meeting is not here
    life = reader.kept(("life", made), lambda: life_of(reader, made)) if made else None
    return {
        "permanent": address_of(reader, told.entry),
        "made_anew": is_anew(reader, reference, made),
        "recommendation": life.recommendation if life else None,
        "said": life.said if life else (),
        "proposed_later_mentions": life.later if life else (),
        "entry": told.entry,
        "wording_is": wording_is(told.entry, told.events),
        "events": told.events,
    }


# address (without .json), its JSON twin, template, what it shows
PAGES: tuple[tuple[str, str, str, Callable[..., Data]], ...] = (
    ("/", "/index.json", "front.html", front),
    ("/recommendations", "/recommendations.json", "recommendations.html", recommendations),
    ("/floated", "/floated.json", "floated.html", floated),
    (
        "/recommendation/{reference:path}",
        "/recommendation/{reference:path}.json",
        "recommendation.html",
        recommendation,
    ),
    *SEARCH_PAGES,
    *MEETING_PAGES,
    *PEOPLE_PAGES,
    *COMMITTEE_PAGES,
    *ABOUT_PAGES,
    *HELP_PAGES,
)
