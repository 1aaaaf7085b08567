"""The agenda page as Markdown, as a page of its own, and as a document."""

from __future__ import annotations

from transcripts.tracker.agenda import RECORD, Agenda, Item

STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
    "color:#1b1b1b;background:#fff}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #767676;padding:.5rem;text-align:left;vertical-align:top}"
    "th{background:#eef1f5}a{color:#0b4f8a}.ref{white-space:nowrap}"
    "@media(max-width:40rem){th,td{display:block;border-width:0 0 1px}thead{display:none}}"
)
PAGE = """<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{{ agenda.title }}</title><style>{{ style }}</style></head>
<body><main>
<h1>{{ agenda.title }}</h1>
<p>{{ record }}</p>
{% for section in agenda.sections %}
<h2>{{ section.title }}</h2>
{% if section["items"] %}
<table>
<caption>{{ section["items"]|length }} under “{{ section.title }}”</caption>
<thead><tr><th scope="col">Reference</th><th scope="col">Recommendation</th>
<th scope="col">Where it stands</th></tr></thead>
<tbody>
{% for item in section["items"] %}
<tr><th scope="row" class="ref">{{ item.reference }}</th><td>{{ item.words }}{% if web(item.link) %}
 <a href="{{ item.link }}">{{ item.label }}</a>{% endif %}</td>
<td>{% for line in item.lines %}<div>{{ line }}</div>{% endfor %}</td></tr>
{% endfor %}
</tbody></table>
{% else %}<p>{{ section.empty }}</p>{% endif %}
{% endfor %}
<h2>What was searched</h2>
<p>{{ agenda.searched }}</p>
</main></body></html>
"""


def as_markdown(agenda: Agenda) -> str:
    """Markdown; what was said cannot turn into markup."""
    out = [f"# {agenda.title}", "", RECORD, ""]
    for section in agenda.sections:
        out += [f"## {section.title}", ""]
        for item in section.items:
            out += [f"- **{_plain(item.reference)}** {_plain(item.words)}"]
            out += [f"  - {_plain(line)}" for line in _lines(item)]
        out += ["", *([] if section.items else [section.empty, ""])]
    return "\n".join([*out, "## What was searched", "", _plain(agenda.searched), ""])


def as_html(agenda: Agenda) -> str:
    """One page that needs nothing beside it; WCAG 2.2 AA is what it is written to."""
    from jinja2 import Environment

    page = Environment(autoescape=True, trim_blocks=True).from_string(PAGE)
    return page.render(agenda=agenda, record=RECORD, style=STYLE, web=_web)


def as_docx(agenda: Agenda) -> bytes:
    """The bytes of a document."""
    from transcripts.tracker.paper import Paper

    paper = Paper(agenda.title)
    paper.say(RECORD)
    for section in agenda.sections:
        paper.heading(section.title)
        if not section.items:
            paper.say(section.empty)
            continue
        rows = [(i.reference, i.words, "\n".join(_lines(i))) for i in section.items]
        paper.table(("Reference", "Recommendation", "Where it stands"), rows, (3.2, 12.2, 11.2))
    paper.heading("What was searched")
    paper.say(agenda.searched)
    return paper.finished()


def _lines(item: Item) -> list[str]:
    return [*item.lines, *([item.link] if item.link else [])]


def _web(link: str) -> bool:
    return link.startswith(("http://", "https://"))


def _plain(text: str) -> str:
    for mark in "\\`*_[]<>#|":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())
