"""Read a published page as a reader's browser would: its tags, its text, its links."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

VOID = frozenset({"meta", "link", "img", "source", "br", "line", "rect", "circle", "input", "hr"})
BLOCK = frozenset(
    {"p", "div", "ul", "ol", "dl", "table", "details", "figure", "section", "article", "h1", "h2", "h3", "blockquote"}
)
# Ends that HTML implies: of an element by the beginning of another, and any of them by the end of what it stands in.
IMPLIED = {
    "td": {"td", "th"}, "th": {"td", "th"}, "tr": {"td", "th", "tr"}, "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"},
}  # fmt: skip
OPTIONAL = frozenset(IMPLIED)


@dataclass
class Read(HTMLParser):
    """`faults` are tags that do not nest: unclosed, closed twice, or a block inside a paragraph."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCK and "p" in self._open:
            self.faults.append(f"<{tag}> inside a paragraph")
        self.tags.append((tag, dict(attrs)))
        while self._open and self._open[-1] in IMPLIED.get(tag, ()):
            self._open.pop()
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open[-1] != tag and self._open[-1] in OPTIONAL:
            self._open.pop()
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    @property
    def said(self) -> str:
        return " ".join(" ".join(self.text).split())

    def links(self) -> list[str]:
        return [a.get("href") or "" for tag, a in self.tags if tag == "a"]


def read(path: Path) -> Read:
    """The page at `path`, every tag closed."""
    page = Read()
    page.feed(path.read_text(encoding="utf-8"))
    page.close()
    page.faults += [f"<{tag}> is never closed" for tag in page._open]
    return page
