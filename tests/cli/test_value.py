"""`habeas value`: one value of one case by hand, and `habeas log BATCH`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from habeas.ledger import open_ledger
from habeas.nouns import Keeper, Statement, Visibility
from habeas.readers import load_book
from tests.cli.conftest import HELD, Run

PAGE = "https://example.org/page"
FROM = ("--source", PAGE, "--place", "“sent to prison”, row 2", "--published", "2023-06")
ALPHAEV, GAMMAEV = "Placeholder Alphaev", "Exemplar Gammaev"


@pytest.fixture
def kept(book: Path, run: Run) -> Path:
    assert run("read", "-b", book).code == 0
    return book


def _live(book: Path) -> list[Statement]:
    with open_ledger(book / "ledger.sqlite", keys=book.parent / "keys", book=load_book(book)) as ledger:
        return list(ledger.view(Keeper).statements)


def _value(run: Run, book: Path, *arguments: str) -> dict[str, Any]:
    done = run("value", *arguments, "-b", book, "--json")
    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert isinstance(found, dict)
    return found


def test_a_value_is_recorded_with_its_source_and_place_under_the_name_of_whoever_did(
    kept: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HABEAS_BY", "reader-2")
    done = _value(run, kept, "record", GAMMAEV, "detained", "2022-03-04", *FROM)
    assert (done["before"], done["after"]) == ([], ["2022-03-04"])
    (said,) = [s for s in _live(kept) if s.prop == "detained" and s.value == "2022-03-04"]
    assert (said.recorder, said.published, said.visibility) == ("reader-2", "2023-06", Visibility.PUBLIC)
    assert said.place == "by hand: “sent to prison”, row 2"
    assert [s.value for s in _live(kept) if s.subject == said.source and s.prop == "url"] == [PAGE]


def test_no_reading_takes_back_what_was_recorded_by_hand(kept: Path, run: Run) -> None:
    _value(run, kept, "record", GAMMAEV, "detained", "2022-03-04", *FROM)
    before = _live(kept)
    assert run("read", "-b", kept).out == "0 statements added\n"
    (kept / "lists" / "held.csv").write_text(
        HELD.replace("3,Exemplar Gammaev,,,", "3,Exemplar Gammaev,,1990-02-03,"), "utf-8"
    )
    assert run("read", "-b", kept).code == 0
    after = {s.id for s in _live(kept)}
    assert {s.id for s in before if s.place.startswith("by hand")} <= after


def test_a_value_of_a_list_is_corrected_by_one_that_is_preferred_and_its_word_stays(kept: Path, run: Run) -> None:
    done = _value(
        run, kept, "correct", ALPHAEV, "detained", "2021-02-03", "2021-02-05", *FROM, "--reason", "a document"
    )
    assert done["before"] == ["2021-02-03"]
    assert done["after"] == ["2021-02-05; against it 2021-02-03"]
    assert run("read", "-b", kept).out == "0 statements added\n"


def test_a_value_by_hand_is_corrected_and_withdrawn_and_all_of_it_stays_in_the_history(kept: Path, run: Run) -> None:
    _value(run, kept, "record", GAMMAEV, "detained", "2022-03-04", *FROM)
    done = _value(run, kept, "correct", GAMMAEV, "detained", "2022-03-04", "2022-03-05", *FROM, "--reason", "misread")
    assert (done["before"], done["after"]) == (["2022-03-04"], ["2022-03-05"])
    done = _value(run, kept, "withdraw", GAMMAEV, "detained", "2022-03-05", "--reason", "another person")
    assert (done["before"], done["after"]) == (["2022-03-05"], [])
    told = json.loads(run("log", GAMMAEV, "-b", kept, "--json").out)["changes"]
    assert [(c["before"], c["after"], c["reason"]) for c in told if c["property"] == "detained"] == [
        (None, "2022-03-04", ""),
        ("2022-03-04", "2022-03-05", "misread"),
        ("2022-03-05", None, "another person"),
    ]


def test_a_list_that_only_the_team_sees_keeps_back_what_is_recorded_on_its_entries(book: Path, run: Run) -> None:
    text = (book / "book.toml").read_text(encoding="utf-8")
    kept = text.replace('means = "held"', 'means = "held"\nvisibility = "team"\nvisibility_reason = "asked"', 1)
    (book / "book.toml").write_text(kept, encoding="utf-8")
    assert run("read", "-b", book).code == 0
    _value(run, book, "record", GAMMAEV, "detained", "2022-03-04", *FROM)
    said = [s for s in _live(book) if s.place.startswith("by hand")]
    assert {s.prop for s in said} >= {"detained", "url"}
    assert {s.visibility for s in said} == {Visibility.TEAM}


def test_a_value_can_be_sealed(kept: Path, run: Run) -> None:
    _value(run, kept, "record", GAMMAEV, "prison", "Colony 4", "--source", "a letter", "--to", "sealed")
    assert {s.visibility for s in _live(kept) if s.place == "by hand"} == {Visibility.SEALED}


def test_of_several_arrests_it_is_said_which_one_a_value_follows(kept: Path, run: Run) -> None:
    (kept / "lists" / "held.csv").write_text(HELD + f"4,{ALPHAEV},2023-02-03,1980-04-05,\n", "utf-8")
    (kept / "events" / "decisions.csv").write_text(
        "list_a,key_a,list_b,key_b,same,by,on,reason\nheld,1,held,4,same,keeper,2023-06-02,one notice tells of both\n",
        "utf-8",
    )
    assert run("read", "-b", kept).code == 0
    second = next(s.subject for s in _live(kept) if s.prop == "key" and s.value == "4")
    _value(run, kept, "record", ALPHAEV, "released", "2022-01-02", *FROM, "--arrest", "2021-02-03")
    done = run("value", "record", ALPHAEV, "sentence", "P3Y", *FROM, "-b", kept)
    assert done.code == 2
    assert f"say which arrest of {ALPHAEV} sentence follows; on record are 2021-02-03, 2023-02-03" in done.err
    _value(run, kept, "record", ALPHAEV, "sentence", "P3Y", *FROM, "--arrest", "2023-02-03")
    assert [s.subject for s in _live(kept) if s.prop == "sentence"] == [second]


def test_where_one_row_tells_of_two_arrests_nothing_is_told_of_both(kept: Path, run: Run) -> None:
    for prop, day in (("released", "2022-01-02"), ("returned", "2023-02-03")):
        _value(run, kept, "record", ALPHAEV, prop, day, *FROM)
    done = run("value", "record", ALPHAEV, "sentence", "P3Y", *FROM, "--arrest", "2023-02-03", "-b", kept)
    assert done.code == 2
    assert "one row tells of the arrests of 2021-02-03, 2023-02-03" in done.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("record", GAMMAEV, "height", "190", *FROM), "'height' is no property of a person"),
        (("record", GAMMAEV, "key", "7", *FROM), "'key' is no property of a person"),
        (("record", GAMMAEV, "detained", "soon", *FROM), "'soon' is no detained: it is"),
        (
            ("record", GAMMAEV, "released_in", "release:XX", *FROM),
            "there is no release 'release:XX'; on record are BY-2023-06-01",
        ),
        (("record", GAMMAEV, "detained", "2022", "--source", " "), "name the source"),
        (
            ("record", GAMMAEV, "detained", "2022", "--source", PAGE, "--published", "lately"),
            "'lately' is no published of a source",
        ),
        (("correct", ALPHAEV, "detained", "2020", "2021", *FROM, "--reason", "x"), "on record is 2021-02-03"),
        (("correct", ALPHAEV, "detained", "2021-02-03", "2021-02-03", *FROM, "--reason", "x"), "is what stands"),
        (("correct", ALPHAEV, "detained", "2021-02-03", "2021-02", *FROM), "say why"),
        (("correct", ALPHAEV, "name", ALPHAEV, "P Alphaev", *FROM, "--reason", "x"), "lists/held.csv row 2"),
        (("withdraw", ALPHAEV, "detained", "2021-02-03", "--reason", "x"), "its next reading would say it again"),
        (("withdraw", ALPHAEV, "detained", "2021-02-03"), "say why"),
    ],
)
def test_what_cannot_be_recorded_is_one_sentence_and_nothing_is_recorded(
    arguments: tuple[str, ...], says: str, kept: Path, run: Run
) -> None:
    before = _live(kept)
    done = run("value", *arguments, "-b", kept)
    assert done.code == 2
    assert says in done.err
    assert _live(kept) == before


def test_the_same_of_the_same_source_is_not_recorded_twice(kept: Path, run: Run) -> None:
    _value(run, kept, "record", GAMMAEV, "detained", "2022-03-04", *FROM)
    done = run("value", "record", GAMMAEV, "detained", "2022-03-04", *FROM, "-b", kept)
    assert (done.code, "already" in done.err) == (2, True)


def test_a_batch_is_listed_row_by_row(kept: Path, run: Run) -> None:
    batch = _value(run, kept, "record", GAMMAEV, "detained", "2022-03-04", *FROM)["batch"]
    shown = run("log", str(batch), "-b", kept).out
    assert "by hand: “sent to prison”, row 2" in shown
    assert GAMMAEV in shown
    assert "detained + 2022-03-04" in shown
    rows = json.loads(run("log", "1", "-b", kept, "--json").out)["rows"]
    of_alphaev = [row for row in rows if row["name"] == ALPHAEV]
    assert [row["row"] for row in of_alphaev] == ["lists/held.csv row 2"]
    assert {c["property"] for c in of_alphaev[0]["changes"]} >= {"name", "detained", "born"}
    assert "there is no batch 99" in run("log", "99", "-b", kept).err
