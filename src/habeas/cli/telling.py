"""Answers as tables for people, in the language asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from habeas.answers import holds_in_words
from habeas.answers.coverage import dated
from habeas.answers.query import query
from habeas.answers.shapes import added
from habeas.answers.shapes.common import Count
from habeas.answers.shapes.people import CaseAnswer, DaysShape, Inside, SpellShape, ValueShape
from habeas.answers.shapes.trade import ReleaseAnswer
from habeas.answers.words import word
from habeas.cli.show import Page, figure
from habeas.nouns import Answer, Casebook, Phrase, only, say, say_count, together

Tell = Callable[[Page, Answer, bool], None]

_TELLS_ALL = ("deals", "progress", "why-changed")  # the table is the working
MOST_SOURCES = 6
MOST_DAYS = 31


def answer(
    found: Answer,
    casebook: Casebook[Any],
    *,
    people: bool,
    statements: bool,
    tell: Tell | None = None,
    page: Page,
) -> None:
    """An answer: its sentence, how to ask it again, its tables (`tell`, or those of here), the working, and its sources."""
    as_of = found.question.as_of
    known = (
        say("everything on record")
        if as_of.known is None
        else say("as {clock} by {day}", clock=word(as_of.known_by.value), day=as_of.known.date())
    )
    page.line(found.sentence, "bold")
    page.line(say("on {day}; {known}; record {head}", day=as_of.on, known=known, head=casebook.head), "dim")
    page.line(say("ask again: {query}\n", query=query(found, casebook)), "dim", wrap=False)
    shown = tell or _TABLES.get(found.question.ask)
    if shown is not None:
        shown(page, found, people)
    if found.question.ask not in _TELLS_ALL:
        columns = [(say("step"), "left"), (say("result"), "left"), (say("statements"), "right")]
        page.table(say("Working"), columns, [(s.what, s.result, len(s.rests_on) or "") for s in found.steps])
    _rests(page, found, casebook, statements=statements)


def _rests(page: Page, found: Answer, casebook: Casebook[Any], *, statements: bool) -> None:
    sources = casebook.sources_of(found.rests_on)
    if statements:
        rows = []
        for identifier in found.rests_on:
            s = casebook.statements.get(identifier)
            if s is not None:
                source = casebook.sources.get(s.source)
                rows.append(
                    (s.id, s.subject, s.prop, s.value, s.published, source.url if source else s.source, s.place)
                )
        headings = ("id", say("subject"), say("property"), say("value"), say("published"), say("source"), say("place"))
        page.table(say("Statements"), [(h, "left") for h in headings], rows)
        return
    page.line(
        say(
            "Rests on {statements} from {sources} (--statements lists them):",
            statements=say_count("{n} statement", "{n} statements", len(found.rests_on)),
            sources=say_count("{n} source", "{n} sources", len(sources)),
        )
    )
    for source in sources[:MOST_SOURCES]:
        who = source.publisher or source.title
        said = f"{who}: {source.url}" if who and source.url else who or source.url or source.id
        page.line(f"  {said}", "dim", wrap=False)
    if len(sources) > MOST_SOURCES:
        page.line(say("  and {n} more", n=len(sources) - MOST_SOURCES), "dim")


def lefts(*headings: str) -> list[tuple[str, str]]:
    """Columns of text."""
    return [(h, "left") for h in headings]


def rights(*headings: str) -> list[tuple[str, str]]:
    """Columns of figures."""
    return [(h, "right") for h in headings]


def given(part: Any, otherwise: str, spec: str = "") -> str:
    """A figure where there is one, else what is said instead."""
    return otherwise if part is None else only(part, spec)


def and_more(n: int) -> Phrase:
    """That groups are left out, and how to see them."""
    return say_count("and {n:d} more group: --people lists them\n", "and {n:d} more groups: --people lists them\n", n)


def _published(c: Count) -> tuple[object, ...]:
    return say("published by {who}, {on}", who=c["by"], on=dated(c["on"])), figure(c), c["definition"] or c["note"]


def _inside(page: Page, found: Answer, people: bool) -> None:
    more = added(found, Inside)
    bounds = rights(say("certainly"), say("best"), say("possibly"))
    figures = (("—",) * 3) if found.value is None else (found.low, found.value, found.high)
    page.table("", [("", "left"), *bounds], [(say("documented by name here"), *figures)])
    rows: list[tuple[object, ...]] = [(say("inside, in all"), more["inside"], more["coverage"])]
    rows += [_published(c) for c in more["published"]]
    page.table("", [("", "left"), (say("number"), "right"), ("", "left")], rows)
    if "facet" in more:
        shown = [
            (word(r["value"]) if _plain(r["value"]) else r["value"], r["low"], r["best"], r["high"])
            for r in more["facet"]
        ]
        heading = say("by {facet}", facet=word(more["by"]))
        page.table(say("Of the people documented by name"), [(heading, "left"), *bounds], shown)
    standing = [(r["words"], word(r["level"]), r["people"]) for r in more["states"]]
    columns = [*lefts(say("state"), say("counts as")), *rights(say("people"))]
    page.table(say("How everybody on record stands"), columns, standing)
    columns = [(say("reason"), "left"), (say("people"), "right")]
    page.table(say("Why the bounds are apart"), columns, list(more["doubts"].items()))
    if people:
        who = [(p["name"], p["case"], word(p["level"]), p["state"]["words"], p["reason"]) for p in more["people"]]
        headings = (say("name"), say("case"), say("in custody"), say("stands"), say("reason"))
        page.table(say("People"), lefts(*headings), who)
    else:
        page.line(
            say_count("{n:d} person: --people lists them\n", "{n:d} people: --people lists them\n", len(more["people"]))
        )


def _plain(text: str) -> bool:
    return not isinstance(text, Phrase)


def _dated(text: str | None) -> object:
    return None if text is None else dated(text)


def _days(days: DaysShape | None) -> Phrase:
    if days is None:
        return say("cannot say")
    if days["low"] == days["high"]:
        return only(days["low"])
    if days["high"] is None:
        return say("at least {number}", number=days["low"])
    return say("{low}–{high}", low=days["low"], high=days["high"])


def _value(value: ValueShape | None) -> str:
    if value is None:
        return say("not on record")
    shown = _one(value["value"])
    against = [say("against {value}", value=_one(a["value"])) for a in value["against"]]
    if not against:
        return shown
    return say("{value} ({reason})", value=together([shown, *against], "; "), reason=value["reason"])


def _one(text: Any) -> Phrase:
    """A value of the record: a date as the language writes it, a code as a word, else as it stands."""
    plain = str(text).removeprefix("release:")
    when = dated(plain)
    return word(plain) if isinstance(when, str) else only(when)


def _term(page: Page, value: ValueShape | None) -> str:
    return "" if value is None else page.durations(page.text(_value(value)))


def _so_far(s: SpellShape) -> Phrase:
    days = _days(s["days"])
    return days if s["end"] or not s["days"] else say("{days} so far", days=days)


def _case(page: Page, found: Answer, people: bool) -> None:  # noqa: ARG001
    more = added(found, CaseAnswer)
    names: dict[str, str] = {}
    for name in more["names"]:
        names.setdefault(name["name"], name["lang"] or "")
    page.table(say("Names as printed"), lefts(say("name"), say("language")), list(names.items()))
    rows = [
        (
            number,
            _value(s["start"]),
            _value(s["end"]),
            _value(s["exit_kind"]) if s["end"] else "",
            _term(page, s["sentence"]),
            _so_far(s),
        )
        for number, s in enumerate(more["spells"], start=1)
    ]
    columns = [
        *rights(say("spell")),
        *lefts(say("detained"), say("out"), say("how"), say("term")),
        *rights(say("days")),
    ]
    page.table(say("In custody"), columns, rows)
    for number, s in enumerate(more["spells"], start=1):
        title = say("Of this time in custody") if len(rows) == 1 else say("Of spell {number}", number=number)
        page.table(title, lefts("", ""), _facts(page, s["facts"]))
    page.table(say("On record"), lefts("", ""), _facts(page, more["attributes"]))


def _facts(page: Page, facts: Mapping[str, list[ValueShape]]) -> list[tuple[object, ...]]:
    return [
        (
            say("ill-treatment, as alleged") if p == "ill_treatment" else word(p),
            page.code(p, values[0]["value"])
            if p in ("regime", "sex") and len(values) == 1 and not values[0]["against"]
            else together(map(_value, values), "; "),
        )
        for p, values in facts.items()
    ]


def _flows(page: Page, found: Answer, people: bool) -> None:  # noqa: ARG001
    more, rows = found.more, []
    for r in more["periods"]:
        exits = together([say("{way} {n:d}", way=word(k), n=n) for k, n in r["exits"].items()], ", ")
        if r["arrests"] or r["recognised"] or r["out"] or r["residual"]:
            rows.append(
                (
                    r["period"] + ("" if r["settled"] else " *"),
                    r["arrests"],
                    r["recognised"],
                    r["out"],
                    exits,
                    given(r["stock_after"], "—"),
                    given(r["residual"], "—", "+d"),
                )
            )
    columns = [*lefts(say("period")), *rights(say("arrests"), say("recognised"), say("out")), *lefts(say("of whom"))]
    columns += rights(say("documented"), say("residual"))
    page.table(say("Documented by name here (a sample)"), columns, rows)
    if not all(r["settled"] for r in more["periods"]):
        page.line(
            say("* not settled: lists still name people arrested then, so fewer arrests cannot be said\n"), wrap=False
        )
    ratio, turnover, again = more["release_to_admission"], more["turnover"], more["rearrests"]
    cannot = say("cannot say")
    page.table(
        say("Over the whole time"),
        [("", "left"), ("", "right"), ("", "left")],
        [
            (
                say("exits for each arrest"),
                given(ratio, cannot, ".4f"),
                say("{out} to {arrests}", out=more["out"], arrests=more["arrests"]),
            ),
            (say("turnover"), given(turnover, cannot, ".2f"), say("exits over the mean number documented")),
            (
                say_count("taken again within {n:d} day", "taken again within {n:d} days", again["within_days"]),
                only(again["again"]),
                say_count("of {n} exit known to the day", "of {n} exits known to the day", again["out"]),
            ),
        ],
    )


def _series(page: Page, found: Answer, people: bool) -> None:  # noqa: ARG001
    days = found.more["days"]
    # Where there are many, the last day of each month.
    many = len(days) > MOST_DAYS
    shown = [
        d
        for d, after in zip(days, [*days[1:], None], strict=True)
        if after is None or not many or d["on"][:7] != after["on"][:7]
    ]
    rows = [(_dated(d["on"]), *(given(d[k], "—") for k in ("low", "best", "high")), d["lists"]) for d in shown]
    columns = [*lefts(say("on")), *rights(say("certainly"), say("best"), say("possibly"), say("lists"))]
    page.table(say("Documented by name here as in custody (a sample)"), columns, rows)
    if many:
        page.line(say_count("{n} day: --json has each\n", "{n} days: --json has each\n", len(days)))
    if "lists" in found.more:
        told = [(one, [n for n in one["best"] if n is not None]) for one in found.more["lists"]]
        own = [(one["title"] or one["list"], one["entries"], max(n), n[-1]) for one, n in told if any(n)]
        columns = [*lefts(say("list")), *rights(say("entries"), say("most on a day"), say("on its last day"))]
        page.table(say("Each list's own entries in custody, by their preferred dates"), columns, own)
        page.line(
            say_count(
                "{n:d} other list dates nobody's custody in these days and its own window\n",
                "{n:d} other lists date nobody's custody in these days and their own window\n",
                len(told) - len(own),
            ),
            wrap=False,
        )


_FUNNEL: Final = ("announced", "named", "matched", "crossed", "stayed", "refused", "disputed")
_CALLED: Final = {"crossed": say("taken abroad")}


def _release(page: Page, found: Answer, people: bool) -> None:
    more, day = added(found, ReleaseAnswer), found.question.as_of.on
    funnel: list[tuple[object, object]] = [
        (_CALLED.get(k, word(k)), given(more[k], say("not on record"))) for k in _FUNNEL
    ]
    funnel.append((say("of the named, held on {day}", day=day), given(more["held_now"], say("cannot say"))))
    page.table("", [("", "left"), (say("people"), "right")], funnel)
    if people:
        rows = [(p["name"], p["case"], p["state"]["words"], p["reason"]) for p in more["people"]]
        held = say("in custody on {day}", day=day)
        page.table(say("Named"), lefts(say("name"), say("case"), held, say("reason")), rows)
        rows = [(p["name"], p["case"], word(p["in_custody"]), p["disputed"]) for p in more["people_disputed"]]
        page.table(say("Named by some, not taken so"), lefts(say("name"), say("case"), held, say("reason")), rows)


def _deals(page: Page, found: Answer, people: bool) -> None:  # noqa: ARG001
    rows = [
        (
            d["deal"],
            d["title"],
            word(d["status"]),
            given(d["announced"], "—"),
            d["named"],
            together(map(_given, d["relief"]), "; ") if d["relief"] else say("no relief on record"),
        )
        for d in found.more["deals"]
    ]
    columns = [*lefts(say("deal"), "", say("status")), *rights(say("announced"), say("named")), *lefts(say("relief"))]
    page.table(say("Deals"), columns, rows)


def _given(leg: Mapping[str, Any]) -> Phrase:
    return together([word(leg["effect"] or leg["said"]), only(dated(leg["act_on"] or leg["said_on"]))])


def _leg(leg: Mapping[str, Any]) -> Iterable[str]:
    """A leg's word, its act, and what lies between them."""
    if leg["said"] not in ("", "none"):
        yield together([say("word: {word}", word=word(leg["said"])), only(dated(leg["said_on"]))])
    if leg["act"]:
        yield say("legal act: {act}", act=together([only(dated(leg["act_on"])), only(leg["act"])]))
    if leg["effect"]:
        between = str(leg["days_between"])
        effect = say("effect: {effect}", effect=word(leg["effect"]))
        plain = between.replace(",", "")
        if between in ("", "0"):
            yield effect
        elif plain.isdigit():
            later = say_count("{n} day after the word", "{n} days after the word", int(plain))
            yield together([effect, later], ", ")
        else:
            yield together([effect, say("{number} days after the word", number=between)], ", ")
    if leg["act_does_what_was_said"] == "no":
        yield say("the act does less than was said")


