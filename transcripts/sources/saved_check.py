"""Whether what was saved is what it was saved as: servers send pages of HTML in place of files."""

from __future__ import annotations

import re
from pathlib import Path

from matters_arising.errors import BadInputError

PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|script|\?xml)", re.I | re.S)
HEAD = 4096


def check_saved(kind: str, path: Path, address: str) -> None:
    """BadInputError, and no file, for a page, or for captions without one cue."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    is_page = bool(PAGE.match(head))
    bare = kind == "captions" and b"-->" not in head.replace(b"\0", b"")
    if not is_page and not bare:
        return
    path.unlink()
    what = "a page of HTML" if is_page else f"nothing that reads like {kind}"
    raise BadInputError(f"{address} is {what}, not the {kind}; open it in a browser and see")
