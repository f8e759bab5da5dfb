"""Pages for deals and releases: what was announced, who is named, what was given, by word and by legal act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from habeas.answers.release import matched, refused
from habeas.dates import PartialDate
from habeas.languages import code, number
from habeas.nouns import Deal, Figure, FigureKind, Phrase, Release, say, together
from habeas.publish.case_pages import status
from habeas.publish.contents import Contents, Note, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A release in a table: its four figures, the deals it was part of, and who says so."""

    when: PartialDate
    title: str
    path: str
    status: str
    announced: str
    named: str
    matched: str
    crossed: str
    deals: tuple[Mapping[str, str], ...]
    notes: tuple[Note, ...]


def _figure(answer: Mapping[str, Any], kind: str) -> str:
    """A figure of the funnel; one announced or taken abroad keeps the `about` or `at least` of whoever said it."""
    n = answer[kind]
    if n is None:
        return say("–")
    ops = [f["op"] for f in answer["figures"] if f["figure"] == kind and f["n"] == n]
    return number(n, ops[0] if ops else "eq")


def row(contents: Contents, release: Release) -> Row:
    """A release as one row, newest knowledge."""
    answer = contents.ask("release", id=release.id)
    return Row(
        when=release.when,
        title=release.title or release.id,
        path=contents.release_paths[release.id],
        status="" if release.status == "executed" else code("status", release.status),
        announced=_figure(answer.more, "announced"),
        named=_figure(answer.more, "named"),
        matched=_figure(answer.more, "matched"),
        crossed=_figure(answer.more, "crossed"),
        deals=tuple({"path": contents.deal_paths[d], "id": d} for d in contents.deals_of.get(release.id, ())),
        notes=contents.notes(answer.rests_on),
    )


def latest_rows(contents: Contents, most: int | None = None) -> tuple[Row, ...]:
    """The releases, the latest first."""
    found = list(contents.casebook.releases.values())[::-1]
    return tuple(row(contents, r) for r in (found if most is None else found[:most]))


def release_pages(contents: Contents) -> Iterator[Page]:
    """One page for each release."""
    for release in contents.casebook.releases.values():
        answer = contents.ask("release", id=release.id)
        yield Page(
            path=contents.release_paths[release.id],
            template="release.html.j2",
            title=release.title or release.id,
            context={
                "release": release,
                "answer": answer,
                "funnel": _funnel(contents, release),
                "figures": figure_tree(contents, release),
                "people": _people(contents, release, release.named),
                "disputed": _people(contents, release, release.disputed),
                "deals": [contents.casebook.deals[d] for d in contents.deals_of.get(release.id, ())],
                "notes": contents.notes(release.statements),
            },
        )


def _funnel(contents: Contents, release: Release) -> list[dict[str, Any]]:
    """The four figures one after the other, each with who says so; a figure nobody gives stays a dash."""
    answer = contents.ask("release", id=release.id)
    found = []
    for kind, called, means in (
        ("announced", say("announced"), say("the number whoever announced it gave")),
        ("named", say("named"), say("people on lists in this book said to have been part of it")),
        ("matched", say("matched"), say("of the named: known to this book from some other list")),
        ("crossed", say("taken abroad"), say("reported as taken out of the country")),
        ("stayed", say("stayed"), say("reported to have stayed in the country")),
        ("refused", say("refused"), say("of the named: refused to leave")),
    ):
        if kind in ("stayed", "refused") and not answer.more[kind]:
            continue
        told, parts = means, answer.more["taken_abroad"]
        if kind == "crossed" and len(parts) > 1:
            told = say("{parts}, added up", parts=together((number(part["n"]) for part in parts), " + "))
        notes = contents.notes(i for row in _behind(contents, release, kind) for i in row["rests_on"])
        found.append({"kind": called, "n": _figure(answer.more, kind), "means": told, "notes": notes})
    return found


