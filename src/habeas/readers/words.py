"""`words.csv`: texts of the book in other languages, a row a text and a column a language, for pages in each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from habeas.names import dropped
from habeas.nouns import Problem, Translated
from habeas.readers.cells import clean
from habeas.readers.tables import Row, csv_table
from habeas.vocabulary import normal

FILE = "words.csv"
WHERE = "where"  # a column for whoever translates: where the text stands in the book


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The table as it lies there, each text with what it is called in other languages, and what cannot be read of it.

    A text is found by any of its languages: what a list says in Russian by its Russian.
    """

    header: tuple[str, ...] = ()
    rows: tuple[Mapping[str, str], ...] = ()
    texts: Mapping[str, Translated] = field(default_factory=dict)
    whole: bool = True  # all that stands in the file is in `rows`: written again, nothing of it is lost
    problems: tuple[Problem, ...] = ()


def read_words(folder: Path) -> Words:
    """The words of the book in a folder; a book without the file has none."""
    path = folder / FILE
    if not path.is_file():
        return Words()
    table = csv_table(path.read_bytes(), file=FILE, expected=(WHERE, "be", "en", "ru"))
    problems = list(table.problems)
    header = tuple(clean(heading).text for heading in table.header)
    tags = _tags(header, problems)
    whole = bool(header) and len(set(header)) == len(header)
    whole = whole and not any(cell.strip() for row in table.rows for cell in row.cells[len(header) :])
    rows = [dict(zip(header, _cells(row, problems), strict=False)) for row in table.rows]
    said = [
        (row.number, {tag: by[tag] for tag in tags if by.get(tag)}) for row, by in zip(table.rows, rows, strict=True)
    ]
    texts = _texts(said, tags, problems)
    return Words(header=header, rows=tuple(rows), texts=texts, whole=whole, problems=tuple(problems))


def _cells(row: Row, problems: list[Problem]) -> list[str]:
    """The cells of a row, without what nobody sees; what was taken out is a Problem."""
    kept = [dropped(cell).strip() for cell in row.cells]
    if any(len(dropped(cell)) < len(cell) for cell in row.cells):
        what = "the row holds control characters, marks of reading direction or characters without width"
        problems.append(Problem(file=FILE, row=row.number, what=what, do="They were taken out; type the text again"))
    return kept


def _tags(header: tuple[str, ...], problems: list[Problem]) -> list[str]:
    """The languages of the columns, in order."""
    tags = []
    for heading in header:
        if heading not in ("", WHERE):
            try:
                tags.append(normal("source", "language", heading))
            except ValueError:
                do = "Head it with the tag of one, such as be; it was left out."
                problems.append(Problem(file=FILE, what=f"the column {heading!r} is no language", do=do))
    return tags


def _texts(said: list[tuple[int, dict[str, str]]], tags: list[str], problems: list[Problem]) -> dict[str, Translated]:
    """Each text with its translations; `said` is the number of a row and what stands in it by language."""
    texts: dict[str, Translated] = {}
    for tag in tags:  # the first column first: its texts go before the same text in another language
        for number, by in said:
            text = by.get(tag)
            if text is None or len(by) < 2:
                continue
            if text not in texts:
                texts[text] = Translated({tag: text, **by})
            elif tag == tags[0] and texts[text].by != by:
                what, do = "this text has two translations", "Keep one of the rows; the first was taken."
                problems.append(Problem(file=FILE, row=number, what=what, do=do, value=text[:80]))
    return texts
