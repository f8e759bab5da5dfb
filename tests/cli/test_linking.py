"""`habeas link --records`: any list of people, outside a book."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from bench.people import write

from tests.cli.conftest import Run

pytest.importorskip("splink")

PEOPLE = """id;ФИО;дата рождения;список
1;Алесь Бяляцкі;1962-09-25;a
2;Ales Bialiatski;25.09.1962;b
3;Беляцкий Александр Викторович;1962;c
4;Марыя Калеснікава;1982-04-24;a
5;Maria Kalesnikava;;b
6;;;
7;Ales Bialiatski;1975-01-02;d
"""


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


def clusters(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["unique_id"]: row["cluster"] for row in csv.DictReader(stream)}


def test_a_list_with_headings_in_russian(run: Run, listed: Path, tmp_path: Path) -> None:
    out = tmp_path / "clusters.csv"
    done = run("link", "--records", listed, "--out", out)
    assert done.code == 0, done.err
    assert "id = id, born = дата рождения, name = ФИО, list = список" in done.out
    assert f"7 rows are 4 people: {out}" in done.out
    assert clusters(out) == {"1": "1", "2": "1", "3": "1", "4": "4", "5": "4", "6": "6", "7": "7"}


def test_columns_may_be_told_and_json_printed(run: Run, listed: Path, tmp_path: Path) -> None:
    out = tmp_path / "clusters.csv"
    done = run("link", "--records", listed, "--out", out, "--map", "name=ФИО,born=дата рождения", "--json")
    said = json.loads(done.out)
    assert (said["rows"], said["clusters"]) == (7, 4)
    assert said["columns"]["born"] == "дата рождения"


def test_a_list_that_may_have_people_twice(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "people.csv", tmp_path / "clusters.csv"
    rows = "id,name,born,list\n1,Ales Bialiatski,1962-09-25,a\n2,Алесь Бяляцкі,1962-09-25,a\n"
    path.write_text(rows, encoding="utf-8")
    assert run("link", "--records", path, "--out", out).code == 0
    assert clusters(out) == {"1": "1", "2": "1"}  # one list alone: its doubles are looked for
    path.write_text(rows + "3,Maryia Kalesnikava,1982,b\n", encoding="utf-8")
    assert run("link", "--records", path, "--out", out).code == 0
    assert clusters(out) == {"1": "1", "2": "2", "3": "3"}
    assert run("link", "--records", path, "--out", out, "--map", "list=").code == 0
    assert clusters(out) == {"1": "1", "2": "1", "3": "3"}


def test_decisions_hold(run: Run, listed: Path, tmp_path: Path) -> None:
    out, decided = tmp_path / "clusters.csv", tmp_path / "decided.csv"
    decided.write_text("a,b,same\n1,2,different\n1,7,same\n", encoding="utf-8")
    done = run("link", "--records", listed, "--out", out, "--decisions", decided)
    assert done.code == 0, done.err
    found = clusters(out)
    assert found["1"] != found["2"]
    assert found["7"] == "1"


def test_new_rows_go_into_the_clusters(run: Run, listed: Path, tmp_path: Path) -> None:
    out, index, new = tmp_path / "clusters.csv", tmp_path / "index", tmp_path / "new.csv"
    assert run("link", "--records", listed, "--out", out, "--index", index).code == 0
    before = out.read_text(encoding="utf-8")
    new.write_text("id,name,born\n8,Aleś Bialacki,1962-09-25\n9,Nobody Else,1990\n", encoding="utf-8")
    done = run("link", "--records", new, "--into", out, "--index", index)
    assert done.code == 0, done.err
    assert out.read_text(encoding="utf-8") == before + "8,1\n9,9\n"


def test_rows_without_ids_are_called_by_their_number(run: Run, tmp_path: Path) -> None:
    names, out = tmp_path / "names.txt", tmp_path / "clusters.csv"
    names.write_text("Алесь Бяляцкі\nAles Bialiatski\n", encoding="utf-8")
    assert run("link", "--records", names, "--out", out).code == 0
    assert list(clusters(out)) == ["1", "2"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--out", "x.csv"), "--out, --into, --index, --map and --decisions go with --records FILE"),
        (("--records", "people.csv"), "--records needs --out CLUSTERS.csv, or --into"),
        (("--records", "people.csv", "--out", "x.csv", "--reason", "y"), "--records links a list outside a book"),
        (("--records", "people.csv", "--into", "x.csv"), "--into needs the --index that --out kept"),
        (("--records", "people.csv", "--into", "x.csv", "--index", "i"), "there is no file of clusters x.csv"),
        (("--records", "nothing.csv", "--out", "x.csv"), "there is no file nothing.csv"),
        (("--records", "people.csv", "--out", "x.csv", "--map", "name"), "--map takes WHAT=COLUMN"),
        (("--records", "people.csv", "--out", "x.csv", "--map", "nom=ФИО"), "--map knows no 'nom'"),
        (("--records", "people.csv", "--out", "x.csv", "--map", "name=Nom"), "people.csv has no column 'Nom'"),
        (("--records", "people.csv", "--out", "x.csv", "--map", "id=дата рождения"), "it tells rows apart"),
        (("--records", "people.csv", "--out", "x.csv", "--decisions", "people.csv"), "needs the columns a, b and same"),
        (("--records", "twice.csv", "--out", "x.csv"), "stands in row 2 too"),
        (("--records", "nameless.csv", "--out", "x.csv"), "has no column of names"),
    ],
)
def test_wrong_use(
    run: Run, listed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], says: str
) -> None:
    (tmp_path / "twice.csv").write_text("id,name\n1,A B\n1,C D\n", encoding="utf-8")
    (tmp_path / "nameless.csv").write_text("id,colour\n1,red\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = run("link", *arguments)
    assert done.code == 2
    assert says in done.err
    assert not (tmp_path / "x.csv").exists()


@pytest.mark.parametrize("heavy", ["splink", "duckdb"])
def test_without_the_extra_it_says_what_to_install(heavy: str, listed: Path, tmp_path: Path) -> None:
    script = f"import sys; sys.modules[{heavy!r}] = None; from habeas.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", script, "link", "--records", str(listed), "--out", str(tmp_path / "x.csv")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, "pip install 'habeas[link]'" in done.stderr) == (2, True), done.stderr


def test_the_generator_gives_the_same_list_for_the_same_seed(tmp_path: Path) -> None:
    one, two, other = tmp_path / "1.csv", tmp_path / "2.csv", tmp_path / "3.csv"
    write(300, one, 5)
    write(300, two, 5)
    write(300, other, 6)
    assert one.read_bytes() == two.read_bytes() != other.read_bytes()
