"""Publish a public casebook: a static site that opens from a file, and exports for machines; and draw an answer."""

from collections.abc import Sequence
from pathlib import Path

from habeas.errors import PublishError
from habeas.estimate.shape import EstimateShape
from habeas.nouns import Answer, Casebook, CheckedArticle, Public
from habeas.publish.export import FORMATS, export_data
from habeas.publish.subject import Subject

__all__ = [
    "FORMATS",
    "Subject",
    "export_data",
    "plot_answer",
    "plot_estimation",
    "publish_report",
    "publish_site",
    "write_check",
]


def publish_site(
    casebook: Casebook[Public],
    checked: Sequence[CheckedArticle],
    folder: Path,
    past: Sequence[Casebook[Public]] = (),
) -> tuple[Path, ...]:
    """Write the static site of a public casebook to `folder` and return the paths of its files, in order.

    The site opens from a file, asks no other host for anything and needs no script. The same casebook and articles give
    the same bytes. `past` are casebooks as known on earlier days, each of which gets a page. An earlier site in the folder is replaced as a whole; if anything fails it stays as it was.

    Raises:
        PublishError: the casebook is not the public one or holds a restricted value, the folder holds something else,
            it cannot be written, or the extra `site` is not installed.
    """
    try:
        from habeas.publish.site import write_site
    except ImportError as missing:
        raise PublishError(f"the site needs {missing.name}: pip install 'habeas[site]'") from None
    return write_site(casebook, checked, folder, past)


def publish_report(
    casebook: Casebook[Public], subject: Subject, path: Path, *, language: str = "en", full: bool = False
) -> Path:
    """Write a report on a deal, a period or a group of people to `path`, a PDF or HTML file by its suffix.

    The brief keeps to two pages of A4; the full report has every row, every source and its address. PDF is PDF/A-2a
    (to be archived) and PDF/UA-1 (to be read aloud). The same casebook gives the same bytes.

    Raises:
        UsageError: no subject or two, an unknown deal, facet, language or suffix, or nobody in the group.
        PublishError: the casebook is not the public one, it cannot be written, or an extra is not installed.
    """
    try:
        from habeas.publish.report import write_report
    except ImportError as missing:
        raise PublishError(f"a report needs {missing.name}: pip install 'habeas[report]'") from None
    return write_report(casebook, subject, path, tag=language, full=full)


def write_check(
    casebook: Casebook[Public],
    checked: CheckedArticle,
    path: Path,
    *,
    among: Sequence[CheckedArticle] = (),
    language: str = "en",
) -> None:
    """Write one page of a checked article: its sentences marked, and behind each mark the working; for an editor.

    It is a file of its own that asks no host for anything and needs no script. Verdicts that nobody has signed are shown
    as drafts. `among` are articles in which the same claims are looked for.

    Raises:
        PublishError: the casebook is not the public one, something else lies at `path`, it cannot be written, or the extra
            `site` is not installed.
    """
    try:
        from habeas.publish.editing import write_page
    except ImportError as missing:
        raise PublishError(f"--page needs {missing.name}: pip install 'habeas[site]'") from None
    write_page(casebook, checked, path, among, tag=language)


def plot_answer(answer: Answer, path: Path, *, head: str) -> None:
    """Draw an answer that is a curve or a fan to `path`, an SVG, PNG or HTML file by its suffix.

    Raises:
        PublishError: the suffix is another, there is nothing to draw, it cannot be written, or the extra `site` is not
            installed.
    """
    try:
        from habeas.publish.plots import write_plot
    except ImportError as missing:
        raise PublishError(f"--plot needs {missing.name}: pip install 'habeas[site]'") from None
    write_plot(answer, path, head=head)


def plot_estimation(found: EstimateShape, path: Path, *, foot: str) -> None:
    """Draw an estimation in its JSON shape as a forest of methods, to an SVG, PNG or HTML file by its suffix.

    Raises:
        PublishError: as `plot_answer`.
    """
    try:
        from habeas.publish.plots import write_forest
    except ImportError as missing:
        raise PublishError(f"--plot needs {missing.name}: pip install 'habeas[site]'") from None
    write_forest(found, path, foot=foot)