def _party(name: str) -> str:
    """Whoever gave or said something: a state as the reader's language calls it."""
    return say("{who:party}", who=name) if name else ""


def _deal(page: Page, found: Answer, people: bool) -> None:
    more = found.more
    page.line(say("Who gave what, by word and by legal act"), "bold")
    relief = {tuple(given["rests_on"]): given for given in more["relief"]}
    for leg in more["legs"]:
        now = relief.get(tuple(leg["rests_on"]))
        told = [leg["what"], *_leg(leg), *([] if now is None else [holds_in_words(now["in_force"], now["why"])])]
        page.block(_party(leg["giver"]) or say("a party"), told, width=16)
    page.line("")
    page.table(
        say("Conditions as stated"),
        lefts(say("condition"), say("by")),
        [(c["what"], _party(c["by"])) for c in more["conditions"]],
    )
    page.table(
        say("Was it an exchange?"),
        lefts("", say("by"), say("says")),
        [(word(s["stance"]), _party(s["by"]), s["what"]) for s in more["stances"]],
    )
    if people:
        _named(page, found)


def _named(page: Page, found: Answer) -> None:
    page.table(say("Named"), lefts(say("name"), say("case")), [(p["name"], p["case"]) for p in found.more["people"]])


def _reconcile(page: Page, found: Answer, people: bool) -> None:
    more = found.more
    if not people or "list" not in more or more["refused"] is not None:
        return
    page.table(
        say("Only on the list"),
        lefts(say("name"), say("case"), say("stands"), say("why")),
        [(p["name"], p["case"], p["state"]["words"], p["why"]) for p in more["only_on_the_list"]],
    )
    page.table(
        say("Only in our reading"),
        lefts(say("name"), say("case"), say("why"), say("named by")),
        [(p["name"], p["case"], p["why"], "; ".join(p["named_by"])) for p in more["only_in_our_reading"]],
    )


