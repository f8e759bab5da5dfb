"""Lists of people outside a book: linked as a whole, and new rows placed among them."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from bench.people import people as made_up

from habeas.errors import UsageError
from habeas.names.scripts import nobody
from habeas.readers import read_people
from habeas.readers.people import PersonList
from habeas.resolve import Engine, link_people, place_people
from habeas.resolve.engines import connect, edges, load
from habeas.resolve.folding import Row, fold_row
from habeas.resolve.model import COMMON, FLOOR, weighed_sql, with_frequencies_sql

pytest.importorskip("splink")

Record = dict[str, str]


def as_csv(rows: Sequence[Record]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def a_list(rows: Sequence[Record]) -> PersonList:
    return read_people(as_csv(rows), file=Path("list.csv"), told={})


def pairwise(truth: dict[str, str], found: dict[str, str]) -> tuple[float, float]:
    """Precision and recall over pairs."""

    def pairs(counts: Counter[object]) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    both = pairs(Counter((truth[one], found[one]) for one in truth))
    return both / pairs(Counter(found.values())), both / pairs(Counter(truth.values()))


@pytest.fixture(scope="module")
def rows() -> list[Record]:
    return list(made_up(1500, seed=3))


@pytest.fixture(scope="module")
def linked(rows: list[Record]) -> dict[str, str]:
    return dict(link_people(a_list(rows)).rows)


def test_people_are_found_across_six_spellings(rows: list[Record], linked: dict[str, str]) -> None:
    precision, recall = pairwise({row["unique_id"]: row["cluster"] for row in rows}, linked)
    assert precision >= 0.98
    assert recall >= 0.9


def test_a_cluster_is_named_by_its_first_row(rows: list[Record], linked: dict[str, str]) -> None:
    first: dict[str, str] = {}
    for row in rows:
        first.setdefault(linked[row["unique_id"]], row["unique_id"])
    assert all(cluster == row for cluster, row in first.items())


def test_two_rows_of_one_list_are_two_people(rows: list[Record], linked: dict[str, str]) -> None:
    seen = Counter((linked[row["unique_id"]], row["lst"]) for row in rows)
    assert max(seen.values()) == 1


def test_the_order_of_the_rows_has_no_say(rows: list[Record], linked: dict[str, str]) -> None:
    shuffled = list(rows)
    random.Random(1).shuffle(shuffled)
    again = dict(link_people(a_list(shuffled)).rows)

    def groups(found: dict[str, str]) -> set[frozenset[str]]:
        made: dict[str, set[str]] = {}
        for row, cluster in found.items():
            made.setdefault(cluster, set()).add(row)
        return {frozenset(one) for one in made.values()}

    assert groups(again) == groups(linked)


def test_decisions_hold_and_taking_them_back_restores_the_state(rows: list[Record], linked: dict[str, str]) -> None:
    together = next((a, b) for a, b in linked.items() if a != b)
    strangers = ("r0", next(row for row in reversed(linked) if linked[row] not in (linked["r0"], linked[together[0]])))
    told = [(*together, "different"), (*strangers, "same")]
    decided = dict(link_people(a_list(rows), decided=told).rows)
    assert decided[together[0]] != decided[together[1]]
    assert decided[strangers[0]] == decided[strangers[1]]
    # An id once shown is the id of a row, and leads to where that row is now.
    assert decided[linked[strangers[1]]] in decided.values()
    assert dict(link_people(a_list(rows)).rows) == linked


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        (("r0", "nobody", "same"), "names 'nobody', which is no row"),
        (("r0", "r0", "same"), "compares the row 'r0' with itself"),
        (("r0", "r1", "maybe"), "says 'maybe'; it is same, different or unsure"),
    ],
)
def test_a_decision_that_cannot_be_read(rows: list[Record], decision: tuple[str, str, str], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        link_people(a_list(rows[:50]), decided=[decision])


def test_new_rows_are_placed_and_no_other_row_is_touched(rows: list[Record], tmp_path: Path) -> None:
    order = random.Random(2).sample(rows, len(rows))
    old, new = order[:-100], order[-100:]
    clusters, index = tmp_path / "clusters.csv", tmp_path / "clusters.index"
    found = link_people(a_list(old), index=index)
    text = found.text()
    clusters.write_text(text, encoding="utf-8", newline="")
    placed = place_people(a_list(new), clusters, index)
    after = clusters.read_text(encoding="utf-8")
    assert after.startswith(text)
    assert after[len(text) :] == "".join(f"{row},{cluster}\n" for row, cluster in placed.rows)
    all_rows = dict(found.rows) | dict(placed.rows)
    precision, recall = pairwise({row["unique_id"]: row["cluster"] for row in order}, all_rows)
    assert precision >= 0.98
    assert recall >= 0.9
    with pytest.raises(UsageError, match="is in the clusters already; new rows need ids of their own"):
        place_people(a_list(new), clusters, index)


def test_a_new_row_joins_one_of_two_standing_clusters_and_never_both(tmp_path: Path) -> None:
    """The two were decided to be two people; a row that fits both goes to one."""
    same = {"name": "Алесь Шысонак", "born": "1980-02-03"}
    old = [{"id": "a", **same}, {"id": "b", **same}]
    clusters, index = tmp_path / "c.csv", tmp_path / "c.index"
    found = link_people(a_list(old), decided=[("a", "b", "different")], index=index)
    assert dict(found.rows) == {"a": "a", "b": "b"}
    clusters.write_text("unique_id,cluster\na,a\nb,b\n", encoding="utf-8")
    placed = place_people(a_list([{"id": "n", "name": "Ales Shysonak", "born": "1980-02-03"}]), clusters, index)
    assert placed.rows == (("n", "a"),)


def test_clusters_edited_by_hand_are_what_new_rows_go_into(tmp_path: Path) -> None:
    old = [{"id": "a", "name": "Алесь Шысонак"}, {"id": "b", "name": "Марыя Калеснікава"}]
    clusters, index = tmp_path / "c.csv", tmp_path / "c.index"
    link_people(a_list(old), index=index)
    clusters.write_text("unique_id,cluster\na,P-1\nb,P-2\n", encoding="utf-8")
    placed = place_people(a_list([{"id": "n", "name": "Ales Shysonak"}]), clusters, index)
    assert placed.rows == (("n", "P-1"),)
    placed = place_people(a_list([{"id": "m", "name": "Aleś Šysonak"}]), clusters, index)
    assert placed.rows == (("m", "P-1"),)
    clusters.write_text("nothing", encoding="utf-8")
    with pytest.raises(UsageError, match="is no file of clusters"):
        place_people(a_list([{"id": "o", "name": "Ales Shysonak"}]), clusters, index)


def test_placing_needs_what_linking_kept(rows: list[Record], tmp_path: Path) -> None:
    clusters, index = tmp_path / "c.csv", tmp_path / "c.index"
    clusters.write_text("unique_id,cluster\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no file of index"):
        place_people(a_list(rows[:5]), clusters, index)
    connect(str(index)).close()
    with pytest.raises(UsageError, match="the index is not one that"):
        place_people(a_list(rows[:5]), clusters, index)


def _loaded(rows: Sequence[Record], table: str = "rows") -> object:
    connection = connect()
    load(connection, (Row(name=row["name"], born=row["dob"], listed=row["lst"]) for row in rows), table)
    return connection


def test_our_own_weights_are_those_of_splink(rows: list[Record]) -> None:
    """Placing weighs pairs with SQL of our own, made from the same model."""
    connection = _loaded(rows[:400])
    by_splink = edges(connection, 400, Engine.DUCKDB)
    for column in COMMON:
        assert connection.execute(f"select count(*) from common_{column}").fetchall()
    connection.execute(f"create table weighed as {with_frequencies_sql('rows', 1.0)}")
    connection.execute("create table pairs (a integer, b integer)")
    connection.executemany("insert into pairs values (?, ?)", [edge[:2] for edge in by_splink])
    ours = connection.execute(f"select a, b, weight from ({weighed_sql(400, 'pairs', 'weighed')})").fetchall()
    assert sorted((a, b) for a, b, _ in ours) == [(a, b) for a, b, _ in by_splink]
    assert [w for _, _, w in sorted(ours)] == pytest.approx([w for _, _, w in by_splink], abs=1e-5)
    assert all(weight >= FLOOR for _, _, weight in by_splink)


@pytest.mark.parametrize("count", [0, 1])
def test_a_list_of_nobody_and_of_one(count: int) -> None:
    one = read_people(b"id,name\n" + b"7,Ales\n" * count, file=Path("list.csv"), told={})
    assert link_people(one).rows == (("7", "7"),) * count


NAMES = [
    "", "A", "ALES BIALIATSKI", "Dr. Ales Bialiatski", "Ales (Andreyeva) Bialiatski", "Ko Ko", "Ales b. 1984",
    "Аlеs Вiаliаtski", "Ale\u200bs \u202eBialiatski", "x" * 10_000, "1", "—", "Алесь, ", ", ,", "(", "()", "О'", "''",
    "Ales A\u0301\u0301\u0301", "\x00\x01", "李", "محمد", "👤 👤",
]  # fmt: skip


def test_no_name_breaks_it_and_an_empty_one_joins_nobody() -> None:
    rows = [{"id": f"{i}{side}", "name": name} for i, name in enumerate(NAMES) for side in "ab"]
    found = dict(link_people(a_list(rows)).rows)
    assert found["0a"] == "0a"
    assert found["0b"] == "0b"
    assert found["1a"] != found["2a"]
    for i, name in enumerate(NAMES):
        if nobody(name):
            assert (found[f"{i}a"], found[f"{i}b"]) == (f"{i}a", f"{i}b"), name[:20]


def test_a_name_that_is_wrong_is_said_to_be_with_its_row() -> None:
    data = "id,given,surname\n1,A,Bialiatski\n2,,\n3,Алecь,Бяляцкі\n4,Ales,Bialiatski\n5,\u202eAles,Bialiatski\n"
    said = read_people(data.encode(), file=Path("people.csv"), told={}).problems
    assert [(one.row, one.column, one.what.split(" ")[0]) for one in said] == [
        (3, "given + surname", "there"), (4, "given + surname", "a"), (6, "given + surname", "there"),
    ]  # fmt: skip


def test_a_list_that_numbers_its_people_says_who_is_who_across_editions() -> None:
    """One number is one person, however the name is spelled; two numbers are two, however alike."""
    head = {"edition_of": "V"}
    rows = [
        {"id": "a", "name": "Specimen Kavalenka", "list": "V 2023", "list_no": "12", **head},
        {"id": "b", "name": "Марыя Каліна", "list": "V 2024", "list_no": "12", **head},
        {"id": "c", "name": "Specimen Kavalenka", "list": "V 2024", "list_no": "13", **head},
        {"id": "d", "name": "Спесимен Коваленко", "list": "W", "list_no": "12", "edition_of": ""},
    ]
    found = dict(link_people(a_list(rows)).rows)
    assert found["b"] == "a"
    assert found["c"] != "a"
    decided = dict(link_people(a_list(rows), decided=[("a", "b", "different")]).rows)
    assert decided["b"] == "b", "a person's decision stands above what the list says"


def test_a_new_row_goes_where_its_number_is(tmp_path: Path) -> None:
    listed = {"list": "V 2023", "edition_of": "V"}
    old = [
        {"id": "1", "name": "Ales Kavalenka", "list_no": "1", **listed},
        {"id": "2", "name": "Ihar Kavalenka", "list_no": "2", **listed},
    ]
    clusters, index = tmp_path / "c.csv", tmp_path / "c.index"
    clusters.write_text(link_people(a_list(old), index=index).text(), encoding="utf-8")
    new = [{"id": "n", "name": "Каваленка", "list": "V 2024", "list_no": "2", "edition_of": "V"}]
    assert place_people(a_list(new), clusters, index).rows == (("n", "2"),)


def test_a_short_list_is_looked_at_closely(tmp_path: Path) -> None:
    """The folded columns of these names differ; the names themselves are alike. A new row is looked at as closely."""
    pair = [
        {"id": "a", "name": "Leigh Knight", "born": "1952-07-23"},
        {"id": "b", "name": "Ли Найт", "born": "1952-07-23"},
    ]
    clusters, index = tmp_path / "c.csv", tmp_path / "c.index"
    assert link_people(a_list(pair)).count == 1
    clusters.write_text(link_people(a_list(pair[:1]), index=index).text(), encoding="utf-8")
    assert place_people(a_list(pair[1:]), clusters, index).rows == (("b", "a"),)


def test_an_initial_before_a_patronymic_leaves_the_given_name_before_it() -> None:
    folded = fold_row(0, Row(name="Qwertin B. Petrovich Alphaev"))
    assert (folded.giv, folded.sur, folded.pat) == ("~KVARTIN", "ALFAV", "piatro")
