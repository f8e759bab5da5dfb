"""The pairs of a person list worth a thought, with their weights: Splink runs the model on DuckDB or on Spark.

Both are extras (`habeas[link]`, `habeas[spark]`) and are imported here alone, when they are used.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Any

from habeas.errors import UsageError
from habeas.resolve.folding import NUMBERS, Folded, Row, fold_row
from habeas.resolve.grouping import Edge
from habeas.resolve.model import COMMON, FLOOR, SMALL, frequency_sql, settings

if TYPE_CHECKING:
    import duckdb

_BATCH = 50_000
# Cells that are given one by one: so many take less time than Arrow, which loads pandas to look at them, takes to start.
_FEW = 200_000
# Weights of two engines differ in their last bits.
DIGITS = 6


class Engine(StrEnum):
    """Where the model runs."""

    DUCKDB = "duckdb"
    SPARK = "spark"


def connect(path: str = ":memory:") -> duckdb.DuckDBPyConnection:
    """A DuckDB database.

    Raises:
        UsageError: the extra is not installed.
    """
    try:
        import duckdb
    except ImportError:
        raise UsageError(
            "linking a person list needs Splink and DuckDB; install them: pip install 'habeas[link]'"
        ) from None
    connection = duckdb.connect(path)
    connection.execute("SET preserve_insertion_order = false")
    return connection


def load(connection: duckdb.DuckDBPyConnection, rows: Iterable[Row], table: str = "rows", first: int = 0) -> int:
    """Fold rows into a new table of their columns, numbered from `first`; returns how many there were."""
    kinds = {column: "integer" if column in NUMBERS else "varchar" for column in Folded._fields}
    connection.execute(f"create table {table} ({', '.join(f'{column} {kind}' for column, kind in kinds.items())})")
    numbered = enumerate(rows, start=first)
    count = 0
    while batch := [fold_row(number, row) for number, row in islice(numbered, _BATCH)]:
        count += len(batch)
        columns = zip(*batch, strict=True)
        give(
            connection,
            "folded",
            {column: (kind, cells) for (column, kind), cells in zip(kinds.items(), columns, strict=True)},
        )
        connection.execute(f"insert into {table} select * from folded")
        connection.execute("drop table folded")
    return count


def give(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, tuple[str, Sequence[object]]]
) -> None:
    """A temporary table of columns, each with its type: few rows as they are, many through Arrow, which takes a while to start."""
    if sum(len(cells) for _, cells in columns.values()) <= _FEW:
        unnested = ", ".join(f"unnest(?::{kind}[]) as {name}" for name, (kind, _) in columns.items())
        cells = [list(values) for _, values in columns.values()]
        connection.execute(f"create or replace temp table {table} as select {unnested}", cells)
        return
    import pyarrow as pa

    kinds = {"integer": pa.int32(), "varchar": pa.string()}
    arrow = pa.table({name: pa.array(values, kinds[kind]) for name, (kind, values) in columns.items()})
    connection.register("given_by_arrow", arrow)
    connection.execute(f"create or replace temp table {table} as select * from given_by_arrow")
    connection.unregister("given_by_arrow")


def edges(connection: duckdb.DuckDBPyConnection, records: int, engine: Engine) -> list[Edge]:
    """The pairs of the table `rows` above the floor: their numbers, the lesser first, and their weight, in order."""
    for column in COMMON:
        connection.execute(f"create or replace table common_{column} as {frequency_sql(column, 'rows')}")
    if records < 2:
        return []
    run = _on_duckdb if engine is Engine.DUCKDB else _on_spark
    found = run(connection, records)
    return sorted((min(a, b), max(a, b), round(weight, DIGITS)) for a, b, weight in found)


def _predicted(api: Any, read: Callable[[str], Any], records: int) -> Any:
    """Splink's predictions for the table `rows`; `read` gives a table by its name as the engine takes it."""
    from splink import Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    linker = Linker(api.register(read("rows")), settings(records), log_level=None)
    for column in COMMON:
        counted = api.register(read(f"common_{column}"))
        linker.table_management.register_term_frequency_lookup(counted, column)
    return linker.inference.predict(threshold_match_weight=FLOOR, warning_mode="never")


def _on_duckdb(connection: duckdb.DuckDBPyConnection, records: int) -> list[tuple[int, int, float]]:
    try:
        from splink import DuckDBAPI
    except ImportError:
        raise UsageError("linking a person list needs Splink; install it: pip install 'habeas[link]'") from None
    found = _predicted(DuckDBAPI(connection), connection.table, records)
    pairs = connection.execute(f"select uid_l, uid_r, match_weight from {found.physical_name}").fetchall()
    found.drop_table_from_database_and_remove_from_cache()
    return pairs


def _on_spark(connection: duckdb.DuckDBPyConnection, records: int) -> list[tuple[int, int, float]]:
    with _spark(records) as session, tempfile.TemporaryDirectory(prefix="habeas-spark-") as folder:
        import splink

        def read(table: str) -> Any:
            path = f"{folder}/{table}.parquet"
            connection.execute(f"copy {table} to '{path}' (format parquet)")
            return session.read.parquet(path)

        spark_api: Any = splink.SparkAPI
        api = spark_api(spark_session=session, break_lineage_method="persist", register_udfs_automatically=False)
        found = _predicted(api, read, records)
        rows = found.as_spark_dataframe().select("uid_l", "uid_r", "match_weight").collect()
        return [(row[0], row[1], row[2]) for row in rows]


@contextmanager
def _spark(records: int) -> Iterator[Any]:
    """The session that runs already, or a local one that ends with the work."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise UsageError("--engine spark needs pyspark and Java 17; install: pip install 'habeas[spark]'") from None
    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    partitions = "2" if records <= SMALL else "16"
    told = {
        "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": partitions, "spark.default.parallelism": partitions,
        # The comparisons make one expression too large for a generated method; interpreted it is no slower.
        "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    }  # fmt: skip
    builder = SparkSession.builder.master("local[*]").appName("habeas link")
    for key, value in told.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    try:
        yield session
    finally:
        session.stop()
