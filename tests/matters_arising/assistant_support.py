"""The assistant's server as its client starts it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import anyio
from mcp import Client, StdioServerParameters

ROOT = Path(__file__).resolve().parents[2]
RUN = ["-c", "from matters_arising.cli import main; main()"]
Call = tuple[str, dict[str, Any]]


def server(home: Path) -> StdioServerParameters:
    """How a client starts it."""
    return StdioServerParameters(
        command=sys.executable,
        args=[*RUN, "--home", str(home), "mcp"],
        env={"PYTHONPATH": str(ROOT)},
        cwd=str(home.parent),
    )


def ask(home: Path, *calls: Call) -> list[Any]:
    """What each call gives, one after another in one session."""

    async def run() -> list[Any]:
        async with Client(server(home), read_timeout_seconds=60) as client:
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return anyio.run(run)


def told(result: Any) -> dict[str, Any]:
    """The answer of a call that went well; its two forms say the same."""
    assert not result.is_error, result.content[0].text
    answer: dict[str, Any] = json.loads(result.content[0].text)
    assert answer == result.structured_content
    return answer