def _progress(page: Page, found: Answer, people: bool) -> None:
    more = found.more
    since = say(
        "Since {first}, by {day}; which way each figure points, by its rule",
        first=dated(more["since"]),
        day=found.question.as_of.on,
    )
    page.table(
        since,
        lefts(say("indicator"), say("figure"), say("points")),
        [(i["indicator"], i["figure"], i["direction"]) for i in more["indicators"]],
    )
    page.table(
        say("Conditions as stated"),
        lefts(say("condition"), say("by"), say("kept"), say("why")),
        [(c["what"], _party(c["by"]), c["kept"], c["why"]) for c in more["conditions"]],
    )
    page.table(
        say("Names asked for"),
        [*lefts("", say("by"), say("of")), *rights(say("asked"), say("answered"), say("released"))],
        [(q["what"], q["by"], q["of"], q["asked"], q["answered"], q["released"]) for q in more["requests"]],
    )
    page.table(
        say("Relief given"),
        lefts(say("what"), say("by"), say("word"), say("act"), say("in force"), ""),
        [
            (
                g["what"],
                g["giver"],
                together([word(g["said"]), only(dated(g["said_on"]))]),
                together([word(g["effect"]), only(dated(g["act_on"]))]),
                g["in_force"],
                g["why"],
            )
            for g in more["given"]
        ],
    )
    if people:
        _named(page, found)


def _why_changed(page: Page, found: Answer, people: bool) -> None:
    rows = [
        (
            r["reason"],
            r["what"],
            say("+{n:d}", n=r["more"]) if r["more"] else "",
            say("−{n:d}", n=r["fewer"]) if r["fewer"] else "",
        )
        for r in found.more["reasons"]
    ]
    page.table("", [*lefts(say("reason"), ""), *rights(say("more"), say("fewer"))], rows)
    if people:
        who = [
            (p["name"], p["case"], r["reason"], word(p["was"]), word(p["is"]))
            for r in found.more["reasons"]
            for p in r["people"]
        ]
        page.table(say("People"), lefts(say("name"), say("case"), say("reason"), say("was"), say("is")), who)


_TABLES: Mapping[str, Tell] = {
    "inside": _inside,
    "case": _case,
    "flows": _flows,
    "series": _series,
    "release": _release,
    "deals": _deals,
    "deal": _deal,
    "progress": _progress,
    "reconcile": _reconcile,
    "why-changed": _why_changed,
}
