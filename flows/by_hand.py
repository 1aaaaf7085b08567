"""Whether a fault is what Prefect made of somebody's Ctrl-C."""

from __future__ import annotations


def interrupted(fault: BaseException) -> bool:
    """Whether an interruption stands behind a fault.

    Interrupted while a task begins, Prefect raises a fault of its own about that task, which tells
    of the interruption only as what it was raised from.
    """
    seen: set[int] = set()
    behind: BaseException | None = fault
    while behind is not None and id(behind) not in seen:
        if isinstance(behind, KeyboardInterrupt):
            return True
        seen.add(id(behind))
        behind = behind.__cause__ or behind.__context__
    return False
