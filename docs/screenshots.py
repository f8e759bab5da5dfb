"""Make the screenshots of docs/screenshots again: build the example book in a folder of its own, open its site, look.

Needs Chromium and the extras of the tests; `python docs/screenshots.py [FOLDER OF A SITE]`.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from tests import chromium

from habeas.pipeline import build
from habeas.readers import load_book

ROOT = Path(__file__).parent.parent
SHOTS = ROOT / "docs" / "screenshots"
BUILT_AT = datetime(2026, 4, 1, 12, tzinfo=UTC)
# Name, page, width and height in pixels, and whether the screen is dark.
WANTED = (
    ("front-1440-en", "index.html", 1440, 1500, False),
    ("front-768-be-dark", "be/index.html", 768, 1400, True),
    ("front-360-ru", "ru/index.html", 360, 1600, False),
    ("deal-1440-be", "be/deals/BY-2025-12-13.html", 1440, 1600, False),
    ("case-768-be", "be/{case}", 768, 1200, False),
    ("cases-360-be", "be/cases.html", 360, 1000, False),
    ("known-1440-en", "known/2025-12-13/index.html", 1440, 1300, False),
    ("article-768-en", "{article}", 768, 1200, False),
    ("measures-360-ru", "ru/measures.html", 360, 900, False),
)


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory() as place:
        site = Path(arguments[0]) if arguments else _built(Path(place))
        longest = max((site / "be" / "cases").iterdir(), key=_names).name
        article = next((site / "articles").iterdir()).name
        SHOTS.mkdir(exist_ok=True)
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox", "--disable-gpu"])
            for name, page, width, height, dark in WANTED:
                path = site / page.format(case=f"cases/{longest}", article=f"articles/{article}")
                _shoot(browser, path, SHOTS / f"{name}.png", (width, height), dark=dark)
            browser.close()
    return 0


def _built(place: Path) -> Path:
    shutil.copytree(ROOT / "examples" / "belarus", place / "belarus")
    build(load_book(place / "belarus"), now=BUILT_AT)
    return place / "belarus" / "site"


def _names(page: Path) -> int:
    """How long the names of a case run: the longest must fit too."""
    text = page.read_text(encoding="utf-8")
    return len(text.partition('<p class="names">')[2].partition("</p>")[0])


def _shoot(browser: Browser, page: Path, to: Path, size: tuple[int, int], *, dark: bool) -> None:
    width, height = size
    tab = browser.new_page(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light")
    tab.goto(page.resolve().as_uri())
    with Image.open(BytesIO(tab.screenshot())) as shot:
        shot.convert("RGB").quantize(64).save(to, optimize=True)
    wider = tab.evaluate("document.documentElement.scrollWidth") - width
    sys.stdout.write(f"{to.relative_to(ROOT)} {to.stat().st_size // 1024} kB{'  TOO WIDE' if wider > 0 else ''}\n")
    tab.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
