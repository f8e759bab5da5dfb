"""Answers as tables for people."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from habeas.nouns import Answer, Casebook, Problem

_SIGNS = {"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "approx": "~ ", "approx_lt": "nearly "}
_TELLS_ALL = ("deals", "progress", "why-changed")  # the table is the working
_LABELS = {"ill_treatment": "ill-treatment, as alleged"}
MOST_SOURCES = 6
MOST_PROBLEMS = 20
MOST_DAYS = 31


def console() -> Console:
    """Standard output; no colour and no markup in names that come from lists."""
    return Console(highlight=False, markup=False, soft_wrap=False)


def table(title: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[object]]) -> None:
    """One table: columns as (heading, `left` or `right`)."""
    grid = Table(
        title=title or None,
        title_justify="left",
        title_style="bold",
        box=SIMPLE_HEAD,
        pad_edge=False,
        show_header=any(h for h, _ in columns),
    )
    for heading, justify in columns:
        grid.add_column(heading, justify="right" if justify == "right" else "left", overflow="fold")
    for row in rows:
        grid.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    if grid.row_count:
        console().print(grid)


def block(head: str | Text, lines: Sequence[str], *, width: int) -> None:
    """Something short in a left column, and beside it a line with, dimmed below it, what there is to say of it."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(width=width)
    grid.add_column(overflow="fold")
    for number, line in enumerate(lines):
        grid.add_row(head if number == 0 else "", Text(line, style="dim" if number else ""))
    console().print(grid)


def figure(count: Mapping[str, Any]) -> str:
    """A published number as it was hedged: `≥ 1,378`."""
    return _SIGNS.get(count["op"], "") + f"{count['n']:,}"


def answer(
    found: Answer,
    casebook: Casebook[Any],
    *,
    people: bool,
    statements: bool,
    tell: Callable[[Answer, bool], None] | None = None,
) -> None:
    """An answer: its sentence, its tables (`tell`, or those of here), the working, and what it rests on."""
    as_of = found.question.as_of
    known = "everything on record" if as_of.known is None else f"as {as_of.known_by.value} by {as_of.known:%Y-%m-%d}"
    console().print(Text(found.sentence, style="bold"))
    console().print(Text(f"on {as_of.on}; {known}; record {casebook.head}\n", style="dim"))
    shown = tell or _TABLES.get(found.question.ask)
    if shown is not None:
        shown(found, people)
    if found.question.ask not in _TELLS_ALL:
        columns = [("step", "left"), ("result", "left"), ("statements", "right")]
        table("Working", columns, [(s.what, s.result, len(s.rests_on) or "") for s in found.steps])
    _rests(found, casebook, statements=statements)


def _rests(found: Answer, casebook: Casebook[Any], *, statements: bool) -> None:
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
        table(
            "Statements",
            [(h, "left") for h in ("id", "subject", "property", "value", "published", "source", "place")],
            rows,
        )
        return
    console().print(
        Text(f"Rests on {len(found.rests_on):,} statements from {len(sources):,} sources (--statements lists them):")
    )
    for source in sources[:MOST_SOURCES]:
        who = source.publisher or source.title
        said = f"{who}: {source.url}" if who and source.url else who or source.url or source.id
        console().print(Text(f"  {said}", style="dim"), soft_wrap=True)
    if len(sources) > MOST_SOURCES:
        console().print(Text(f"  and {len(sources) - MOST_SOURCES:,} more", style="dim"))


