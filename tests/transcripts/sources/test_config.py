"""``matters.toml`` is read, and each mistake in it is told with its line and what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from matters_arising.errors import ManifestError
from transcripts.sources.config import (
    CommitteeConfig,
    Config,
    CouncilConfig,
    SourceConfig,
    read_config,
    template,
)

GOOD = """\
contact = "democracy@aldermere.example"

[[council]]
name = "Aldermere Borough Council"
code = "aldermere"

[[council.committee]]
name = "Safer Communities Scrutiny Committee"
code = "SCSC"

[[council.source]]
kind = "moderngov"
url = "https://democracy.aldermere.example/"
enabled = true

[[council.source]]
kind = "folder"
folder = "recordings"

[[council]]
name = "Tarnbeck Town Council"
code = "tarnbeck"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "matters.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_several_councils_committees_and_sources_are_read(tmp_path: Path) -> None:
    config = read_config(written(tmp_path, GOOD))

    assert [c.code for c in config.council] == ["aldermere", "tarnbeck"]
    assert [(s.kind, s.enabled) for s in config.council[0].source] == [
        ("moderngov", True),
        ("folder", False),
    ]
    assert config.council[0].source[0].url == "https://democracy.aldermere.example"
    assert config.inbox_folder == tmp_path / "inbox"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('kind = "moderngov"', 'kind = "modern"', 12, "kind 'modern' is none of folder, moderngov"),
        ('code = "aldermere"', 'code = "The Mere"', 5, "'The Mere' may hold small letters"),
        ('code = "tarnbeck"', 'cod = "tarnbeck"', 22, "'cod' is not a key that is known here"),
        ('code = "tarnbeck"', "", 20, "'code' is missing, and must be given"),
        ('folder = "recordings"', "", 16, "needs folder ="),
        ("url = ", "# url = ", 11, "needs url ="),
        ('"https://democracy.aldermere.example/"', '"democracy"', 13, "is no address"),
        ("enabled = true", 'enabled = "perhaps"', 14, "enabled = 'perhaps' cannot be used"),
        ("enabled = true", "days = 0", 14, "days = 0 cannot be used"),
        ("enabled = true", "pause_s = 0.5", 11, "pause_s = 0.5 is too short for a server that"),
        ('name = "Tarnbeck Town Council"', "name = 7", 21, "name = 7 cannot be used"),
        ("enabled = true", 'hosts = ["https://cdn.example"]', 14, "is no host"),
        ('folder = "recordings"', 'kind2 = "x"\nfolder = "r"', 18, "'kind2' is not a key"),
        ('code = "tarnbeck"', 'code = "aldermere"', 0, "council code 'aldermere' is there twice"),
        ("democracy@aldermere.example", "the clerk", 0, "contact = "),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_to_do(
    tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    path = written(tmp_path, GOOD.replace(old, new, 1))

    with pytest.raises(ManifestError) as told:
        read_config(path)

    sentences = str(told.value).splitlines()
    where = f"{path}, line {line}: " if line else f"{path}: "
    assert [s for s in sentences if s.startswith(where) and said in s], sentences


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("{id}.vtt", "there is no placeholder '{id}': write {uid} for a webcast's number, and"),
        ("{}.vtt", "there is no placeholder '{}'"),
        ("{uid.x}.vtt", "there is no placeholder '{uid.x}'"),
        ("{uid:d}.vtt", "there is no placeholder '{uid}'"),
        ("{uid.vtt", "has a brace without its other"),
        ("all.vtt", "is the same for every webcast: write {uid}"),
    ],
)
def test_an_address_of_captions_that_cannot_be_filled_in_is_told(
    tmp_path: Path, address: str, said: str
) -> None:
    more = f'enabled = true\ncaptions_url = "https://captions.example/{address}"'
    path = written(tmp_path, GOOD.replace("enabled = true", more))

    with pytest.raises(ManifestError) as told:
        read_config(path)

    assert str(told.value).startswith(f"{path}, line 15: captions_url: ")
    assert said in str(told.value)


def test_an_address_of_captions_may_name_council_and_webcast(tmp_path: Path) -> None:
    address = "https://captions.example/{council}_{uid}.vtt"
    more = f'enabled = true\ncaptions_url = "{address}"'
    config = read_config(written(tmp_path, GOOD.replace("enabled = true", more)))

    assert config.council[0].source[0].captions_url == address


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace('"moderngov"', '"modern"').replace('"tarnbeck"', '"Tarn Beck"')

    with pytest.raises(ManifestError) as told:
        read_config(written(tmp_path, text))

    assert len(str(told.value).splitlines()) == 2


def test_what_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="line 1"):
        read_config(written(tmp_path, "contact = \n[[council]]"))


def test_no_file_is_told_with_where_one_begins(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="nothing is fetched until"):
        read_config(tmp_path / "matters.toml")


@pytest.mark.parametrize("kind", ["public-i", "yt-dlp"])
def test_a_vendors_recordings_need_a_permission(tmp_path: Path, kind: str) -> None:
    text = GOOD.replace('kind = "moderngov"', f'kind = "{kind}"')

    with pytest.raises(ManifestError, match="write permission"):
        read_config(written(tmp_path, text))


def test_the_file_to_begin_with_names_every_key_and_turns_nothing_on(tmp_path: Path) -> None:
    config = read_config(written(tmp_path, template()))

    named = set(re.findall(r"^(?:# )?(\w+) = ", template(), re.MULTILINE))
    keys = {
        k for c in (Config, CouncilConfig, CommitteeConfig, SourceConfig) for k in c.model_fields
    }
    tables = {"council", "committee", "source", "path", "batches"}
    assert not any(s.enabled for c in config.council for s in c.source)
    assert (keys - tables - named, named - keys) == (set(), set())
