"""A small grammar: patterns of words, word classes, typed slots and gaps, matched over the tokens of one sentence.

A pattern (words/en_patterns.yaml and its sisters) is a row of parts:

* `word`            that word (or `this|that`)
* `<class>`         any phrase of a word class of the language (en.yaml, ru.yaml ...)
* `{slot}`          a typed chunk: number, share, money, date, duration, age, person, nation
* `...` or `...7`   up to 4 (7) tokens of any kind, not across ; or brackets
* `..7`             the same inside a clause: not across a comma either
* `~12`             up to 12 tokens of any kind, across everything
* a part with `?`   may be missing

A gap steps over an aside, what stands in brackets or between commas right after a name, as over one token.
The earliest, then the shortest match wins; parts are tried in order, so a pattern costs at most its gaps.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from habeas.check.lexicon import Ends, Lexicon, lexicon, load
from habeas.check.numbers import Chunk
from habeas.check.text import Token, low

_STOPS = frozenset(";()[]—")
_LONGEST_ASIDE = 30  # tokens


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a pattern; `kind` is word, class, slot or gap, `values` what it accepts."""

    kind: str
    values: tuple[str, ...]
    optional: bool = False
    most: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """What it accepts, by the names in `Parsed.begins`."""
        form = {"class": "%s", "slot": "{%s}", "word": "=%s"}[self.kind]
        return tuple(form % value for value in self.values)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: its parts, what a match sets on the claim, and the classes that forbid one in the sentence.

    `needs` are the parts that may not be missing, each by the names in `Parsed.begins` of what it accepts.
    """

    source: str
    parts: tuple[Part, ...]
    sets: Mapping[str, Any]
    unless: tuple[str, ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence ready for patterns: its tokens, the class phrases found, and the chunks by kind and first token."""

    tokens: tuple[Token, ...]
    hits: Ends
    chunks: Mapping[str, Mapping[int, Chunk]]
    lexicon: Lexicon = field(default_factory=lambda: lexicon("en"))
    asides: Mapping[int, int] = field(default_factory=dict)  # the mark that opens an aside -> the token after it
    begins: Mapping[str, Collection[int]] = field(init=False)  # class, `{kind}` of a chunk, or `=word` -> first tokens

    def __post_init__(self) -> None:
        words: dict[str, list[int]] = {}
        for i, token in enumerate(self.tokens):
            words.setdefault(f"={token.low}", []).append(i)
        kinds = {f"{{{kind}}}": found for kind, found in self.chunks.items() if found}
        object.__setattr__(self, "begins", {**self.hits, **kinds, **words})

    def among(self, i: int, name: str) -> bool:
        """True where token `i` is one of the language's small words of that name."""
        return 0 <= i < len(self.tokens) and self.tokens[i].low in self.lexicon.small[name]

    def any_of(self, name: str, i: int, j: int) -> bool:
        """True where one of the small words of that name stands in `[i, j)`."""
        return any(self.among(k, name) for k in range(max(0, i), min(j, len(self.tokens))))

    def at(self, label: str, i: int) -> bool:
        """True where a phrase of the class begins at token `i`."""
        return i in self.hits.get(label, ())

    def has(self, label: str, start: int = 0, end: int | None = None) -> bool:
        """True where a phrase of the class begins in `[start, end)`."""
        stop = len(self.tokens) if end is None else end
        return any(start <= i < stop for i in self.hits.get(label, ()))

    def said(self, i: int, j: int) -> list[int]:
        """The tokens of `[i, j)` without the asides that end in it."""
        out = []
        while i < j:
            if self.asides.get(i, j) < j:
                i = self.asides[i]
            else:
                out.append(i)
                i += 1
        return out

    def of(self, kind: str) -> list[Chunk]:
        """The chunks of a kind, in order."""
        return [chunk for _, chunk in sorted(self.chunks.get(kind, {}).items())]


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens `[i, j)` that fit a pattern, and the chunk of each slot."""

    i: int
    j: int
    slots: Mapping[str, Chunk]
    pattern: Pattern
    classes: Mapping[str, tuple[int, int]] = field(default_factory=dict)


_PART = re.compile(
    r"\.\.\.(?P<gap>\d*)|\.\.(?P<close>\d+)|~(?P<wide>\d+)|<(?P<class>[^>]+)>(?P<co>\?)?|\{(?P<slot>[^}]+)\}(?P<so>\?)?|(?P<word>\S+)"
)


def compile_pattern(source: str, sets: Mapping[str, Any] | None = None, unless: tuple[str, ...] = ()) -> Pattern:
    """The pattern written in `source`."""
    parts = []
    for m in _PART.finditer(source):
        if m["gap"] is not None:
            parts.append(Part("gap", (), most=int(m["gap"] or 4)))
        elif m["close"] is not None:
            parts.append(Part("gap", ("close",), most=int(m["close"])))
        elif m["wide"] is not None:
            parts.append(Part("gap", ("wide",), most=int(m["wide"])))
        elif m["class"]:
            parts.append(Part("class", tuple(m["class"].split("|")), optional=bool(m["co"])))
        elif m["slot"]:
            parts.append(Part("slot", tuple(m["slot"].split("|")), optional=bool(m["so"])))
        else:
            word = low(m["word"])
            optional = word.endswith("?") and len(word) > 1
            written = word.rstrip("?") if optional else word
            values = (
                ("—", "–") if written == "—" else tuple(written.split("|"))
            )  # some print the one dash, some the other
            parts.append(Part("word", values, optional))
    needs = [part.names for part in parts if part.kind != "gap" and not part.optional]
    return Pattern(source, tuple(parts), sets or {}, unless, tuple(dict.fromkeys(needs)))


@lru_cache(maxsize=8)
def load_patterns(name: str) -> dict[str, tuple[Pattern, ...]]:
    """The patterns of a YAML file, by kind, compiled once."""
    out: dict[str, tuple[Pattern, ...]] = {}
    for kind, rows in load(name).items():
        made = []
        for row in rows:
            if isinstance(row, str):
                made.append(compile_pattern(row))
                continue
            sets = {k: v for k, v in row.items() if k not in ("match", "unless")}
            made.append(compile_pattern(row["match"], sets, tuple(row.get("unless", ()))))
        out[kind] = tuple(made)
    return out


class _State(NamedTuple):
    at: int
    slots: tuple[tuple[str, Chunk], ...] = ()
    classes: tuple[tuple[str, tuple[int, int]], ...] = ()


def _within(part: Part, parsed: Parsed, i: int) -> Iterator[int]:
    """Where a gap that begins at token `i` may end; an aside is stepped over as one token."""
    reached, closed = {i}, part.values == ("close",)
    yield i
    edge = [i]
    for _ in range(part.most):
        after = []
        for k in edge:
            if k >= len(parsed.tokens):
                continue
            mark = parsed.tokens[k].text
            steps = [parsed.asides[k]] if k in parsed.asides else []
            if part.values == ("wide",) or not (mark in _STOPS or (closed and mark in ",:")):
                steps.append(k + 1)
            after += [at for at in steps if at not in reached]
            reached.update(after)
        yield from after
        edge = after


def asides(tokens: tuple[Token, ...], people: Iterable[Chunk]) -> dict[int, int]:
    """What is said beside the sentence: in brackets, and between commas or dashes right after a name.

    `X, a musician of the band Y, is free` says that X is free, however long the aside is.
    """
    found = list(people)
    named, begun = {c.j for c in found}, {c.i for c in found}
    out = {}
    for i, token in enumerate(tokens):
        if token.text == "(":
            closing = ")"
        elif i in named and token.text in ",–—" and not begun & set(range(i + 1, i + 4)):
            closing = token.text  # what begins with a name goes on with the list
        else:
            continue
        for k in range(i + 1, min(len(tokens), i + _LONGEST_ASIDE)):
            if tokens[k].text == closing:
                out[i] = k + 1
                break
            if tokens[k].text in ";:":
                break
    return out


def _step(part: Part, parsed: Parsed, state: _State, onward: Container[int]) -> Iterator[_State]:
    """The states after a part; a gap ends only where the part after it can begin (`onward`)."""
    i = state.at
    if part.kind == "gap":
        for at in _within(part, parsed, i):
            if at in onward:
                yield _State(at, state.slots, state.classes)
        return
    if part.optional:
        yield state
    if i >= len(parsed.tokens):
        return
    if part.kind == "word":
        if parsed.tokens[i].low in part.values:
            yield _State(i + 1, state.slots, state.classes)
    elif part.kind == "class":
        for label in part.values:
            for end in parsed.hits.get(label, {}).get(i, ()):
                yield _State(end, state.slots, (*state.classes, (label, (i, end))))
    else:
        for kind in part.values:
            chunk = parsed.chunks.get(kind, {}).get(i)
            if chunk is not None:
                yield _State(chunk.j, (*state.slots, (kind, chunk)), state.classes)


def _from(pattern: Pattern, parsed: Parsed, i: int, starts: Sequence[Container[int]]) -> Match | None:
    states = [_State(i)]
    for part, onward in zip(pattern.parts, starts[1:], strict=True):
        seen: dict[tuple[int, int], _State] = {}
        for state in states:
            for after in _step(part, parsed, state, onward):
                seen.setdefault((after.at, len(after.slots)), after)
        states = list(seen.values())
        if not states:
            return None
    best = min(states, key=lambda s: (-len(s.slots), s.at))
    return Match(i, best.at, dict(best.slots), pattern, dict(best.classes))


def _possible(pattern: Pattern, begins: Mapping[str, Collection[int]]) -> bool:
    """False where some needed part is nowhere in the sentence: most patterns end here."""
    for need in pattern.needs:
        for name in need:
            if name in begins:
                break
        else:
            return False
    return not any(label in begins for label in pattern.unless)


def _starts(part: Part, parsed: Parsed) -> Collection[int]:
    """Where a part can begin."""
    if part.optional or part.kind == "gap":
        return range(len(parsed.tokens) + 1)
    return {i for name in part.names for i in parsed.begins.get(name, ())}


def matches(pattern: Pattern, parsed: Parsed) -> Iterator[Match]:
    """Every match of a pattern in a sentence, left to right; matches may overlap."""
    return _matches(pattern, parsed) if _possible(pattern, parsed.begins) else iter(())


def _matches(pattern: Pattern, parsed: Parsed) -> Iterator[Match]:
    starts = [*(_starts(part, parsed) for part in pattern.parts), range(len(parsed.tokens) + 1)]
    for i in sorted(starts[0]):
        match = _from(pattern, parsed, i, starts)
        if match is not None and match.j > match.i:
            yield match
