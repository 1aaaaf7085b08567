"""The frame of every page: made of files that are known, and open to pages that others add."""

from __future__ import annotations

import hashlib
from pathlib import Path

from jinja2 import ChoiceLoader, DictLoader

from matters_arising import web
from matters_arising.web.shown import environment

HERE = Path(web.__file__).parent


def test_the_vendored_style_is_the_one_that_was_checked() -> None:
    """Nobody has edited it by hand."""
    made = (HERE / "static" / "vendor" / "govuk.css").read_bytes()
    recorded = (HERE / "vendor" / "govuk.css.sha256").read_text(encoding="ascii")

    assert hashlib.sha256(made).hexdigest() == recorded.strip()


def test_no_style_asks_another_host_and_none_uses_the_typeface_of_the_government() -> None:
    """The pages work without the internet, and do not pass for GOV.UK."""
    styles = [path.read_text(encoding="utf-8") for path in HERE.glob("static/**/*.css")]

    assert len(styles) >= 2
    assert [s for s in styles if "url(" in s or "@import" in s or "GDS Transport" in s] == []


def test_a_page_can_be_added_to_the_frame_with_places_of_its_own() -> None:
    """The names of the blocks are what others build on."""
    added = (
        '{% extends "base.html" %}{% block title %}Desk{% endblock %}'
        "{% block head %}<link>{% endblock %}"
        '{% block nav %}{{ super() }}{{ place("/desk", "Desk") }}{% endblock %}'
        "{% block main %}<h1>Desk</h1>{% endblock %}"
        "{% block scripts %}<script></script>{% endblock %}"
    )
    templates = environment()
    assert templates.loader is not None
    templates.loader = ChoiceLoader([templates.loader, DictLoader({"added.html": added})])

    page = templates.get_template("added.html").render(here="/desk")
    wanted = ('href="/desk" aria-current="page">Desk', 'href="/search"', "<h1>Desk</h1>", "<link>")
    assert [part for part in (*wanted, "<script></script>") if part not in page] == []