def _inside(found: Answer, people: bool) -> None:
    more = found.more
    table(
        "",
        [("", "left"), ("certainly", "right"), ("best", "right"), ("possibly", "right")],
        [("documented by name here", *(("—",) * 3 if found.value is None else (found.low, found.value, found.high)))],
    )
    rows: list[tuple[object, ...]] = [("inside, in all", more["inside"], more["coverage"])]
    rows += [(f"published by {c['by']}, {c['on']}", figure(c), c["definition"] or c["note"]) for c in more["published"]]
    table("", [("", "left"), ("number", "right"), ("", "left")], rows)
    if "facet" in more:
        shown = [(r["value"].replace("_", " "), r["low"], r["best"], r["high"]) for r in more["facet"]]
        heads = [(f"by {more['by']}", "left"), ("certainly", "right"), ("best", "right"), ("possibly", "right")]
        table("Of the people documented by name", heads, shown)
    table("Why the bounds are apart", [("reason", "left"), ("people", "right")], list(more["doubts"].items()))
    if people:
        who = [(p["name"], p["case"], p["level"], p["since"], p["reason"]) for p in more["people"]]
        table("People", [(h, "left") for h in ("name", "case", "in custody", "since", "reason")], who)
    else:
        click.echo(f"{len(more['people'])} people: --people lists them\n")


def _days(days: Mapping[str, Any] | None) -> str:
    if days is None:
        return "cannot say"
    if days["low"] == days["high"]:
        return f"{days['low']:,}"
    return f"at least {days['low']:,}" if days["high"] is None else f"{days['low']:,}–{days['high']:,}"


def _value(value: Mapping[str, Any] | None) -> str:
    if value is None:
        return "not on record"
    against = "".join(f"; against {a['value']}" for a in value["against"])
    shown = str(value["value"]).removeprefix("release:").replace("_", " ")
    return shown + against + (f" ({value['reason']})" if against else "")


def _duration(text: str) -> str:
    """ISO 8601 durations in a text as people say them: `P5Y9M` is `5y 9m`."""
    return re.sub(r"\bP((?:\d+[YMWD])+)", lambda m: re.sub(r"(?<=[YMWD])(?=\d)", " ", m[1]).lower(), text)


def _case(found: Answer, people: bool) -> None:  # noqa: ARG001
    more = found.more
    names: dict[str, str] = {}
    for name in more["names"]:
        names.setdefault(name["name"], name["lang"] or "")
    table("Names as printed", [("name", "left"), ("language", "left")], list(names.items()))
    rows = [
        (
            number,
            _value(s["start"]),
            _value(s["end"]),
            _value(s["exit_kind"]) if s["end"] else "",
            _duration(_value(s["sentence"])) if s["sentence"] else "",
            _days(s["days"]) + ("" if s["end"] else " so far" if s["days"] else ""),
        )
        for number, s in enumerate(more["spells"], start=1)
    ]
    columns = [
        ("spell", "right"),
        ("detained", "left"),
        ("out", "left"),
        ("how", "left"),
        ("term", "left"),
        ("days", "right"),
    ]
    table("In custody", columns, rows)
    attributes = [
        (_LABELS.get(p, p.replace("_", " ")), "; ".join(_value(v) for v in values))
        for p, values in more["attributes"].items()
    ]
    table("On record", [("", "left"), ("", "left")], attributes)


def _flows(found: Answer, people: bool) -> None:  # noqa: ARG001
    rows = []
    for r in found.more["periods"]:
        exits = ", ".join(f"{k.replace('_', ' ')} {n}" for k, n in r["exits"].items())
        if r["arrests"] or r["recognised"] or r["out"] or r["residual"]:
            rows.append(
                (
                    r["period"] + ("" if r["settled"] else " *"),
                    r["arrests"],
                    r["recognised"],
                    r["out"],
                    exits,
                    r["stock_after"],
                    f"{r['residual']:+d}",
                )
            )
    columns = [("period", "left"), ("arrests", "right"), ("recognised", "right"), ("out", "right"), ("of whom", "left")]
    columns += [("documented", "right"), ("residual", "right")]
    table("Documented by name here (a sample)", columns, rows)
    more = found.more
    if not all(r["settled"] for r in more["periods"]):
        click.echo("* not settled: lists still name people arrested then, so fewer arrests cannot be said\n")
    ratio, turnover, again = more["release_to_admission"], more["turnover"], more["rearrests"]
    table(
        "Over the whole time",
        [("", "left"), ("", "right"), ("", "left")],
        [
            (
                "exits for each arrest",
                "cannot say" if ratio is None else f"{ratio:.4f}",
                f"{more['out']:,} to {more['arrests']:,}",
            ),
            (
                "turnover",
                "cannot say" if turnover is None else f"{turnover:.2f}",
                "exits over the mean number documented",
            ),
            (
                f"taken again within {again['within_days']} days",
                f"{again['again']:,}",
                f"of {again['out']:,} exits known to the day",
            ),
        ],
    )


