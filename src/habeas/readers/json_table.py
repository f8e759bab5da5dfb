"""JSON as a table: records of an array, wherever it lies, their nested fields as `parent.child`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from habeas.readers.heading_row import Grid
from habeas.readers.tables import Row

_DEEPEST = 12
_JOIN = "; "
_ALIKE = 3  # sets of fields that the records of an object by keys may have


def json_grids(text: str) -> tuple[Grid, ...]:
    """Every array of records in a JSON text or in JSON lines, as a grid named by the keys that lead to it.

    Its first row holds the names of the fields; a record's number is one more than its place, as in a table.

    Raises:
        ValueError: it is no JSON, or holds no array of records.
    """
    try:
        found = list(_arrays(_parsed(text), ""))
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    if not found:
        raise ValueError("it holds no array of records")
    return tuple(_grid(name, records) for name, records in sorted(found, key=lambda one: -len(one[1])))


def _parsed(text: str) -> Any:
    text = text.removeprefix("\ufeff")
    try:
        return json.loads(text)
    except json.JSONDecodeError as fault:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not lines[0].lstrip().startswith("{") or not lines[0].rstrip().endswith("}"):
            raise ValueError(f"line {fault.lineno}: {fault.msg}") from None
    rows = []
    for number, line in enumerate(lines, start=1):
        try:
            rows.append(json.loads(line))
        except json.JSONDecodeError as fault:
            raise ValueError(f"line {number}: {fault.msg}") from None
    return rows


def _arrays(value: Any, name: str, depth: int = 0) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Arrays of records that lie in no other record of an array; an object of records is an array by its keys."""
    records = _records(value)
    if records:
        yield name, records
    elif isinstance(value, dict) and depth <= _DEEPEST:
        for key, inner in value.items():
            yield from _arrays(inner, f"{name}.{key}".strip("."), depth + 1)


def _records(value: Any) -> list[dict[str, Any]]:
    """The records that an array holds (as objects, or as rows under a first row of names), or an object of like ones."""
    if isinstance(value, dict):
        inner = [item for item in value.values() if isinstance(item, dict)]
        alike = len({frozenset(item) for item in inner}) <= _ALIKE
        return inner if 2 < len(inner) == len(value) and alike else []
    if not isinstance(value, list):
        return []
    records = [item for item in value if isinstance(item, dict)]
    if len(records) * 2 > len(value):
        return records
    return _under_names([item for item in value if isinstance(item, list)]) if value else []


def _under_names(rows: list[list[Any]]) -> list[dict[str, Any]]:
    header = [str(cell) for cell in rows[0]] if rows else []
    return [dict(zip(header, row, strict=False)) for row in rows[1:]]


def _grid(name: str, records: list[dict[str, Any]]) -> Grid:
    flat = [dict(_fields(record, "")) for record in records]
    header = tuple(dict.fromkeys(key for record in flat for key in record))
    rows = [Row(number=0, cells=header)]
    for number, record in enumerate(flat, start=1):
        rows.append(Row(number=number, cells=tuple(record.get(key, "") for key in header)))
    return Grid(name=name, rows=tuple(rows))


def _fields(value: Any, name: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    """(path, text) of each field; several values of one field are one text, joined."""
    if isinstance(value, dict) and depth <= _DEEPEST:
        for key, inner in value.items():
            yield from _fields(inner, f"{name}.{key}".strip("."), depth + 1)
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        together: dict[str, list[str]] = {}
        for item in value:
            for key, text in _fields(item, name, depth + 1):
                together.setdefault(key, []).append(text)
        for key, texts in together.items():
            yield key, _JOIN.join(text for text in texts if text)
    elif isinstance(value, list):
        yield name, _JOIN.join(_text(item) for item in value)
    else:
        yield name, _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return value if isinstance(value, str) else str(value)
