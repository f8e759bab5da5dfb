"""Seconds of each question on a book of 100,000 made-up cases, every time with other arguments: the limit is 1 s each.

usage: answers.py [CASES] [--only QUESTION ...] [--rounds N] [--hashes FILE]

The book is made of statements by the real fold: names and lists of `people.py`, exact and imprecise dates, competing sources,
several spells, releases, deals, officials, published counts, unsure pairs. *First* is the first time a question of that
kind is asked in the process, *later* the median of the times after it and *worst* the longest of them: no two of them ask
the same. Times are of the processor, which no neighbour changes; *wall* is the median of the later ones by the clock.
`--hashes` writes a digest of every answer, to be held against those of another version.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import itertools
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
# Linear algebra in one thread: others would wait for each other by spinning, and neighbours would be counted as work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from people import STYLES, people

from habeas.answers import as_json, ask
from habeas.cases import fold
from habeas.dates import AsOf, Clock
from habeas.errors import UsageError
from habeas.nouns import Book, Casebook, Links, Pair, Person, Question, Same, Statement, Team, View, Visibility

LIMIT = 1.0
FIRST, LAST = date(2020, 8, 1), date(2025, 12, 31)
BEFORE = datetime(2024, 6, 30, tzinfo=UTC)  # the earlier state of knowledge of `why-changed`
RELEASES, DEALS, OFFICIALS = 24, 8, 400
ARTICLES = ("342", "368", "369", "361", "130", "364", "293", "370")
OCCUPATIONS = ("worker", "student", "journalist", "lawyer", "physician", "teacher", "engineer", "driver")
KINDS = ("term_served", "pardoned", "amnestied", "expelled", "early_release", "released")


@dataclass
class Sources:
    """Statements in the order in which they are said, each with the day on which it was recorded."""

    said: list[Statement]

    def say(self, subject: str, source: str, when: date, published: str | None = None, **values: Any) -> None:
        for prop, told in values.items():
            for value in told if isinstance(told, (list, tuple)) else [told]:
                if value is not None:
                    number = len(self.said) + 1
                    self.said.append(
                        Statement(
                            subject=subject, prop=prop.rstrip("_"), value=value, source=source, published=published,
                            visibility=Visibility.PUBLIC, id=f"s{number}", seq=number,
                            recorded=datetime(when.year, when.month, when.day, tzinfo=UTC), recorder="bench",
                        )
                    )  # fmt: skip


def vaguely(day: date, chance: random.Random) -> str:
    """A day as lists write it: three of four exactly, else a month, about a month, a year, a bound or a range."""
    forms = (f"{day}", f"{day:%Y-%m}", f"{day:%Y-%m}~", f"{day:%Y}", f"../{day}", f"{day}/{day + timedelta(days=20)}")
    return chance.choices(forms, (75, 12, 4, 3, 3, 3))[0]


def lists(book: Sources) -> None:
    """Six lists that name people, two of them after others, and one of people who came out for each release."""
    means = ("recognised", "held", "named", "recognised", "held", "named")
    for number, (style, what) in enumerate(zip(STYLES, means, strict=True)):
        begins = FIRST if number < 4 else date(2021, 6, 1)
        book.say(f"list:{style}", f"list:{style}", FIRST, publisher=f"publisher {number}", title=f"List {style}",
                 url=f"https://example.org/{style}", means=what, covers_period=f"{begins}/{LAST}", published=f"{LAST}",
                 based_on="ru_full" if style == "wd" else None)  # fmt: skip


def deals(book: Sources, names: Sequence[str]) -> list[tuple[str, date]]:
    """Releases, every third of them in a deal; the acts that list officials; and what others counted."""
    found = []
    for number in range(RELEASES):
        day = FIRST + timedelta(days=180 + 75 * number)
        one = f"BY-{day}"
        found.append((one, day))
        book.say(
            f"release:{one}", "source:1", day, country="BY", date=f"{day}", title=f"Release {number}", kind="pardon"
        )
        for at, (kind, n) in enumerate((("announced", 300), ("crossed", 80), ("political", 200))):
            book.say(f"figure:{one}-{at}", "source:1", day, release=f"release:{one}", figure=kind, n=str(n + number))
        book.say(f"list:out-{number}", f"list:out-{number}", day, publisher="publisher 7", title=f"Out {number}",
                 means="released", covers_period=f"{day}", published=f"{day + timedelta(days=2)}")  # fmt: skip
        if number % (RELEASES // DEALS) == 0:
            book.say(f"deal:{one}", "source:1", day, country="BY", date=f"{day}", title=f"Deal {number}",
                     release=f"release:{one}", broker="a mediator")  # fmt: skip
            book.say(f"leg:{one}-1", "source:2", day, deal=f"deal:{one}", giver="X", side="relief", what="fertiliser",
                     said_on=f"{day}", said="lifted", act_on=f"{day + timedelta(days=40)}", act="licence 1", effect="licensed")  # fmt: skip
            for test in ("all_released", "no_new_arrests", "no_expulsion"):
                book.say(f"condition:{one}-{test}", "source:2", day, deal=f"deal:{one}", what=test, test=test)
            book.say(
                f"stance:{one}-1", "source:3", day, deal=f"deal:{one}", stance="for", by="a mediator", what="so it is"
            )
            book.say(f"request:{one}-1", "source:3", day, deal=f"deal:{one}", date=f"{day}", asked="40", released="12")
    for number, name in enumerate(names[: OFFICIALS // 4]):
        day = FIRST + timedelta(days=15 * number)
        book.say(f"measure:m{number}", "source:4", day, date=f"{day}", authority="EU", name=name, target="a judge",
                 action="delisted" if number % 5 == 0 else "imposed")  # fmt: skip
    for number in range(64):
        day = FIRST + timedelta(days=30 * number)
        for by, off in (("publisher 0", 0), ("publisher 1", 120)):
            book.say(
                f"count:{by[-1]}-{number}",
                "source:5",
                day,
                kind="stock",
                on=f"{day}",
                n=str(900 + 40 * number + off),
                by=by,
            )
        if number % 4 == 0:
            book.say(f"count:flow-{number}", "source:5", day, kind="flow", on=f"{day}/{day + timedelta(days=119)}",
                     n="200", by="publisher 0", what="recognised")  # fmt: skip
    return found


def entries(
    book: Sources, cases: int, releases: Sequence[tuple[str, date]], officials: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    """The entries of each case, one after the other; what two lists say of one person may differ."""
    chance = random.Random(5)
    span = (LAST - FIRST).days
    records = itertools.groupby(people(cases * 4, 7), key=lambda record: record["cluster"])
    for number, (_, same) in enumerate(itertools.islice(records, cases)):
        rows = list(same)
        held = FIRST + timedelta(days=int(chance.triangular(0, span, 300)))
        years = chance.choice((1, 2, 3, 5, 8))
        fate, out = chance.random(), held + timedelta(days=int(365 * years * chance.uniform(0.1, 1.1)))
        freed = next(((r, i, day) for i, (r, day) in enumerate(releases) if day > held + timedelta(days=60)), None)
        told = []
        for row in rows:
            entry = f"entry:{row['lst']}:{number}"
            told.append(entry)
            known = min(held + timedelta(days=int(chance.expovariate(1 / 90))), LAST)
            said = [f"list:{row['lst']}", known]
            ended = fate < 0.55 and out < LAST
            book.say(
                entry, *said, f"{known}", list=f"list:{row['lst']}", name=row["name"], born=row["dob"] or row["year"] or None,
                sex={"m": "male", "f": "female", "": None}[row["gender"]], detained=vaguely(held, chance) if chance.random() < 0.8 else None,
                recognised=f"{known}" if row["lst"] in ("ru_full", "lac") else None,
                held_on=f"{min(known + timedelta(days=30), out if ended else LAST)}" if chance.random() < 0.5 else None,
                article=chance.sample(ARTICLES, chance.choice((1, 1, 2))), occupation=chance.choice(OCCUPATIONS) if chance.random() < 0.5 else None,
                nationality="RU" if chance.random() < 0.03 else None, prison=f"colony {number % 30}" if chance.random() < 0.6 else None,
                sentence=f"P{years}Y" if chance.random() < 0.7 else None, sentenced=f"{held + timedelta(days=150)}" if chance.random() < 0.6 else None,
                regime=chance.choices(("general", "khimiya", "home_khimiya", "house_arrest"), (80, 10, 5, 5))[0] if chance.random() < 0.4 else None,
                judge=officials[number % len(officials)] if chance.random() < 0.4 else None,
                prosecutor=officials[(7 * number) % len(officials)] if chance.random() < 0.2 else None,
            )  # fmt: skip
            if ended and chance.random() < 0.8:
                seen = min(out + timedelta(days=20), LAST)
                died = chance.random() < 0.01
                book.say(entry, said[0], seen, f"{seen}", released=None if died else vaguely(out, chance), died=f"{out}" if died else None,
                         release_kind=None if died else chance.choice(KINDS), taken_to="LT" if chance.random() < 0.1 else None)  # fmt: skip
            elif chance.random() < 0.05:
                book.say(entry, said[0], LAST, f"{LAST}", absent_since=f"{min(known + timedelta(days=500), LAST)}")
        if fate > 0.85 and freed is not None:
            release, at, day = freed
            entry = f"entry:out-{at}:{number}"
            told.append(entry)
            book.say(entry, f"list:out-{at}", day, f"{day}", list=f"list:out-{at}", name=rows[0]["name"], released=f"{day}",
                     released_in=f"release:{release}", release_condition="banned from return" if chance.random() < 0.1 else None)  # fmt: skip
        elif fate < 0.08 and out + timedelta(days=200) < LAST:
            again = out + timedelta(days=200)
            book.say(
                told[0],
                f"list:{rows[0]['lst']}",
                again,
                f"{again}",
                detained=f"{again}",
                held_on=f"{again + timedelta(days=40)}",
            )
        if chance.random() < 0.03:
            book.say(f"assessment:a{number}", "source:6", held, entry=told[0], by="a body", definition="pace_1900",
                     criteria=["a", "c"], finding="yes", on=f"{held + timedelta(days=100)}")  # fmt: skip
        yield tuple(told)


def books(cases: int) -> tuple[Casebook[Team], Casebook[Team]]:
    """The casebook as known by `BEFORE`, and as known now."""
    sources = Sources([])
    for number in range(1, 7):
        sources.say(
            f"source:{number}",
            f"source:{number}",
            FIRST,
            publisher=f"source {number}",
            url=f"https://example.org/{number}",
        )
    lists(sources)
    officials = [r["name"] for r in people(OFFICIALS * 8, 11) if r["lst"] == "ru_full"][:OFFICIALS]
    releases = deals(sources, officials)
    persons = [Person(id=f"C-{told[0]}", mentions=told) for told in entries(sources, cases, releases, officials)]
    unsure = tuple(
        Pair(a=a.mentions[0], b=b.mentions[0], score=0.5, same=Same.UNSURE, why=("names alike",))
        for a, b in zip(persons[:: max(1, cases // 1000)], persons[1 :: max(1, cases // 1000)], strict=False)
    )
    book = Book(
        folder=Path(), title="A made-up book", country="BY", languages=("en",), contact="", recorder="bench", lists=()
    )
    links = Links(persons=tuple(persons), unsure=unsure)

    def folded(known: datetime | None) -> Casebook[Team]:
        kept = tuple(s for s in sources.said if known is None or s.recorded <= known)
        view = View(
            audience=Team, known=known, known_by=Clock.RECORDED, statements=kept, head="bench", last_recorded=None
        )
        return fold(view, links, book)

    return folded(BEFORE), folded(None)


def questions(cases: Casebook[Team]) -> dict[str, Iterator[tuple[date, dict[str, str]]]]:
    """For each kind of question, days and arguments that never come twice."""
    chance = random.Random(3)

    def turns(first: date = date(2022, 1, 1), **args: Sequence[str | None]) -> Iterator[tuple[date, dict[str, str]]]:
        """Every argument takes its values in turn, and the day is another each time."""
        days = random.Random(4)
        for at in itertools.count():
            some = {k.rstrip("_"): v[at % len(v)] for k, v in args.items()}
            day = first + timedelta(days=days.randrange((LAST - first).days))
            yield day, {k: v for k, v in some.items() if v is not None}

    releases, given = list(cases.releases), list(cases.deals)
    found = list(cases.cases.values())
    some = [found[chance.randrange(len(found))] for _ in range(24)]
    names = [c.label if at % 3 else c.names[-1].text if at % 2 else c.id for at, c in enumerate(some)]
    starts = [f"{y}-{m:02}-01" for y in (2020, 2021) for m in range(8, 13)]
    last = (f"{LAST}",)
    return {
        "inside": turns(by=(None, "charge", "occupation", "age", "recognised-by", "definition", "confirmed", "prison")),
        "case": turns(name=names),
        "flows": turns(from_=starts, by=("month", "year"), within=("365", "200", "90")),
        "series": turns(from_=starts),
        "release": turns(id=releases),
        "deals": turns(),
        "deal": turns(id=given),
        "progress": ((LAST - timedelta(days=at), args) for at, (_, args) in enumerate(turns(id=given))),
        "officials": turns(),
        "reconcile": turns(by=(None, "publisher 0", "publisher 1"), list=(None, "ru_full", None, "be")),
        "survival": turns(by=(None, "sex", "charge"), followed=("best", "least", "most"), watched=("window", "strict")),
        "hidden": turns(from_=starts, to=last),
        "whatif": turns(date(2024, 9, 1), release=("100", "250", "52"), over=("12", "6")),
        "selectivity": turns(id=releases[2:], inside=("best", "possible")),
        "trend": turns(deal=given[2:], series=("arrests", "recognised", "exits")),
        "why-changed": turns(from_=starts),
    }


Times = tuple[float, float]  # seconds of the processor, seconds on the wall


def asked(
    cases: Casebook[Team], before: Casebook[Team], kind: str, day: date, args: dict[str, str]
) -> tuple[Times, str]:
    """What an answer takes, and a digest of it."""
    question = Question(ask=kind, as_of=AsOf(day), args=args)
    gc.collect()
    used, start = time.process_time(), time.perf_counter()
    try:
        answer = ask(cases, question, before if kind == "why-changed" else None)
    except UsageError as error:
        return (0.0, 0.0), f"{type(error).__name__}: {error}"
    took = time.process_time() - used, time.perf_counter() - start
    said = json.dumps(as_json(answer, cases), ensure_ascii=False, sort_keys=True)
    return took, hashlib.sha256(said.encode()).hexdigest()[:16]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("cases", type=int, nargs="?", default=100_000)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--hashes", type=Path)
    given = parser.parse_args()
    start = time.perf_counter()
    before, cases = books(given.cases)
    spells = sum(len(c.spells) for c in cases.cases.values())
    print(
        f"{len(cases.cases):,} cases, {spells:,} spells, {len(cases.statements):,} statements, {len(cases.lists)} lists: "
        f"made and folded twice in {time.perf_counter() - start:.0f} s\n"
    )
    gc.freeze()  # what this bench holds is not looked through again and again
    print(f"{'question':<14}{'first':>10}{'later':>10}{'worst':>10}{'of 1 s':>9}{'wall':>11}")
    digests = []
    for kind, turns in questions(cases).items():
        if given.only and kind not in given.only:
            continue
        runs = []
        for day, args in itertools.islice(turns, given.rounds):
            took, digest = asked(cases, before, kind, day, args)
            digests.append(f"{kind} {day} {json.dumps(args)} {digest}")
            if not digest.isalnum():
                print(f"{kind} {day} {args}: {digest}", file=sys.stderr)
                continue
            runs.append(took)
        if len(runs) < 2:
            print(f"{kind:<14}  the book cannot answer it")
            continue
        (first, _), *later = runs
        worst, median = max(used for used, _ in later), statistics.median(used for used, _ in later)
        wall = statistics.median(took for _, took in later)
        print(
            f"{kind:<14}{first:>8.2f} s{median:>8.2f} s{worst:>8.2f} s{worst / LIMIT:>8.2f}x{wall:>9.2f} s", flush=True
        )
    if given.hashes is not None:
        given.hashes.write_text("\n".join(digests) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
