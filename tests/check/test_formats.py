"""What an article comes in: each format to plain text with exact spans, and one clear sentence where it cannot be."""

from datetime import date
from pathlib import Path

import pytest

from habeas.check import check_article, read_article
from habeas.check.formats import paragraphs
from habeas.errors import CaptureError
from habeas.nouns import Verdict

pytest.importorskip("trafilatura")
pytest.importorskip("pypdf")
RIGHT = Path(__file__).parent.parent / "fixtures" / "right" / "articles"
WRONG = Path(__file__).parent.parent / "fixtures" / "wrong" / "articles"


def read(path, published=None):
    return read_article(path, path.read_bytes(), published=published)


@pytest.mark.parametrize(
    ("name", "language", "came", "first"),
    [
        ("page-ru.html", "ru", "from the metadata of the page", "Власти освободили 123 человека"),
        ("article-be.docx", "be", "printed on the page (14 снежня 2025 года)", "14 снежня 2025 года"),
        ("article-en.pdf", "en", "printed on the page (14 December 2025)", "Prisoners freed in Belarus"),
    ],
)
def test_a_format_is_read_to_plain_text(name, language, came, first):
    article = read(RIGHT / name)
    assert (article.language, article.published, article.published_from) == (language, date(2025, 12, 14), came)
    assert article.text.splitlines()[0] == first
    assert article.problems == ()


@pytest.mark.parametrize("name", ["page-ru.html", "article-be.docx", "article-en.pdf"])
def test_every_claim_points_at_exact_characters_of_the_text(casebook, name):
    article = read(RIGHT / name)
    checked = check_article(article, casebook, today=date(2026, 3, 20))
    kinds = {j.claim.kind for j in checked.judgements}
    assert {"count_released", "count_detained", "membership"} <= kinds
    for judgement in checked.judgements:
        quote = judgement.claim.quote
        assert article.text[quote.start : quote.end] == quote.text


def test_menus_and_footers_are_no_text():
    text = read(RIGHT / "page-ru.html").text
    assert "Новости" not in text
    assert "Copyright" not in text


def test_a_word_cut_at_the_end_of_a_line_is_mended():
    assert "Ales Bialiatski, after two days" in read(RIGHT / "article-en.pdf").text


def test_lines_are_joined_to_paragraphs():
    lines = [
        "A heading",
        "",
        "The first line goes on for a while and then",
        "ends here. Another sen-",
        "tence.",
        "",
        "New.",
    ]
    assert (
        paragraphs(lines) == "A heading\nThe first line goes on for a while and then ends here. Another sentence.\nNew."
    )


def test_the_page_beats_its_metadata_and_both_are_said():
    article = read(WRONG / "metadata-against-page.html")
    assert article.published == date(2025, 12, 14)
    assert "metadata say 2019-12-13, the page itself 14 декабря 2025" in article.problems[0].what


def test_metadata_that_the_text_speaks_against_are_not_believed(casebook):
    article = read(WRONG / "metadata-against-text.html")
    assert article.published is None
    assert "the text tells of 2025-" in article.problems[0].what
    checked = check_article(article, casebook, today=date(2026, 3, 20))
    assert checked.article.published == date(2025, 12, 13)
    assert "the release of 2025-12-13" in checked.article.published_from


def test_the_day_given_is_not_argued_with():
    article = read(WRONG / "metadata-against-page.html", date(2025, 12, 15))
    assert (article.published, article.published_from, article.problems) == (date(2025, 12, 15), "as given", ())


def test_a_page_without_a_day_is_dated_by_the_release_it_tells_of(casebook):
    checked = check_article(read(WRONG / "no-date.html"), casebook, today=date(2026, 3, 20))
    assert "the release of 2025-12-13" in checked.article.published_from


def test_broken_markup_is_read_as_far_as_it_goes(casebook):
    article = read(WRONG / "broken.html")
    assert "123 prisoners" in article.text
    assert "1,100 people" in article.text


def test_paragraphs_of_several_languages_are_each_read_in_their_own(casebook):
    checked = check_article(read(WRONG / "mixed-languages.txt"), casebook, today=date(2026, 3, 20))
    counts = [
        j.claim.value["n"] for j in checked.judgements if j.claim.kind == "count_detained" and "n" in j.claim.value
    ]
    assert counts == [1100, 1100, 1100]
    assert "each was read in its own language" in checked.problems[0].what


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cookie-wall.html", "holds a notice"),
        ("empty-page.html", "no text was found in the page"),
        ("pictures-only.pdf", "holds pictures of its 2 pages and no text; run it through text recognition"),
        ("broken.pdf", "cannot be read as a PDF"),
        ("entities.docx", "is no DOCX that can be read"),
        ("no-document.docx", "is no DOCX that can be read"),
        ("old-word.doc", "old Word or RTF file"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(name, said):
    with pytest.raises(CaptureError, match=said):
        read(WRONG / name)


def test_a_text_that_speaks_to_the_reader_is_read_like_any_other(casebook):
    """Nothing in it is an instruction: a false number stays false, and what is right is judged by the record alone."""
    checked = check_article(read(WRONG / "injection.html"), casebook, today=date(2026, 3, 20))
    found = {j.claim.value.get("n"): j.verdict for j in checked.judgements if j.claim.kind == "count_released"}
    assert found[123] is Verdict.SUPPORTED
    assert found.get(5000) is not Verdict.SUPPORTED


def test_ten_megabytes_are_read_in_part_and_said(casebook):
    text = "Belarus freed 123 prisoners on Saturday. " * 250_000
    article = read_article(Path("a.txt"), text.encode(), published=date(2025, 12, 14))
    checked = check_article(article, casebook, today=date(2026, 3, 20))
    assert "only the first 200,000 were read" in checked.problems[-1].what


@pytest.mark.parametrize(("name", "module"), [("page-ru.html", "trafilatura"), ("article-en.pdf", "pypdf")])
def test_without_the_extra_the_command_to_install_it_is_said(monkeypatch, name, module):
    monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(CaptureError, match=r"pip install 'habeas\[read\]'"):
        read(RIGHT / name)
