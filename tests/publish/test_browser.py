"""The site in a real browser, from a file: no console error, no request but for files, nothing wider than the screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests import chromium

playwright = pytest.importorskip("playwright.sync_api")

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
    page.locator(".spell dd .refs a").first.click()
    assert page.locator("ol.sources li:target a").first.is_visible()
    page.locator(".spell dd > details.contest > summary").first.click()
    assert page.locator("details.contest[open] li").first.is_visible()
    page.locator("text=Deals and releases").first.click()
    assert page.locator("h1").inner_text() == "Deals and releases"
    context.close()
