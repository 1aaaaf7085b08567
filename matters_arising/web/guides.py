"""The page of help: for each kind of reader the steps of their tutorial, a sentence or two each.

The tutorials themselves are files of the program, with pictures; they are pages, too, where the
files are here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matters_arising.web.reading import Data
from matters_arising.web.tutorials import TUTORIAL_PAGES, address_of_tutorial


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a tutorial under its title; ``address`` is the page where anybody can do it."""

    title: str
    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Guide:
    """What one kind of reader does here; ``tutorial`` is the file that tells it at length."""

    key: str
    title: str
    tutorial: str
    steps: tuple[Step, ...]


GUIDES = (
    Guide("researchers", "To find what was said", "docs/tutorials/researcher.md", (
        Step("Ask", "Type a question, or the words you expect: “exactly so”, AND, OR, NOT, begin*, "
             "speaker:“Helen Penrose”. If nothing is found, the page says what was searched.",
             "/search"),
        Step("Listen before you quote", "The words are machine-made and can be misheard: the "
             "sound decides. “In the transcript” leads to the second; “quote” takes the words with "
             "their citation."),
        Step("See how often, and since when", "A phrase by month, committee or kind of speaker, "
             "per hour spoken. Concerns that come back are put together by machine, and it is "
             "often wrong about that.", "/trends"),
        Step("Take the data with you", "Every page has its data as JSON at its foot, every meeting "
             "its transcript as VTT, CSV and JSON."),
    )),
    Guide("clerks", "To keep the register, at the desk", "docs/tutorials/clerk.md", (
        Step("Look at what the machine doubts", "Review shows one doubt at a time, the worst "
             "first, with its words and its sound. Every decision is kept under your name and can "
             "be taken back."),
        Step("Keep the register", "Under a reference: accept what waits, or note an answer, what "
             "was done, that it was sent, with the words that say so."),
        Step("Put the minutes beside the speech", "Whoever runs the archive adds them; where it is "
             "doubtful which words a minute is about, it waits in Review."),
        Step("Make the page for the next agenda", "What is due, answered, done, to confirm or "
             "silent, to print or as a Word document."),
    )),
    Guide("operators", "To run the archive", "docs/tutorials/operator.md", (
        Step("Try it", "“matters demo” makes the archive of an invented council; “matters doctor” "
             "says what this machine lacks."),
        Step("Set up your council", "“matters sources init” writes where recordings, captions, "
             "rosters and minutes come from; “matters sources check” asks each."),
        Step("Let it run every night", "“matters fetch”, then “matters process”: what is done "
             "stays done, and every failure is named in the report."),
        Step("Show it", "“matters serve”; for others than this machine with a name and https. Give "
             "clerks an account with “matters desk add”."),
        Step("Keep it, and let go of it", "“matters backup” while it runs, “matters restore” into "
             "an empty folder; “matters redact” takes words out everywhere."),
    )),
)  # fmt: skip


def guides() -> Data:
    """All of them; ``tutorials`` are the pages that tell each at length, where they are here."""
    pages = {guide.key: address_of_tutorial(guide.tutorial) for guide in GUIDES}
    return {"guides": GUIDES, "tutorials": pages}


# address (without .json), its JSON twin, template, what it shows
HELP_PAGES: tuple[tuple[str, str, str, Callable[..., Data]], ...] = (
    ("/help", "/help.json", "help.html", guides),
    *TUTORIAL_PAGES,
)
