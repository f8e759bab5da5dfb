"""How a claim is said: the patterns of its kind, its flags, the people of a list, and the claim itself."""

from __future__ import annotations

from typing import Any

from habeas.check.grammar import Match, Parsed, Pattern, load_patterns
from habeas.check.numbers import Chunk
from habeas.check.page import Page
from habeas.nouns import Claim

FREED = ("freed_state", "free_verb", "free_noun")


def patterns(p: Parsed, kind: str) -> tuple[Pattern, ...]:
    """The patterns of one kind of claim in the language of a sentence."""
    return load_patterns(f"{p.lexicon.language}_patterns.yaml").get(kind, ())


def flags_of(p: Parsed, i: int, j: int) -> set[str]:
    """How the words `[i, j)` are said: attributed, negated, promised, hedged, asked."""
    flags: set[str] = set()
    if p.has("says"):
        flags.add("attributed")
    inside = {k for at, ends in p.hits.get("death", {}).items() for k in range(at, ends[0])}  # "не стало": died
    first = max((k + 1 for k in range(max(0, i - 3), i) if p.tokens[k].text in _PARTS), default=max(0, i - 3))
    if any(first <= k < j and k not in inside for k in p.hits.get("negation", {})):
        flags.add("negated")
    if p.has("promise", max(0, i - 3), j):
        flags.add("promise")
    if p.has("hedge", max(0, i - 6), j):
        flags.add("hedged")
    if p.tokens[-1].text == "?":
        flags.add("question")
    return flags


_PARTS = frozenset(":;—–")  # what is denied before one of these is not what stands after it


def claimed(page: Page, s: int, i: int, j: int, kind: str, value: dict[str, Any], flags: set[str]) -> Claim:
    return Claim(quote=page.quote(s, i, j), sentence=s, kind=kind, value=value, flags=frozenset(flags))


def named(chunks: list[Chunk]) -> dict[str, Any]:
    names = list(dict.fromkeys(c.value["person"] for c in chunks))
    return {"person": names[0]} if len(names) == 1 else {"persons": names}


def setting(match: Match, name: str, default: Any = None) -> Any:
    return match.pattern.sets.get(name, default)


def length(chunk: Chunk) -> dict[str, Any]:
    """The length of time of a chunk: years, months, days; weeks are told beside the days they are."""
    value = {k: v for k, v in chunk.value.items() if k != "op" or v != "eq"}
    return value if "weeks" not in value else value | {"days": value.get("days", 0) + 7 * value["weeks"]}


def near(p: Parsed, labels: tuple[str, ...], i: int, j: int, reach: int) -> bool:
    return any(p.has(label, max(0, i - reach), min(len(p.tokens), j + reach)) for label in labels)


def listed_with(p: Parsed, first: Chunk, *, terms: bool = True) -> list[Chunk]:
    """The person and everybody after in the same list: names with descriptions, joined by commas and `and`.

    A length of time between two names begins the next item of a series of sentences, except where `terms` is false:
    in a list of people freed it only describes one of them.
    """
    out = [first]
    for chunk in (c for c in p.of("person") if c.i > first.i):
        i, j = out[-1].j, chunk.i
        told = p.said(i, j)
        marks = {t.low for t in p.tokens[i:j]}
        verbs = any(p.among(k, "clause_ends") for k in told) and not _taken_up(p, i, j)
        linked = {",", ";", "'s"} & marks or p.any_of("and", i, j) or p.any_of("as", i, j)
        if len(told) > 24 or (verbs and ";" not in marks) or not linked or (terms and _crossed(p, i, j)):
            break
        out.append(chunk)
    return out


def _taken_up(p: Parsed, i: int, j: int) -> bool:
    """True where a relative clause ends in a comma before the next name and who it is: `A, who was seized in May, and B`."""
    relative = next((k for k in range(i, j) if p.among(k, "relative_pronoun")), None)
    joint = next((k for k in range(j - 1, max(i, j - 9), -1) if p.tokens[k].text == ","), None)
    if relative is None or joint is None or joint < relative:
        return False
    if any(p.among(k, "clause_ends") or p.among(k, "relative_pronoun") for k in range(joint, j)):
        return False
    return not any(p.at(label, k) for label in ("event_verb", "says", "held_state") for k in range(joint, j))


