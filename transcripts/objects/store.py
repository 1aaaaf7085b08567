"""Object storage at any fsspec address: whole objects that are put, read, listed and removed.

An object is there whole or not at all: S3 shows none that is not finished, and on a disk it is
written aside and renamed. A fault of the network is tried again as long as ``patience_s`` allows;
every other fault is one sentence at once.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from matters_arising.errors import (
    BadInputError,
    MattersArisingError,
    MissingModelError,
    StoreError,
    TransientError,
)
from transcripts.whole import write_new, write_whole

logger = logging.getLogger(__name__)
T = TypeVar("T")

PATIENCE_S = 20.0  # how long a command waits for a store that does not answer
# tried again here, where it can be told and ended; seconds for one answer
S3 = {"config_kwargs": {"connect_timeout": 5, "read_timeout": 60, "retries": {"max_attempts": 1}}}
OPTIONS: Mapping[str, dict[str, Any]] = {"s3": S3, "s3a": S3}
DRIVERS = {"s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "abfs": "adlfs"}
LOCAL = {"file", "local"}
BUCKETS = {"s3", "gs", "abfs"}  # they are made by whoever pays for them, not by us


class ObjectStore:
    """The objects under one address, named by paths relative to it."""

    def __init__(self, address: str, *, patience_s: float = PATIENCE_S) -> None:
        self.address = address.rstrip("/")
        self.patience_s = patience_s
        self._fs, self._root = _opened(self.address)
        protocols = self._fs.protocol
        spoken = {protocols} if isinstance(protocols, str) else set(protocols)
        self._is_local, self._has_buckets = bool(spoken & LOCAL), bool(spoken & BUCKETS)

    def check(self) -> None:
        """Raises where the place does not answer, is not there, or does not let us in."""
        if self._has_buckets:
            bucket = self._root.partition("/")[0]
            self._tried(lambda: self._fs.ls(bucket, detail=False, refresh=True))
        else:
            self._tried(lambda: self._fs.makedirs(self._root, exist_ok=True))

    def put(self, name: str, data: bytes) -> None:
        """Writes an object, in place of what was there under its name."""
        if self._is_local:
            self._tried(lambda: _write_local(Path(self._path(name)), data))
        else:
            self._tried(lambda: self._fs.pipe_file(self._path(name), data))

    def put_file(self, name: str, path: Path) -> None:
        """The same with the content of a file, which may be larger than memory."""

        def put() -> None:
            target = self._path(name)
            if not self._is_local:
                self._fs.put_file(str(path), target)
                return
            with path.open("rb") as file:
                _write_local(Path(target), lambda to: _copied(file, to))

        self._tried(put)

    def create(self, name: str, data: bytes) -> bool:
        """Writes an object that is not there yet; gives whether it was us who made it."""

        def create() -> bool:
            if self._is_local:  # fsspec looks and then writes, between which another may have
                path = Path(self._path(name))
                path.parent.mkdir(parents=True, exist_ok=True)
                return write_new(path, data)
            with contextlib.suppress(FileExistsError):
                self._fs.pipe_file(self._path(name), data, mode="create")
                return True
            return False

        return self._tried(create)

    def get(self, name: str) -> bytes | None:
        """The content of an object; None where there is none of this name."""

        def get() -> bytes | None:
            try:
                return bytes(self._fs.cat_file(self._path(name)))
            except FileNotFoundError as fault:
                if _is_no_bucket(fault):
                    raise
                return None

        return self._tried(get)

    def get_many(self, names: Sequence[str]) -> dict[str, bytes]:
        """Name → content of those that are there, asked for together."""
        paths = {self._path(name): name for name in names}

        def get() -> dict[str, bytes]:
            found = self._fs.cat(list(paths), on_error="return") if paths else {}
            for each in found.values():
                if isinstance(each, Exception) and not isinstance(each, FileNotFoundError):
                    raise each
            known = {_bare(path): name for path, name in paths.items()}
            return {
                known[_bare(path)]: bytes(data)
                for path, data in found.items()
                if not isinstance(data, Exception)
            }

        return self._tried(get)

    def get_file(self, name: str, path: Path) -> bool:
        """Writes an object into a file; gives whether there is one."""

        def get() -> bool:
            try:
                self._fs.get_file(self._path(name), str(path))
            except FileNotFoundError as fault:
                if _is_no_bucket(fault):
                    raise
                return False
            return True

        return self._tried(get)

    def names(self, under: str) -> dict[str, int]:
        """Name → size in bytes of every object under a prefix, at any depth."""
        base = self._path(under)

        def names() -> dict[str, int]:
            # a bucket keeps its listing in the client unless it is told not to
            self._fs.invalidate_cache()
            try:
                found = self._fs.find(base, detail=True)
            except FileNotFoundError as fault:
                if _is_no_bucket(fault):
                    raise
                return {}
            start = len(_bare(self._root)) + 1
            sizes = {_bare(path)[start:]: int(info["size"]) for path, info in found.items()}
            return {name: size for name, size in sizes.items() if _is_whole(name)}

        return self._tried(names)

    def remove(self, names: Sequence[str]) -> None:
        """Takes objects out; those that are not there are no fault."""
        for name in names:

            def remove(name: str = name) -> None:
                with contextlib.suppress(FileNotFoundError):
                    self._fs.rm_file(self._path(name))

            self._tried(remove)

    def remove_all(self, under: str) -> int:
        """Takes everything under a prefix out; gives how many objects that were."""
        names = sorted(self.names(under))
        self.remove(names)
        if self._is_local:
            with contextlib.suppress(OSError):
                self._fs.rm(self._path(under), recursive=True)
        return len(names)

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}" if name else self._root

    def _tried(self, do: Callable[[], T]) -> T:
        from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_exponential

        tries = Retrying(
            retry=retry_if_exception_type(TransientError),
            stop=stop_after_delay(self.patience_s),
            wait=wait_exponential(multiplier=0.5, max=10.0),
            reraise=True,
        )
        done: T = tries(self._once, do)
        return done

    def _once(self, do: Callable[[], T]) -> T:
        try:
            return do()
        except Exception as fault:
            found = told(self.address, fault)
            if found is None:
                raise
            logger.info("%s: %s", self.address, fault)
            raise found from fault


def sha256(data: bytes) -> str:
    """The hash by which content is known."""
    return hashlib.sha256(data).hexdigest()


def is_plain(name: str) -> bool:
    """Whether a name stays in its folder: what a store says is not believed."""
    return bool(name) and "/" not in name and "\\" not in name and not name.startswith(".")


def told(address: str, fault: Exception) -> MattersArisingError | None:
    """What is wrong with a store, in one sentence; None for a fault of this program."""
    kind, why = type(fault), (str(fault).splitlines() or [""])[0]
    theirs = kind.__module__.split(".")[0] in ("botocore", "aiobotocore", "aiohttp", "fsspec")
    if kind.__name__ in ("NoCredentialsError", "PartialCredentialsError"):
        return StoreError(
            f"there are no credentials for the store {address}: set AWS_ACCESS_KEY_ID and "
            "AWS_SECRET_ACCESS_KEY, or a profile in ~/.aws"
        )
    if isinstance(fault, PermissionError):
        return StoreError(
            f"the store {address} does not let us in ({why}): look at the credentials, and "
            "whether they may read, write, list and delete there"
        )
    if isinstance(fault, FileNotFoundError):
        return StoreError(
            f"there is no store at {address} ({why or 'nothing is there'}): make the bucket or "
            "folder, or mend MATTERS_STORE"
        )
    if isinstance(fault, OSError) and fault.errno in (28, 30, 122):  # full, read-only, quota
        return StoreError(f"the store {address} cannot be written ({fault.strerror}): make room")
    if theirs or isinstance(fault, OSError | TimeoutError):
        return TransientError(
            f"the store {address} does not answer ({why or kind.__name__}): what was stored is "
            "untouched; look at the network and the store, and run the same command again"
        )
    return None


def _opened(address: str) -> tuple[Any, str]:
    """The file system and the path within it; nothing is asked of it yet."""
    protocol = address.partition("://")[0] if "://" in address else "file"
    if not address:
        raise BadInputError(
            "no store is named: set MATTERS_STORE to an address such as s3://bucket/matters"
        )
    from fsspec.core import url_to_fs  # a tenth of a second, and only where there is a store

    try:
        # made anew: a kept one would go on with the address and credentials of before
        fresh = {"use_listings_cache": False, "skip_instance_cache": True}
        options = {**fresh, **OPTIONS.get(protocol, {})}
        fs, root = url_to_fs(address, **options)
    except ImportError as fault:
        driver = DRIVERS.get(protocol, protocol)
        raise MissingModelError(
            f"{driver}, which reaches {protocol}:// addresses,", f"pip install {driver}"
        ) from fault
    except ValueError as fault:
        raise BadInputError(
            f"'{address}' is no store that can be reached ({fault}): write it as "
            "s3://bucket/matters or file:///mnt/share/matters"
        ) from fault
    return fs, str(root).rstrip("/")


def _write_local(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)


def _copied(source: Any, to: Any) -> None:
    import shutil

    shutil.copyfileobj(source, to, 1 << 20)


def _bare(path: str) -> str:
    """A path as every file system gives it: some put a slash before it."""
    return path.strip("/")


def _is_whole(name: str) -> bool:
    """Whether it is an object, not what a writer on a disk has aside."""
    return not name.rpartition("/")[2].startswith(".")


def _is_no_bucket(fault: FileNotFoundError) -> bool:
    return "bucket does not exist" in str(fault)
