"""Verdicts through the command: signed, kept, spoken about, taken back, held against a record that moved on; and no leak."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from habeas.ledger import open_ledger
from habeas.nouns import Keeper, Public, Statement
from habeas.pipeline import casebook, who_is_who
from habeas.pipeline.articles import check_all
from habeas.pipeline.verdicts import sign_listed
from habeas.publish.claimreview import schema
from habeas.readers import load_book
from tests.cli.conftest import Run
from tests.planted import found_in

FIGURES = """id,release,figure,n,op,what,by,url
all,BY-2023-06-01,announced,2,eq,people released,A ministry,https://example.org/release
"""
HEAD = "title: A text\npublished: 2023-06-02\nurl: https://example.org/article\n---\n"
TEXT = (
    "Two people were freed in Belarus. Placeholder Alphaev was detained on 3 February 2021."
    " Specimen Betaev remains in prison.\n"
)


@pytest.fixture
def built(run: Run, book: Path) -> Path:
    """A small book with one article of three claims, all of them supported."""
    (book / "events" / "figures.csv").write_text(FIGURES, encoding="utf-8")
    (book / "articles" / "one.txt").write_text(HEAD + TEXT, encoding="utf-8")
    assert run("build", "-b", book).code == 0
    return book


def said(run: Run, *arguments: object, code: int = 0) -> Any:
    ran = run(*arguments, "--json")
    assert ran.code == code, ran.err
    return json.loads(ran.out)


def sign(run: Run, book: Path, *more: object, by: str = "editor-1", article: str = "one.txt") -> Any:
    return said(run, "check", book / "articles" / article, "--sign", by, *more, "-b", book)["signed"]


def history(book: Path) -> tuple[Statement, ...]:
    with open_ledger(book / "ledger.sqlite") as ledger:
        return ledger.history(Keeper)


def statements(book: Path) -> int:
    return len(history(book))


def page(run: Run, book: Path) -> str:
    assert run("publish", "site", "-b", book).code == 0
    (path,) = (book / "site" / "articles").iterdir()
    return path.read_text(encoding="utf-8")


def reviews(html: str) -> list[dict[str, Any]]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return [] if not found else list(json.loads(found[0])["@graph"])


def test_a_signature_is_statements_and_only_it_gives_a_verdict_to_the_site(run: Run, built: Path) -> None:
    assert "3 not yet reviewed" in page(run, built)
    done = sign(run, built, "--claim", "1,3", "--note", "Held against the notice.")
    assert [(v["number"], v["outcome"]) for v in done["verdicts"]] == [(1, "signed"), (3, "signed")]
    with open_ledger(built / "ledger.sqlite") as ledger:
        view = ledger.view(Public)
        of_one = {s.prop: s.value for s in view.by_subject[f"verdict:{done['verdicts'][0]['id']}"]}
    assert of_one["quote"] == TEXT[int(of_one["start"]) : int(of_one["end"])] == "Two people were freed"
    assert (of_one["by"], of_one["today"], of_one["note"]) == ("editor-1", "supported", "Held against the notice.")
    assert of_one["head"].partition(":")[0].isdigit()
    assert of_one["file"] is None  # the keeper's own file name stays with the team
    html = page(run, built)
    assert "1 not yet reviewed" in html
    assert html.count("Signed by editor-1 on") == 2
    assert "2 supported" in html
    claims = said(run, "check", built / "articles" / "one.txt", "-b", built)["claims"]
    assert [c["signed"] and c["signed"]["by"] for c in claims] == ["editor-1", None, "editor-1"]
    quotes = [c["quote"] for c in claims]
    assert [r["claimReviewed"] for r in reviews(html)] == [quotes[0], quotes[2]]


def test_every_review_fits_the_schema_and_drafts_get_none(run: Run, built: Path, tmp_path: Path) -> None:
    toml = (built / "book.toml").read_text(encoding="utf-8")
    (built / "book.toml").write_text(
        toml.replace('country = "BY"', 'country = "BY"\naddress = "https://example.org/book/"'), encoding="utf-8"
    )
    run("check", built / "articles" / "one.txt", "--keep", "-b", built)
    assert reviews(page(run, built)) == []
    done = sign(run, built, "--claim", "1")["verdicts"][0]["id"]
    run(
        "remark",
        done,
        "--reply",
        "We stand by it.",
        "--by",
        "A newspaper",
        "--url",
        "https://example.org/r",
        "-b",
        built,
    )
    run("remark", done, "--correction", "The first version gave another day.", "--by", "editor-1", "-b", built)
    on_page = reviews(page(run, built))
    run("export", tmp_path / "out", "--format", "jsonld", "-b", built)
    exported = json.loads((tmp_path / "out" / "claimreviews.jsonld").read_text(encoding="utf-8"))
    assert exported["@graph"] == on_page
    validator = jsonschema.Draft202012Validator(schema(), format_checker=jsonschema.FormatChecker())
    validator.check_schema(schema())
    (review,) = on_page
    assert list(validator.iter_errors(review)) == []
    assert review["url"] == f"https://example.org/book/articles/{review['url'].rpartition('/')[2]}"
    assert f'id="{review["url"].partition("#")[2]}"' in page(run, built)
    assert review["itemReviewed"]["appearance"]["url"] == "https://example.org/article"
    assert review["reviewRating"] | {"ratingExplanation": ""} == {
        "@type": "Rating", "alternateName": "Supported", "ratingValue": 5, "bestRating": 5, "worstRating": 1,
        "ratingExplanation": "",
    }  # fmt: skip
    assert [c["text"] for c in review["comment"]] == ["We stand by it."]
    assert review["correction"][0]["@type"] == "CorrectionComment"
    for key in ("url", "claimReviewed", "reviewRating", "author", "itemReviewed"):
        assert list(validator.iter_errors({k: v for k, v in review.items() if k != key})), key
    assert list(validator.iter_errors({**review, "verdict": "supported"}))


def test_signing_twice_adds_nothing_and_another_editor_supersedes(run: Run, built: Path) -> None:
    sign(run, built)
    before = statements(built)
    again = sign(run, built)
    assert {v["outcome"] for v in again["verdicts"]} == {"signed already"}
    assert (again["batch"], statements(built)) == (None, before)
    anew = sign(run, built, "--claim", "2", by="editor-2")
    assert [v["outcome"] for v in anew["verdicts"]] == ["signed anew"]
    html = page(run, built)
    assert (html.count("Signed by editor-1 on"), html.count("Signed by editor-2 on")) == (2, 1)
    assert run("undo", anew["batch"], "-b", built).code == 0
    assert page(run, built).count("Signed by editor-1 on") == 3


def test_a_signature_that_is_taken_back_is_gone_from_the_site(run: Run, built: Path) -> None:
    done = sign(run, built)
    assert run("undo", done["batch"], "--reason", "signed by mistake", "-b", built).code == 0
    html = page(run, built)
    assert "Signed by" not in html
    assert reviews(html) == []
    assert said(run, "recheck", "-b", built)["verdicts"] == 0
    assert {v["outcome"] for v in sign(run, built)["verdicts"]} == {"signed"}


def test_a_text_that_changed_is_not_signed_by_accident(run: Run, built: Path) -> None:
    article = built / "articles" / "one.txt"
    first = said(run, "check", article, "-b", built)["article"]["fingerprint"]
    sign(run, built, "--text", first[:8])
    article.write_text(
        HEAD + "Specimen Betaev remains in prison. Two people were freed on 1 June 2023.\n", encoding="utf-8"
    )
    gone = said(run, "recheck", "-b", built, code=1)
    assert {r["change"] for r in gone["rechecked"]} == {"gone"}
    ran = run("check", article, "--sign", "editor-1", "--text", first[:8], "-b", built)
    assert (ran.code, "it has changed since you read it" in ran.err) == (2, True)
    ran = run("check", article, "--sign", "editor-1", "-b", built)
    assert (ran.code, "has changed since editor-1 signed it" in ran.err) == (2, True)
    mark = re.findall(r"--text ([0-9a-f]{8})", ran.err)[0]
    anew = sign(run, built, "--text", mark)
    assert anew["withdrawn"] == 3
    assert said(run, "recheck", "-b", built)["changed"] == 0
    run("undo", anew["batch"], "-b", built)
    assert {r["fingerprint"] for r in said(run, "recheck", "-b", built, code=1)["rechecked"]} == {first}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--sign", "editor-1", "--claim", "4"], "has no claim 4; its claims are numbered 1 to 3"),
        (["--sign", "editor-1", "--claim", "0"], "--claim takes numbers of claims"),
        (["--sign", "editor-1", "--claim", "3-1"], "--claim takes numbers of claims"),
        (["--sign", "editor-1", "--claim", "one"], "--claim takes numbers of claims"),
        (["--sign", " "], "--sign takes the name of who signs"),
        (["--sign", "e" * 101], "a name may have 100 characters at most"),
        (["--sign", "editor-1", "--keep"], "choose one"),
        (["--claim", "1"], "go with --sign or --keep"),
        (["--keep", "--note", "x"], "--note is for what is signed"),
        (["--sign", "editor-1", "--text", "12"], "is not the text 12"),
    ],
)
def test_what_cannot_be_signed_is_one_sentence(run: Run, built: Path, arguments: list[str], sentence: str) -> None:
    before = statements(built)
    ran = run("check", built / "articles" / "one.txt", *arguments, "-b", built)
    assert (ran.code, sentence in ran.err) == (2, True), ran.err
    assert statements(built) == before


def test_a_remark_needs_a_signed_verdict_and_is_said_once(run: Run, built: Path) -> None:
    kept = said(run, "check", built / "articles" / "one.txt", "--keep", "-b", built)["signed"]["verdicts"][0]["id"]
    for verdict in ("nothing", kept):
        ran = run("remark", verdict, "--reply", "No.", "--by", "A newspaper", "-b", built)
        assert (ran.code, "there is no signed verdict" in ran.err) == (2, True)
    signed = sign(run, built)["verdicts"][0]["id"]
    assert signed == kept  # the draft became the signature
    for arguments, sentence in (
        (["--by", "A"], "say either --reply TEXT or --correction TEXT"),
        (["--reply", "a", "--correction", "b", "--by", "A"], "say either"),
        (["--reply", " ", "--by", "A"], "needs a text"),
        (["--reply", "a", "--by", "A", "--url", "javascript:x"], "--url takes an address"),
        (["--reply", "a", "--by", "A", "--on", "2023"], "--on takes one day"),
    ):
        ran = run("remark", signed, *arguments, "-b", built)
        assert (ran.code, sentence in ran.err) == (2, True), ran.err
    reply = ["remark", signed, "--reply", "We stand by it.", "--by", "A newspaper", "--on", "2023-06-09", "-b", built]
    assert "recorded as batch" in run(*reply).out
    assert "nothing new" in run(*reply).out
    assert "Reply of A newspaper, 9 June 2023:" in page(run, built)


def test_recheck_tells_what_changed_and_why(run: Run, built: Path) -> None:
    sign(run, built, "--claim", "1")
    run("check", built / "articles" / "one.txt", "--keep", "--claim", "2-3", "-b", built)
    assert run("recheck", "-b", built).code == 0
    (built / "events" / "figures.csv").write_text(FIGURES.replace(",2,eq", ",3,eq"), encoding="utf-8")
    held = (built / "lists" / "held.csv").read_text(encoding="utf-8")
    (built / "lists" / "held.csv").write_text(held.replace("2021-02-03", "2021-05-04"), encoding="utf-8")
    run("read", "-b", built)
    found = said(run, "recheck", "-b", built, code=1)
    by_kind = {r["kind"]: r for r in found["rechecked"]}
    counted = by_kind["count_released"]
    assert (counted["change"], counted["signed_by"]) == ("changed", "editor-1")
    assert (counted["before"]["today"], counted["after"]["today"]) == ("supported", "not enough information")
    assert [(s["property"], s["value"]) for s in counted["came"] if s["property"] == "n"] == [("n", "3")]
    (went,) = (s for s in counted["went"] if s.get("property") == "n")
    assert (went["value"], went["taken_back_by"]) == ("2", counted["came"][0]["id"])
    assert (by_kind["date"]["changed"], by_kind["date"]["signed_by"]) == (True, None)
    assert by_kind["status_now"]["change"] in ("same", "reworded")
    table = run("recheck", "-b", built)
    assert (table.code, "before: supported" in table.out, "now: not enough" in table.out) == (1, True, True)
    # What stands on the site is what was signed, until somebody looks.
    html = page(run, built)
    assert "The record has changed since" in html
    assert "not enough information" not in html
    # Looked at: the draft is kept anew, the signature given anew.
    run("check", built / "articles" / "one.txt", "--keep", "-b", built)
    assert {r["id"] for r in said(run, "recheck", "-b", built, code=1)["rechecked"] if r["changed"]} == {counted["id"]}
    sign(run, built, "--claim", "1")
    assert said(run, "recheck", "-b", built)["changed"] == 0
    assert reviews(page(run, built))[0]["reviewRating"]["alternateName"] == "Not enough information"


def test_an_article_from_elsewhere_is_copied_into_the_book(run: Run, built: Path, tmp_path: Path) -> None:
    (built / "articles" / "scan.pdf").write_bytes(b"%PDF-1.4 no text")  # one that cannot be read is in nobody's way
    elsewhere = tmp_path / "two.txt"
    elsewhere.write_text(
        "published: 2023-06-05\n---\nIn Belarus, two people were freed on 1 June 2023.\n", encoding="utf-8"
    )
    done = said(run, "check", elsewhere, "--sign", "editor-1", "-b", built)["signed"]
    assert done["file"] == "articles/two.txt"
    assert (built / "articles" / "two.txt").read_bytes() == elsewhere.read_bytes()
    assert {
        v["outcome"] for v in said(run, "check", elsewhere, "--sign", "editor-1", "-b", built)["signed"]["verdicts"]
    } == {"signed already"}
    elsewhere.write_text("Another text: two people were freed in Belarus on 1 June 2023.\n", encoding="utf-8")
    ran = run("check", elsewhere, "--sign", "editor-1", "-b", built)
    assert (ran.code, "holds another text named two.txt" in ran.err) == (2, True)
    # One claim, two articles, one family.
    first = said(run, "check", built / "articles" / "one.txt", "-b", built)["claims"]
    second = said(run, "check", built / "articles" / "two.txt", "-b", built)["claims"]
    count = [[c["family"] for c in some if c["kind"] == "count_released"] for some in (first, second)]
    assert count[0] == count[1] != []
    assert run("publish", "site", "-b", built).code == 0
    assert all("Also claimed in:" in p.read_text(encoding="utf-8") for p in (built / "site" / "articles").iterdir())


def test_a_book_without_its_ledger_keeps_its_signatures(run: Run, built: Path) -> None:
    mark = said(run, "check", built / "articles" / "one.txt", "-b", built)["article"]["fingerprint"][:12]
    head = "article,text,quote,kind,verdict,by,on,note"
    good = f"one.txt,{mark},Two people were freed,count_released,supported,editor-1,2023-06-05,Held against the notice."
    rows = {
        f"two.txt,{mark},Two people,,supported,editor-1,2023-06-05,": "there is no such article",
        "one.txt,00000000,Two people,,supported,editor-1,2023-06-05,": "the text of the article has changed",
        f"one.txt,{mark},Three people,,supported,editor-1,2023-06-05,": "no claim stands in these words",
        f"one.txt,{mark},on,,supported,editor-1,2023-06-05,": "more than once",
        f"one.txt,{mark},February 2021. Specimen Betaev remains in,,supported,editor-1,2023-06-05,": "say the kind",
        f"one.txt,{mark},Specimen Betaev,,contradicted,editor-1,2023-06-05,": "the check does not say contradicted now",
        f"one.txt,{mark},Specimen Betaev,,right,editor-1,2023-06-05,": "verdict is not one of",
        f"one.txt,{mark},Specimen Betaev,,supported,editor-1,June,": "on is not a day",
        f"one.txt,{mark},Specimen Betaev,,supported,,2023-06-05,": "by is empty",
        "one.txt,12,Specimen Betaev,,supported,editor-1,2023-06-05,": "text is not the fingerprint",
    }
    listed = built / "articles" / "signatures.csv"
    listed.write_text("\n".join([head, good, *rows]) + "\n", encoding="utf-8")
    ran = run("build", "-b", built)
    assert ran.code == 0
    (path,) = (built / "site" / "articles").iterdir()
    html = path.read_text(encoding="utf-8")
    assert html.count("Signed by editor-1 on 5 June 2023") == 1
    assert "Held against the notice." in html
    listed.write_text(f"{head}\n{good}\n", encoding="utf-8")
    before = statements(built)
    assert "signatures.csv" not in run("build", "-b", built).err
    assert statements(built) == before
    # What was taken back on record is not signed again by the file.
    batch = max(s.batch for s in history(built) if s.kind == "verdict")
    run("undo", batch, "-b", built)
    assert "the signature was taken back on record" in run("build", "-b", built).err
    for row, sentence in rows.items():
        listed.write_text(f"{head}\n{row}\n", encoding="utf-8")
        made = sign_listed_problems(built)
        assert [sentence in p for p in made] == [True], (row, made)
    listed.write_text("article,by\none.txt,editor-1\n", encoding="utf-8")
    assert ["columns are missing: text, quote, verdict, on" in p for p in sign_listed_problems(built)] == [True]


def sign_listed_problems(folder: Path) -> list[str]:
    """What the build says of signatures.csv, without making the site each time."""
    book = load_book(folder)
    with open_ledger(book.ledger, keys=folder.parent / "keys", book=book) as ledger:
        public = casebook(book, ledger, Public)
        found, _ = check_all(book, ledger, public)
        count, problems = sign_listed(book, ledger, public, found, now=datetime(2023, 6, 6, tzinfo=UTC))
    assert count == 0
    return [str(p) for p in problems]


SECRETS = ("Alphaev", "Альфаев", "Альфаева", "held back by the family")


def test_what_is_kept_back_later_takes_the_verdict_with_it(run: Run, built: Path, tmp_path: Path) -> None:
    """In whatever case ending and script the article names the person."""
    article = built / "articles" / "two.txt"
    article.write_text(
        "published: 2023-06-02\n---\nПлейсхолдера Альфаева задержали в Беларуси 3 февраля 2021 года.\n",
        encoding="utf-8",
    )
    (built / "lists" / "held.csv").write_text(
        (built / "lists" / "held.csv")
        .read_text(encoding="utf-8")
        .replace("Placeholder Alphaev", "Плейсхолдер Альфаев"),
        encoding="utf-8",
    )
    (built / "articles" / "one.txt").unlink()
    run("read", "-b", built)
    done = sign(run, built, article="two.txt")
    assert done["verdicts"]
    run("export", tmp_path / "open", "--format", "all", "-b", built)
    run("publish", "site", "-b", built)
    assert {s for _, s in found_in(tmp_path / "open", ("Альфаева",))} == {"Альфаева"}
    assert (
        run(
            "restrict",
            "Плейсхолдер Альфаев",
            "--to",
            "team",
            "--review-on",
            "2099-01",
            "--reason",
            "asked for",
            "-b",
            built,
        ).code
        == 0
    )
    run("export", tmp_path / "closed", "--format", "all", "-b", built)
    ran = run("publish", "site", "-b", built)
    assert "kept back from the public: it was left out" in ran.err
    for folder in (tmp_path / "closed", built / "site"):
        assert found_in(folder, SECRETS) == set()
    fingerprint = said(run, "check", article, "-b", built)["article"]["fingerprint"]
    assert fingerprint.encode() not in b"".join(p.read_bytes() for p in (tmp_path / "closed").iterdir())
    with open_ledger(built / "ledger.sqlite") as ledger:
        seen = ledger.view(Public, who=who_is_who(load_book(built), ledger))
        assert [s for s in seen.statements if s.kind == "verdict" and s.value is not None] == []


def test_a_verdict_goes_with_the_statement_it_rests_on(run: Run, built: Path, tmp_path: Path) -> None:
    """A value that is kept back later would else stand on in the words of a verdict."""
    done = sign(run, built, "--claim", "1-2")["verdicts"]
    with open_ledger(built / "ledger.sqlite") as ledger:
        (day,) = (s.id for s in ledger.view(Keeper).statements if (s.prop, s.value) == ("detained", "2021-02-03"))
    run("restrict", day, "--to", "team", "--review-on", "2099-01", "--reason", "asked for", "-b", built)
    run("export", tmp_path / "out", "--format", "all", "-b", built)
    run("publish", "site", "-b", built)
    assert found_in(tmp_path / "out", ("2021-02-03", done[1]["id"])) == set()
    assert found_in(built / "site", ("2021-02-03", done[1]["id"])) == set()
    assert {s for _, s in found_in(tmp_path / "out", (done[0]["id"],))} == {done[0]["id"]}


def test_an_erasure_takes_the_verdicts_that_name_the_person_and_the_replies(run: Run, built: Path) -> None:
    done = sign(run, built)["verdicts"]
    for one in done:
        run("remark", one["id"], "--reply", "We stand by it.", "--by", "A newspaper", "-b", built)
    assert run("erase", "Placeholder Alphaev", "--reason", "asked for", "--yes", "-b", built).code == 0
    left = {s.subject for s in history(built) if s.value is not None}
    assert [f"verdict:{one['id']}" in left for one in done] == [True, False, True]
    assert len([s for s in left if s.startswith("remark:")]) == 2
    assert [name for name, _ in found_in(built, ("Placeholder Alphaev",)) if name.startswith("ledger")] == []
    assert run("verify", "-b", built).code == 0
    ran = run("check", built / "articles" / "one.txt", "--sign", "editor-1", "-b", built)
    assert (ran.code, "names somebody who was erased" in ran.err) == (2, True)


def test_a_page_holds_the_public_record_only(run: Run, built: Path, tmp_path: Path) -> None:
    article, target = built / "articles" / "one.txt", tmp_path / "page.html"
    ran = run("check", article, "--page", target, "-b", built)
    assert (ran.code, "3 claims; the page: " in ran.out) == (0, True)
    assert b"a remark" not in target.read_bytes()
    ran = run("check", article, "--page", article, "-b", built)
    assert (ran.code, "would overwrite the article" in ran.err) == (2, True)
    ran = run("check", article, "--page", target, "--sign", "editor-1", "-b", built)
    assert (ran.code, "look at it first" in ran.err) == (2, True)
    target.unlink()
    run(
        "restrict",
        "Placeholder Alphaev",
        "--to",
        "team",
        "--review-on",
        "2099-01",
        "--reason",
        "asked for",
        "-b",
        built,
    )
    for text in (TEXT, "Плейсхолдера Альфаева задержали в Беларуси 3 февраля 2021 года.\n"):
        article.write_text(HEAD + text, encoding="utf-8")
        ran = run("check", article, "--page", target, "-b", built)
        assert (ran.code, "kept back from the public" in ran.err) == (2, True)
        assert not target.exists()


def test_nobody_signs_what_names_somebody_kept_back(run: Run, built: Path) -> None:
    assert (
        run(
            "restrict",
            "Placeholder Alphaev",
            "--to",
            "team",
            "--review-on",
            "2099-01",
            "--reason",
            "held back by the family",
            "-b",
            built,
        ).code
        == 0
    )
    before = statements(built)
    ran = run("check", built / "articles" / "one.txt", "--sign", "editor-1", "-b", built)
    assert (ran.code, "names somebody, or a source, that is kept back" in ran.err) == (2, True)
    other = built / "articles" / "two.txt"
    other.write_text("published: 2023-06-02\n---\nTwo people were freed in Belarus on 1 June 2023.\n", encoding="utf-8")
    for more in (["--note", "It was Placeholder Alphaev."], ["--note", "ok"]):
        ran = run("check", other, "--sign", "editor-1", *more, "-b", built)
        assert ran.code == (2 if "Alphaev" in more[1] else 0)
    identifier = said(run, "recheck", "--all", "-b", built)["rechecked"][0]["id"]
    ran = run("remark", identifier, "--reply", "Alphaev Placeholder says no.", "--by", "A newspaper", "-b", built)
    assert (ran.code, "it names somebody" in ran.err) == (2, True)
    bent = "Мы спросили Плейсхолдера Альфаева."
    ran = run("remark", identifier, "--reply", bent, "--by", "A newspaper", "-b", built)
    assert (ran.code, "it names somebody" in ran.err) == (2, True)
    assert statements(built) > before
    run("publish", "site", "-b", built)
    assert found_in(built / "site", ("Alphaev",)) == set()
