"""CSV tables of what may be published, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from habeas.answers import funnel
from habeas.nouns import Casebook, Public, Record, Value
from habeas.publish.write import write_folder

# A spreadsheet runs a cell that begins so as a formula; tab and CR can push one into the next cell (OWASP, CSV injection).
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def _safe(cell: object) -> str:
    """The cell as text that no spreadsheet will run."""
    text = "" if cell is None else str(cell)
    return "'" + text if text.startswith(_RUNS) else text


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """One table as CSV in UTF-8, with the mark that Excel wants."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _shown(value: Value | None) -> str:
    return "" if value is None else value.value


def _joined(values: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(values))


def _cases(casebook: Casebook[Public]) -> Iterable[Sequence[object]]:
    for case in casebook.cases.values():
        attributes = [
            _joined(v.value for v in case.attributes.get(p, ())) for p in ("born", "sex", "nationality", "occupation")
        ]
        names, sources = (
            _joined(n.text for n in case.names),
            _joined(s.url for s in casebook.sources_of(case.statements) if s.url),
        )
        yield (
            case.id,
            case.label,
            names,
            *attributes,
            len(case.spells),
            _joined(case.releases),
            _joined(case.lists),
            sources,
        )


def _spells(casebook: Casebook[Public]) -> Iterable[Sequence[object]]:
    for case in casebook.cases.values():
        for number, spell in enumerate(case.spells, start=1):
            days = (None, None, None) if spell.days is None else (spell.days.low, spell.days.best, spell.days.high)
            against = [
                _joined(v for v, _ in side.against) if side is not None else "" for side in (spell.start, spell.end)
            ]
            yield (
                case.id, case.label, number, _shown(spell.start), against[0], _shown(spell.end), against[1],
                _shown(spell.exit_kind), _shown(spell.taken_to), _shown(spell.sentence), *days, _joined(spell.doubts),
            )  # fmt: skip


def _releases(casebook: Casebook[Public]) -> Iterable[Sequence[object]]:
    for release in casebook.releases.values():
        yield (
            release.id,
            release.when.text,
            release.kind,
            release.status,
            release.title,
            *funnel(casebook, release).values(),
        )


def _record_rows(records: Iterable[Record], props: Sequence[str]) -> Iterable[Sequence[object]]:
    for record in records:
        yield record.id, *(_joined(record.values.get(p, ())) for p in props)


def _statements(casebook: Casebook[Public]) -> Iterable[Sequence[object]]:
    for s in casebook.statements.values():
        if s.value is not None:
            source = casebook.sources.get(s.source)
            yield (
                s.id,
                s.subject,
                s.prop,
                s.value,
                s.original,
                s.lang,
                s.published,
                source.url if source else "",
                s.recorded.isoformat(),
            )


_LEG = ("deal", "giver", "side", "what", "said", "said_on", "act", "act_on", "effect")
_COUNT = ("kind", "on", "what", "n", "op", "men", "women", "by", "definition", "note")
_MEASURE = ("date", "authority", "identifier", "action", "target", "reason", "condition")


_NAMED = ["id", "name", "names", "born", "sex", "nationality", "occupation", "spells", "releases", "lists", "sources"]
_SPELL = ["case", "name", "spell", "detained", "detained_against", "out", "out_against", "how", "taken_to", "sentence"]
_DAYS = ["days_low", "days_best", "days_high", "doubts"]
_FUNNEL = [
    "id",
    "date",
    "kind",
    "status",
    "title",
    "announced",
    "named",
    "matched",
    "crossed",
    "stayed",
    "refused",
    "disputed",
]
_STATEMENT = ["id", "subject", "property", "value", "original", "lang", "published", "source", "recorded"]


def export_tables(casebook: Casebook[Public], folder: Path) -> tuple[Path, ...]:
    """Write cases, spells, releases, legs, counts, measures and statements as CSV; return the paths.

    Every table goes back to `statements.csv` by case or record id. Cells that a spreadsheet would run get a leading `'`.
    The folder is written whole or not at all; files in it that are not ours stop it.

    Raises:
        PublishError: the folder holds something else, or it cannot be written.
    """
    legs = [leg for deal in casebook.deals.values() for leg in deal.legs]
    tables = {
        "cases.csv": (_NAMED, _cases(casebook)),
        "spells.csv": ([*_SPELL, *_DAYS], _spells(casebook)),
        "releases.csv": (_FUNNEL, _releases(casebook)),
        "legs.csv": (["id", *_LEG], _record_rows(legs, _LEG)),
        "counts.csv": (["id", *_COUNT], _record_rows(casebook.counts, _COUNT)),
        "measures.csv": (["id", *_MEASURE], _record_rows(casebook.measures, _MEASURE)),
        "statements.csv": (_STATEMENT, _statements(casebook)),
    }
    return write_folder(folder, ((name, _table(header, rows)) for name, (header, rows) in tables.items()))
