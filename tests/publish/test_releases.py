"""Pages of releases: each figure stands with the sources of what it counts."""

from __future__ import annotations

from habeas.publish.contents import Contents
from habeas.publish.deal_pages import release_pages
from tests.publish.conftest import MakeCasebook, facts, name, say

SEPTEMBER, JUNE = "release:BY-2025-09-11", "release:BY-2025-06-21"


def test_a_figure_of_people_has_the_sources_of_those_whom_it_counts(make_casebook: MakeCasebook) -> None:
    """One named by a list, one known from elsewhere too, one who refused to leave, and one whom another release has."""
    drafts = [
        *facts(),
        *say("list:out", "source:names", title="Released in June", means="released"),
        *say(SEPTEMBER, date="2025-09-11", status="executed"),
        *say(JUNE, date="2025-06-21", status="executed"),
        *say("entry:out:p3", "source:names", list="list:out", released="2025-06-21", released_in=JUNE),
        *say("entry:hrw:p4", "source:hrw", list="list:hrw", detained="2020-05-29", released="2025-06-21"),
        *say("entry:hrw:p4", "source:liga", released_in=JUNE),
        *say("entry:hrw:p5", "source:hrw", list="list:hrw", detained="2020-05-31", released_in=JUNE, refused_in=JUNE),
        *say("entry:hrw:p6", "source:hrw", list="list:hrw", detained="2020-06-25", released="2025-09-11", released_in=SEPTEMBER),
        *say("entry:hrw:p6", "source:ukraine", released_in=JUNE),
        *(name(f"entry:{entry}", f"Person {entry[-1]}", "en") for entry in ("out:p3", "hrw:p4", "hrw:p5", "hrw:p6")),
    ]  # fmt: skip
    contents = Contents(casebook=make_casebook(drafts), checked=())
    (page,) = [p for p in release_pages(contents) if p.path == "releases/BY-2025-06-21.html"]
    steps = {str(step["kind"]): step for step in page.context["funnel"]}  # type: ignore[attr-defined]
    by = {kind: {note.publisher for note in step["notes"]} for kind, step in steps.items()}
    assert by["named"] == {"Radio Svoboda", "LIGA", "Human Rights Watch"}, "not him who is disputed"
    assert by["matched"] == {"LIGA", "Human Rights Watch"}, "those known from elsewhere alone"
    assert by["refused"] == {"Human Rights Watch"}
    assert [note.publisher for p in page.context["disputed"] for note in p["notes"]] == ["Interfax-Ukraine"]  # type: ignore[attr-defined]
