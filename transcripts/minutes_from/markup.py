"""HTML to paragraphs: only tags end one, because text pasted from a word processor is hard-wrapped.

Numbers that a browser would put before the entries of a list are put there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from matters_arising.errors import BadInputError
from transcripts.minutes_from.paper import Paragraph, joined_labels, paragraph

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

BLOCKS = frozenset(
    "p div li ul ol table tr td th h1 h2 h3 h4 h5 h6 br hr blockquote section article header "
    "footer main dl dt dd pre tbody thead form fieldset body".split()
)
UNSEEN = frozenset("script style head title noscript template del s strike nav svg button".split())
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
# entries, rows and paragraphs may stay open in pages as people write them
NESTING = re.compile(r"<(/?)(?!(?:p|li|d[td]|t[rdh]|option|br|hr|img|input|meta|link)\b)[a-zA-Z]")
DEEPEST = 1000  # open tags: what nests deeper takes the parser minutes
ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def nested(html: str) -> int:
    """How many tags are open at once at most, of those that have to be closed."""
    depth = deepest = 0
    for closing in NESTING.findall(html):
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


def paragraphs_of(html: str) -> list[Paragraph]:
    """The paragraphs of a piece of HTML, in order, empty ones left out."""
    from selectolax.lexbor import LexborHTMLParser  # only where there is HTML

    if nested(html) > DEEPEST:
        raise BadInputError("the minutes hold HTML nested deeper than people write; not read")
    root = LexborHTMLParser(html).body
    return paragraphs_under(root) if root is not None else []


def paragraphs_under(root: LexborNode) -> list[Paragraph]:
    """The paragraphs below a node. Walks with a stack of its own: pages nest without limit."""
    walk = _Walk()
    stack: list[tuple[LexborNode, bool]] = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        if leaving:
            walk.leave(node.tag or "")
        elif walk.enter(node):
            stack.append((node, True))
            stack.extend((n, False) for n in reversed(list(node.iter(include_text=True))))
    walk.flush()
    return joined_labels(walk.out)


class _Walk:
    """What was read on the way through a page."""

    def __init__(self) -> None:
        self.out: list[Paragraph] = []
        self._words: list[str] = []
        self._counts: list[int] = []  # of the ordered lists that are open; -1 for others
        self._label, self._heading = "", False

    def enter(self, node: LexborNode) -> bool:
        """Takes a node's own words or number; says whether to go into it."""
        tag = node.tag or ""
        if tag == "-text":
            self._words.append(node.text_content or "")
        if tag in UNSEEN or tag.startswith(("-", "!", "_")):
            return False
        if tag in BLOCKS:
            self.flush()
            self._heading = tag in HEADINGS
        if tag in ("ol", "ul"):
            self._counts.append(_start(node) if tag == "ol" else -1)
        if tag == "li":
            self._label = _number(node, self._counts)
        return True

    def leave(self, tag: str) -> None:
        """Ends a paragraph where a block ends."""
        if tag in BLOCKS:
            self.flush()
        if tag == "li":
            self._label = ""
        if tag in ("ol", "ul"):
            self._counts.pop()

    def flush(self) -> None:
        """Ends the paragraph that is open."""
        text = "".join(self._words)
        self._words.clear()
        made = paragraph(text, heading=self._heading)
        if made.text or made.label:
            self.out.append(Paragraph(made.text, made.label or self._label, self._heading))
            self._label = ""
        self._heading = False


def _start(node: LexborNode) -> int:
    start = node.attributes.get("start") or ""
    return int(start) - 1 if start.isdigit() else 0


def _number(node: LexborNode, counts: list[int]) -> str:
    """The number of a list entry as a browser shows it; a bullet in a list without an order."""
    if not counts or counts[-1] < 0:
        return "•"
    counts[-1] += 1
    parent = node.parent
    kind = (parent.attributes.get("type") or "1") if parent is not None else "1"
    return numbered(counts[-1], {"a": "lowerLetter", "i": "lowerRoman"}.get(kind.lower(), ""))


def numbered(count: int, form: str) -> str:
    """``3`` as ``3.``, ``c.`` or ``iii.``"""
    from transcripts.minutes_from.labels import ROMAN

    if form in ("lowerLetter", "upperLetter") and 0 < count <= len(ALPHABET):
        return f"{ALPHABET[count - 1]}."
    if form in ("lowerRoman", "upperRoman"):
        return f"{next((r for r, n in ROMAN.items() if n == count), count)}."
    return f"{count}."
