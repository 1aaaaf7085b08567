"""A file on its way from a server to the disk, over several tries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import IO, TYPE_CHECKING

from matters_arising.errors import TransientError
from transcripts.sources.meeting import Saved

if TYPE_CHECKING:
    import httpx

SMALL = 8_000_000  # what is read again rather than believed unchanged by its length


class Download:
    """A file on its way, over several tries."""

    def __init__(self, to: Path, known: Saved) -> None:
        self.known = known
        self._to = to
        self._etag = self._modified = ""

    def headers(self) -> dict[str, str]:
        """What to ask with: for the rest of what is here, or for what is not known yet."""
        have = self._to.stat().st_size if self._to.exists() else 0
        if have and self._etag and not self._etag.startswith("W/"):
            return {"Range": f"bytes={have}-", "If-Range": self._etag}
        asked = {"Accept-Encoding": "identity"}
        if self.known.etag:
            asked["If-None-Match"] = self.known.etag
        if self.known.modified:
            asked["If-Modified-Since"] = self.known.modified
        return asked

    def is_as_known(self, answer: httpx.Response) -> bool:
        """Whether an answer is what is held, told by its marks or, for large ones, its length."""
        if answer.status_code != HTTPStatus.OK or not self.known.sha256:
            return False
        etag, modified = _marks(answer)
        if etag or self.known.etag:
            return etag == self.known.etag
        if modified or self.known.modified:
            return modified == self.known.modified
        length = answer.headers.get("Content-Length", "")
        return length == str(self.known.size) and self.known.size > SMALL

    @contextmanager
    def opened(self, answer: httpx.Response) -> Iterator[IO[bytes]]:
        """The file, at the place where the answer begins."""
        partial = answer.status_code == HTTPStatus.PARTIAL_CONTENT
        have = self._to.stat().st_size if self._to.exists() else 0
        begins = answer.headers.get("Content-Range", "").startswith(f"bytes {have}-")
        if partial and not begins:
            self._to.unlink(missing_ok=True)
            raise TransientError(f"{answer.url} sent another part than it was asked for")
        self._etag, self._modified = _marks(answer)
        with self._to.open("ab" if partial else "wb") as file:
            yield file

    def saved(self) -> Saved:
        """What is on disk now."""
        with self._to.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        size = self._to.stat().st_size
        return Saved(sha256=sha256, size=size, etag=self._etag, modified=self._modified)


def _marks(answer: httpx.Response) -> tuple[str, str]:
    return answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", "")
