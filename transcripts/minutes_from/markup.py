"""HTML to paragraphs: only tags end one, because text pasted from a word processor is hard-wrapped.

Numbers that a browser would put before the entries of a list are put there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transcripts.minutes_from.paper import Paragraph, joined_labels, paragraph

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

BLOCKS = frozenset(
    "p div li ul ol table tr td th h1 h2 h3 h4 h5 h6 br hr blockquote section article header "
    "footer main dl dt dd pre tbody thead form fieldset body".split()
)
UNSEEN = frozenset("script style head title noscript template del s strike nav svg button".split())
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def paragraphs_of(html: str) -> list[Paragraph]:
    """The paragraphs of a piece of HTML, in order, empty ones left out."""
    from selectolax.lexbor import LexborHTMLParser  # only where there is HTML

    root = LexborHTMLParser(html).body
    return paragraphs_under(root) if root is not None else []


def paragraphs_under(root: LexborNode) -> list[Paragraph]:
    """The paragraphs below a node. Walks with a stack of its own: pages nest without limit."""
    out: list[Paragraph] = []
    words: list[str] = []
    counts: list[int] = []
    label, heading = "", False

    def flush() -> None:
        nonlocal label, heading
        text = "".join(words)
        words.clear()
        if text.strip() or label:
            made = paragraph(text, heading=heading)
            out.append(Paragraph(made.text, made.label or label, heading))
            label = "" if made.text else label
        heading = False

    stack: list[tuple[LexborNode, bool]] = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        tag = node.tag or ""
        if leaving:
            flush()
            label = "" if tag == "li" else label
            if tag in ("ol", "ul"):
                counts.pop()
            continue
        if tag == "-text":
            words.append(node.text_content or "")
            continue
        if tag in UNSEEN or tag.startswith(("-", "!", "_")):
            continue
        if tag in BLOCKS:
            flush()
            heading = tag in HEADINGS
            if tag in ("ol", "ul"):
                counts.append(_start(node) if tag == "ol" else -1)
            if tag == "li":
                label = _number(node, counts)
            stack.append((node, True))
        stack.extend((child, False) for child in reversed(list(node.iter(include_text=True))))
    flush()
    return joined_labels(out)


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
