"""The figures that somebody gave for a release: which to show first, parts added up, and who was taken abroad."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from habeas.answers.shapes.trade import Figure as FigureShape
from habeas.answers.shapes.trade import Sum
from habeas.answers.words import word
from habeas.languages import state
from habeas.nouns import Casebook, Deal, Figure, FigureKind, Op, Release, Split, say, together

HOME = "home"  # the destination of those who stay


def figure_json(figure: Figure) -> FigureShape:
    """One figure that somebody gave for a release, ready for JSON."""
    return {
        "figure": figure.figure,
        "n": figure.n,
        "op": figure.op,
        "what": figure.what,
        "part_of": figure.part_of,
        "split": figure.split,
        "by": figure.by,
        "note": figure.note,
        "rests_on": list(figure.statements),
    }


def whom(figure: Figure) -> str:
    """Whom a figure counts: in the keeper's words, else by its codes."""
    states = (*figure.nationality, *figure.destination)
    told = [say("{who:party}", who=state(code)) if code != HOME else word(code) for code in states]
    return figure.what or together([*map(word, figure.group), *told, *figure.person], ", ")


def headline(release: Release, kind: str) -> Figure | None:
    """The figure of a kind to show first: an exact one before a hedged one, then the one with most sources."""
    found = [f for f in release.figures if f.figure == kind and f.n is not None]
    return _best(found) if found else None


def announced(release: Release) -> int | None:
    """How many people were announced as freed in a release; None where nobody gives a number."""
    figure = headline(release, FigureKind.ANNOUNCED)
    return None if figure is None else figure.n


def unnamed(release: Release) -> int | None:
    """How many of the people announced no list of the book names; None where no number was announced."""
    number = announced(release)
    return None if number is None else max(number - len(release.named), 0)


def carried_out(casebook: Casebook[Any], *deals: Deal) -> tuple[Release, ...]:
    """The releases of some deals that are on record as carried out, each once: what was only promised freed nobody."""
    ids = dict.fromkeys(r for deal in deals for r in deal.releases)
    found = (casebook.releases[r] for r in ids if r in casebook.releases)
    return tuple(r for r in found if r.status == "executed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """The people of a deal, by those of its releases that were carried out.

    `n` is how many were announced, None where no release has a number; `unnamed` how many of these no list names, release
    by release: who is named in one is none of those announced in another. `named` are case ids, each once.
    """

    n: int | None
    unnamed: int
    named: tuple[str, ...]
    statements: tuple[str, ...]


def announced_in(casebook: Casebook[Any], deal: Deal) -> Announced:
    """How many people were announced as freed in a deal, and who of them is named."""
    releases = carried_out(casebook, deal)
    numbers = [n for r in releases if (n := announced(r)) is not None]
    return Announced(
        n=sum(numbers) if numbers else None,
        unnamed=sum(unnamed(r) or 0 for r in releases),
        named=tuple(dict.fromkeys(c for r in releases for c in r.named)),
        statements=tuple(dict.fromkeys(i for r in releases for i in r.statements)),
    )


def _best(figures: list[Figure]) -> Figure:
    """Of several numbers for one part, the one with most sources; exact before hedged."""
    return min(figures, key=lambda f: (f.op is not Op.EQ, -len(f.sources), f.id))


def sums(release: Release) -> list[Sum]:
    """Each breakdown added up against its whole: 9 + 114 = 123.

    Parts belong together where a figure names the same whole (`part_of`) and the same `split` (destination, sex ...).
    Several numbers for one part are several speakers: the one with most sources is added, the others are `else`.
    """
    found: list[Sum] = []
    for (part_of, split), parts in sorted(_splits(release).items()):
        chosen = [_best(figures) for figures in parts]
        total = sum(f.n or 0 for f in chosen)
        number = _whole(release, part_of)
        found.append(
            {
                "split": split,
                "part_of": part_of,
                "parts": [
                    {
                        "what": whom(best),
                        "n": best.n,
                        "by": best.by,
                        "else": [{"n": f.n, "by": f.by} for f in figures if f is not best],
                    }
                    for best, figures in zip(chosen, parts, strict=True)
                ],
                "sum": total,
                "whole": number,
                "residual": None if number is None else number - total,
                "rests_on": list(dict.fromkeys(i for f in chosen for i in f.statements)),
            }
        )
    return found


def _splits(release: Release) -> dict[tuple[str, Split], list[list[Figure]]]:
    """The parts of each whole by each split, each part with every number that somebody gives for it."""
    splits: dict[tuple[str, Split], dict[object, list[Figure]]] = {}
    for figure in release.figures:
        if figure.split and figure.n is not None:
            codes = (figure.group, figure.nationality, figure.destination, figure.person)
            parts = splits.setdefault((figure.part_of, figure.split), {})
            parts.setdefault(codes if any(codes) else figure.what, []).append(figure)
    return {key: list(parts.values()) for key, parts in splits.items()}


def _whole(release: Release, identifier: str) -> int | None:
    return next((f.n for f in release.figures if f.id == identifier), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Abroad:
    """How many of a release were taken abroad: as a source counted them, or as the parts that lie abroad add up."""

    n: int
    parts: tuple[Figure, ...]

    @property
    def added(self) -> bool:
        """True where it is made of several parts."""
        return len(self.parts) > 1


def taken_abroad(release: Release, country: str) -> Abroad | None:
    """Those taken out of the country: a figure of those who crossed, else a split by destination that adds up.

    Of a split every part must be exact and have its destination, and the parts together must make the number announced;
    those that lie abroad are then added. None where neither is on record.
    """
    counted = headline(release, FigureKind.CROSSED)
    if counted is not None and counted.split is None:
        return Abroad(n=counted.n or 0, parts=(counted,))
    for chosen in _by_destination(release):
        abroad = tuple(f for f in chosen if lies_abroad(f.destination, country))
        return Abroad(n=_sum(abroad), parts=abroad)
    return None if counted is None else Abroad(n=counted.n or 0, parts=(counted,))


def _by_destination(release: Release) -> Iterator[list[Figure]]:
    """Each split by destination of a number announced exactly, whose parts are exact, have their destination, and add up."""
    announced = {f.id for f in release.figures if f.figure is FigureKind.ANNOUNCED and f.op is Op.EQ}
    for (part_of, split), parts in sorted(_splits(release).items()):
        chosen = [_best(figures) for figures in parts]
        told = all(f.op is Op.EQ and f.destination for f in chosen)
        if split == Split.DESTINATION and part_of in announced and told and _sum(chosen) == _whole(release, part_of):
            yield chosen


def _sum(figures: Iterable[Figure]) -> int:
    return sum(f.n or 0 for f in figures)


def lies_abroad(destination: tuple[str, ...], country: str) -> bool:
    """True where none of the destinations is at home, and there is one."""
    return bool(destination) and not {d.casefold() for d in destination} & {HOME, country.casefold()}
