"""The site in a real browser, from a file: no console error, no request but for files, nothing wider than the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests import chromium

playwright = pytest.importorskip("playwright.sync_api")
expect = playwright.expect

CHROMIUM = chromium.find()
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        opened.close()


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize(
    "place",
    [
        "index.html",
        "cases.html",
        "cases/C-b1.html",
        "deals/BY-2025-12-13.html",
        "releases/BY-2025-12-13.html",
        "articles",
    ],
)
def test_a_page_opens_from_a_file(browser, site, place, width):
    path = site / place
    if path.is_dir():
        (path,) = path.iterdir()
    page = browser.new_page(viewport={"width": width, "height": 900})
    noise: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: noise.append(message.text))
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("requestfailed", lambda request: noise.append(f"failed: {request.url}"))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_load_state("load")
    assert noise == []
    assert asked
    assert all(url.startswith(("file:", "data:")) for url in asked)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # The style sheet was let through by the page's own policy.
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "600"
    drawn = page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
    assert drawn
    page.close()


def test_the_chart_of_a_phone_is_the_narrow_one(browser, site):
    for width, size in ((360, "narrow"), (1440, "wide")):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto((site / "index.html").as_uri())
        assert page.evaluate("document.images[0].currentSrc").endswith(f"published-{size}.svg")
        page.close()


def test_everything_works_without_script_and_sources_fold_out(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "cases" / "C-b1.html").as_uri())
    page.locator(".told a[href^='#']").first.click()
    assert page.locator("ol.sources li:target a").first.is_visible()
    page.locator(".told dd > details.contest > summary").first.click()
    assert page.locator("details.contest[open] li").first.is_visible()
    page.locator("text=Deals and releases").first.click()
    assert page.locator("h1").inner_text() == "Deals and releases"
    context.close()


KINDS = (
    "index.html",
    "cases.html",
    "cases/C-b1.html",
    "deals.html",
    "deals/BY-2025-12-13.html",
    "releases/BY-2025-12-13.html",
    "counts.html",
    "measures.html",
    "measures",
    "articles",
    "lists.html",
    "lists",
    "sources.html",
    "sources",
    "method.html",
    "corrections.html",
    "downloads.html",
    "known.html",
    "known/2025-12-20/index.html",
)


@pytest.mark.parametrize("look", ["light", "dark"])
def test_axe_finds_no_violation_on_any_kind_of_page(browser, site, look):
    """Each kind of page in one of the languages, in turn, with everything that folds away unfolded."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = browser.new_page(viewport={"width": 1000, "height": 900}, color_scheme=look)
    found = []
    for number, kind in enumerate(KINDS):
        folder = site / ("", "be", "ru")[(number + (look == "dark")) % 3]
        path = folder / kind
        path = path if path.is_file() else min(path.iterdir())
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        for violation in axe.run(page).response["violations"]:
            found += [f"{kind}: {violation['id']}: {node['html'][:160]}" for node in violation["nodes"]]
    page.close()
    assert found == []


def test_a_reader_changes_the_language_and_stays_on_the_page(browser, site):
    page = browser.new_page(viewport={"width": 800, "height": 900})
    page.goto((site / "cases" / "C-b1.html").as_uri())
    for tag, name in (("be", "Алесь Бяляцкі"), ("ru", "Алесь Бяляцкі"), ("en", "Ales Bialiatski")):
        page.locator(f".languages a[hreflang={tag}]").click()
        assert page.evaluate("document.documentElement.lang") == tag
        assert page.locator("h1").inner_text() == name
    # The charts speak the language too, and links stay within it.
    page.goto((site / "be" / "index.html").as_uri())
    assert "/be/charts/" in page.evaluate("document.images[0].currentSrc")
    page.locator("nav[aria-label] a", has_text="Здзелкі").first.click()
    expect(page).to_have_url(re.compile("/be/deals.html$"))
    page.close()


def test_a_reader_goes_back_to_what_was_known_and_returns(browser, site):
    page = browser.new_page(viewport={"width": 800, "height": 900})
    page.goto((site / "index.html").as_uri())
    page.locator(".known a").click()
    page.locator("table a", has_text="20 December 2025").click()
    assert page.locator("h1").inner_text() == "As publicly known on 20 December 2025"
    assert "1,201" in page.locator(".number .big").first.inner_text()  # the count of 23 December was not out
    page.locator("text=Today’s page").click()
    assert "1,135" in page.locator(".number .big").first.inner_text()
    page.close()


def test_the_keyboard_reaches_the_text_and_every_link_shows_where_it_is(browser, site):
    page = browser.new_page(viewport={"width": 800, "height": 900})
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))  # the address follows the key a moment later
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.close()


@pytest.mark.parametrize(
    "place", ["index.html", "cases.html", "cases/C-b1.html", "deals/BY-2025-12-13.html", "articles"]
)
def test_paper_shows_what_a_screen_unfolds_and_nothing_to_press(browser, site, place):
    path = site / place
    if path.is_dir():
        (path,) = path.iterdir()
    page = browser.new_page(viewport={"width": 680, "height": 1000}, color_scheme="dark")  # A4 within its margins
    page.goto(path.as_uri())
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(31, 35, 39)"
    seen = "e => e.checkVisibility({contentVisibilityAuto: true}) && e.getClientRects().length > 0"
    for pressed in ("nav:not(:has(h2))", "#find", ".skip", "button", ".tools"):
        assert not page.evaluate(f"[...document.querySelectorAll({pressed!r})].some({seen})"), pressed
    for unfolded in ("details.contest li", ".judgement > details li", ".unfolds li"):
        assert page.evaluate(f"[...document.querySelectorAll({unfolded!r})].every({seen})"), unfolded
    told = "a => getComputedStyle(a, '::after').content"
    away = page.evaluate(f"[...document.querySelectorAll('a[rel]')].map(a => [a.href, ({told})(a)])")
    assert all(address.rstrip("/") in shown.replace('" "', "") for address, shown in away)
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    assert page.evaluate("[...document.images].every(i => i.getBoundingClientRect().height < 500)")
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.close()
