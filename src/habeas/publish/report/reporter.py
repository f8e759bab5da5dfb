"""What every report needs: the casebook, the reader's language, and the numbered sources of what is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from habeas.languages import Language
from habeas.nouns import Case, Phrase, say, say_count
from habeas.publish.contents import Contents, Note
from habeas.publish.environment import host
from habeas.publish.report.blocks import Block, Cell, Cites, Heading, Listed, Report, Sources, Table, Text

_INFERRED = say("* Latin spelling ours: the sources print the name in other letters.")
CITED_IN_BRIEF, CITED_IN_FULL = 2, 6  # sources numbered at one figure; the rest are counted


@dataclass(frozen=True, kw_only=True)
class Reporter:
    """Says things in the reader's language and keeps count of the sources they rest on."""

    contents: Contents
    language: Language
    full: bool
    _numbers: dict[str, int] = field(default_factory=dict)
    _notes: dict[int, Note] = field(default_factory=dict)
    _inferred: set[str] = field(default_factory=set)  # cases named by a spelling of ours

    def text(self, said: str) -> str:
        return self.language.text(said)

    def cite(self, statements: Iterable[str]) -> Cites:
        """The sources that statements rest on: some by number, those with a name and those cited before first."""
        notes = list({_key(n): n for n in self.contents.notes(statements)}.values())
        notes.sort(key=lambda n: (_key(n) not in self._numbers, not n.publisher))
        most = CITED_IN_FULL if self.full else CITED_IN_BRIEF
        numbers = []
        for note in notes[:most]:
            number = self._numbers.setdefault(_key(note), len(self._numbers) + 1)
            self._notes.setdefault(number, note)
            numbers.append(number)
        return Cites(numbers=tuple(sorted(numbers)), more=len(notes[most:]))

    def name(self, case: Case) -> str:
        """A person's name in the script of the reader, where a source gives one; marked where the spelling is ours."""
        called = self.contents.called(case)
        if called.inferred(self.language):
            self._inferred.add(case.id)
        return self.text(called.text(self.language))

    # --- blocks ---------------------------------------------------------------------------------------------------

    def heading(self, said: Phrase) -> Heading:
        return Heading(text=self.text(said))

    def paragraph(self, said: str, *statements: str, look: str = "plain") -> Text:
        return Text(text=self.text(said), look=look, cites=self.cite(statements))

    def table(
        self,
        heads: Sequence[Phrase],
        rows: Sequence[tuple[Sequence[Cell], Sequence[str]]],
        widths: Sequence[int],
        *,
        right: Sequence[int] = (),
        most: int | None = None,
    ) -> Table:
        """A table of cells with the statements each row rests on; a brief shows no more than `most` rows."""
        shown = rows if self.full or most is None else rows[:most]
        left = len(rows) - len(shown)
        more = say_count("One more row in the full report.", "{n} more rows in the full report.", left)
        return Table(
            heads=tuple(self.text(h) for h in heads),
            rows=tuple(tuple(cells) for cells, _ in shown),
            cites=tuple(self.cite(rests) for _, rests in shown),
            widths=tuple(widths),
            right=tuple(right),
            left_out=self.text(more) if left else "",
        )

    def report(self, kicker: Phrase, title: str, blocks: Sequence[Block], method: Sequence[Phrase]) -> Report:
        """The whole report, with how it is counted and the sources at its end."""
        book = self.contents.casebook.book.title
        head = self.contents.casebook.head
        foot = say("{book}; as known on {day}; record {head}", book=book, day=self.known, head=head)
        counted: tuple[Block, ...] = (
            self.heading(say("How this is counted")),
            *(self.paragraph(m, look="small") for m in (*method, *([_INFERRED] if self._inferred else []))),
        )
        return Report(
            tag=self.language.tag,
            kicker=self.text(kicker),
            title=self.text(title),
            foot=self.text(foot),
            blocks=(*blocks, *counted, *self._sources()),
        )

    @property
    def known(self) -> date | str:
        """The day as known on which the report speaks, as part of a sentence."""
        return self.contents.known_text

    def _sources(self) -> tuple[Block, ...]:
        if not self._notes:
            return ()
        listed = tuple(self._listed(number, note) for number, note in sorted(self._notes.items()))
        rule = say("A raised +n counts further sources of the same statement; the record names every one of them.")
        return (self.heading(say("Sources")), self.paragraph(rule, look="small"), Sources(sources=listed))

    def _listed(self, number: int, note: Note) -> Listed:
        said = [part for part in (note.publisher or host(note.url), note.title) if part]
        if note.published:
            said.append(self.language.when_text(note.published, short=True))
        text = ", ".join(said) or self.text(say("a source without a name"))
        return Listed(number=number, text=text, url=note.url if self.full else "")


def _key(note: Note) -> str:
    return f"{note.publisher}|{note.title}|{note.url}"
