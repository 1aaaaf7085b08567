"""Accounts are kept whole and private, and passwords as hashes alone."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from matters_arising.cli import main
from matters_arising.errors import BadInputError, StoreError
from matters_arising.web.desk.accounts import Accounts

GOOD = "three odd words"


def run(home: Path, *words: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["--home", str(home), "desk", *words], input=typed)


def test_an_account_lets_in_with_its_password_and_no_other(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    accounts.add("Ann Clerk", GOOD)

    found = accounts.let_in("ann  CLERK", GOOD)
    assert found is not None
    assert found.name == "Ann Clerk"
    assert accounts.let_in("Ann Clerk", "three odd word") is None
    assert accounts.let_in("Nobody", GOOD) is None
    assert accounts.let_in("Ann Clerk", GOOD + "x" * 300) is None


def test_the_file_is_private_and_holds_no_password(tmp_path: Path) -> None:
    Accounts(tmp_path).add("Ann Clerk", GOOD)

    path = tmp_path / "desk" / "accounts.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert GOOD not in path.read_text()
    assert "$argon2id$" in path.read_text()


def test_accounts_added_at_once_are_all_kept(tmp_path: Path) -> None:
    names = [f"Clerk {n}" for n in range(3)]
    threads = [threading.Thread(target=Accounts(tmp_path).add, args=(name, GOOD)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [a.name for a in Accounts(tmp_path).all()] == names


@pytest.mark.parametrize(
    ("name", "password", "sentence"),
    [
        ("Ann Clerk", "short", "12 to 200 letters"),
        ("Ann Clerk", "x" * 201, "12 to 200 letters"),
        ("", GOOD, "needs a name"),
        ("A\nB", "A\nB", "12 to 200"),
        ("Machine", GOOD, "what the program calls itself"),
        ("a long enough name", "A Long Enough Name", "the password is the name"),
    ],
)
def test_what_is_no_account_is_refused_in_a_sentence(
    tmp_path: Path, name: str, password: str, sentence: str
) -> None:
    with pytest.raises(BadInputError, match=sentence):
        Accounts(tmp_path).add(name, password)
    assert Accounts(tmp_path).all() == []


def test_a_broken_file_is_named_and_lets_nobody_in(tmp_path: Path) -> None:
    Accounts(tmp_path).add("Ann Clerk", GOOD)
    (tmp_path / "desk" / "accounts.json").write_text("{", encoding="utf-8")

    with pytest.raises(StoreError, match="holds no accounts"):
        Accounts(tmp_path).let_in("Ann Clerk", GOOD)


def test_the_command_adds_lists_changes_and_removes(tmp_path: Path) -> None:
    added = run(tmp_path, "add", "Ann Clerk", typed=f"{GOOD}\n{GOOD}\n")
    again = run(tmp_path, "add", "ann clerk", typed=f"{GOOD}\n{GOOD}\n")
    changed = run(tmp_path, "password", "Ann Clerk", typed="quite other words\n" * 2)
    listed = json.loads(run(tmp_path, "list", "--json").output)
    let_in = Accounts(tmp_path).let_in("Ann Clerk", "quite other words")
    removed = run(tmp_path, "remove", "Ann Clerk")
    gone = run(tmp_path, "remove", "Ann Clerk")

    assert added.exit_code == 0, added.output
    assert GOOD not in added.output
    assert "has an account" in again.output
    assert changed.exit_code == 0
    assert [set(row) for row in listed] == [{"name", "since"}]
    assert let_in is not None
    assert removed.exit_code == 0
    assert "no account 'Ann Clerk' (there is: none)" in gone.output


def test_elsewhere_than_on_this_machine_somebody_must_answer(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", "from matters_arising.cli import main; main()",
         "serve", "--host", "::", "--port", "0", "--home", str(tmp_path)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert told.returncode == 2
    assert "say --public for pages to read alone" in told.stderr
