"""Write `docs/schemas/*.json`, a JSON Schema of each `--json`, from the shapes in the code; with --check say what is stale."""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from habeas.answers.shapes import SHAPES, EstimateShape

FOLDER = Path(__file__).parent / "schemas"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
# The arguments of a question stand beside its clocks.
_OPEN = frozenset({"QuestionShape"})


def schema(shape: type, title: str) -> dict[str, Any]:
    """The schema of one shape, with the shapes it is made of under `$defs`."""
    definitions: dict[str, Any] = {}
    made = _object(shape, definitions)
    return {"$schema": DRAFT, "title": title, **made, "$defs": dict(sorted(definitions.items()))}


def _object(shape: type, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(shape, include_extras=True)
    required = [k for k, hint in hints.items() if get_origin(hint) is not NotRequired]
    return {
        "description": " ".join((shape.__doc__ or "").split()) if not (shape.__doc__ or "").startswith("dict(") else "",
        "type": "object",
        "properties": {k: _of(hint, definitions) for k, hint in hints.items()},
        "required": required,
        "additionalProperties": shape.__name__ in _OPEN,
    }


def _of(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of one type."""
    origin = get_origin(hint)
    if hint is Any:
        return {}
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    if origin is NotRequired:
        return _of(get_args(hint)[0], definitions)
    if origin is Literal:
        return {"enum": list(get_args(hint))}
    if origin is list:
        return {"type": "array", "items": _of(get_args(hint)[0], definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _of(get_args(hint)[1], definitions)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_of(one, definitions) for one in get_args(hint)]}
    if is_typeddict(hint):
        if hint.__name__ not in definitions:
            definitions[hint.__name__] = {}
            definitions[hint.__name__] = _object(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    raise TypeError(f"no schema for {hint!r}")


def files() -> Iterator[tuple[str, str]]:
    """Each file with what it must hold."""
    wanted = {f"ask-{name}": (shape, f"habeas ask {name} --json") for name, shape in SHAPES.items()}
    wanted["estimate"] = (EstimateShape, "habeas estimate TABLE --json")
    for name, (shape, title) in wanted.items():
        yield f"{name}.json", json.dumps(schema(shape, title), indent=2, ensure_ascii=False) + "\n"


def write(*, check: bool) -> int:
    """Write the files, or say which are stale or of no shape; 1 where some are."""
    wanted = dict(files())
    FOLDER.mkdir(exist_ok=True)
    there = {p.name: p.read_text(encoding="utf-8") for p in FOLDER.glob("*.json")}
    stale = sorted(name for name in {*wanted, *there} if wanted.get(name) != there.get(name))
    for name in stale:
        sys.stderr.write(f"docs/schemas/{name} is {'not up to date' if check else 'written'}\n")
        if not check and name in wanted:
            (FOLDER / name).write_text(wanted[name], encoding="utf-8")
        elif not check:
            (FOLDER / name).unlink()
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(write(check="--check" in sys.argv[1:]))
