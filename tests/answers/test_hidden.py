"""`ask hidden`: from lists that copy each other and links that are not sure to a number, or to the reason why not."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from habeas.answers.hidden import origin_of
from habeas.cases import fold
from habeas.dates import PartialDate
from habeas.errors import UsageError
from habeas.ledger import open_ledger
from habeas.nouns import Answer, Casebook, Covers, Links, ListInfo, Means, Pair, Person, Same, Team
from tests.answers.conftest import NOON, Rows, a_book, drafts_of
from tests.answers.test_questions import asked

Make = Callable[..., Casebook[Team]]
ON = "2022-06-01"


def a_list(identifier: str, **said: str) -> Mapping[str, list[tuple[str, str]]]:
    usual = {
        "title": f"List {identifier}",
        "covers_period": "2020/2024",
        "means": "held",
        "extent": "sample",
        "covers_place": "Belarus",
        "publisher": f"Publisher {identifier.upper()}",
    }
    return {f"list:{identifier}": [*{**usual, **said}.items()]}


def entries(lists: Mapping[str, float], persons: int = 130, seed: int = 3) -> Rows:
    """People by number, each on each list by chance; everybody detained early in 2021."""
    rng = random.Random(seed)
    rows: dict[str, list[tuple[str, str]]] = {}
    for number in range(persons):
        for identifier, chance in lists.items():
            if rng.random() < chance:
                entry = f"entry:{identifier}:{number}"
                rows[entry] = [("list", f"list:{identifier}"), ("detained", "2021-02"), ("released", "2023-05-06")]
    return rows


THREE = {"a": 0.5, "b": 0.45, "c": 0.4}


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Fold rows recorded as one batch; entries with the same last part are one person."""

    def folded(rows: Rows, unsure: Sequence[tuple[str, str]] = ()) -> Casebook[Team]:
        folder = tmp_path_factory.mktemp("book")
        with open_ledger(folder / "ledger.sqlite", create=True) as ledger:
            ledger.append(drafts_of(rows), recorded=NOON, recorder="keeper")
            view = ledger.view(Team)
        people: dict[str, list[str]] = {}
        for subject, _ in view.of_kind("entry"):
            people.setdefault(subject.rpartition(":")[2], []).append(subject)
        pairs = tuple(Pair(a=a, b=b, score=0.5, same=Same.UNSURE, why=("names alike",)) for a, b in unsure)
        persons = tuple(Person(id=f"C-{key}", mentions=tuple(found)) for key, found in people.items())
        chances = tuple((a, b, 0.0) for a, b in unsure)
        return fold(view, Links(persons=persons, unsure=pairs, chances=chances), a_book(folder))

    return folded


@pytest.fixture(scope="module")
def three(make: Make) -> Casebook[Team]:
    return make({**a_list("a"), **a_list("b"), **a_list("c"), **entries(THREE)})


def said(answer: Answer) -> str:
    return answer.sentence


def test_three_independent_origins_give_a_number_that_holds_the_truth(three: Casebook[Team]) -> None:
    found = asked(three, "hidden", ON)
    assert found.more["lists"] == ["Publisher A", "Publisher B", "Publisher C"]
    assert found.more["observed"] == len(three.cases)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 130 < found.high
    assert found.value is not None
    assert found.low <= found.value <= found.high
    assert "3 independent origins" in said(found)
    assert found.rests_on
    assert found == asked(three, "hidden", ON), "the same seed gives the same answer"


def test_a_list_that_takes_names_from_another_is_merged_into_it(make: Make) -> None:
    lists = {**a_list("a"), **a_list("b"), **a_list("c", based_on="a")}
    found = asked(make({**lists, **entries(THREE)}), "hidden", ON)
    assert (found.value, found.low, found.high) == (None, None, None)
    assert "only 2 independent origins of lists look at everybody asked about" in said(found)
    assert {"origin": "Publisher A", "lists": ["a", "c"]} in found.more["origins"]
    assert found.more["methods"] == []


