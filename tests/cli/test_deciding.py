"""`habeas decide`, and the same decisions in events/decisions.csv."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import BOOK, Run
from tests.cli.test_ids import OTHER

THIRD = OTHER.replace('"also"', '"third"').replace("also.csv", "third.csv").replace("Publisher B", "Publisher C")
DATED = '[list.columns]\nname = "name"\ndetained = "detained"\nsex = "sex"\n'


@pytest.fixture
def disputed(book: Path) -> Path:
    """Two sources give one day of arrest, one gives another."""
    text = (
        BOOK
        + OTHER.replace('[list.columns]\nname = "name"\n', DATED)
        + THIRD.replace('[list.columns]\nname = "name"\n', DATED)
    )
    (book / "book.toml").write_text(text, encoding="utf-8")
    row = "id,name,detained,sex\na,Placeholder Alphaev,2021-02-09,male\n"
    (book / "lists" / "also.csv").write_text(row, encoding="utf-8")
    (book / "lists" / "third.csv").write_text(row, encoding="utf-8")
    return book


def the_case(run: Run, book: Path, name: str = "Placeholder Alphaev", *more: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("ask", "case", name, "--json", *more, "-b", book).out)
    return found


WHY = ("--reason", "the court's own notice says so")


def test_a_preferred_value_stands_with_its_reason(run: Run, disputed: Path) -> None:
    run("build", "-b", disputed)
    start = the_case(run, disputed)["spells"][0]["start"]
    assert (start["value"], start["stood"]) == ("2021-02-09", None)
    said = run("decide", "prefer", "Placeholder Alphaev", "detained", "2021-02-03", *WHY, "-b", disputed)
    assert said.code == 0
    assert "before: detained 2021-02-09" in said.out
    assert "now: detained 2021-02-03 (preferred by a person: the court's own notice says so)" in said.out
    for audience in ((), ("--public",)):
        start = the_case(run, disputed, "Placeholder Alphaev", *audience)["spells"][0]["start"]
        assert (start["value"], start["stood"]) == ("2021-02-03", "2021-02-09")
        assert start["reason"] == "preferred by a person: the court's own notice says so"
        assert [one["value"] for one in start["against"]] == ["2021-02-09"]
    # The later decision holds.
    run(
        "decide",
        "prefer",
        "Placeholder Alphaev",
        "detained",
        "2021-02-09",
        "--reason",
        "the notice was of another man",
        "-b",
        disputed,
    )
    assert the_case(run, disputed)["spells"][0]["start"]["value"] == "2021-02-09"


def test_a_preference_goes_when_it_is_undone(run: Run, disputed: Path) -> None:
    run("build", "-b", disputed)
    run("decide", "prefer", "Placeholder Alphaev", "detained", "2021-02-03", *WHY, "-b", disputed)
    assert the_case(run, disputed)["spells"][0]["start"]["value"] == "2021-02-03"
    number = json.loads(run("verify", "--json", "-b", disputed).out)["head"]["batch"]
    assert run("undo", number, "--reason", "mistaken", "-b", disputed).code == 0
    assert the_case(run, disputed)["spells"][0]["start"]["value"] == "2021-02-09"


def test_the_same_decisions_stand_in_a_file(run: Run, disputed: Path) -> None:
    (disputed / "events" / "decisions.csv").write_text(
        "what,list_a,key_a,list_b,key_b,same,prop,value,confidence,tier,where,day,by,on,reason\n"
        "prefer,held,1,,,,detained,2021-02-03,,,,,anna,2023-06-01,the court's own notice says so\n"
        "grade,held,1,,,,detained,2021-02-03,confirmed,,,,anna,2023-06-01,the notice was seen\n"
        "grade,held,1,,,,born,1980-04-05,corroborated,,,,anna,2023-06-01,two relatives\n"
        "tier,held,1,,,,,,,confirmed,,,anna,2023-06-01,his lawyer was asked\n"
        "absent,held,2,,,,,,,,the list of those freed,2025-12-13,anna,2025-12-14,\n"
        ",held,2,held,3,different,,,,,,,anna,2023-06-01,two men\n"
        "pair,held,1,held,3,different,,,,,,,anna,2023-06-01,two men\n",
        encoding="utf-8",
    )
    built = run("build", "-b", disputed)
    assert built.code == 0
    assert "decisions" not in built.err
    found = the_case(run, disputed)
    assert found["spells"][0]["start"]["value"] == "2021-02-03"
    assert found["spells"][0]["start"]["confidence"] == "confirmed"
    assert found["attributes"]["born"][0]["confidence"] == "corroborated"
    assert found["tier"] == "confirmed"
    assert len(found["parted"]) == 1
    other = the_case(run, disputed, "Specimen Betaev")
    assert other["absences"][0]["where"] == "the list of those freed"
    assert other["absences"][0]["by"] == "anna"
    # Read again, nothing is added; taken out of the file, it is taken back.
    assert "0 statements added" in run("read", "-b", disputed).out
    (disputed / "events" / "decisions.csv").write_text(
        "what,list_a,key_a,tier,by,on,reason\ntier,held,1,unconfirmed,anna,2023-06-02,he did not know\n",
        encoding="utf-8",
    )
    run("build", "-b", disputed)
    found = the_case(run, disputed)
    assert found["spells"][0]["start"]["value"] == "2021-02-09"
    assert (found["tier"], found["parted"]) == ("unconfirmed", [])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("prefer,held,1,detained,2021-02-03,,,,", "has no reason"),
        ("prefer,held,1,shoes,large,,,,why", "nothing that can be decided on"),
        ("prefer,held,1,detained,last summer,,,,why", "cannot be decided on"),
        ("grade,held,1,detained,2021-02-03,,,,why", "has no confidence"),
        ("absent,held,1,,,,a list,,", "has no day"),
        ("choose,held,1,,,,,,why", "no decision is called that"),
        ("prefer,held,1,detained,2020-01-01,,,,why", "no longer fits"),
        ("tier,held,9,,,confirmed,,,why", "not on record"),
    ],
)
def test_a_row_that_decides_nothing_is_a_problem(run: Run, disputed: Path, row: str, said: str) -> None:
    (disputed / "events" / "decisions.csv").write_text(
        f"what,list_a,key_a,prop,value,tier,where,day,reason\n{row}\n", encoding="utf-8"
    )
    built = run("build", "-b", disputed)
    assert built.code == 0
    assert said in built.err
    found = the_case(run, disputed)
    assert (found["spells"][0]["start"]["value"], found["tier"], found["absences"]) == ("2021-02-09", None, [])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("prefer", "Nobody", "detained", "2021"), "nobody in this book is called that"),
        (("prefer", "Placeholder Alphaev", "shoes", "large"), "no property 'shoes'"),
        (("prefer", "Placeholder Alphaev", "detained", "2020-01-01"), "on record is"),
        (("prefer", "Placeholder Alphaev", "detained", "soon"), "is no detained"),
        (("prefer", "Placeholder Alphaev", "article", "342"), "holds several values at once"),
        (("absent", "Placeholder Alphaev", "a list", "then"), "day 'then' is"),
    ],
)
def test_what_does_not_exist_is_refused(run: Run, disputed: Path, arguments: tuple[str, ...], said: str) -> None:
    run("build", "-b", disputed)
    before = run("verify", "--json", "-b", disputed).out
    refused = run("decide", *arguments, *WHY, "-b", disputed)
    assert refused.code == 2
    assert said in refused.err
    assert run("verify", "--json", "-b", disputed).out == before


def test_a_decision_without_a_reason_is_refused(run: Run, disputed: Path) -> None:
    run("build", "-b", disputed)
    refused = run("decide", "tier", "Placeholder Alphaev", "confirmed", "-b", disputed)
    assert (refused.code, "say why" in refused.err) == (2, True)


def test_tiers_are_counted_apart_and_change_no_count(run: Run, disputed: Path) -> None:
    run("build", "-b", disputed)
    asked = ("ask", "inside", "--on", "2023-04-01", "--by", "tier", "--json", "-b", disputed)
    before = json.loads(run(*asked).out)
    assert run("decide", "tier", "Placeholder Alphaev", "confirmed", *WHY, "-b", disputed).code == 0
    after = json.loads(run(*asked).out)
    assert [before[k] for k in ("low", "value", "high")] == [after[k] for k in ("low", "value", "high")]
    rows = {row["value"]: row["best"] for row in after["facet"]}
    assert rows["marked as confirmed"] == 1
    assert sum(rows.values()) == after["value"]
    for question in ("inside", "flows"):
        assert "of them by tier" in run("ask", question, "--on", "2023-04-01", "-b", disputed).out


def test_a_negative_makes_no_exit(run: Run, disputed: Path) -> None:
    run("build", "-b", disputed)
    asked = ("ask", "inside", "--on", "2023-04-01", "--json", "-b", disputed)
    before, case = json.loads(run(*asked).out), the_case(run, disputed)
    said = run("decide", "absent", "Placeholder Alphaev", "the list of those freed", "2023-03-01", "-b", disputed)
    assert said.code == 0
    assert "not on the list of those freed" in said.out
    after, now = json.loads(run(*asked).out), the_case(run, disputed)
    assert [before[k] for k in ("low", "value", "high")] == [after[k] for k in ("low", "value", "high")]
    assert now["spells"] == case["spells"]
    assert [a["day"] for a in now["absences"]] == ["2023-03-01"]
    assert (
        "looked for on the list of those freed, 2023-03-01: not there"
        in run("ask", "case", "Placeholder Alphaev", "-b", disputed).out
    )


def test_who_is_who_is_decided_here_too(run: Run, disputed: Path) -> None:
    run("build", "-b", disputed)
    one, other = the_case(run, disputed, "Specimen Betaev")["case"], the_case(run, disputed, "Exemplar Gammaev")["case"]
    assert run("decide", "same", one, other, *WHY, "-b", disputed).code == 0
    assert the_case(run, disputed, one)["case"] == the_case(run, disputed, other)["case"]
    assert run("decide", "same", one, other, *WHY, "-b", disputed).code == 2


ASSESSED = """list,key,by,definition,on,finding
held,1,Group A,viasna,2021-05,yes
held,2,Group A,viasna,2022-05,no
held,3,Group A,viasna,2024-01-01,yes
"""


def test_our_count_under_a_definition(run: Run, disputed: Path) -> None:
    (disputed / "events" / "assessments.csv").write_text(ASSESSED, encoding="utf-8")
    run("build", "-b", disputed)
    asked = ("ask", "inside", "--on", "2023-04-01", "-b", disputed)
    found = json.loads(run(*asked, "--definition", "viasna", "--json").out)
    assert (found["value"], found["assessed"], found["found"]) == (1, 2, 1)
    assert found["low"] <= found["value"] <= found["high"]
    assert [p["name"] for p in found["people"]] == ["Placeholder Alphaev"]
    refused = json.loads(run(*asked, "--definition", "pace_1900", "--json").out)
    assert (refused["value"], refused["low"], refused["high"]) == (None, None, None)
    assert "no assessment under it is on record" in refused["sentence"]
    assert run(*asked, "--definition", "ours").code == 2


RULED = """what,list_a,key_a,prop,value,confidence,tier,where,day,by,on,reason
prefer,held,1,detained,2021-02-03,,,,,anna,2023-06-01,Canarya says so
grade,held,1,detained,2021-02-03,confirmed,,,,anna,2023-06-01,Canaryb says so
tier,held,1,,,,confirmed,,,anna,2023-06-01,Canaryc says so
absent,held,1,,,,,Canaryd list,2025-12-13,anna,2025-12-14,Canarye says so
"""
BORN = "prefer,held,1,born,1980-04-05,,,,,anna,2023-06-01,Canaryf: the fifth of April\n"
CANARIES = [f"Canary{letter}" for letter in "abcdef"]


def published(run: Run, book: Path) -> set[str]:
    """The canaries that stand in some byte of the site or of the tables."""
    assert run("publish", "site", "-b", book).code == 0
    assert run("export", book.parent / "export", "--format", "jsonld", "-b", book).code == 0
    whole = b"".join(
        p.read_bytes() for f in (book / "site", book.parent / "export") for p in f.rglob("*") if p.is_file()
    )
    return {canary for canary in CANARIES if canary.encode() in whole}


def test_what_is_decided_is_kept_back_with_whom_and_what_it_is_of(run: Run, disputed: Path) -> None:
    decisions = disputed / "events" / "decisions.csv"
    decisions.write_text(RULED + BORN, encoding="utf-8")
    run("build", "-b", disputed)
    # A full date of birth is for the team, and so is why it is preferred; who decided is never said.
    assert published(run, disputed) == set(CANARIES) - {"Canaryf"}
    assert the_case(run, disputed)["attributes"]["born"][0]["reason"].endswith("Canaryf: the fifth of April")
    # One value restricted takes what was decided of it along.
    found = the_case(run, disputed)
    statement = found["spells"][0]["start"]["rests_on"][0]
    why = ("--reason", "asked", "--review-on", "2027")
    assert run("restrict", statement, "--to", "team", *why, "-b", disputed).code == 0
    assert published(run, disputed) == {"Canaryc", "Canaryd", "Canarye"}
    # And a person restricted all of it, in whatever view.
    assert run("restrict", found["case"], "--to", "team", *why, "-b", disputed).code == 0
    assert published(run, disputed) == set()
    assert the_case(run, disputed)["tier"] == "confirmed"


def test_who_does_not_want_publicity_keeps_the_counts_and_no_word(run: Run, disputed: Path) -> None:
    (disputed / "events" / "decisions.csv").write_text(RULED + BORN, encoding="utf-8")
    (disputed / "events" / "publicity.csv").write_text(
        "list,key,on,wish\nheld,1,2023-06-01,does_not_want\n", encoding="utf-8"
    )
    run("build", "-b", disputed)
    assert published(run, disputed) == set()
    # The day that was preferred stands for the public too: counts rest on it.
    team, public = (json.loads(run("ask", "inside", "--on", "2021-02-05", "--json", *who, "-b", disputed).out)
                    for who in ((), ("--public",)))  # fmt: skip
    assert [team[k] for k in ("low", "value", "high")] == [public[k] for k in ("low", "value", "high")]
