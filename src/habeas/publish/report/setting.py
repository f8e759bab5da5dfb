"""A report as a file: PDF set by Typst, or one HTML page that asks no other host for anything."""

from __future__ import annotations

import base64
import json
import re
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any, Literal

from markupsafe import Markup

from habeas.errors import PublishError
from habeas.publish.environment import environment
from habeas.publish.report.blocks import Chart, Report
from habeas.publish.wording import clean

# Archivable for long (every font within, nothing outside) and readable by a screen reader.
STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]
_FACE = "Libertinus Serif"  # comes with Typst: Latin, Cyrillic, Greek; the same on every machine
_FONTS = re.compile(r'font-family="[^"]*"')
_DARK = re.compile(r"@media\(prefers-color-scheme:dark\)\{(?:[^{}]*\{[^{}]*\})*\}")


def as_pdf(report: Report, day: date) -> bytes:
    """The report as PDF/A-2a and PDF/UA-1; the same report and day give the same bytes.

    A text in letters that Typst's own fonts do not have is set with a font of the machine.

    Raises:
        PublishError: no font at hand has the letters, or the extra `report` is not installed.
    """
    try:
        import typst
    except ImportError as missing:
        raise PublishError(f"a report as PDF needs {missing.name}: pip install 'habeas[report]'") from None
    template = files("habeas.publish").joinpath("templates", "report.typ").read_text(encoding="utf-8")
    told = json.dumps(_cleaned(report.as_json()), ensure_ascii=False)
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    for own_fonts_only in (True, False):
        compiler = typst.Compiler(template.encode(), ignore_system_fonts=own_fonts_only)
        try:
            made = compiler.compile(
                format="pdf", pdf_standards=[*STANDARDS], timestamp=moment, sys_inputs={"report": told}
            )
        except typst.TypstError as error:
            if not re.search("font|codepoint", error.message):  # as it says of text, and of the archivable form
                raise
            continue
        assert isinstance(made, bytes)
        return made
    raise PublishError("no font on this machine has all the letters of this report; write the report as .html")


def as_html(report: Report) -> bytes:
    """The report as one HTML page with its style and its drawings within."""
    style = files("habeas.publish").joinpath("templates", "report.css").read_text(encoding="utf-8")
    page = environment(report.tag).get_template("report.html.j2")
    drawn = {block.svg: _address(block.svg) for block in report.blocks if isinstance(block, Chart)}
    return page.render(report=report, style=Markup(style), drawn=drawn).encode("utf-8")  # noqa: S704 -- our own file


def _address(svg: str) -> str:
    """A drawing as an address that holds it whole: its style is its own, and follows the reader's screen."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _cleaned(part: Any) -> Any:
    """Every text without the characters that no page may hold; drawings in the face of the report."""
    if isinstance(part, dict):
        return {
            key: _FONTS.sub(f'font-family="{_FACE}"', _DARK.sub("", value)) if key == "svg" else _cleaned(value)
            for key, value in part.items()
        }
    if isinstance(part, list | tuple):
        return [_cleaned(one) for one in part]
    return str(clean(part)) if isinstance(part, str) else part