def _series(found: Answer, people: bool) -> None:  # noqa: ARG001
    days = found.more["days"]
    # Where there are many, the last day of each month.
    many = len(days) > MOST_DAYS
    shown = [
        d
        for d, after in zip(days, [*days[1:], None], strict=True)
        if after is None or not many or d["on"][:7] != after["on"][:7]
    ]
    rows = [
        (d["on"], *("—" if d[k] is None else f"{d[k]:,}" for k in ("low", "best", "high")), d["lists"]) for d in shown
    ]
    columns = [("on", "left"), ("certainly", "right"), ("best", "right"), ("possibly", "right"), ("lists", "right")]
    table("Documented by name here as in custody (a sample)", columns, rows)
    if many:
        click.echo(f"{len(days):,} days: --json has each\n")
    if "lists" in found.more:
        told = [(one, [n for n in one["best"] if n is not None]) for one in found.more["lists"]]
        own = [(one["title"] or one["list"], one["entries"], max(n), n[-1]) for one, n in told if any(n)]
        headings = ("list", "entries", "most on a day", "on its last day")
        table(
            "Each list's own entries in custody, by their preferred dates",
            [(h, "left" if h == "list" else "right") for h in headings],
            own,
        )
        click.echo(f"{len(told) - len(own)} other lists date nobody's custody in these days and their own window\n")


def _release(found: Answer, people: bool) -> None:
    more = found.more
    funnel = [
        (k, "not on record" if more[k] is None else f"{more[k]:,}")
        for k in ("announced", "named", "matched", "crossed", "stayed", "refused", "disputed")
    ]
    funnel.append((f"of the named, held on {found.question.as_of.on}", str(more["held_now"])))
    table("", [("", "left"), ("people", "right")], funnel)
    if people:
        rows = [(p["name"], p["case"], p["in_custody"], p["reason"]) for p in more["people"]]
        table(
            "Named", [(h, "left") for h in ("name", "case", f"in custody on {found.question.as_of.on}", "reason")], rows
        )


def _deals(found: Answer, people: bool) -> None:  # noqa: ARG001
    rows = [
        (
            d["deal"],
            d["title"],
            d["status"].replace("_", " "),
            "—" if d["announced"] is None else f"{d['announced']:,}",
            d["named"],
            "; ".join(f"{leg['effect'] or leg['said']} {leg['act_on'] or leg['said_on']}" for leg in d["relief"])
            or "no relief on record",
        )
        for d in found.more["deals"]
    ]
    columns = [
        ("deal", "left"),
        ("", "left"),
        ("status", "left"),
        ("announced", "right"),
        ("named", "right"),
        ("relief", "left"),
    ]
    table("Deals", columns, rows)


def _leg(leg: Mapping[str, Any]) -> list[str]:
    """A leg's word, its act, and what lies between them."""
    lines = []
    if leg["said"] not in ("", "none"):
        lines.append(f"word: {leg['said']} {leg['said_on']}".strip())
    if leg["act"]:
        lines.append(f"legal act: {leg['act_on']} {leg['act']}".strip())
    if leg["effect"]:
        later = f", {leg['days_between']} days after the word" if leg["days_between"] not in ("", "0") else ""
        lines.append(f"effect: {leg['effect']}{later}")
    if leg["act_does_what_was_said"] == "no":
        lines.append("the act does less than was said")
    return lines


def _deal(found: Answer, people: bool) -> None:
    more = found.more
    console().print(Text("Who gave what, by word and by legal act", style="bold"))
    for leg in more["legs"]:
        block(leg["giver"] or "a party", [leg["what"], *_leg(leg)], width=16)
    click.echo()
    table(
        "Conditions as stated",
        [("condition", "left"), ("by", "left")],
        [(c["what"], c["by"]) for c in more["conditions"]],
    )
    table(
        "Was it an exchange?",
        [("", "left"), ("by", "left"), ("says", "left")],
        [(s["stance"], s["by"], s["what"]) for s in more["stances"]],
    )
    if people:
        table("Named", [("name", "left"), ("case", "left")], [(p["name"], p["case"]) for p in more["people"]])