def test_links_that_are_not_sure_are_carried_into_the_bounds(make: Make) -> None:
    lists = {**a_list("a"), **a_list("b"), **a_list("c")}
    rows = entries(THREE)
    alone = [next(e for e in rows if e.startswith(f"entry:{i}:") and _once(e, rows)) for i in "ab"]
    many = [e for e in rows if e.startswith("entry:a:") and _once(e, rows)]
    others = [e for e in rows if e.startswith("entry:b:") and _once(e, rows)]
    unsure = list(zip(many, others, strict=False))
    assert tuple(alone) == unsure[0]
    sure = asked(make({**lists, **rows}), "hidden", ON)
    found = asked(make({**lists, **rows}, unsure=unsure), "hidden", ON)
    linkage = found.more["linkage"]
    assert sure.more["linkage"] is None
    assert linkage["unsure_pairs"] == len(unsure) > 5
    assert linkage["observed"]["low"] < found.more["observed"]
    assert any(m["share"] > 0.02 for m in linkage["methods"])
    assert found.low is not None
    assert sure.low is not None
    assert found.low < sure.low, "joining some of the pairs leaves fewer people"
    assert found.value is not None
    assert sure.value is not None
    assert found.value < sure.value, "what is likely stands in the figure itself, not in its bounds alone"


def _once(entry: str, rows: Rows) -> bool:
    return sum(1 for e in rows if e.rpartition(":")[2] == entry.rpartition(":")[2]) == 1


def test_a_list_of_other_people_or_other_times_is_left_out(make: Make) -> None:
    lists = {
        **a_list("a"),
        **a_list("b", covers_group="journalists: some of them"),
        **a_list("c", covers_period="2020/2022-03"),
        **a_list("d", covers_place="Minsk"),
        **a_list("e"),
    }
    found = asked(make({**lists, **entries({**THREE, "d": 0.3, "e": 0.3}, 40)}), "hidden", ON)
    assert {row["list"]: row["why"] for row in found.more["left_out"]} == {
        "b": "looks only at journalists: some of them",
        "c": "looks only at 2020/2022-03",
        "d": "looks only at Minsk",
    }
    casebook = make({**lists, **entries(THREE, 40)})
    grouped = asked(casebook, "hidden", ON, group="Journalists")
    assert "b" not in {row["list"] for row in grouped.more["left_out"]}
    earlier = asked(casebook, "hidden", ON, **{"from": "2021", "to": "2022-02"})
    assert "c" not in {row["list"] for row in earlier.more["left_out"]}


def test_people_who_were_not_in_custody_then_are_not_counted(three: Casebook[Team]) -> None:
    assert asked(three, "hidden", "2023-09-01").more["observed"] == 0
    assert asked(three, "hidden", "2020-05-01").more["observed"] == 0
    assert asked(three, "hidden", ON, **{"from": "2020-01-01", "to": "2021-03"}).more["observed"] == len(three.cases)


def test_dates_that_cannot_be_read_are_sentences(three: Casebook[Team]) -> None:
    with pytest.raises(UsageError, match="--from and --to take dates"):
        asked(three, "hidden", ON, **{"from": "spring"})
    with pytest.raises(UsageError, match="lies after --to"):
        asked(three, "hidden", ON, **{"from": "2023", "to": "2022"})


def info(identifier: str, publisher: str, *based_on: str) -> ListInfo:
    return ListInfo(
        id=identifier,
        title="",
        publisher=publisher,
        url="",
        published=PartialDate.parse("2022"),
        language=None,
        means=Means.HELD,
        covers=Covers(),
        based_on=based_on,
        entries=1,
        statements=(),
    )


@pytest.mark.parametrize(
    ("identifier", "origin"),
    [
        ("viasna-1", "Viasna"),
        ("paper-copy", "Viasna"),  # by the list's id
        ("paper-2", "Viasna"),  # by what the ids of its lists begin with
        ("mirror", "Viasna"),  # what stands in brackets is no other publisher
        ("notice", "Viasna"),  # nor what stands after a comma
        ("chain", "Viasna"),
        ("both", None),
        ("elsewhere", "police"),  # whose list is not in the book
        ("round", "round-2"),
        ("nobody", "nobody"),
    ],
)
def test_where_names_come_from_in_the_end(identifier: str, origin: Any) -> None:
    lists = {
        i.id: i
        for i in (
            info("viasna-1", "Viasna"),
            info("paper-copy", "Paper", "viasna-1"),
            info("paper-2", "Paper", "VIASNA"),
            info("mirror", "Viasna (mirror)"),
            info("notice", "Viasna, first notice"),
            info("chain", "Someone", "paper-copy"),
            info("both", "Someone", "viasna-1", "police"),
            info("elsewhere", "Someone", "police"),
            info("round", "Someone", "round-2"),
            info("round-2", "Else", "round"),
            info("nobody", ""),
        )
    }
    found = origin_of(identifier, lists)
    assert (found is not None) if identifier == "round" else found == origin
