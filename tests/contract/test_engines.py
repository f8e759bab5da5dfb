"""One model, every engine: DuckDB here, Spark past one machine, plain Python in a book."""

from __future__ import annotations

import shutil
import subprocess
import warnings
from collections.abc import Sequence
from pathlib import Path

import pytest
from bench.people import people as made_up

from habeas.readers.people import PersonList, read_people
from habeas.resolve import Engine, link_people
from habeas.resolve.engines import connect, edges, load
from habeas.resolve.folding import fold_row
from habeas.resolve.people import rows_of
from habeas.resolve.weighing import Weigher

pytest.importorskip("splink")

ROWS = 150


def _java() -> bool:
    java = shutil.which("java")
    if java is None:
        return False
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = told.partition('"')[2].partition(".")[0]
    return version.isdigit() and int(version) >= 17


def as_list(rows: Sequence[dict[str, str]]) -> PersonList:
    text = "\n".join(",".join(row.values()) for row in [dict(zip(rows[0], rows[0], strict=True)), *rows])
    return read_people(text.encode(), file=Path("list.csv"), told={})


@pytest.fixture(scope="module")
def listed() -> PersonList:
    return as_list(list(made_up(ROWS, seed=3)))


def test_a_book_weighs_as_splink_does(listed: PersonList) -> None:
    """Every pair that Splink keeps, to the same weight."""
    connection = connect()
    count = load(connection, rows_of(listed))
    by_splink = {(a, b): weight for a, b, weight in edges(connection, count, Engine.DUCKDB)}
    assert len(by_splink) > ROWS / 5
    rows = [fold_row(number, row) for number, row in enumerate(rows_of(listed))]
    weigh = Weigher(rows)
    found = {(a, b): weigh(rows[a], rows[b]) for a, b in by_splink}
    assert found == pytest.approx(by_splink, abs=1e-5)


@pytest.mark.skipif(not _java(), reason="Spark needs Java 17; with it, `make spark` installs Spark and runs this")
def test_spark_gives_the_same_clusters(listed: PersonList) -> None:
    pytest.importorskip("pyspark", reason="Spark is not installed; `make spark` installs it and runs this")
    told = [("r0", "r9", "same"), ("r1", "r2", "different")]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Spark's own, of its start and its end
        on_spark = link_people(listed, engine=Engine.SPARK, decided=told)
    assert on_spark == link_people(listed, decided=told)
    assert on_spark.count < ROWS
