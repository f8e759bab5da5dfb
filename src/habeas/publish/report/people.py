"""The people of a report: how each stands, since when, how long, and who says so."""

from __future__ import annotations

from collections.abc import Sequence

from habeas.dates import Days
from habeas.nouns import Case, say
from habeas.publish.report.blocks import Cell, Table
from habeas.publish.report.reporter import Reporter


def people_table(reporter: Reporter, cases: Sequence[Case], most: int) -> Table:
    """One row a person, by surname; a brief shows the first, and says how many more there are."""
    placed = {c.id: reporter.contents.called(c).place(reporter.language) for c in cases}
    named = [(reporter.name(c), c) for c in sorted(cases, key=lambda c: (placed[c.id].other, placed[c.id].order, c.id))]
    heads = (say("Person"), say("Taken into custody"), say("Out of custody"), say("Days held"), say("Stands"))
    rows = [(_row(reporter, name, case), case.statements) for name, case in named]
    return reporter.table(heads, rows, (30, 17, 21, 12, 20), right=(3,), most=most)


def _row(reporter: Reporter, name: str, case: Case) -> tuple[Cell, ...]:
    language, contents = reporter.language, reporter.contents
    told = contents.ask("case", name=case.id).more["spells"]
    sentence = next((s for s in reversed(case.spells) if s.sentence is not None), None)
    served = sentence.sentence if sentence is not None else None
    term = (
        reporter.text(say("sentenced to {term}", term=language.duration(served.value)))
        if served is not None and contents.shown(served.statements)
        else ""
    )
    if not case.spells:
        return (
            Cell(text=name),
            Cell(text="–"),
            Cell(text="–"),
            Cell(text="–"),
            Cell(text=language.text(contents.state_words(case))),
        )
    spell, more = case.spells[-1], told[-1]
    start, end, kind = spell.start, spell.end, spell.exit_kind
    days = more["days"]
    begun = (
        language.when_text(start.value, short=True) if start is not None and contents.shown(start.statements) else "–"
    )
    ended = language.when_text(end.value, short=True) if end is not None and contents.shown(end.statements) else "–"
    way = language.code("release_kind", kind.value) if kind is not None and contents.shown(kind.statements) else ""
    return (
        Cell(text=name, mute=term),
        Cell(text=begun),
        Cell(text=ended, mute=way),
        Cell(text="–" if days is None else str(Days(days["low"], days["best"], days["high"]))),
        Cell(text=language.text(contents.state_words(case))),
    )
