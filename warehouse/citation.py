"""How to cite an exported data set: the Citation File Format 1.2.0, and what Zenodo asks for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warehouse.frozen import Terms

# licences that suit data, by their SPDX names, which both formats know
LICENCES = ("CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "ODbL-1.0", "OGL-UK-3.0", "PDDL-1.0")
KEYWORDS = ("council meetings", "scrutiny", "transcripts", "recommendations", "local government")


@dataclass(frozen=True, slots=True)
class Cited:
    """What is cited. ``day`` is ISO."""

    title: str
    version: str
    day: str
    note: str


def as_cff(cited: Cited, manifest: Mapping[str, Any], terms: Terms) -> str:
    """A CITATION.cff; its strings are written as JSON, which YAML reads."""
    return "\n".join([*_cff(cited, manifest, terms), ""])


def _cff(cited: Cited, manifest: Mapping[str, Any], terms: Terms) -> Iterator[str]:
    yield "cff-version: 1.2.0"
    yield 'message: "If you use this data set, please cite it as below."'
    yield "type: dataset"
    yield f"title: {_quoted(cited.title)}"
    yield f"abstract: {_quoted(_abstract(cited, manifest))}"
    yield "authors:"
    yield from (f"  - name: {_quoted(name)}" for name in _authors(manifest, terms))
    yield f"version: {_quoted(cited.version)}"
    yield f"date-released: {cited.day}"
    if terms.licence:
        yield f"license: {terms.licence}"
    yield "identifiers:"
    yield "  - type: other"
    yield f"    value: {_quoted('sha256:' + manifest['data_sha256'])}"
    yield '    description: "Hash of the names and hashes of the data files"'
    yield "keywords:"
    yield from (f"  - {_quoted(word)}" for word in KEYWORDS)


def as_zenodo(cited: Cited, manifest: Mapping[str, Any], terms: Terms) -> dict[str, Any]:
    """The metadata of a Zenodo deposit."""
    told = {
        "upload_type": "dataset",
        "title": cited.title,
        "description": _abstract(cited, manifest),
        "creators": [{"name": name} for name in _authors(manifest, terms)],
        "version": cited.version,
        "publication_date": cited.day,
        "keywords": list(KEYWORDS),
    }
    return told | ({"license": terms.licence.lower()} if terms.licence else {})


def _authors(manifest: Mapping[str, Any], terms: Terms) -> list[str]:
    """Whoever was named; else the archive, for a council did not write what machines heard."""
    councils = " and ".join(manifest["coverage"]["councils"] or ["no council"])
    return list(terms.authors) or [f"Matters Arising archive of {councils}"]


def _abstract(cited: Cited, manifest: Mapping[str, Any]) -> str:
    covered = manifest["coverage"]
    return (
        f"{covered['meetings']} meetings, {covered['hours']} hours, {covered['words']} words, with "
        f"speakers, findings and the register of recommendations as of {cited.day}. {cited.note}"
    )


def _quoted(text: str) -> str:
    # \u2028 and its like, and what lies beyond the basic plane, are escaped: YAML 1.1 is strict
    return json.dumps(text, ensure_ascii=not text.isprintable())
