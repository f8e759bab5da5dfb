"""Write `docs/schemas/*.json`, a JSON Schema of each `--json`, from the shapes in the code; with --check say what is stale."""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, NotRequired, Union, get_args, get_origin, is_typeddict

from shapes import PLAIN, about, keys, words

from habeas.answers.shapes import SHAPES, AnswerShape
from habeas.estimate.shape import EstimateShape

FOLDER = Path(__file__).parent / "schemas"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
# The arguments of a question stand beside its clocks.
_OPEN = frozenset({"QuestionShape"})


def schema(title: str, every: type | None, shapes: Sequence[type]) -> dict[str, Any]:
    """The schema of a document that has the keys of one of some shapes, and those of `every`; its rows stand under `$defs`."""
    definitions: dict[str, Any] = {}
    made = [_both(every, shape, definitions) for shape in shapes]
    one = made[0] if len(made) == 1 else {"anyOf": made}
    return {"$schema": DRAFT, "title": title, **one, "$defs": dict(sorted(definitions.items()))}


def _both(every: type | None, shape: type, definitions: dict[str, Any]) -> dict[str, Any]:
    own = _object(shape, definitions)
    if every is None:
        return own
    first = _object(every, definitions)
    return own | {
        "properties": {**first["properties"], **own["properties"]},
        "required": [*first["required"], *own["required"]],
    }


def _object(shape: type, definitions: dict[str, Any]) -> dict[str, Any]:
    found = keys(shape)
    return {
        "description": about(shape),
        "type": "object",
        "properties": {
            key: _of(hint, definitions) | ({"description": said} if said else {}) for key, (hint, said) in found.items()
        },
        "required": [key for key, (hint, _) in found.items() if get_origin(hint) is not NotRequired],
        "additionalProperties": shape.__name__ in _OPEN,
    }


def _of(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of one type."""
    origin = get_origin(hint)
    if hint is Any:
        return {}
    if hint in PLAIN:
        return {"type": PLAIN[hint]}
    if words(hint):
        return {"enum": words(hint)}
    if origin is Annotated:
        return _of(hint.__origin__, definitions) | {"description": hint.__metadata__[0]}
    if origin is NotRequired:
        return _of(get_args(hint)[0], definitions)
    if origin in (list, Sequence):
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
    for name, shapes in SHAPES.items():
        yield f"ask-{name}.json", _text(schema(f"habeas ask {name} --json", AnswerShape, shapes))
    yield "estimate.json", _text(schema("habeas estimate TABLE --json", None, (EstimateShape,)))


def _text(made: dict[str, Any]) -> str:
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


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
