"""The texts of a book that a reader of another language cannot read, gathered into `words.csv` for whoever translates."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from habeas.errors import UsageError
from habeas.languages import is_state, languages_of
from habeas.making import write_whole
from habeas.nouns import Book, Casebook, Problem, Public
from habeas.readers import read_words
from habeas.readers.words import FILE, WHERE
from habeas.vocabulary import kinds

# In the order in which a reader meets them. What an entry says is its publisher's, in the language of the list.
_KINDS = (
    "deal",
    "release",
    "leg",
    "condition",
    "stance",
    "request",
    "figure",
    "measure",
    "count",
    "fact",
    "list",
    "source",
)
# Texts that are no words: ids and codes of states; and what a source calls itself, which is quoted as it is.
_NO_WORDS = frozenset(
    {"country", "part_of", "based_on", "award", "capture", "official_id", "person", "pseudonym", "covers_place"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What stands in `words.csv` now: how many texts, how many of them are new, and how many a language lacks."""

    path: Path
    texts: int
    added: int
    missing: Mapping[str, int]
    problems: tuple[Problem, ...]


def gather_words(book: Book, casebook: Casebook[Public]) -> Gathered:
    """Write the public texts of a book into its `words.csv`, a row a text; what is there already stays as it is.

    Only what may be published is gathered: the file lies in plain beside the lists.

    Raises:
        UsageError: the book does not say which language its own words are in, or the file cannot be read whole.
    """
    own = book.language.partition("-")[0]
    if not own:
        raise UsageError('the book does not say which language its words are in; write language = "en" under [book]')
    kept = read_words(book.folder)
    path = book.folder / FILE
    if not kept.whole:
        told = (
            f": {kept.problems[0].what}"
            if kept.problems
            else ": a heading stands twice, or a row has more cells than headings"
        )
        raise UsageError(f"{FILE} cannot be read whole{told}; correct it first, nothing was written")
    tags = tuple(dict.fromkeys((own, *book.languages, *languages_of(book))))
    header = tuple(dict.fromkeys((*kept.header, WHERE, *tags)))
    there = {cell for row in kept.rows for cell in row.values()}
    new = {text: where for text, where in _texts(casebook).items() if text not in there}
    rows = (*kept.rows, *({WHERE: where, own: text} for text, where in new.items()))
    write_whole(path, _csv(header, rows))
    return Gathered(
        path=path,
        texts=len(rows),
        added=len(new),
        missing={tag: sum(1 for row in rows if not row.get(tag)) for tag in header if tag in tags},
        problems=kept.problems,
    )


def _texts(casebook: Casebook[Public]) -> dict[str, str]:
    """Each text with the first place where it stands, in the order in which a reader meets them."""
    found: dict[str, str] = {}
    wanted = {(kind, prop) for kind in _KINDS for prop, spec in kinds()[kind].properties.items() if spec.type == "text"}
    wanted = {(kind, prop) for kind, prop in wanted if prop not in _NO_WORDS and (kind, prop) != ("source", "title")}
    said = [s for s in casebook.statements.values() if s.value and (s.kind, s.prop) in wanted]
    order = {kind: at for at, kind in enumerate(_KINDS)}
    for s in sorted(said, key=lambda s: order[s.kind]):
        if s.value and not is_state(s.value):
            found.setdefault(str(s.value), f"{s.prop} of {s.subject.replace(':', ' ', 1)}")
    return found


def _csv(header: Collection[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """The table, with the mark by which spreadsheets know UTF-8."""
    text = io.StringIO()
    table = csv.DictWriter(text, fieldnames=list(header), restval="", lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