def _reconcile(found: Answer, people: bool) -> None:
    more = found.more
    if not people or "list" not in more:
        return
    table(
        "Only on the list",
        [(h, "left") for h in ("name", "case", "in custody", "why")],
        [(p["name"], p["case"], p["in_custody"], p["why"]) for p in more["only_on_the_list"]],
    )
    table(
        "Only in our reading",
        [(h, "left") for h in ("name", "case", "why", "named by")],
        [(p["name"], p["case"], p["why"], "; ".join(p["named_by"])) for p in more["only_in_our_reading"]],
    )


def _progress(found: Answer, people: bool) -> None:
    more = found.more
    since = f"Since {more['since']}, by {found.question.as_of.on}; which way each figure points, by its rule"
    table(
        since,
        [("indicator", "left"), ("figure", "left"), ("points", "left")],
        [(i["indicator"], i["figure"], i["direction"]) for i in more["indicators"]],
    )
    table(
        "Conditions as stated",
        [("condition", "left"), ("by", "left"), ("kept", "left"), ("why", "left")],
        [(c["what"], c["by"], c["kept"], c["why"]) for c in more["conditions"]],
    )
    table(
        "Names asked for",
        [
            ("", "left"),
            ("by", "left"),
            ("of", "left"),
            ("asked", "right"),
            ("answered", "right"),
            ("released", "right"),
        ],
        [(q["what"], q["by"], q["of"], q["asked"], q["answered"], q["released"]) for q in more["requests"]],
    )
    table(
        "Relief given",
        [("what", "left"), ("by", "left"), ("word", "left"), ("act", "left"), ("in force", "left"), ("", "left")],
        [
            (
                g["what"],
                g["giver"],
                f"{g['said']} {g['said_on']}".strip(),
                f"{g['effect']} {g['act_on']}".strip(),
                g["in_force"],
                g["why"],
            )
            for g in more["given"]
        ],
    )
    if people:
        table("Named", [("name", "left"), ("case", "left")], [(p["name"], p["case"]) for p in more["people"]])


def _why_changed(found: Answer, people: bool) -> None:
    rows = [
        (r["reason"], r["what"], f"+{r['more']}" if r["more"] else "", f"−{r['fewer']}" if r["fewer"] else "")
        for r in found.more["reasons"]
    ]
    table("", [("reason", "left"), ("", "left"), ("more", "right"), ("fewer", "right")], rows)
    if people:
        who = [
            (p["name"], p["case"], r["reason"], p["was"].replace("_", " "), p["is"].replace("_", " "))
            for r in found.more["reasons"]
            for p in r["people"]
        ]
        table("People", [(h, "left") for h in ("name", "case", "reason", "was", "is")], who)


_TABLES: Mapping[str, Callable[[Answer, bool], None]] = {
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


def in_plain(inputs: Sequence[str]) -> None:
    """Inputs of a book with a passphrase that hold what the public may not see, and are not sealed."""
    if inputs:
        click.echo(f"not sealed, and not all for the public: {', '.join(inputs)}", err=True)
        click.echo("  `habeas lock --inputs` seals them; `habeas unlock FILE` gives one back to work on", err=True)


def problems(
    found: Sequence[Problem], *, most: int = MOST_PROBLEMS, rest: str = "habeas read --preview --all lists them"
) -> None:
    """Problems in the data, on standard error, the first of them in full; `rest` says where to find the others."""
    if not found:
        return
    said = "1 problem" if len(found) == 1 else f"{len(found)} problems"
    click.echo(f"{said} in the data; each says what became of the value:", err=True)
    for problem in found[:most]:
        click.echo(f"  {problem}", err=True)
    if len(found) > most:
        click.echo(f"  and {len(found) - most} more: {rest}", err=True)
