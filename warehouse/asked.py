"""The child that runs one statement: it sees one file, read-only, and writes to one pipe.

Started by ``warehouse.asking`` alone. What is asked comes as a line of JSON on standard input; the
answer goes out as an Arrow stream, a fault as a line of JSON on standard error. The limits are set
before the file is opened and before a letter of the statement is read.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

FAULT, GONE = 3, 4  # exit statuses: a fault that was told; a file that is not there any more
BATCH = 2_048  # rows
LARGEST = 256 * 2**20  # bytes of an answer
LONGEST_FAULT = 2_000  # letters


class TooLargeError(Exception):
    """An answer of more bytes than anybody reads."""


def main() -> int:
    """Answers what stands on standard input; gives the exit status."""
    asked = json.loads(sys.stdin.readline())
    limit(asked["seconds"], asked["threads"], asked["address_space"])
    import duckdb

    from warehouse.gate import RefusedError, first_line

    try:
        answer(asked)
    except RefusedError as fault:
        return _told(FAULT, "refused", str(fault))
    except TooLargeError as fault:
        return _told(FAULT, "large", str(fault))
    except (duckdb.OutOfMemoryException, MemoryError) as fault:
        return _told(FAULT, "memory", first_line(fault))
    except duckdb.Error as fault:
        return _told(FAULT, "failed", str(fault).strip())
    except FileNotFoundError as fault:
        return _told(GONE, "gone", str(fault))
    return 0


def limit(seconds: float, threads: int, address_space: int) -> None:
    """Time, memory and files, held to by the system: also where the parent has died."""
    whole = int(seconds) + 2
    signal.setitimer(signal.ITIMER_REAL, seconds + 1.0)  # not handled: the system ends the process
    for what, most in (
        (resource.RLIMIT_AS, address_space),
        (resource.RLIMIT_CPU, whole * (threads + 1)),
        (resource.RLIMIT_FSIZE, 0),  # nothing is written to any file
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(OSError, ValueError):  # a system that knows no such limit, or a stricter one
            resource.setrlimit(what, (most, most))


def settings(asked: dict[str, Any]) -> dict[str, str | bool | int | float | list[str]]:
    """What DuckDB is told when the file is opened; none of it can be changed afterwards."""
    from warehouse.reader import READER_SETTINGS

    return READER_SETTINGS | {
        "memory_limit": f"{asked['memory']}B",
        "threads": str(asked["threads"]),
        "temp_directory": "",  # a question that needs more than the memory fails; it spills nowhere
        "lock_configuration": "true",
    }


def answer(asked: dict[str, Any]) -> None:
    """Checks the statement, runs it and writes the rows that were asked for and one more."""
    import duckdb
    import pyarrow as pa

    from warehouse import gate

    Path(asked["path"]).stat()  # a file that is gone: DuckDB's own fault does not tell this apart
    con = duckdb.connect(asked["path"], read_only=True, config=settings(asked))
    gate.check(con, asked["statement"])
    reader = con.execute(asked["statement"]).to_arrow_reader(BATCH)
    left, size = int(asked["rows"]) + 1, 0
    with pa.ipc.new_stream(sys.stdout.buffer, reader.schema) as out:
        for batch in reader:
            size += batch.nbytes
            if size > LARGEST:
                raise TooLargeError(f"more than {LARGEST // 2**20} MB")
            out.write_batch(batch.slice(0, left))
            left -= batch.num_rows
            if left <= 0:
                break


def _told(status: int, kind: str, message: str) -> int:
    print(json.dumps({"kind": kind, "message": message[:LONGEST_FAULT]}), file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
