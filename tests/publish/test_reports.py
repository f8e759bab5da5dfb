"""Reports: two pages at most, archivable, the same bytes twice, every number of a source listed; bad use refused."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from pypdf import PdfReader

from habeas.errors import PublishError, UsageError
from habeas.languages import LANGUAGES, language, script_read
from habeas.nouns import Book, Casebook, Public
from habeas.pipeline import Built
from habeas.publish import Subject, publish_report
from tests.chromium import find
from tests.publish.conftest import MakeCasebook, facts, name

DEAL = Subject(deal="BY-2025-12-13")
PERIOD = Subject(period=(date(2025, 1, 1), date(2025, 12, 31)))
PEOPLE = Subject(people=("list", "hrw"))
SUBJECTS = pytest.mark.parametrize("subject", [DEAL, PERIOD, PEOPLE], ids=["deal", "period", "people"])


def text_of(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


@SUBJECTS
@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if script_read(tag) in ("Latn", "Cyrl")])
def test_a_brief_keeps_to_two_pages_in_every_language(casebook: Casebook[Public], tmp_path, subject, tag):
    path = publish_report(casebook, subject, tmp_path / "brief.pdf", language=tag)
    paper = PdfReader(path)
    assert len(paper.pages) <= 2
    assert paper.trailer["/Root"]["/Lang"] == tag
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"] is not None
    packed = paper.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in packed
    assert "<pdfuaid:part>1</pdfuaid:part>" in packed
    assert " ".join(language(tag).day(date(2026, 1, 5)).split()) in text_of(path)


@SUBJECTS
@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if script_read(tag) not in ("Latn", "Cyrl")])
def test_a_brief_in_other_letters_is_set_where_the_machine_has_them_or_refused(casebook, tmp_path, subject, tag):
    page = publish_report(casebook, subject, tmp_path / "brief.html", language=tag)
    assert language(tag).day(date(2026, 1, 5)) in page.read_text(encoding="utf-8")
    try:
        path = publish_report(casebook, subject, tmp_path / "brief.pdf", language=tag)
    except PublishError as refused:
        assert "no font on this machine" in str(refused)  # noqa: PT017 -- either is right
    else:
        assert len(PdfReader(path).pages) <= 2


def test_every_deal_of_the_example_book_keeps_to_two_pages(example: tuple[Book, Built], tmp_path):
    """The book is rich and Belarusian runs long: rows that a brief leaves out must be left out."""
    casebook = example[1].published.casebook
    for deal in casebook.deals:
        path = publish_report(casebook, Subject(deal=deal), tmp_path / "deal.pdf", language="be")
        assert len(PdfReader(path).pages) <= 2, deal


@SUBJECTS
@pytest.mark.parametrize("suffix", ["pdf", "html"])
def test_the_same_casebook_gives_the_same_bytes(casebook: Casebook[Public], tmp_path, subject, suffix):
    first, second = (publish_report(casebook, subject, tmp_path / f"{n}.{suffix}", full=True) for n in "ab")
    assert first.read_bytes() == second.read_bytes()


def test_a_deal_says_what_was_given_by_word_and_by_act(casebook: Casebook[Public], tmp_path):
    said = text_of(publish_report(casebook, DEAL, tmp_path / "deal.pdf", full=True))
    assert "measures on potash" in said
    assert "Belarus General License 13" in said
    assert "no, it does less" in said
    assert "9 + 114 = 123" in said
    assert "Ales Bialiatski" in said
    assert "1,613" in said
    assert "https://www.hrw.org/news/2025/12/15/" in said


def test_a_reader_of_belarusian_reads_names_in_belarusian(casebook: Casebook[Public], tmp_path):
    said = text_of(publish_report(casebook, DEAL, tmp_path / "deal.pdf", language="be", full=True))
    assert "Алесь Бяляцкі" in said
    assert "Ales Bialiatski" not in said


@SUBJECTS
@pytest.mark.parametrize("full", [False, True], ids=["brief", "full"])
def test_every_number_of_a_source_is_listed(casebook: Casebook[Public], tmp_path, subject, full):
    page = publish_report(casebook, subject, tmp_path / "report.html", full=full).read_text(encoding="utf-8")
    listed = set(re.findall(r'<li id="s(\d+)"', page))
    cited = set(re.findall(r'href="#s(\d+)"', page))
    assert cited
    assert cited <= listed


@SUBJECTS
def test_the_page_asks_nobody_and_complains_of_nothing(casebook: Casebook[Public], tmp_path, subject):
    path = publish_report(casebook, subject, tmp_path / "report.html", full=True)
    asked, said = [], []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 360, "height": 700})
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.goto(path.as_uri())
        wide = page.evaluate("document.documentElement.scrollWidth")
        browser.close()
    assert asked == [path.as_uri()]
    assert said == []
    assert wide <= 360


def test_a_source_cannot_set_the_page(make_casebook: MakeCasebook, tmp_path):
    """Markup of Typst or HTML in a name stays text."""
    odd = "#pagebreak() *A* <script>alert(1)</script> $x$ \u202egnp"
    book = make_casebook([*facts(), name("entry:hrw:p2", odd, "en")])
    paper = publish_report(book, PEOPLE, tmp_path / "people.pdf")
    assert len(PdfReader(paper).pages) <= 2
    page = publish_report(book, PEOPLE, tmp_path / "people.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize(
    ("subject", "file", "tag", "says"),
    [
        (Subject(), "a.pdf", "en", "say what the report is about"),
        (Subject(deal="BY-2025-12-13", people=("sex", "male")), "a.pdf", "en", "say what the report is about"),
        (Subject(deal="BY-1999"), "a.pdf", "en", "there is no deal 'BY-1999' in this book; there are BY-2025-12-13"),
        (Subject(people=("shoes", "red")), "a.pdf", "en", "a facet is one of charge"),
        (Subject(people=("occupation", "pilot")), "a.pdf", "en", "there are human rights defender"),
        (Subject(period=(date(2025, 2, 1), date(2025, 1, 1))), "a.pdf", "en", "lies after"),
        (DEAL, "a.docx", "en", "--out takes a file ending in .pdf or .html"),
        (DEAL, "a.pdf", "xx", "--language takes"),
    ],
)
def test_bad_use_is_one_sentence(casebook: Casebook[Public], tmp_path, subject, file, tag, says):
    with pytest.raises(UsageError, match=re.escape(says)):
        publish_report(casebook, subject, tmp_path / file, language=tag)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_one_sentence(casebook: Casebook[Public], tmp_path):
    with pytest.raises(PublishError, match=r"cannot be written to deal\.pdf"):
        publish_report(casebook, DEAL, tmp_path / "no" / "deal.pdf")
