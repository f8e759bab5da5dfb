"""Tables read from CSV: good ones in every form, and a sentence for every bad one."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.estimate import estimate, read_table
from habeas.estimate.usable import usable
from habeas.nouns import OverlapTable

COUNTS = "A,B,C,count\n1,0,0,40\n0,1,0,30\n0,0,1,20\n1,1,0,12\n1,0,1,9\n0,1,1,8\n1,1,1,3\n"
CELLS = {0b001: 40, 0b010: 30, 0b011: 12, 0b100: 20, 0b101: 9, 0b110: 8, 0b111: 3}


def read(text: str, *, lists: tuple[str, ...] = ()) -> OverlapTable:
    table, problems = read_table(text.encode(), "t.csv", lists=lists)
    assert table is not None, problems
    return table


def wrong(text: str, *, lists: tuple[str, ...] = ()) -> str:
    table, problems = read_table(text.encode(), "t.csv", lists=lists)
    assert table is None
    return " ".join(map(str, problems))


@pytest.mark.parametrize(
    "text",
    [
        COUNTS,
        COUNTS.replace("count", "freq"),
        COUNTS.replace("count", "n"),
        COUNTS.replace("count", "Count"),
        COUNTS.replace(",", ";"),
        COUNTS.replace("\n", "\r\n"),
        "\ufeff" + COUNTS,
        COUNTS + "0,0,0,NA\n",
        COUNTS + "0,0,0,\n",
        COUNTS.replace("40", "40.0"),
        COUNTS + "\n\n",
    ],
)
def test_counts_in_every_form(text: str) -> None:
    table = read(text)
    assert (table.lists, dict(table.cells), table.observed) == (("A", "B", "C"), CELLS, 122)


@given(st.lists(st.integers(1, 7), min_size=1, max_size=200))
def test_records_and_their_counts_are_one_table(people: list[int]) -> None:
    rows = "\n".join(",".join(str(p >> j & 1) for j in range(3)) for p in [*people, people[0]])
    assert dict(read(f"A,B,C\n{rows}\n").cells) == dict(Counter([*people, people[0]]))


def test_an_id_beside_the_lists_is_no_list() -> None:
    rows = "".join(f"p{i},1,0,{i % 2}\n" for i in range(9))
    assert read("id,A,B,C\n" + rows).lists == ("A", "B", "C")
    assert read("id,A,B,C\n" + rows, lists=("A", "C")).lists == ("A", "C")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        ("A,B,C,count\n", "a header and no row"),
        (COUNTS.replace("40", "-4"), "row 2, column count: a count is negative"),
        (COUNTS.replace("40", "4.5"), "a count is not a whole number"),
        (COUNTS.replace("40", ""), "a count is missing"),
        (COUNTS.replace("40", "many"), "a count is missing or no number"),
        (COUNTS.replace("40", "9" * 30), "larger than any number of persons"),
        (COUNTS + "1,0,0,7\n", "row 9: this combination of lists stands twice (first in row 2)"),
        (COUNTS + "1,0,0,40\n", "stands twice"),
        (COUNTS + "0,0,0,90\n", "that is what is to be estimated"),
        (COUNTS.replace("0,1,0,30", "0,1,30"), "row 3: the row has 3 cells, the header 4"),
        (COUNTS.replace("1,0,0,40", "2,0,0,40"), "row 2, column A: this is neither 0 nor 1"),
        (COUNTS.replace("count", "people"), "a column of counts is called `count`"),
        (COUNTS.replace(",count", "").replace(",40", ""), "the row has 4 cells, the header 3"),
        ("A,B,C\n1,0,0\n0,1,0\n0,0,1\n1,1,0\n1,0,1\n", "column `count` is missing"),
        ("A,A,C,count\n1,0,0,3\n", "two columns are called 'A'"),
        ("A,,C,count\n1,0,0,3\n", "a column has no heading"),
        ("count\n3\n", "no column for a list"),
        ("A,B,C\n1,0,0\n0,0,0\n1,0,0\n", "this person is on no list"),
        ("A,B,C,count\n1,0,0,0\n0,1,0,0\n", "nobody is on any list"),
        (",".join(f"L{i}" for i in range(20)) + ",count\n" + "1," * 20 + "4\n", "20 lists are more than can be told"),
    ],
)
def test_a_bad_table_is_a_sentence_and_no_number(text: str, said: str) -> None:
    assert said in wrong(text)


def test_a_missing_list_and_a_file_that_is_no_text() -> None:
    assert "there is no column 'D'" in wrong(COUNTS, lists=("A", "D"))
    assert "not UTF-8" in str(read_table(b"A,B\xff\n1,0\n", "t.csv")[1][0])


def of(cells: dict[int, int], lists: str = "ABCD") -> OverlapTable:
    return OverlapTable(lists=tuple(lists), cells=cells)


FOUR = {cell: 60 // cell.bit_count() ** 2 for cell in range(1, 16)}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (of({1: 50, 2: 40, 3: 20}, "AB"), "only two lists can be used"),
        (of({1: 50}, "A"), "only one list can be used"),
        (of({1: 50, 2: 40, 4: 30}, "ABC"), "no list can be used"),
        (of({1: 90, 3: 40, 4: 30, 5: 20, 7: 9}, "ABC"), "only two lists can be used"),  # B lies in A
        (of({1: 40, 2: 30, 4: 20, 3: 6}, "ABC"), "only two lists can be used"),  # C shares nobody
        (of({1: 40, 2: 30, 4: 20, 3: 2, 5: 2, 6: 2}, "ABC"), "6 persons are on more than one list"),
        (of({1: 5, 2: 5, 4: 5, 3: 4, 5: 4, 6: 4}, "ABC"), "27 persons are on the lists"),
    ],
)
def test_lists_that_cannot_say_are_refused(table: OverlapTable, said: str) -> None:
    found = estimate(table, seed=1)
    assert found.methods == ()
    assert said in (found.refused or "")


def test_an_empty_list_is_left_out_and_a_copied_one_is_merged() -> None:
    empty = usable(of({c: n for c, n in FOUR.items() if not c & 8}))
    assert (empty.table.lists, empty.refused) == (("A", "B", "C"), None)
    assert "D has nobody on it" in empty.warnings[0]
    copied = usable(of({c: n for c, n in FOUR.items() if not c & 8 or c & 1}))
    assert copied.table.lists == ("A", "B", "C")
    assert "D is also on A, more than chance explains" in copied.warnings[0]
    assert copied.table.observed == sum(n for c, n in FOUR.items() if not c & 8 or c & 1)


def test_of_two_equal_lists_one_is_kept() -> None:
    equal = usable(of({(c & 7) | ((c & 1) << 3): FOUR[c & 7] for c in range(1, 8)}))
    assert equal.table.lists == ("A", "B", "C")


def test_a_small_list_may_lie_in_a_large_one_by_chance() -> None:
    cells = {1: 200, 2: 30, 4: 30, 3: 90, 5: 90, 6: 10, 7: 40, 9: 2, 11: 1}
    assert usable(of(cells)).table.lists == ("A", "B", "C", "D")
