"""What commands read without pydantic is what the settings say."""

from __future__ import annotations

import subprocess
import sys

import pytest

from matters_arising import usual
from matters_arising.settings import Settings


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"MATTERS_HOME": "elsewhere", "MATTERS_ADDRESS": "https://scrutiny.example/"},
        {"matters_home": "small", "Matters_Address": "http://mixed.example"},
    ],
)
def test_the_settings_read_without_pydantic_are_the_same(
    told: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("MATTERS_HOME", "MATTERS_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    for name, value in told.items():
        monkeypatch.setenv(name, value)

    settings = Settings()

    assert (usual.home(), usual.address()) == (settings.home, settings.address)


def test_a_search_does_not_wait_for_pydantic() -> None:
    """To load it takes a quarter of a second, as long as a search of two million sentences."""
    command = (
        "import sys; from matters_arising.cli import links, options; "
        "options.default_home(); links._pages(); print('pydantic' in sys.modules)"
    )

    told = subprocess.check_output([sys.executable, "-c", command], text=True)

    assert told == "False\n"
