"""The tutorials as pages: those files of the program that explain it, with their pictures.

They lie beside the packages, so an installation made from a wheel has none; the page of help then
names the files alone. What is served is a fixed table: no part of an address is a part of a path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path, PurePosixPath

from fastapi import FastAPI, HTTPException
from fastapi.responses import FileResponse
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from matters_arising.web.reading import Data

DOCS = Path(__file__).resolve().parents[2] / "docs"
TUTORIALS = {name: f"docs/tutorials/{name}.md" for name in ("researcher", "clerk", "operator")}
PICTURES = {
    f"{name}.png": f"docs/images/{name}.png"
    for name in (
        "concerns", "desk-doubt", "desk-recommendation", "desk-register", "desk-report",
        "desk-review", "meeting", "recommendation", "register", "search",
    )
}  # fmt: skip
AN_HOUR = {"Cache-Control": "public, max-age=3600"}  # the same for everybody


def _file(of_the_program: str) -> Path:
    return DOCS.parent / of_the_program


def address_of_tutorial(of_the_program: str) -> str:
    """The page of a tutorial by its file; empty where it is not here."""
    here = {file: f"/help/{name}" for name, file in TUTORIALS.items() if _file(file).is_file()}
    return here.get(of_the_program, "")


def tutorial(name: str) -> Data:
    """One tutorial as it is written; what its template shows of it is ``as_html``."""
    if not address_of_tutorial(TUTORIALS[name]):
        raise HTTPException(404)
    text = _file(TUTORIALS[name]).read_text(encoding="utf-8")
    title = text.partition("\n")[0].lstrip("# ")
    return {"name": name, "title": title, "markdown": text}


@cache
def as_html(name: str) -> Markup:
    """A tutorial as HTML. Text that looks like HTML stays text; what is not served is no link."""
    reader = MarkdownIt("commonmark", {"html": False})
    tokens = reader.parse(_file(TUTORIALS[name]).read_text(encoding="utf-8"))
    for token in tokens:
        if token.children:
            token.children = list(_served(token.children))
    # what renders it escapes all text and every attribute, and knows no HTML of the file's own
    return Markup(reader.renderer.render(tokens, reader.options, {}))  # noqa: S704


def _served(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens of a line with the addresses of these pages; other pictures as text.

    A link to what is not served is set off, for it mostly is the title of a document.
    """
    plain = False  # whether the link that is open leads nowhere; links do not stand in links
    for token in tokens:
        if token.type == "link_open":
            address = _address(str(token.attrs.get("href", "")), TUTORIALS, "/help")
            plain = not address
            token.attrs["href"] = address
        if token.type == "image":
            address = _address(str(token.attrs["src"]), PICTURES, "/help/pictures")
            token.attrs |= {"src": address, "loading": "lazy"}
            if not address:
                token = Token("text", "", 0, content=token.content)
        if plain and token.type in ("link_open", "link_close"):
            kind = token.type.replace("link", "em")
            token = Token(kind, "em", token.nesting)
        yield token


def _address(written: str, served: dict[str, str], where: str) -> str:
    """The address of what a tutorial links to by its place beside it; empty if it is not served."""
    file = PurePosixPath(written.partition("#")[0])
    beside = (
        "docs" / file.relative_to("..") if file.is_relative_to("..") else "docs/tutorials" / file
    )
    return next((f"{where}/{name}" for name, f in served.items() if f == str(beside)), "")


def picture(name: str) -> FileResponse:
    """A picture of a tutorial."""
    if name not in PICTURES or not _file(PICTURES[name]).is_file():
        raise HTTPException(404)
    return FileResponse(_file(PICTURES[name]), media_type="image/png", headers=AN_HOUR)


def add_pictures(app: FastAPI) -> None:
    """The addresses of the pictures."""
    app.add_api_route(
        "/help/pictures/{name}", picture, methods=["GET", "HEAD"], response_model=None
    )


# address (without .json), its JSON twin, template, what it shows; an address each, not a pattern
TUTORIAL_PAGES: tuple[tuple[str, str, str, Callable[..., Data]], ...] = tuple(
    (f"/help/{name}", f"/help/{name}.json", "tutorial.html", partial(tutorial, name))
    for name in TUTORIALS
)
