"""The shapes of answers as the docs tell them: a table of keys each, made of the types, docstrings and comments in the code."""

from __future__ import annotations

import ast
import inspect
import io
import sys
import tokenize
import types
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, NotRequired, get_args, get_origin, get_type_hints, is_typeddict

from habeas.answers.shapes import SHAPES, AnswerShape
from habeas.estimate.shape import EstimateShape

PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}


def keys(shape: type) -> dict[str, tuple[Any, str]]:
    """The keys of a shape: the type of each, and the comment behind it."""
    said = _comments(shape)
    return {key: (hint, said.get(key, "")) for key, hint in get_type_hints(shape, include_extras=True).items()}


def about(shape: type) -> str:
    """What a shape is, by its docstring."""
    said = shape.__doc__ or ""
    return "" if said.startswith("dict(") else " ".join(said.split())


def words(hint: Any) -> list[str]:
    """The words that a closed type allows; none where it is not closed."""
    if isinstance(hint, type) and issubclass(hint, Enum):
        return [one.value for one in hint]
    return list(get_args(hint)) if get_origin(hint) is Literal else []


def _comments(shape: type) -> dict[str, str]:
    """The comment behind each key of a shape, of those it takes from others too."""
    module = sys.modules[shape.__module__]
    lines, defined = _source(module)
    node = defined.get(shape.__name__)
    found: dict[str, str] = {}
    if isinstance(node, ast.ClassDef):
        for base in node.bases:
            other = getattr(module, ast.unparse(base))
            found |= _comments(other) if is_typeddict(other) else {}
        own = [(n.target.id, n) for n in node.body if isinstance(n, ast.AnnAssign) and isinstance(n.target, ast.Name)]
        found |= {key: lines[n.end_lineno] for key, n in own if n.end_lineno in lines}
    elif node is not None and node.end_lineno in lines:  # X = TypedDict("X", {"from": str}): said of all its keys
        found |= dict.fromkeys(shape.__annotations__, lines[node.end_lineno])
    return found


@cache
def _source(module: types.ModuleType) -> tuple[dict[int, str], dict[str, ast.stmt]]:
    """The comments of a module by line, and what it defines by name."""
    text = inspect.getsource(module)
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    lines = {t.start[0]: t.string.removeprefix("#").strip() for t in tokens if t.type == tokenize.COMMENT}
    defined: dict[str, ast.stmt] = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef):
            defined[node.name] = node
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            defined[node.targets[0].id] = node
    return lines, defined


def answers() -> str:
    """The keys that every answer has, what each question adds, and the rows that several are made of."""
    told = {**SHAPES, "every answer": (AnswerShape,), "estimate": (EstimateShape,)}
    made_of = {name: list(_rows(*shapes)) for name, shapes in told.items()}
    used = Counter(row for rows in made_of.values() for row in rows)
    lines = table(AnswerShape)
    for name, shapes in SHAPES.items():
        lines += ["", f"### {name}", *(line for shape in shapes for line in ("", about(shape), "", *table(shape)))]
        lines += [line for row in made_of[name] if used[row] == 1 for line in _row(row)]
    lines += ["", "### Rows of every answer, or of several"]
    lines += [line for row in used if used[row] > 1 or row in made_of["every answer"] for line in _row(row)]
    return "\n".join(["", *lines, "", ""])


def estimate() -> str:
    """The keys of `habeas estimate`; its rows stand with those of the answers."""
    return "\n".join(["", about(EstimateShape), "", *table(EstimateShape), "", ""])


def _row(shape: type) -> list[str]:
    return ["", f"#### {_called(shape)}", "", about(shape), "", *table(shape)]


def _rows(*shapes: type) -> dict[type, None]:
    """The shapes that some are made of, each once, in the order in which they come."""
    found: dict[type, None] = {}

    def look(shape: type) -> None:
        for hint, _ in keys(shape).values():
            for one in _inner(hint):
                if one not in found:
                    found[one] = None
                    look(one)

    for shape in shapes:
        look(shape)
    return found


def _inner(hint: Any) -> Iterator[type]:
    if is_typeddict(hint):
        yield hint
    elif not words(hint):
        for one in get_args(hint):
            yield from _inner(one)


def table(shape: type) -> list[str]:
    """The keys of a shape as a table."""
    rows = [f"| `{key}` | {_told(hint)} | {said} |" for key, (hint, said) in keys(shape).items()]
    return ["| key | type | what |", "|---|---|---|", *rows]


def _told(hint: Any) -> str:
    """A type in words."""
    if hint is Any:
        return "open"
    if hint in PLAIN:
        return "`null`" if hint is type(None) else PLAIN[hint]
    if words(hint):
        return "one of " + ", ".join(f"`{word}`" for word in words(hint))
    if is_typeddict(hint):
        return f"[{_called(hint)}](#{_called(hint).casefold()})"
    origin, parts = get_origin(hint), [_told(one) for one in get_args(hint) if not isinstance(one, str)]
    if origin is Annotated:
        return hint.__metadata__[0]
    if origin is NotRequired:
        return f"{parts[0]}; may be missing"
    if origin in (list, Sequence):
        return f"list of {parts[0]}"
    if origin is dict:
        return f"object of {parts[1]} by name"
    return " or ".join(parts)


def _called(shape: type) -> str:
    return shape.__name__.removesuffix("Shape")
