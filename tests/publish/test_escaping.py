"""Whatever a source wrote is shown as text: no markup, no script, no address that runs, no character that turns a line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.nouns import Draft, Visibility
from habeas.publish import publish_site
from habeas.publish.environment import environment, href
from habeas.publish.wording import clean
from habeas.vocabulary import kinds
from tests.publish.conftest import MakeCasebook, an_article, facts, say
from tests.publish.reading import read

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}"
OVERRIDE = "Person \u202eB\u0007"


def evil_drafts() -> list[Draft]:
    """Markup in every public text, name and language of every kind that may be stated."""
    found = []
    for kind, spec in kinds().items():
        subject = "entry:hrw:b1" if kind == "entry" else f"{kind}:evil"
        for prop in spec.properties.values():
            value = None
            if prop.type in ("text", "name"):
                value = f"{EVIL} {kind}.{prop.name}"
            elif prop.to in ("release", "deal"):
                value = f"{prop.to}:evil"
            elif prop.of:
                value = prop.of[0]
            elif prop.type == "integer":
                value = "7"
            elif prop.type == "date":
                value = "2025-12-01"
            if (
                value is not None
                and prop.visibility is Visibility.PUBLIC
                and (kind, prop.name) != ("entry", "released")
            ):
                lang = '"><b>' if prop.type == "name" else None
                found.append(
                    Draft(
                        subject=subject,
                        prop=prop.name,
                        value=value,
                        source="source:evil",
                        lang=lang,
                        visibility=Visibility.PUBLIC,
                    )
                )
    found += say("source:evil", "source:evil", url='https://example.org/"><script>alert(3)</script>')
    return found


@pytest.fixture
def site(make_casebook: MakeCasebook, tmp_path: Path) -> Path:
    casebook = make_casebook([*facts(), *evil_drafts()], title=f"Book {EVIL}", about=EVIL, contact=EVIL)
    article = an_article(casebook, text=f"{EVIL} 123 people. cynical. scores remain {EVIL}", title=EVIL)
    publish_site(casebook, (article,), tmp_path / "site")
    return tmp_path / "site"


def test_no_markup_of_a_source_becomes_markup(site):
    for path in site.rglob("*.html"):
        page = read(path)
        assert page.faults == [], path
        ours = {"../search.js", "../cases-index.js", "search.js", "cases-index.js"} if path.name == "cases.html" else {}
        assert {a.get("src") for t, a in page.tags if t == "script"} <= set(ours), path
        assert "b" not in {t for t, _ in page.tags}, path
        for tag, attributes in page.tags:
            assert not any(name.startswith("on") for name in attributes), path
            if tag == "img":
                assert attributes["src"] != "x"


def test_no_markup_of_a_source_gets_into_a_drawing(site):
    for path in site.rglob("*.svg"):
        assert "<script" not in path.read_text(encoding="utf-8")
        assert "<img" not in path.read_text(encoding="utf-8")


def test_the_text_is_shown_as_it_was_written(site):
    everything = " ".join(read(p).said for p in site.rglob("*.html"))
    assert EVIL in everything
    shown = {
        f"{kind}.{prop}"
        for kind in kinds()
        for prop in kinds()[kind].properties
        if f"{EVIL} {kind}.{prop}" in everything
    }
    assert {
        "release.title",
        "figure.what",
        "leg.act",
        "condition.what",
        "stance.by",
        "measure.target",
        "count.by",
        "list.title",
    } <= shown
    assert {"entry.occupation", "entry.charge", "source.publisher"} <= shown


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "//evil.example",
        "https:evil",
        "https://",
        "http://\x00example.org",
        "https://exa mple.org",
        " https://example.org",
        "https://example.org\n",
        "file:///etc/passwd",
        "",
    ],
)
def test_only_plain_web_addresses_become_links(url):
    assert href(url) == ""


@pytest.mark.parametrize(
    "url", ["https://example.org", "http://example.org:8080/a?b=c&d=e#f", "https://спрынг96.org/be/навіны"]
)
def test_web_addresses_do_become_links(url):
    assert href(url) == url


@given(st.text())
def test_no_text_leaves_a_character_that_a_page_may_not_hold(text):
    shown = clean(text)
    shown.encode("utf-8")
    assert not any(c in shown for c in "\x00\x1b\u202e\u2066\ufeff\ufffe\u200b\xad")


@given(st.text())
def test_no_text_can_leave_its_attribute(text):
    page = environment().from_string('<a title="{{ text }}">x</a>').render(text=text)
    assert page.count('"') == 2
    assert page.count("<") == 2


def test_marks_that_turn_the_reading_direction_are_shown_not_obeyed(make_casebook: MakeCasebook, tmp_path):
    drafts = [
        *say("entry:l:x1", list="list:l", detained="2023-01-01"),
        Draft(
            subject="entry:l:x1",
            prop="name",
            value=OVERRIDE,
            source="source:hrw",
            lang="en",
            visibility=Visibility.PUBLIC,
        ),
    ]
    publish_site(make_casebook(drafts), (), tmp_path / "site")
    text = (tmp_path / "site" / "cases" / "C-x1.html").read_text(encoding="utf-8")
    assert "\u202e" not in text
    assert "\x07" not in text
    assert "Person \ufffdB\ufffd" in text
