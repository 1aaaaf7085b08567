"""Which SQL people may ask: one SELECT over the public views, as DuckDB's own parser reads it.

The tables behind the views hold hashes of names that are not to be shown, against which a guess
could be held; so every table, view and function that a statement names is looked at, and what is
not known here is refused. The parser that reads for the gate is the one that reads for the running:
there are no two opinions of what a statement says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import duckdb

from matters_arising.errors import BadInputError
from warehouse import sql
from warehouse.migrate import VIEWS

LONGEST = 100_000  # letters of a statement
Node = dict[str, Any]

SOURCES = frozenset(
    {
        "BASE_TABLE", "EMPTY", "EXPRESSION_LIST", "JOIN", "PIVOT", "SHOW_REF", "SUBQUERY",
        "TABLE_FUNCTION",
    }
)  # fmt: skip
QUERIES = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"})
TABLE_FUNCTIONS = frozenset({"generate_series", "json_each", "json_tree", "range", "unnest"})
# What a function of one value could tell of the machine, the connection or other tables: settings,
# variables, plans (they bind any table), sequences, logs; and those that read raw bytes as states
# of the engine's own. Names under which later releases may add such are refused before they come.
FUNCTIONS_REFUSED = frozenset(
    {
        "combine", "current_query_id", "current_setting", "currval", "finalize", "getenv",
        "getvariable", "json_deserialize_sql", "json_execute_serialized_sql",
        "json_serialize_plan", "json_serialize_sql", "nextval", "parse_duckdb_log_message",
        "query", "query_table", "read_blob", "read_text", "setseed", "stats",
        "variant_bytes_to_variant", "which_secret", "write_log",
    }
)  # fmt: skip
INTERNAL = "__internal"  # the engine's own packing of values, never meant to be called
_OURS = ("", "main", "pg_catalog")  # schemas of functions; pg_catalog holds DuckDB's own macros


class RefusedError(BadInputError):
    """A statement that is none, or asks for more than the public views."""


def check(con: duckdb.DuckDBPyConnection, statement: str) -> None:
    """Raises RefusedError, saying what it is about, where a statement may not be run."""
    parsed = _parsed(con, statement)
    nodes = list(_nodes(parsed))
    if parsed["statements"][0].get("named_param_map"):
        raise RefusedError(
            "the statement holds a parameter such as $1 or ?; write the value itself"
        )
    taken = {str(name) for (name,) in sql.run(con, "builtin_names").fetchall()}
    named = {name for node in nodes for name in _common_tables(node)}
    for name in sorted(named & taken):
        raise RefusedError(f"'{name}' is a name of DuckDB's own; call the common table otherwise")
    for node in nodes:
        _check_node(node, named | set(VIEWS))


def _parsed(con: duckdb.DuckDBPyConnection, statement: str) -> Node:
    if len(statement) > LONGEST:
        raise RefusedError(f"the statement is longer than {LONGEST} letters; ask in smaller steps")
    if not statement.strip():
        raise RefusedError("there is no statement; give one such as: SELECT * FROM meetings")
    if "\0" in statement:  # the parser stops there, and would not have read what it is asked to run
        raise RefusedError("the statement holds a null character; take it out")
    try:
        tree: Node = json.loads(str(sql.one(con, "parsed", statement=statement)[0]))
    except (duckdb.Error, RecursionError, ValueError) as fault:
        raise RefusedError(f"the statement cannot be read ({first_line(fault)})") from fault
    if tree["error"]:
        raise RefusedError(_why_not(statement, tree))
    if len(tree["statements"]) != 1:
        raise RefusedError(f"one statement at a time; these are {len(tree['statements'])}")
    return tree


def _why_not(statement: str, tree: Node) -> str:
    """The sentence on something that is no SELECT, or no SQL at all."""
    if tree["error_type"] == "parser":
        return f"the statement has a fault: {tree['error_message']}{_place(statement, tree)}"
    try:
        kinds = {s.type.name for s in duckdb.extract_statements(statement)} - {"SELECT"}
    except duckdb.Error:
        kinds = set()
    what = f", and this is {', '.join(sorted(kinds))}" if kinds else ""
    return f"only a SELECT over the public views may be asked{what}; nothing was run"


def _place(statement: str, tree: Node) -> str:
    """Line and column of a fault, both from 1; nothing where the parser does not say."""
    position = tree.get("position")
    if not str(position).isdigit():
        return ""
    before = statement.encode()[: int(str(position))].decode(errors="ignore")
    return f" (line {before.count(chr(10)) + 1}, column {len(before) - before.rfind(chr(10))})"


def first_line(fault: BaseException) -> str:
    """The first line of what a fault says."""
    return (str(fault).strip().splitlines() or [type(fault).__name__])[0]


def _nodes(tree: Node) -> Iterator[Node]:
    """Every object of the tree; without recursion, since a statement may be nested deep."""
    waiting: list[Any] = [tree]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _common_tables(node: Node) -> Iterator[str]:
    """The names that a WITH gives."""
    if "cte_map" in node:
        yield from (str(entry["key"]).lower() for entry in node["cte_map"]["map"])
    if "cte_name" in node:
        yield str(node["cte_name"]).lower()


def _check_node(node: Node, known: set[str]) -> None:
    if "function_name" in node:
        _check_function(node)
    if "cte_map" in node and node.get("type") not in QUERIES:
        raise RefusedError(f"a query of the kind {node.get('type')} is not allowed here")
    if "sample" in node and "class" not in node and "cte_map" not in node:
        _check_source(node, known)


def _check_function(node: Node) -> None:
    name, schema = str(node["function_name"]).lower(), str(node.get("schema", "")).lower()
    refused = name in FUNCTIONS_REFUSED or name.startswith(INTERNAL)
    if schema not in _OURS or str(node.get("catalog", "")) or refused:
        shown = f"{schema}.{name}" if schema not in _OURS else name
        raise RefusedError(f"the function {shown} is not allowed here; nothing was run")


def _check_source(node: Node, known: set[str]) -> None:
    kind = node.get("type")
    if kind not in SOURCES:
        raise RefusedError(f"reading from {kind} is not allowed here; nothing was run")
    if kind == "SHOW_REF" and (node["table_name"] or node["query"] is None):
        raise RefusedError("SHOW is not allowed here; ask the view data_dictionary")
    if kind == "TABLE_FUNCTION":
        name = str(node["function"].get("function_name", "?")).lower()
        if name not in TABLE_FUNCTIONS:
            raise RefusedError(f"the table function {name} is not allowed here; nothing was run")
    if kind == "BASE_TABLE":
        _check_table(node, known)


def _check_table(node: Node, known: set[str]) -> None:
    catalog, schema, name = (
        str(node[part]).lower() for part in ("catalog_name", "schema_name", "table_name")
    )
    plain = not catalog and (schema, name in known) == ("", True)
    if not plain and not (not catalog and schema == "main" and name in VIEWS):
        shown = ".".join(filter(None, (catalog, schema, name)))
        raise RefusedError(
            f"'{shown}' is none of the public views ({', '.join(VIEWS)}); nothing was run"
        )
