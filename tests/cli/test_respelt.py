"""Whoever was erased does not come back by any way in, however respelt."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.cli.conftest import BOOK, Run
from tests.names.test_signs import RESPELT
from tests.test_leaks import leaks

PEOPLE = ("Ihar Losik", "Вольга Гладкая", "Віктар Бабарыка")
SPELLINGS = [said for name, said in RESPELT if name in PEOPLE]
OTHER = "Placeholder Alphaev"
# Another list like the small book's own.
LATER = BOOK[BOOK.index("[[list]]") :].replace('"held"', '"later"', 1).replace("held.csv", "later.csv")
HEADING = ["id", "name", "detained", "born", "note"]


def table(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)


def test_nobody_erased_comes_back_by_a_list_an_event_or_an_article(run: Run, book: Path, tmp_path: Path) -> None:
    held = [HEADING, ["0", OTHER, "2021-02-03", "", ""]]
    table(book / "lists" / "held.csv", [*held, *([str(at), name, "", "", ""] for at, name in enumerate(PEOPLE, 1))])
    assert run("build", "-b", book).code == 0
    for name in PEOPLE:
        assert run("erase", name, "--yes", "-b", book).code == 0
    table(book / "lists" / "held.csv", held)
    marks = {f"backagain{at:03d}": said for at, said in enumerate(SPELLINGS)}
    texts = [(mark, f"{mark} of {said}") for mark, said in marks.items()]
    table(book / "lists" / "later.csv", [HEADING, *([m, s, "2021-03-04", "", m] for m, s in marks.items())])
    (book / "book.toml").write_text((book / "book.toml").read_text(encoding="utf-8") + LATER, encoding="utf-8")
    url = "https://example.org/facts"
    facts = [[f"f{at}", "award", said, mark, "2022", url] for at, (mark, said) in enumerate(marks.items())]
    facts += [[f"t{at}", "award", OTHER, text, "2022", url] for at, (_, text) in enumerate(texts)]
    facts.append(["open", "award", OTHER, "shownword", "2022", url])  # so that the search would find them
    table(book / "events" / "facts.csv", [["id", "kind", "person", "what", "from", "url"], *facts])
    for mark, text in texts:
        article = f"title: {mark}\npublished: 2023-05-02\n---\n{text} was freed. Two people were freed.\n"
        (book / "articles" / f"{mark}.txt").write_text(article, encoding="utf-8")
    built = run("build", "-b", book)
    assert built.code == 0
    assert "was erased" in built.err
    run("export", tmp_path / "tables", "-b", book)
    public = run("ask", "inside", "--on", "2022-01-01", "--public", "--json", "-b", book)
    (tmp_path / "tables" / "inside.json").write_text(public.out, encoding="utf-8")
    secrets = {"backagain", *SPELLINGS, *PEOPLE}
    assert (leaks(book / "site", secrets), leaks(tmp_path / "tables", secrets)) == (set(), set())
    assert leaks(tmp_path / "tables", {"shownword", OTHER}) == {"shownword", OTHER}
