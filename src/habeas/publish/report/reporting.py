"""Write a report: about a deal, a period or a group of people; short or in full; on paper or as a page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from habeas.errors import PublishError, UsageError
from habeas.languages import LANGUAGES, language
from habeas.making import write_whole
from habeas.nouns import Casebook, Public
from habeas.publish.contents import Contents
from habeas.publish.report.blocks import Report
from habeas.publish.report.on_deal import on_deal
from habeas.publish.report.on_people import on_people
from habeas.publish.report.on_period import on_period
from habeas.publish.report.reporter import Reporter
from habeas.publish.report.setting import as_html, as_pdf
from habeas.publish.site import refuse_restricted
from habeas.publish.subject import Subject

SUFFIXES = (".pdf", ".html")


def write_report(casebook: Casebook[Public], subject: Subject, path: Path, *, tag: str, full: bool) -> Path:
    """Write the report; what it promises is said at `habeas.publish.publish_report`."""
    refuse_restricted(casebook)
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"--out takes a file ending in {' or '.join(SUFFIXES)}, not {path.name!r}")
    if tag not in LANGUAGES:
        raise UsageError(f"--language takes {', '.join(LANGUAGES)}, not {tag!r}")
    contents = Contents(casebook=casebook, checked=())
    report = _report(Reporter(contents=contents, language=language(tag), full=full), subject)
    data = as_html(report) if path.suffix.lower() == ".html" else as_pdf(report, contents.known_day or date.min)
    try:
        write_whole(path, data)
    except OSError as error:
        raise PublishError(f"the report cannot be written to {path.name} ({error.strerror})") from None
    return path


def _report(reporter: Reporter, subject: Subject) -> Report:
    asked = [part for part in (subject.deal, subject.period, subject.people) if part is not None]
    if len(asked) != 1:
        raise UsageError("say what the report is about: --deal ID, or --from DAY --to DAY, or --people FACET=VALUE")
    if subject.deal is not None:
        return on_deal(reporter, subject.deal)
    if subject.period is not None:
        return on_period(reporter, *subject.period)
    assert subject.people is not None
    return on_people(reporter, *subject.people)
