"""The page of one checked article, in a real browser: marks that open by pointer, key and tap, without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from habeas.errors import PublishError
from habeas.nouns import Team
from habeas.publish import write_check
from tests import chromium
from tests.publish.conftest import TEXT, an_article, signed
from tests.publish.reading import read

CHROMIUM = chromium.find()


@pytest.fixture(scope="module")
def written(casebook, checked, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("page") / "check.html"
    write_check(casebook, checked[0], path)
    return path


def test_the_page_is_one_file_that_asks_for_nothing(written: Path) -> None:
    page = read(written)
    assert page.faults == []
    assert {t for t, _ in page.tags}.isdisjoint({"script", "img", "iframe", "form", "object"})
    assert [a for t, a in page.tags if t == "link"] == [{"rel": "icon", "href": "data:,"}]
    assert not any(name.startswith("on") or name == "style" for _, a in page.tags for name in a)
    text = written.read_text(encoding="utf-8")
    assert ("@import" in text, "url(" in text) == (False, False)


def test_a_draft_is_called_one_until_it_is_signed(casebook, checked, written: Path, tmp_path: Path) -> None:
    assert "1 verdict here is a draft of a machine" in read(written).said
    write_check(signed(casebook, *checked), checked[0], tmp_path / "signed.html")
    said = read(tmp_path / "signed.html").said
    assert "draft of a machine" not in said
    assert "Signed by editor-1 on 6 January 2026" in said


def test_a_long_text_is_shown_whole_and_other_articles_are_told(casebook, checked, tmp_path: Path) -> None:
    filler = "This sentence says nothing that a record could hold. " * 80
    write_check(casebook, an_article(casebook, text=f"{TEXT} {filler}"), tmp_path / "long.html")
    assert read(tmp_path / "long.html").said.count("This sentence says nothing") == 80


def test_markup_in_a_text_is_text(casebook, tmp_path: Path) -> None:
    evil = "</style><script>alert(1)</script>{{ 7*7 }}"
    write_check(
        casebook,
        an_article(casebook, text=f"{evil} 123 people. cynical. scores remain", title=evil),
        tmp_path / "e.html",
    )
    page = read(tmp_path / "e.html")
    assert "script" not in {t for t, _ in page.tags}
    assert evil in page.said


def test_it_overwrites_only_its_own_and_takes_only_the_public_record(
    casebook, checked, written: Path, tmp_path: Path
) -> None:
    before = written.read_bytes()
    write_check(casebook, checked[0], written)
    assert written.read_bytes() == before
    other = tmp_path / "notes.html"
    other.write_text("<p>mine</p>", encoding="utf-8")
    for path in (other, tmp_path):
        with pytest.raises(PublishError, match="is no page of ours"):
            write_check(casebook, checked[0], path)
    assert other.read_text(encoding="utf-8") == "<p>mine</p>"
    with pytest.raises(PublishError, match="only the public view"):
        write_check(_as(casebook, Team), checked[0], tmp_path / "new.html")
    assert not (tmp_path / "new.html").exists()


def _as(casebook: Any, audience: type) -> Any:
    from dataclasses import replace

    return replace(casebook, audience=audience)


# --- in a browser ----------------------------------------------------------------------------------------------------

playwright = pytest.importorskip("playwright.sync_api")
expect = playwright.expect


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    quiet = (
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    )
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=list(quiet))
        yield opened
        opened.close()


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_pointer_key_and_tap_open_the_working_without_a_script(browser, written: Path, width: int, scheme: str) -> None:
    asked: list[str] = []
    noise: list[str] = []

    def opened(*, touch: bool) -> tuple[Any, Any, Any]:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=False, has_touch=touch
        )
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: noise.append(message.text))
        page.goto(written.as_uri())
        return page, page.locator(".spot a.claim").first, page.locator(".card").first

    page, mark, card = opened(touch=False)
    assert not card.is_visible()
    mark.hover()
    assert card.is_visible()
    assert "The announced number is 123." in card.inner_text()
    page.mouse.move(0, 0)
    assert not card.is_visible()
    mark.focus()
    assert card.is_visible()
    page.locator("h1").click()
    assert not card.is_visible()
    page.context.close()
    page, mark, card = opened(touch=True)
    mark.tap()
    expect(page).to_have_url(re.compile("#k1$"))
    assert card.is_visible()
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    card.get_by_text("Close").tap()
    assert not card.is_visible()
    page.context.close()
    assert noise == []
    assert all(url.startswith(("file:", "data:")) for url in asked)


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_checker_of_accessibility_finds_nothing(browser, written: Path, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    context = browser.new_context(viewport={"width": 900, "height": 800}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(written.as_uri())
    page.locator(".spot a.claim").first.focus()  # with a note open
    found = axe.Axe().run(page).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []
    page.emulate_media(media="print")
    assert not page.locator(".card").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    context.close()
