"""The parts of a report, the same on paper and on a screen: every text is already in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Cites:
    """Numbers in the list of sources, and how many more sources say so that are not numbered here."""

    numbers: tuple[int, ...] = ()
    more: int = 0


NO_CITES = Cites()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The title of a section."""

    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paragraph; `look` is `lead` for the one that says it all, `small` for rules and limits, else `plain`."""

    kind: ClassVar[str] = "text"
    text: str
    look: str = "plain"
    cites: Cites = NO_CITES


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key figure: the figure, what it counts, and the bounds or the caveat beneath."""

    figure: str
    label: str
    note: str = ""
    cites: Cites = NO_CITES


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Key figures in a row."""

    kind: ClassVar[str] = "keys"
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table; `mute` is a second, smaller line; `mark` sets it apart (a promise not kept, say)."""

    text: str
    mute: str = ""
    mark: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under heads; `widths` are shares of the line, figures (`right`, by column) stand to the right."""

    kind: ClassVar[str] = "table"
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    cites: tuple[Cites, ...]  # one for each row
    widths: tuple[int, ...]
    right: tuple[int, ...] = ()
    left_out: str = ""  # what a brief does not show


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing with what it says in words."""

    kind: ClassVar[str] = "chart"
    svg: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A source as listed: its number, who published it, what and when, and where."""

    number: int
    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The numbered sources."""

    kind: ClassVar[str] = "sources"
    sources: tuple[Listed, ...]


Block = Heading | Text | Keys | Table | Chart | Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole report: what stands above the title, the title, and its blocks; `foot` stands on every page."""

    tag: str  # of the language
    kicker: str
    title: str
    foot: str
    blocks: tuple[Block, ...]

    def as_json(self) -> Mapping[str, Any]:
        """The report in plain lists and texts, each block with its kind."""
        blocks = [{"kind": block.kind, **asdict(block)} for block in self.blocks]
        return {"tag": self.tag, "kicker": self.kicker, "title": self.title, "foot": self.foot, "blocks": blocks}
