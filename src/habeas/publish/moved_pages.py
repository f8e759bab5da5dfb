"""A small page at each id that a case may have had before, which leads on to the case that has its row now.

An id is made of a row. When two cases turn out to be one, or rows are decided to be somebody else, the row says where to go.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from habeas.nouns import say
from habeas.publish.contents import Contents, Page, file_name
from habeas.publish.renderer import Renderer

_WAS, _NOW = "id-that-was", "id-that-is"


def led(contents: Contents) -> Mapping[str, str]:
    """The ids of rows that no case is called by, each with the case that has the row; of rows that the public sees."""
    cases = contents.casebook.cases
    home = {mention: case.id for case in cases.values() for mention in case.mentions}
    seen = {s.subject for said in contents.said_by.values() for s in said if s.kind == "entry" and s.prop != "list"}
    ids = {f"C-{mention.rpartition(':')[2]}": now for mention, now in home.items() if mention in seen}
    return {was: now for was, now in sorted(ids.items()) if was not in cases}


def moved_pages(contents: Contents, renderer: Renderer) -> Iterator[tuple[str, bytes]]:
    """The pages in one language: rendered once, and filled in for each id."""
    found = led(contents)
    blank = Page(
        path=f"cases/{_WAS}.html",
        template="moved.html.j2",
        title=say("This case stands elsewhere now"),
        context={"was": _WAS, "now": _NOW},
    )
    if not found or not renderer.writes(blank):
        return
    path, content = renderer.render(blank)
    for was, now in found.items():
        place = file_name(was)
        yield (
            path.replace(_WAS, place),
            content.replace(_WAS.encode(), place.encode()).replace(_NOW.encode(), now.encode()),
        )
