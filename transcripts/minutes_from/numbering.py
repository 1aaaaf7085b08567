"""The numbers that Word shows before the paragraphs of a list: they are nowhere in its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from transcripts.minutes_from.markup import numbered

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9


class Numbers:
    """Counts the lists of one document; ask in the order of the page."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, list[int]] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):  # a document without any list
            return
        for each in root.iter(f"{W}abstractNum"):
            self._levels[each.get(f"{W}abstractNumId")] = _levels(each)
        for each in root.iter(f"{W}num"):
            target = each.find(f"{W}abstractNumId")
            if target is not None:
                self._abstract[each.get(f"{W}numId")] = target.get(f"{W}val")

    def label(self, paragraph: Paragraph) -> str:
        """The number or bullet before this paragraph; empty where it is in no list."""
        place = _place(paragraph)
        if place is None:
            return ""
        number, level = place
        levels = self._levels.get(self._abstract.get(number, ""), {})
        form, text, start = levels.get(level, ("", "", 1))
        if form in ("", "none"):
            return ""
        if form == "bullet":
            return "•"
        counts = self._counts.setdefault(number, [0] * LEVELS)
        counts[level] = counts[level] + 1 if counts[level] else start
        counts[level + 1 :] = [0] * (LEVELS - level - 1)
        return _shown(text, counts, {n: (f, s) for n, (f, _, s) in levels.items()})


def _place(paragraph: Paragraph) -> tuple[str, int] | None:
    """Which list and which level, from the paragraph or from its style."""
    properties = [paragraph._p.pPr]
    style: Any = paragraph.style
    while style is not None:
        properties.append(style.element.find(f"{W}pPr"))
        style = style.base_style
    level = None
    for each in properties:
        found = each.find(f"{W}numPr") if each is not None else None
        if found is None:
            continue
        at, number = found.find(f"{W}ilvl"), found.find(f"{W}numId")
        level = int(at.get(f"{W}val")) if level is None and at is not None else level
        if number is not None:
            value = number.get(f"{W}val")
            return None if value == "0" else (value, min(level or 0, LEVELS - 1))
    return None


def _levels(abstract: Any) -> dict[int, tuple[str, str, int]]:
    out = {}
    for each in abstract.iter(f"{W}lvl"):
        values = {
            name: (found.get(f"{W}val") or "") if (found := each.find(f"{W}{name}")) is not None
            else ""
            for name in ("numFmt", "lvlText", "start")
        }  # fmt: skip
        start = int(values["start"]) if values["start"].isdigit() else 1
        out[int(each.get(f"{W}ilvl"))] = (values["numFmt"], values["lvlText"], start)
    return out


def _shown(text: str, counts: list[int], forms: dict[int, tuple[str, int]]) -> str:
    """``%1.%2`` filled in: ``5.2``."""

    def one(found: re.Match[str]) -> str:
        level = int(found[1]) - 1
        form, start = forms.get(level, ("decimal", 1))
        made = numbered(counts[level] or start, form).rstrip(".")
        return made.upper() if form.startswith("upper") else made

    return re.sub(r"%([1-9])", one, text)
