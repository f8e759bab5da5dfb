"""Numbers that stand beside one another as the parts of one count, each with a category of its own."""

from __future__ import annotations

from collections.abc import Iterator

from habeas.check.grammar import Parsed
from habeas.check.phrases import Counted


def parts_of(p: Parsed, nouns: list[Counted]) -> Iterator[list[Counted]]:
    """Neighbouring numbers that each have a category of their own: `6 women and 9 men`."""
    group: list[Counted] = []
    for noun in nouns:
        has_category = (noun.sex or noun.nationality or noun.place) and "n" in noun.chunk.value
        citizens = noun.nationality is not None and p.at("citizens", noun.chunk.j)
        each = p.lexicon.cases and any(p.among(n.chunk.i - 1, "apiece") for n in (*group, noun))
        if group and p.at("citizens", group[-1].chunk.j) and (citizens or p.lexicon.tables["free_order"]) and not each:
            yield from [group] if len(group) > 1 else []
            group = []  # "five citizens of Germany and seven citizens of Russia": two counts
        # "14 foreigners, three Georgians among them": a part of the one before, not a part beside it.
        has_category = has_category and not p.at("among_them", noun.end)
        between = range(group[-1].end, noun.chunk.i) if group else range(0)
        linked = all(
            p.tokens[k].text == "," or p.among(k, "joins_parts") or p.among(k, "apiece") or _names_the_next(p, k)
            for k in between
        )
        if group and has_category and linked and noun.chunk.i - group[-1].end <= 4:
            group.append(noun)
            continue
        yield from _of_parts(group)
        group = [noun] if has_category else []
    yield from _of_parts(group)


def _names_the_next(p: Parsed, k: int) -> bool:
    """True for the words that name a part before its number: `мужчин — 2923, женщин — 494`."""
    dash = p.tokens[k].text in "—–" and p.at("sexes", k - 1)
    return p.lexicon.cases and (dash or p.at("sexes", k))


def _of_parts(group: list[Counted]) -> list[list[Counted]]:
    """The group where it has several parts, one of them told by a number: `француз и британец` alone count nobody."""
    return [group] if len(group) > 1 and not all(noun.chunk.value.get("article") for noun in group) else []
