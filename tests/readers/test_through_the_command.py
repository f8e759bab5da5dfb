"""Bad input through the whole of `habeas read`: it ends well, says what is wrong, and the good lists go in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from habeas.cli import main
from tests.readers.conftest import COLUMNS, HEAD, HEADER, a_list
from tests.readers.test_workbook import HEADER as CELLS
from tests.readers.test_workbook import SHEET, workbook

Habeas = Callable[..., tuple[str, str]]
GOOD = f"{HEADER}\n1,Placeholder Good,2021-07-14,,,\n"


@pytest.fixture
def habeas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Habeas:
    """Run a verb on the book in `tmp_path`: what it printed on standard output and standard error."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("HABEAS_KEYS", str(tmp_path / "keys"))

    def run(*arguments: str) -> tuple[str, str]:
        monkeypatch.setattr("sys.argv", ["habeas", *arguments, "-b", str(tmp_path)])
        with pytest.raises(SystemExit) as leaving:
            main()
        out, err = capsys.readouterr()
        assert leaving.value.code == 0, err
        assert "Traceback" not in err
        return out, err

    return run


def make_book(folder: Path, *names: str, more: str = "", **files: bytes | str) -> None:
    """A book of the lists named, each by its file without the ending; CSV unless it has one."""
    (folder / "lists").mkdir(exist_ok=True)
    lists = [a_list(name, list_id=name.partition(".")[0], more=more, columns=_columns(name)) for name in names]
    (folder / "book.toml").write_text(HEAD + "\n".join(lists), encoding="utf-8")
    for name in names:
        data = files.get(name.partition(".")[0])
        if data is not None:
            (folder / "lists" / name).write_bytes(data.encode() if isinstance(data, str) else data)


def _columns(name: str) -> str:
    return "" if name.endswith(".txt") else COLUMNS


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(SHEET, "w", force_zip64=True) as part:
        for _ in range(250):
            part.write(bytes(1_000_000))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("big.csv", f"{HEADER}\n1,Placeholder Big,2021-07-14,,{'x' * 10_000_000},\n", "holds 10,000,000 characters"),
        ("bomb.xlsx", bomb(), "claims to unpack to 250,000,000: not opened"),
        ("cut.xlsx", workbook(CELLS, [1, "Placeholder Cut"])[:-200], "cut off or damaged"),
    ],
    ids=["a cell of ten megabytes", "a bomb", "a workbook cut off"],
)
def test_what_is_wrong_is_said_and_the_rest_goes_in(
    tmp_path: Path, habeas: Habeas, name: str, data: bytes | str, says: str
) -> None:
    stem = name.partition(".")[0]
    make_book(tmp_path, name, "good.csv", more='url = "https://example.org/lists"', **{stem: data, "good": GOOD})
    out, err = habeas("read")
    assert says in err
    assert "1 problem in the data; each says what became of the value:" in err
    assert len(err) < 5_000, "what is shown of a value is short"
    assert "lists/good.csv: 1 rows" in out
    out, _ = habeas("ask", "case", "Placeholder Good")
    assert "2021-07-14" in out
    if stem == "big":
        out, _ = habeas("ask", "case", "Placeholder Big")
        assert "2021-07-14" in out, "the rest of its row too"


def test_a_list_left_out_of_the_book_is_told_until_it_is_withdrawn(tmp_path: Path, habeas: Habeas) -> None:
    make_book(tmp_path, "good.csv", "other.txt", good=GOOD, other="Placeholder Other\n")
    _, err = habeas("read")
    assert "no [[list]] names it" not in err
    make_book(tmp_path, "good.csv")
    _, err = habeas("read")
    assert "this list is on record and no [[list]] names it any more: its 1 entry still count ('other')" in err
    batch = err.partition("`habeas undo ")[2].partition("`")[0]
    habeas("undo", batch)
    _, err = habeas("read")
    assert "no [[list]] names it" not in err
    make_book(tmp_path, "good.csv", "other.txt")
    habeas("read")
    make_book(tmp_path, "good.csv", "other.txt", other="Placeholder Other\nPlaceholder Third\n")
    habeas("read")
    make_book(tmp_path, "good.csv")
    _, err = habeas("read")
    assert "its 2 entries still count" in err
    assert err.count("`habeas undo ") == 2, "each batch that said something of it"


def test_near_names_in_the_next_edition_are_told(tmp_path: Path, habeas: Habeas) -> None:
    more = 'means = "held"\npublished = "{}"\n'
    make_book(tmp_path, "names.txt", more=more.format("2023-01-01"), names="Ivan Persona\nMaria Personka\n")
    habeas("read")
    make_book(tmp_path, "names.txt", more=more.format("2023-06-01"), names="Ivana Persona\nMarina Personka\n")
    out, err = habeas("read")
    assert "respelled" not in out
    assert "2 problems in the data" in err
    assert "names,Maria Personka,names,Marina Personka,same" in err
    (tmp_path / "events").mkdir()
    decision = "list_a,key_a,list_b,key_b,same\nnames,Maria Personka,names,Marina Personka,same\n"
    (tmp_path / "events" / "decisions.csv").write_text(decision, encoding="utf-8")
    habeas("read")
    out, _ = habeas("link")
    assert "4 entries of 1 lists are 3 people" in out, "what the problem says to do does it"


def test_a_second_paste_adds_to_the_first(tmp_path: Path, habeas: Habeas) -> None:
    (tmp_path / "events").mkdir()
    release = "id,country,date,title,url\nBY-2023-06-01,BY,2023-06-01,A release,https://example.org/release\n"
    (tmp_path / "events" / "releases.csv").write_text(release, encoding="utf-8")
    make_book(tmp_path, "good.csv", good=GOOD)
    habeas("read")
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_text("Placeholder Alphaev\nPlaceholder Good\n", encoding="utf-8")
    second.write_text("Placeholder Alphaevv\nPlaceholder Good\n", encoding="utf-8")
    habeas("match", str(first), "--record", "BY-2023-06-01")
    habeas("match", str(second), "--record", "BY-2023-06-01", "--published", "2023-06-03")
    out, _ = habeas("link")
    assert out.startswith("4 entries of 2 lists"), "none took the place of another"
    _, err = habeas("read")
    assert "pasted-" not in err, "a pasted list stands in no book.toml"


@pytest.mark.parametrize("verb", ["init", "read"])
def test_a_link_that_leads_to_itself_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    make_book(tmp_path, "good.csv", "round.csv", good=GOOD)
    (tmp_path / "lists" / "round.csv").symlink_to("round.csv")
    said = {"init": [str(tmp_path / "lists" / "round.csv")], "read": ["-b", str(tmp_path)]}[verb]
    monkeypatch.setattr("sys.argv", ["habeas", verb, *said])
    with pytest.raises(SystemExit) as leaving:
        main()
    assert leaving.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "round.csv" in line
