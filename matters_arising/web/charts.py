"""Counts as pictures: SVG without scripts, light or dark, that say what their figures speak for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from warehouse.scope import Scope
from warehouse.spans import MONTHS_OF
from warehouse.trends import Trends

UNIT = "times said per hour spoken"
# told apart by people who see few colours too (Okabe and Ito); black last, for it shouts
COLOURS = (
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8f7a00", "#000000",
)  # fmt: skip
LARGE = 900  # pixels wide
MARGIN, ROW, LETTER = 20, 20, 7  # pixels: around a picture, a row of its legend, a letter in it
LABELS = 16  # along the bottom, before they would be written over one another
OF_TEXT = "system-ui, sans-serif"
# A picture has no style but its own; it is told of darkness as the page around it is.
DARK = """
@media (prefers-color-scheme: dark) {
  svg text { fill: #ecebe6 !important; }
  svg .guides .line, svg .axis .line, svg path.guide { stroke: #42484a !important; }
  svg .color-7, svg .color-7 .line { stroke: #ffffff !important; fill: #ffffff !important; }
}
"""
VOICED = "times voiced"


def title_of(counted: Trends) -> str:
    """What a picture shows: ``“damp”, “mould”: times said per hour spoken, by month``."""
    phrases = ", ".join(f"“{phrase}”" for phrase in counted.phrases)
    return f"{phrases}: {UNIT}, by {counted.by.replace('-', ' ')}"


def as_svg(counted: Trends, searched: Scope, *, small: bool = False) -> bytes:
    """A picture of the rates; where nothing was searched it has a gap, where nothing was said a 0.

    The same figures give the same bytes. ``small`` leaves out what stands in the text beside it.
    """
    chart = _lines(counted) if counted.by in MONTHS_OF else _bars(counted)
    if small:
        chart.config(width=420, height=300, show_legend=len(counted.phrases) > 1, y_title=None)
    else:
        chart.title = title_of(counted)
        chart.x_title = searched.line
    rows = counted.stretches if counted.by in MONTHS_OF else counted.stretches[::-1]
    if len(counted.phrases) > 1 or not small:
        beside = 0 if counted.by in MONTHS_OF else max((len(s.label) for s in rows), default=0)
        _make_room(chart, [f"“{phrase}”" for phrase in counted.phrases], beside * LETTER)
    for number, phrase in enumerate(counted.phrases):
        chart.add(f"“{phrase}”", [s.figures[number].per_hour for s in rows])
    return _bare(chart, title_of(counted), searched.line)


def thread_as_svg(
    sittings: Sequence[tuple[date, str, int | None]], *, small: bool = False
) -> bytes:
    """How often a worry was voiced, meeting after meeting: day, committee, times.

    A meeting without a transcript has a gap and says so; one in which it was not voiced has a 0.
    """
    import pygal

    chart = pygal.Bar(_looks(), height=360, y_title=VOICED, x_label_rotation=40, margin_left=12)
    chart.title, chart.show_legend = f"{VOICED}, meeting after meeting", False
    if small:
        chart.config(width=420, height=300, y_title=None)
    chart.x_labels = [_label(f"{day:%-d %b %Y}", voiced is not None) for day, _, voiced in sittings]
    most = max((voiced or 0 for *_, voiced in sittings), default=0)
    chart.y_labels = range(most + 1) if most <= 10 else None
    chart.add(VOICED, [voiced for *_, voiced in sittings])
    if len(sittings) > LABELS:
        chart.x_labels_major_count, chart.show_minor_x_labels = LABELS, False
    words = "; ".join(
        f"{day:%-d %B %Y}, {committee}: {'not heard' if voiced is None else voiced}"
        for day, committee, voiced in sittings
    )
    return _bare(chart, f"{VOICED}, meeting after meeting", words)


def _make_room(chart: Any, entries: Sequence[str], beside: int) -> None:
    """For every row of the legend; pygal counts only full rows of it, and none for a single one.

    An entry that is too long for the picture is cut; the table beside it has it whole. ``beside``
    is how wide the labels beside the bars are, for the columns share what these leave.
    """
    width, height = chart.config.width, chart.config.height
    longest = (width - 3 * MARGIN) // LETTER
    half = ((width - beside) // 2 - 3 * MARGIN) // LETTER
    columns = 2 if width >= LARGE and max(map(len, entries)) < half else 1
    rows, counted = -(-len(entries) // columns), len(entries) // columns
    chart.config(
        legend_at_bottom_columns=columns,
        truncate_legend=longest,
        height=height + rows * ROW,
        margin_bottom=MARGIN + (rows - counted) * ROW + MARGIN // 2,
    )


def _lines(counted: Trends) -> Any:
    import pygal

    chart = pygal.Line(
        _looks(), allow_interruptions=True, dots_size=4, y_title=UNIT, x_label_rotation=40
    )
    chart.x_labels = [_label(s.label, s.meetings_searched) for s in counted.stretches]
    if len(counted.stretches) > LABELS:
        chart.x_labels_major_count, chart.show_minor_x_labels = LABELS, False
    return chart


def _bars(counted: Trends) -> Any:
    import pygal

    rows = max(1, len(counted.stretches) * len(counted.phrases))
    chart = pygal.HorizontalBar(_looks(), height=200 + 30 * rows)
    # from the bottom up, so that the first is on top
    chart.x_labels = [_label(s.label, s.meetings_searched) for s in reversed(counted.stretches)]
    return chart


def _label(name: str, searched: bool | int) -> str:
    return name if searched else f"{name} (no data)"


def _looks() -> Any:
    from pygal import Config
    from pygal.style import Style

    sizes = dict.fromkeys(("label", "major_label", "legend", "value"), 13)
    return Config(
        js=(),
        style=Style(
            background="transparent",  # the page shows through
            plot_background="transparent",
            foreground="#1b1b1b",
            foreground_strong="#1b1b1b",
            foreground_subtle="#565656",
            colors=COLOURS,
            font_family=OF_TEXT,
            transition="0s",
            title_font_size=14,
            opacity="1",
            stroke_opacity="1",
            stroke_width="2.5",
            guide_stroke_dasharray="",
            guide_stroke_color="#dddddd",
            major_guide_stroke_dasharray="",
            major_guide_stroke_color="#dddddd",
            **{f"{name}_font_size": size for name, size in sizes.items()},
        ),
        width=LARGE,
        height=460,
        legend_at_bottom=True,
        margin=MARGIN,
        truncate_label=-1,
        include_x_axis=True,
        max_scale=6,
        value_formatter=lambda value: f"{round(value, 2):g}",
        no_data_text="nothing was searched",
    )


def _bare(chart: Any, title: str, words: str) -> bytes:
    """The picture without what changes from one drawing to the next, and with words for those who
    cannot see it."""
    from lxml import etree

    chart.uuid = "trends"
    root = chart.render_tree()
    etree.strip_tags(root, etree.Comment)
    for script in root.findall(".//{*}script"):
        script.getparent().remove(script)
    for legend in root.findall(".//{*}g[@class='legends']"):
        # from the left edge, not from beside the labels of the bars: phrases are long
        legend.set("transform", re.sub(r"\(\d+", f"({MARGIN}", legend.get("transform")))
    dark = etree.SubElement(root, "{http://www.w3.org/2000/svg}style")
    dark.text = DARK
    root.set("role", "img")
    for place, (tag, text) in enumerate((("title", title), ("desc", words))):
        element = etree.Element(f"{{http://www.w3.org/2000/svg}}{tag}")
        element.text = text
        root.insert(place, element)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))
