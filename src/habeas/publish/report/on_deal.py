"""The report of a deal: what was given, by word and by act; what was got; what came of it since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from habeas.answers import holds_in_words, the_deal
from habeas.nouns import Case, Release, say, together
from habeas.publish.report.blocks import Block, Cell, Key, Keys, Report
from habeas.publish.report.drawings import counts_chart
from habeas.publish.report.people import people_table
from habeas.publish.report.reporter import Reporter

METHOD = (
    say(
        "Word and act are two things: what was said, and the legal act that did it or did not. A licence lets dealings go "
        "on; it unblocks no property and takes nobody off a list."
    ),
    say(
        "Announced is the number that whoever announced it gave; named are people on lists in this book said to have been "
        "part of it; matched are those of them whom the book knows from another list."
    ),
    say(
        "An indicator says which way a figure points, toward freedom or away from it; no verdict is made of them. Lists "
        "name people months after an arrest, so fewer arrests can be said only of a time that lies far enough back."
    ),
)


def on_deal(reporter: Reporter, identifier: str) -> Report:
    """The report of one deal.

    Raises:
        UsageError: there is no such deal, or the book is not known up to its day.
    """
    contents = reporter.contents
    deal = the_deal(contents.casebook, identifier)
    answer, came = contents.ask("deal", id=deal.id), contents.ask("progress", id=deal.id)
    releases = [contents.casebook.releases[r] for r in deal.releases if r in contents.casebook.releases]
    named = {c: contents.casebook.cases[c] for r in releases for c in r.named if c in contents.casebook.cases}
    blocks: list[Block] = [
        reporter.paragraph(answer.sentence, *deal.statements, look="lead"),
        _keys(reporter, releases),
        *_given(reporter, came.more),
        *_indicators(reporter, came.more["indicators"]),
        *_conditions(reporter, came.more["conditions"]),
        *_stances(reporter, answer.more["stances"]),
        *counts_chart(reporter),
    ]
    if reporter.full:
        blocks += [*_requests(reporter, came.more["requests"]), *_sums(reporter, releases)]
    blocks += _people(reporter, list(named.values()))
    day = reporter.language.when(deal.when)
    kicker = together((say("Deal of {day}", day=day), say("as known on {day}", day=reporter.known)), ", ")
    return reporter.report(kicker, deal.title or deal.id, blocks, METHOD)


def _keys(reporter: Reporter, releases: Sequence[Release]) -> Keys:
    """Announced, named, matched and taken abroad over all releases of the deal; a figure that nobody gives is a dash."""
    answers = [reporter.contents.ask("release", id=r.id) for r in releases]

    def total(kind: str) -> str:
        given = [a.more[kind] for a in answers if a.more[kind] is not None]
        return reporter.language.number(sum(given) if given else None)

    said = [i for r in releases for f in r.figures for i in f.statements]
    held = [a.more["held_now"] for a in answers]
    return Keys(
        keys=(
            Key(figure=total("announced"), label=reporter.text(say("announced as freed")), cites=reporter.cite(said)),
            Key(
                figure=total("named"),
                label=reporter.text(say("of them named in this book")),
                note=reporter.text(say("{number} known from another list", number=total("matched"))),
            ),
            Key(figure=total("crossed"), label=reporter.text(say("taken abroad"))),
            Key(
                figure=reporter.language.number(None if None in held else sum(held)),
                label=reporter.text(say("of the named, held again or still")),
            ),
        )
    )


def _given(reporter: Reporter, more: Mapping[str, Any]) -> list[Block]:
    """What was given in relief and what was got, by word and by act, and whether it is in force."""
    rows = [(_leg(reporter, leg), leg["rests_on"]) for leg in (*more["given"], *more["got"])]
    if not rows:
        return [reporter.heading(say("What was given")), reporter.paragraph(say("No leg of this deal is on record."))]
    heads = (say("Who gave what"), say("Word"), say("Legal act"), say("Does the act do what was said?"))
    return [reporter.heading(say("What was given, by word and by act")), reporter.table(heads, rows, (36, 18, 28, 18))]


def _leg(reporter: Reporter, leg: Mapping[str, Any]) -> tuple[Cell, ...]:
    language = reporter.language
    said = language.code("said", leg["said"]) if leg["said"] else "–"
    act = leg["act"] or reporter.text(say("no legal act on record"))
    effect = language.code("effect", leg["effect"]) if leg["effect"] else ""
    dated = ", ".join(t for t in (language.when_text(leg["act_on"], short=True) if leg["act_on"] else "", effect) if t)
    keeps = {
        "yes": say("yes"),
        "no": say("no, it does less"),
    }.get(leg["act_does_what_was_said"], say("cannot say"))
    force = holds_in_words(leg["in_force"], leg["why"]) if "in_force" in leg else ""
    return (
        Cell(text=f"{leg['giver']}: {leg['what']}", mute=leg["note"] if reporter.full else ""),
        Cell(text=said, mute=language.when_text(leg["said_on"], short=True) if leg["said_on"] else ""),
        Cell(text=act, mute=dated),
        Cell(
            text=reporter.text(keeps),
            mute=reporter.text(force) if force else "",
            mark=leg["act_does_what_was_said"] == "no",
        ),
    )


def _indicators(reporter: Reporter, indicators: Sequence[Mapping[str, Any]]) -> list[Block]:
    rows = [
        (
            (
                Cell(text=reporter.text(i["indicator"]), mute=reporter.text(i["rule"]) if reporter.full else ""),
                Cell(text=reporter.text(i["figure"])),
                Cell(text=reporter.text(i["direction"]), mark=i["direction"] == "away from it"),
            ),
            i["rests_on"],
        )
        for i in indicators
    ]
    heads = (say("Indicator"), say("Figure"), say("Points"))
    return [reporter.heading(say("What came of it since")), reporter.table(heads, rows, (40, 42, 18))]


def _conditions(reporter: Reporter, conditions: Sequence[Mapping[str, Any]]) -> list[Block]:
    if not conditions:
        return []
    rows = [
        (
            (
                Cell(text=c["what"], mute=c["by"]),
                Cell(text=reporter.text(c["kept"]), mute=reporter.text(c["why"]), mark=c["kept"] == "not met"),
            ),
            c["rests_on"],
        )
        for c in conditions
    ]
    heads = (say("Condition, and who states it"), say("Kept?"))
    return [reporter.heading(say("Conditions")), reporter.table(heads, rows, (60, 40), most=4)]


def _stances(reporter: Reporter, stances: Sequence[Mapping[str, Any]]) -> list[Block]:
    """Who says that it was an exchange, and who that it was none."""
    rows = [
        (
            (Cell(text=s["by"]), Cell(text=reporter.language.code("stance", s["stance"])), Cell(text=s["what"])),
            s["rests_on"],
        )
        for s in stances
    ]
    heads = (say("Who"), say("Says it was"), say("In what words"))
    return (
        [reporter.heading(say("Was it an exchange?")), reporter.table(heads, rows, (26, 18, 56), most=3)]
        if rows
        else []
    )


def _requests(reporter: Reporter, requests: Sequence[Mapping[str, Any]]) -> list[Block]:
    number = reporter.language.number
    rows = [
        (
            (
                Cell(text=r["what"], mute=", ".join(t for t in (r["by"], r["of"]) if t)),
                Cell(text=number(r["asked"])),
                Cell(text=number(r["answered"])),
                Cell(text=number(r["released"])),
            ),
            r["rests_on"],
        )
        for r in requests
    ]
    heads = (say("Asked for"), say("Names asked for"), say("Answered"), say("Released"))
    made = reporter.table(heads, rows, (52, 16, 16, 16), right=(1, 2, 3))
    return [reporter.heading(say("Names asked for")), made] if rows else []


def _sums(reporter: Reporter, releases: Sequence[Release]) -> list[Block]:
    """Each breakdown of the announced number added up, with what it leaves unexplained."""
    number = reporter.language.number
    rows = []
    for release in releases:
        for found in reporter.contents.ask("release", id=release.id).more["sums"]:
            parts = "; ".join(f"{number(p['n'])} {p['what']}" for p in found["parts"])
            added = " + ".join(number(p["n"]) for p in found["parts"]) + f" = {number(found['sum'])}"
            left = found["residual"]
            rows.append(
                (
                    (
                        Cell(text=added, mute=parts),
                        Cell(text=number(found["whole"])),
                        Cell(text=number(left), mark=bool(left)),
                    ),
                    found["rests_on"],
                )
            )
    heads = (say("Parts added up"), say("The whole as stated"), say("Not explained"))
    made = reporter.table(heads, rows, (60, 20, 20), right=(1, 2))
    return [reporter.heading(say("Do the parts make up the whole?")), made] if rows else []


def _people(reporter: Reporter, named: Sequence[Case]) -> list[Block]:
    return [reporter.heading(say("People named")), people_table(reporter, named, 4)] if named else []
