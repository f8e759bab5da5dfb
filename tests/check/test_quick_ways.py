"""What makes reading quick is held against the plain way: patterns, phrases and loaded words found in random sentences."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.check.grammar import Parsed, compile_pattern, matches
from habeas.check.lexicon import Phrases
from habeas.check.not_understood import _by_beginning
from habeas.check.numbers import Chunk
from habeas.check.text import tokens

_TOKENS = ["abc", "abca", "abcab", "abd", "ab", "a", ",", ";", "(", "—", "1"]
_SENTENCES = st.lists(st.sampled_from(_TOKENS), min_size=1, max_size=10).map(" ".join)


# --- patterns -----------------------------------------------------------------------------------------------------

_PARTS = st.lists(
    st.sampled_from(["abc", "ab|abd", "a?", "<x>", "<x|y>", "<y>?", "{number}", "{number|date}?", "...", "..2", "~3"]),
    min_size=1,
    max_size=5,
)
_FOUND = st.lists(st.tuples(st.sampled_from(["x", "y", "number", "date"]), st.integers(0, 9), st.integers(1, 3)))


def _ends(parts, p, i, slots=0):
    """Every (end, slots) of a row of parts from token `i` on, by trying all."""
    if not parts:
        yield i, slots
        return
    part, rest = parts[0], parts[1:]
    if part.kind == "gap":
        for k in range(i, min(i + part.most, len(p.tokens)) + 1):
            yield from _ends(rest, p, k, slots)
            mark = p.tokens[k].text if k < len(p.tokens) else ""
            if (part.values != ("wide",) and mark in [*";()[]—"]) or (part.values == ("close",) and mark in [*",:"]):
                return
        return
    if part.optional:
        yield from _ends(rest, p, i, slots)
    if i < len(p.tokens):
        for value in part.values:
            if part.kind == "word" and p.tokens[i].low == value:
                yield from _ends(rest, p, i + 1, slots)
            for end in p.hits.get(value, {}).get(i, ()) if part.kind == "class" else ():
                yield from _ends(rest, p, end, slots)
            if part.kind == "slot" and i in p.chunks.get(value, {}):
                yield from _ends(rest, p, p.chunks[value][i].j, slots + 1)


@settings(max_examples=300, deadline=None)
@given(_SENTENCES, _PARTS, _FOUND, st.sampled_from([(), ("y",)]))
def test_a_pattern_is_found_where_trying_all_finds_it(text, parts, found, unless):
    row = tokens(text)
    hits, chunks = {}, {"number": {}, "date": {}}
    for name, i, length in found:
        if i + length <= len(row) and name in chunks:
            chunks[name][i] = Chunk(name, i, i + length, {})
        elif i + length <= len(row):
            hits.setdefault(name, {})[i] = tuple(sorted({i + length, *hits.get(name, {}).get(i, ())}, reverse=True))
    p = Parsed(row, hits, chunks)
    pattern = compile_pattern(" ".join(parts), unless=unless)
    best = {i: min(_ends(pattern.parts, p, i), key=lambda e: (-e[1], e[0]), default=(i, 0))[0] for i in range(len(row))}
    expected = [] if set(unless) & set(hits) else [(i, end) for i, end in best.items() if end > i]
    assert [(m.i, m.j) for m in matches(pattern, p)] == expected


# --- phrases ------------------------------------------------------------------------------------------------------

_WORDINGS = [
    "abc",
    "abca",
    "abca*",
    "abc*",
    "ab",
    "ab abd",
    "abc abca*",
    "abc* abd",
    "abd ..2 abc*",
    "a ab a",
    "abcab 1",
]


def _fits(row, k, words):
    return k + len(words) <= len(row) and all(
        row[k + n].low.startswith(w[:-1]) if w.endswith("*") else row[k + n].low == w for n, w in enumerate(words)
    )


def _wording_ends(wording, row, i):
    """Where a wording that begins at token `i` ends, word by word; None where it does not stand there."""
    before, gap, after = re.fullmatch(r"(.+?)(?: \.\.(\d) (.+))?", wording).groups()
    start = i + len(before.split())
    if not _fits(row, i, before.split()):
        return None
    for k in range(start, start + int(gap or -1) + 1):
        if _fits(row, k, after.split()):
            return start
        if k >= len(row) or row[k].text in [*",;:()—–."]:
            return None
    return start if gap is None else None


@given(_SENTENCES, st.lists(st.sampled_from(_WORDINGS), unique=True, max_size=3))
def test_a_phrase_is_found_where_each_wording_alone_is_found(text, wordings):
    row, phrases = tokens(text), Phrases()
    for wording in wordings:
        phrases.add(wording, wording)
    for i in range(len(row) + 1):
        expected = {(w, end) for w in wordings if (end := _wording_ends(w, row, i)) is not None}
        found = list(phrases.at(row, i))
        assert sorted(found) == sorted(expected)
        stems = [w for w, _ in found if w in {"abc*", "abca*"}]
        assert stems == sorted(stems, key=len)  # of two that end alike the shorter stem counts


# --- loaded words -------------------------------------------------------------------------------------------------

_LOADED = ["abc", r"abc\w*", r"abc\s+abd", r"ab\s+a", "abd", r"\w+\s+abc", "Abca", r"«abc\w*", r"a\s+abc", "abcab"]


@given(
    st.lists(st.sampled_from([*_TOKENS, "Abc", "«abcd"])).map(" ".join), st.lists(st.sampled_from(_LOADED), min_size=1)
)
def test_alternatives_by_their_beginnings_find_the_same(text, alternatives):
    ways = [rf"\b(?:{'|'.join(rows)})\b" for rows in (alternatives, list(_by_beginning(alternatives)))]
    found = [[m.span() for m in re.finditer(way, text, re.IGNORECASE)] for way in ways]
    assert found[0] == found[1]
