"""The export for machines: tables safe to open, linked data that others can read, what changed, and checksums."""

from __future__ import annotations

import csv
import hashlib
import json
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import polars as pl
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from habeas.errors import PublishError, UsageError
from habeas.nouns import Casebook, Public, Team
from habeas.publish import FORMATS, export_data
from habeas.publish.export.linked import as_followthemoney
from habeas.publish.export.spreadsheets import as_csv, as_xlsx
from habeas.publish.export.tables import Table


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def a_table(*cells: str | int | None) -> Table:
    return Table(name="cells", about="", columns=(("cell", "anything"),), rows=tuple((c,) for c in cells))


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("=+-@\t\r\n|%"), max_size=12))
def test_no_spreadsheet_runs_a_cell(text: str) -> None:
    written = as_csv(a_table(text)).decode("utf-8-sig").split("\n", 1)[1]
    cell = written.removeprefix('"')
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "|", "%"))
    assert not (text and cell.startswith("\n"))


def test_a_workbook_holds_text_as_text(tmp_path: Path) -> None:
    cells = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "https://example.org", "plain", 7, None)
    path = tmp_path / "cells.xlsx"
    path.write_bytes(as_xlsx([a_table(*cells)], "Cells"))
    sheet = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_name("cells").to_python()
    assert [row[0] for row in sheet[1:]] == [*cells[:-2], 7.0]
    assert b"<f>" not in path.read_bytes()


def test_the_same_casebook_gives_the_same_bytes_with_true_checksums(casebook: Casebook[Public], tmp_path: Path) -> None:
    for name in ("one", "two"):
        export_data(casebook, tmp_path / name, formats=FORMATS, head=b"{}\n")
    files = {p.name: p.read_bytes() for p in (tmp_path / "one").iterdir()}
    assert files == {p.name: p.read_bytes() for p in (tmp_path / "two").iterdir()}
    about = json.loads(files["export.json"])
    assert set(files) - set(about["files"]) == {"export.json", "habeas-files.txt"}
    assert all(hashlib.sha256(files[name]).hexdigest() == found for name, found in about["files"].items())
    assert about["version"].startswith("2026-01-05+")
    codebook = files["codebook.md"].decode()
    for path in (tmp_path / "one").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            assert all(f"| `{column}` |" in codebook for column in next(csv.reader(stream)))


def test_parquet_and_csv_say_the_same(casebook: Casebook[Public], tmp_path: Path) -> None:
    export_data(casebook, tmp_path / "out", formats=("parquet",))
    for path in sorted((tmp_path / "out").glob("*.csv")):
        frame = pl.read_parquet(path.with_suffix(".parquet"))
        rows = read(path)
        assert frame.height == len(rows)
        for row, said in zip(rows, frame.iter_rows(named=True), strict=True):
            assert {k: "" if v is None else str(v) for k, v in said.items()} == {
                k: v.removeprefix("'") for k, v in row.items()
            }
    assert pl.read_parquet(tmp_path / "out" / "spells.parquet").schema["days_low"] == pl.Int64


def test_jsonld_is_a_dataset_of_persons(casebook: Casebook[Public], tmp_path: Path) -> None:
    licensed = replace(casebook, book=replace(casebook.book, licence="CC-BY-4.0"))
    export_data(licensed, tmp_path / "out", formats=("jsonld",))
    document = json.loads((tmp_path / "out" / "cases.jsonld").read_text(encoding="utf-8"))
    assert (document["@type"], document["license"]) == ("Dataset", "CC-BY-4.0")
    people = {p["identifier"]: p for p in document["hasPart"]}
    assert set(people) == set(casebook.cases)
    assert all(p["name"] == casebook.cases[i].label for i, p in people.items())


def entities(casebook: Casebook[Public]) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in as_followthemoney(casebook).decode().splitlines())


def test_entities_hold_together(casebook: Casebook[Public]) -> None:
    found = {e["id"]: e for e in entities(casebook)}
    people = {i for i, e in found.items() if e["schema"] == "Person"}
    assert len(people) == len(casebook.cases)
    assert all(e["properties"]["involved"][0] in people for e in found.values() if e["schema"] == "Event")


def test_followthemoney_takes_the_entities(casebook: Casebook[Public]) -> None:
    """With the library itself, where it is installed: it needs ICU's headers to build."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = pytest.importorskip("followthemoney").model
    for entity in entities(casebook):
        proxy = model.get_proxy(entity, cleaned=False)
        proxy.schema.validate(entity)
        for name, values in entity["properties"].items():
            assert sorted(proxy.get(name)) == sorted(values), (name, values)


def test_what_changed_since_an_earlier_export_and_why(casebook: Casebook[Public], tmp_path: Path) -> None:
    export_data(casebook, tmp_path / "one")
    cases = list(casebook.cases)
    gone = next(s for s in casebook.statements.values() if s.subject in casebook.cases[cases[0]].mentions and s.value)
    later = replace(
        casebook,
        statements={i: s for i, s in casebook.statements.items() if i != gone.id},
        cases={i: c for i, c in casebook.cases.items() if i != cases[-1]},
    )
    export_data(later, tmp_path / "two", earlier=tmp_path / "one", why={gone.id: "the page was corrected"})
    rows = {r["case"]: r for r in read(tmp_path / "two" / "changes.csv")}
    assert rows[cases[0]]["change"] == "changed"
    assert (rows[cases[0]]["no_longer_said"], rows[cases[0]]["why"]) == ("1", "the page was corrected")
    assert (rows[cases[-1]]["change"], rows[cases[-1]]["name"]) == ("removed", "")
    feed = ET.fromstring((tmp_path / "two" / "changes.atom").read_bytes())
    atom = "{http://www.w3.org/2005/Atom}"
    assert len(feed.findall(f"{atom}entry")) == len(rows)
    assert all(feed.find(f"{atom}{tag}") is not None for tag in ("id", "title", "updated", "author"))
    assert (
        json.loads((tmp_path / "two" / "export.json").read_text())["earlier"]
        == json.loads((tmp_path / "one" / "export.json").read_text())["version"]
    )
    export_data(casebook, tmp_path / "three", earlier=tmp_path / "one")
    assert read(tmp_path / "three" / "changes.csv") == []


def test_what_is_no_export_and_what_is_not_public_is_refused(casebook: Casebook[Public], tmp_path: Path) -> None:
    (tmp_path / "else").mkdir()
    with pytest.raises(UsageError, match="else is no earlier export"):
        export_data(casebook, tmp_path / "out", earlier=tmp_path / "else")
    with pytest.raises(PublishError, match="only what the public may see"):
        export_data(replace(casebook, audience=Team), tmp_path / "out")  # type: ignore[arg-type]
    assert not (tmp_path / "out").exists()