def _behind(contents: Contents, release: Release, kind: str) -> list[Mapping[str, Any]]:
    """What a figure of the funnel is made of: the people whom it counts, the parts that lie abroad, or who gives it."""
    more = contents.ask("release", id=release.id).more
    if kind == "crossed":
        return [*more["taken_abroad"]]
    if kind == "named":
        return [*more["people"]]
    if kind in _AMONG_THEM:
        some = {case.id for case in _AMONG_THEM[kind](contents.casebook, release)}
        return [p for p in more["people"] if p["case"] in some]
    return [f for f in more["figures"] if f["figure"] == kind]


_AMONG_THEM = {"matched": matched, "refused": refused}


def figure_tree(contents: Contents, release: Release) -> list[dict[str, Any]]:
    """Every figure with a number, each part under the figure that it names as its whole; what names none stays on top."""
    numbered = [f for f in release.figures if f.n is not None]
    ids = {f.id for f in numbered}
    sums = contents.ask("release", id=release.id).more["sums"]
    under: dict[str, list[Figure]] = {}
    for figure in numbered:
        whole = figure.part_of
        under.setdefault(whole if whole in ids and whole != figure.id else "", []).append(figure)

    def branch(figure: Figure, above: frozenset[str]) -> dict[str, Any]:
        parts = [p for p in under.get(figure.id, ()) if p.id not in above]
        return {
            "n": number(figure.n, figure.op),
            "kind": "" if figure.figure in (None, FigureKind.PART) else code("figure", figure.figure),
            "what": figure.what,
            "by": figure.by,
            "note": figure.note,
            "notes": contents.notes(figure.statements),
            "sums": [_sum(contents, s) for s in sums if s["part_of"] == figure.id],
            "parts": [branch(p, above | {figure.id}) for p in parts],
        }

    return [
        branch(f, frozenset({f.id}))
        for f in sorted(under.get("", ()), key=lambda f: f.figure is not FigureKind.ANNOUNCED)
    ]


def _sum(contents: Contents, found: Mapping[str, Any]) -> dict[str, Any]:
    """A breakdown added up: `9 + 114 = 123`, what each part is, what others say of it, and what stays unexplained."""
    whole, residual = found["whole"], found["residual"]
    note = ""
    if residual:
        note = (
            say("{n} of the {whole} not explained", n=residual, whole=whole)
            if residual > 0
            else say("{n} more than the {whole}", n=-residual, whole=whole)
        )
    return {
        "text": Phrase(
            "{parts} = {sum}", {"parts": together((number(p["n"]) for p in found["parts"]), " + "), "sum": found["sum"]}
        ),
        "split": found["split"],
        "said": together((_part(p) for p in found["parts"]), "; "),
        "note": note,
        "notes": contents.notes(found["rests_on"]),
    }


def _part(part: Mapping[str, Any]) -> Phrase:
    """A part of a sum, with who gives another number for it: `9 taken to Lithuania (8 by A, B)`."""
    others: dict[int, list[str]] = {}
    for other in part["else"]:
        if other["n"] != part["n"]:
            others.setdefault(other["n"], []).append(other["by"] or say("another source"))
    said = (say("({n} by {who})", n=n, who=together(by, ", ")) for n, by in others.items())
    return together((Phrase("{n} {what}", {"n": part["n"], "what": part["what"]}), *said))


def _people(contents: Contents, release: Release, some: Iterable[str]) -> list[dict[str, Any]]:
    """Some of the people of a release: those named, or those whom the record does not take to have come out in it."""
    cases = [contents.casebook.cases[c] for c in some if c in contents.casebook.cases]
    more = contents.ask("release", id=release.id).more
    told = {p["case"]: p for p in (*more["people"], *more["people_disputed"])}
    return [
        {
            "path": contents.case_paths[c.id],
            "called": contents.called(c),
            "status": status(contents, c),
            "disputed": told[c.id]["disputed"],
            "notes": contents.notes(told[c.id]["rests_on"]),
        }
        for c in cases
    ]


