"""What a flow is given and Prefect must not write down: it keeps the parameters of every run.

Plans of three hundred meetings are a megabyte, twice what Prefect takes, and hold rosters. What is
handed over like this stands in Prefect's database as ``<Handed>``.
"""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class Handed(Generic[T]):
    """A value without fields, so that nothing can turn it into JSON."""

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value
