"""The server: tools over standard input and output, nothing but protocol on either.

Written on the SDK's lower level, because there a wrong argument can be answered in one sentence.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    TextContent,
    Tool,
    ToolAnnotations,
)
from pydantic import ValidationError

import matters_arising
from matters_arising.assistant import answers
from matters_arising.assistant import asked as a
from matters_arising.assistant.limits import Calls, fitted
from matters_arising.assistant.quoted import NOTICE, Answer
from matters_arising.errors import MattersArisingError, UnknownValueError
from warehouse.reader import LiveReader, Reader
from warehouse.withheld import check_nothing_withheld_since

logger = logging.getLogger(__name__)

INSTRUCTIONS = (
    "Matters Arising holds what was said in council meetings and what became of every "
    f"recommendation. {NOTICE} Begin with 'search', or with 'meeting' to see what is held. Tell "
    "the user what 'coverage' says: nothing found is not nothing said."
)


@dataclass(frozen=True, slots=True)
class Offered:
    """One tool: what it is for, what it takes, what answers it."""

    about: str
    asked: type[a.Asked]
    answer: Callable[[Reader, Any, answers.Encoder], Answer]


TOOLS: Mapping[str, Offered] = {
    "search": Offered(
        "Find what was said in meetings, by word, by meaning or both. Gives verbatim sentences.",
        a.SearchAsked,
        answers.search,
    ),
    "meeting": Offered(
        "List the meetings that are held; or one meeting: who spoke and why each name was given, "
        "how it opened, how much of it is there.",
        a.MeetingAsked,
        answers.one_meeting,
    ),
    "transcript": Offered(
        "Read what was said around a moment of a meeting, in order.",
        a.TranscriptAsked,
        answers.transcript,
    ),
    "recommendation": Offered(
        "The life of one recommendation, step by step with evidence: what was agreed, answered, "
        "done; and what is only proposed.",
        a.RecommendationAsked,
        answers.recommendation,
    ),
    "register": Offered(
        "List recommendations with where they stand today: due, overdue, answered, silent.",
        a.RegisterAsked,
        answers.the_register,
    ),
    "counts": Offered(
        "Count concerns, recommendations, undertakings, decisions or follow-ups by month, "
        "meeting, committee or agenda item.",
        a.CountsAsked,
        answers.counts,
    ),
}


class Desk:
    """Answers one call at a time from the newest warehouse; without one, says so each time."""

    def __init__(self, home: Path, encoder: answers.Encoder, calls: Calls | None = None) -> None:
        self._home, self._encoder, self._calls = home, encoder, calls or Calls()
        self._lock = threading.Lock()
        self._live: LiveReader | None = None

    def answer(self, name: str, arguments: Mapping[str, Any]) -> tuple[Answer, str]:
        """The answer as data and as JSON; raises MattersArisingError, ValidationError."""
        if name not in TOOLS:
            raise UnknownValueError("tool", name[:60], TOOLS)
        offered = TOOLS[name]
        with self._lock:
            self._calls.count()
            asked = offered.asked.model_validate(arguments)
            with self._reader() as reader:
                check_nothing_withheld_since(reader)
                found = offered.answer(reader, asked, self._encoder)
        return fitted({"notice": NOTICE, **found})

    def _reader(self) -> Reader:
        if self._live is None:  # not before it is needed: a home may be made while we wait
            self._live = LiveReader(self._home)
        return self._live.reader()


def make_server(desk: Desk) -> Server[Any]:
    """The server of a desk."""
    return Server(
        "matters-arising",
        version=matters_arising.__version__,
        title="Matters Arising",
        instructions=INSTRUCTIONS,
        on_list_tools=_list_tools,
        on_call_tool=partial(_call_tool, desk),
    )


async def _list_tools(_context: Any, _params: Any) -> ListToolsResult:
    return ListToolsResult(tools=list(_tools()))


@cache
def _tools() -> tuple[Tool, ...]:
    hints = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    return tuple(
        Tool(
            name=name,
            description=f"{offered.about} {NOTICE}",
            input_schema=offered.asked.model_json_schema() | {"description": offered.about},
            annotations=hints,
        )
        for name, offered in TOOLS.items()
    )


async def _call_tool(desk: Desk, _context: Any, params: CallToolRequestParams) -> CallToolResult:
    """An answer, or one sentence on why there is none."""
    arguments = params.arguments or {}
    try:
        found, text = await anyio.to_thread.run_sync(desk.answer, params.name, arguments)
    except ValidationError as fault:
        return _fault(wrong(params.name, fault))
    except MattersArisingError as fault:
        return _fault(str(fault))
    except Exception:
        logger.exception("the tool %s failed", params.name)
        return _fault(
            f"the tool '{params.name}' failed by a fault of the program; its log says why"
        )
    return CallToolResult(content=[TextContent(text=text)], structured_content=found)


def _fault(sentence: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(text=sentence)], is_error=True)


def wrong(tool: str, fault: ValidationError) -> str:
    """What is wrong with the arguments, in one sentence."""
    known = {f.alias or n for n, f in TOOLS[tool].asked.model_fields.items()}
    told = []
    for error in fault.errors(include_url=False, include_context=False, include_input=False):
        where = ".".join(map(str, error["loc"]))[:60]
        if error["type"] == "extra_forbidden":
            told.append(f"no argument '{where}' (there is: {', '.join(sorted(known))})")
        else:
            told.append(f"'{where}': {error['msg'][:1].lower()}{error['msg'][1:]}")
    return f"{tool}: {'; '.join(told)}"


def serve(home: Path) -> None:
    """Serves until the client closes standard input."""

    async def run() -> None:
        server = make_server(Desk(home, _encoder))
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())

    anyio.run(run)


@cache
def _encoder() -> Any:
    from models.vectors import query_encoder  # a second, and only where meaning is asked for

    return query_encoder()