def deal_pages(contents: Contents) -> Iterator[Page]:
    """One page for each deal."""
    for deal in contents.casebook.deals.values():
        answer = contents.ask("deal", id=deal.id)
        yield Page(
            path=contents.deal_paths[deal.id],
            template="deal.html.j2",
            title=deal.title or deal.id,
            context={
                "deal": deal,
                "answer": answer,
                "releases": [
                    (row(contents, r), _funnel(contents, r), figure_tree(contents, r), len(r.named))
                    for r in _releases(contents, deal)
                ],
                "legs": [_leg(contents, leg) for leg in answer.more["legs"]],
                "conditions": _with_notes(contents, answer.more["conditions"]),
                "stances": {
                    side: [s for s in _with_notes(contents, answer.more["stances"]) if s["stance"] == side]
                    for side in ("for", "against")
                },
                "progress": progress(contents, deal) if deal.status == "executed" and contents.known_day else None,
                "people": _deal_people(contents, deal),
                "disputed": _deal_disputed(contents, deal),
                "notes": contents.notes(deal.statements),
            },
        )


def _releases(contents: Contents, deal: Deal) -> list[Release]:
    return [contents.casebook.releases[r] for r in deal.releases if r in contents.casebook.releases]


def _deal_people(contents: Contents, deal: Deal) -> list[dict[str, Any]]:
    found = {p["path"]: p for r in _releases(contents, deal) for p in _people(contents, r, r.named)}
    return list(found.values())


def _deal_disputed(contents: Contents, deal: Deal) -> list[dict[str, Any]]:
    """Those whom some list names in a release of the deal, and whom the record takes to have come out in none of them."""
    releases = _releases(contents, deal)
    named = {c for r in releases for c in r.named}
    found = {p["path"]: p for r in releases for p in _people(contents, r, [c for c in r.disputed if c not in named])}
    return list(found.values())


def _with_notes(contents: Contents, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**r, "notes": contents.notes(r["rests_on"])} for r in rows]


def _leg(contents: Contents, leg: Mapping[str, Any]) -> dict[str, Any]:
    """A leg with the days between word and act, and whether the act does what was said, in words."""
    verdict = {
        "yes": say("the act does what was said"),
        "no": say("the act does less than was said"),
    }.get(leg["act_does_what_was_said"], "")
    return {
        **leg,
        "said_word": "" if leg["said"] in ("", "none") else code("said", leg["said"]),
        "effect_word": code("effect", leg["effect"]) if leg["effect"] else "",
        "keeps": verdict,
        "notes": contents.notes(leg["rests_on"]),
    }


# Where an indicator points, as a class and a sign; the words stand beside it.
_SIGNS: Mapping[str, tuple[str, str]] = {
    "toward freedom": ("toward", "↗"),
    "away from it": ("away", "↘"),
    "neither": ("neither", "→"),
    "cannot say": ("open", "?"),
}


def progress(contents: Contents, deal: Deal) -> dict[str, Any]:
    """What came of a deal since: each indicator with where it points and why, conditions kept, what is in force."""
    answer = contents.ask("progress", id=deal.id)
    rows = []
    for row in answer.more["indicators"]:
        sort, sign = _SIGNS.get(str(row["direction"]), ("open", "?"))
        rows.append({**row, "sort": sort, "sign": sign, "notes": contents.notes(row["rests_on"])})
    return {
        "sentence": answer.sentence,
        "indicators": rows,
        "kept": _with_notes(contents, answer.more["conditions"]),
        "given": [_leg(contents, leg) for leg in answer.more["given"]],
    }


def list_page(contents: Contents) -> Page:
    """All deals and all releases."""
    deals = [
        {
            "deal": d,
            "path": contents.deal_paths[d.id],
            "relief": [_leg(contents, leg) for leg in contents.ask("deal", id=d.id).more["relief"]],
            "status": "" if d.status == "executed" else code("status", d.status),
            "notes": contents.notes(d.statements),
        }
        for d in list(contents.casebook.deals.values())[::-1]
    ]
    return Page(
        path="deals.html",
        template="deals.html.j2",
        title=say("Deals and releases"),
        context={"deals": deals, "rows": latest_rows(contents)},
    )