def _crossed(p: Parsed, i: int, j: int) -> bool:
    """True where another length of time stands between: it begins the next item of a series of sentences.

    `a 14-term that ... got` and `once años para A y diez para B` leave out the years.
    """
    short = (c for k, c in p.chunks["number"].items() if i <= k < j and c.j + 1 < j)
    cut = any(p.tokens[c.j].text == "-" or p.among(c.j, "of_whom") for c in short)
    return cut or any(i <= k < j for k in p.chunks["duration"])


def sourced(p: Parsed, chunk: Chunk) -> bool:
    """True for X in `según el reporte del vicepresidente de la ONG, X, entre los liberados figuran ...` and in
    `advirtió su abogado, X`.
    """
    if p.lexicon.cases:
        return False
    verbs = ("free_verb", "free_noun", "freed_state", "event_verb", "among", "held_state", "sentenced")
    for k in range(chunk.i - 1, max(-1, chunk.i - 14), -1):
        said = p.at("says", k) and not p.any_of("relative", k, chunk.i)
        told = said and any(p.among(k + 1, x) for x in ("articles", "whose_kin"))
        # "an official said the Russian X would be released": in English a speaker comes after the verb only in a quotation
        told = told and (p.lexicon.tables["free_order"] or (k > 0 and p.tokens[k - 1].text in ',"”'))
        if p.among(k, "sourced") or (k > chunk.i - 12 and (told or (said and p.any_of("kin", k, chunk.i)))):
            return not any(c.i > k for c in p.of("person") if c.i < chunk.i)
        if any(p.at(x, k) for x in verbs) or p.tokens[k].text in ";:":
            return False
    return False


def counts_held(page: Page, s: int, held: set[int]) -> bool:
    """True where this sentence or one of the two before counts people held, and none since speaks of people freed."""
    last = max({s - 2, s - 1, s} & held, default=-1)
    between = page.parsed[last + 1 : s]
    return last >= 0 and not any(p.has(label) for p in between for label in ("freed_state", "free_verb"))


def in_a_past_year(page: Page, p: Parsed, match: Match) -> bool:
    """True where a date of an earlier year tells when somebody was jailed again: nothing of today."""
    year = "" if page.published is None else str(page.published.year)
    near = [c for c in p.of("date") if -3 <= c.i - match.j <= 9]
    return any(str(c.value["date"])[:4] < year for c in near)


def linked_to(p: Parsed, chunk: Chunk) -> bool:
    """True where the person only tells whose ally or lawyer somebody is: `a lawmaker close to the laureate X`."""
    for at, ends in p.hits.get("linked_to", {}).items():
        if ends[0] <= chunk.i <= ends[0] + 5 and not any(t.text in ",;" for t in p.tokens[at : chunk.i]):
            return not any(ends[0] <= c.i < chunk.i for c in p.of("person"))
    return False


def apposed_to(p: Parsed, chunk: Chunk) -> bool:
    """True for X in `A y B, colaboradores de X, que siguen presos`."""
    starts = [at for at, ends in p.hits.get("linked_to", {}).items() if ends[0] <= chunk.i <= ends[0] + 1]
    return any(p.tokens[at - 1].text == "," and any(c.j == at - 1 for c in p.of("person")) for at in starts if at)


def tells_release(p: Parsed) -> bool:
    """True where a word of freedom stands that is no mere word of travel or of going out."""
    travelled = travels(p)
    return any(k not in travelled for label in FREED for k in p.hits.get(label, {}))


def travels(p: Parsed) -> set[int]:
    """Where somebody only came, left or went out: `вышел`, and not `вышел на свободу`."""
    moved = {k for label in ("crossed", "went_out") for k in p.hits.get(label, {})}
    free = {
        k
        for label in (*FREED, "came_out")
        for k, ends in p.hits.get(label, {}).items()
        if ends[0] > k + 1 and not p.among(ends[0] - 1, "out_of")
    }
    return moved - free - set(p.hits.get("free_verb", {}))
