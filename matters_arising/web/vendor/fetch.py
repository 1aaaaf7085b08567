"""Makes ``static/vendor/govuk.css`` anew from the released package, and checks that it is the same.

Needs npm and the internet; the pages need neither. The package and what comes out are known by
their sha256: another one is refused, and nothing is written. To move to a newer release, change
the version here, run ``python matters_arising/web/vendor/fetch.py --accept`` and look at the pages.

The package names its licence and does not carry its text; that beside the style sheet is
LICENSE.txt of its repository, github.com/alphagov/govuk-frontend. Another licence is refused.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE, VERSION = "govuk-frontend", "6.6.0"
PACKAGE_SHA256 = "52c4eb554e54d8a6e4ba801e9da5ec3a5b930fd2f117a39677f0b6296e954751"
LICENSE = "MIT"
COMPILER = "sass@1.108.2"
HERE = Path(__file__).parent
MADE = HERE.parent / "static" / "vendor" / "govuk.css"
RECORDED = HERE / "govuk.css.sha256"


def main() -> None:
    """Fetches, checks, compiles, checks, writes."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--accept", action="store_true", help="record what comes out as the new one")
    accept = asked.parse_args().accept
    with tempfile.TemporaryDirectory() as folder:
        made = _compiled(Path(folder), accept)
    found = hashlib.sha256(made).hexdigest()
    if accept:
        RECORDED.write_text(f"{found}\n", encoding="ascii")
    elif found != RECORDED.read_text(encoding="ascii").strip():
        sys.exit(f"the style sheet came out with sha256 {found}, another than {RECORDED} records")
    MADE.write_bytes(made)
    print(f"{MADE}: {len(made)} bytes, sha256 {found}")


def _compiled(folder: Path, accept: bool) -> bytes:
    _run(folder, "npm", "pack", "--silent", f"{PACKAGE}@{VERSION}")
    package = folder / f"{PACKAGE}-{VERSION}.tgz"
    found = hashlib.sha256(package.read_bytes()).hexdigest()
    if not accept and found != PACKAGE_SHA256:
        sys.exit(f"{PACKAGE} {VERSION} has sha256 {found}, another than {PACKAGE_SHA256}")
    with tarfile.open(package) as packed:
        packed.extractall(folder, filter="data")
    told = json.loads((folder / "package" / "package.json").read_text(encoding="utf-8"))
    if told["license"] != LICENSE:
        sys.exit(f"{PACKAGE} {VERSION} is under '{told['license']}', no longer under '{LICENSE}'")
    _run(folder, "npm", "install", "--silent", "--no-save", "--ignore-scripts", COMPILER)
    sources = folder / "package" / "dist" / "govuk"
    compiler = folder / "node_modules" / ".bin" / "sass"
    options = ["--no-source-map", "--style=compressed", f"--load-path={sources}"]
    return _run(folder, str(compiler), *options, str(HERE / "govuk.scss"))


def _run(folder: Path, *command: str) -> bytes:
    return subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE).stdout


if __name__ == "__main__":
    main()
