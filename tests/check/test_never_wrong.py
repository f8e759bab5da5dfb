"""The bar: no true statement is called wrong, in whatever words; plain false ones still are."""

from datetime import date

import pytest

from habeas.check.plain_claims import plain
from habeas.nouns import Verdict
from tests.check.plain_truths import FALSE, TRUE

C = Verdict.CONTRADICTED
BELARUS = "This is a report from Belarus.\n"
TODAY = date(2026, 4, 10)
# What is said of the day of publication may be overtaken; a dated event may not.
STATES = {"status_now", "count_detained"}


@pytest.mark.parametrize(("published", "text"), TRUE, ids=[f"{d}-{k}" for k, (d, _) in enumerate(TRUE)])
def test_a_true_statement_is_never_called_wrong(check, published, text):
    for judgement in check(BELARUS + text, published, TODAY).judgements:
        told = (judgement.claim.kind, judgement.claim.quote.text, judgement.why)
        assert judgement.at_publication is not C, told
        if judgement.today is C:
            assert judgement.at_publication is Verdict.SUPPORTED, told
            assert judgement.claim.kind in STATES, told


@pytest.mark.parametrize(("published", "text", "kind"), FALSE, ids=[f"{k}-{n}" for n, (_, _, k) in enumerate(FALSE)])
def test_a_plain_false_statement_is_still_called_wrong(check, published, text, kind):
    found = [j for j in check(BELARUS + text, published, TODAY).judgements if j.claim.kind == kind]
    assert [j.at_publication for j in found] == [C], [(j.claim.quote.text, j.why) for j in found]


@pytest.mark.parametrize(("published", "text", "kind"), [row for row in FALSE if row[2] != "membership"])
@pytest.mark.parametrize(
    "around", ["It is false that {}", "Some believed that {}", "If {}", "“{}”", "{} This is untrue.", "{} Not so."]
)
def test_the_same_words_set_in_doubt_are_left_open(check, published, text, kind, around):
    del kind
    for judgement in check(BELARUS + around.format(text), published, TODAY).judgements:
        assert judgement.at_publication is not C, (judgement.claim.quote.text, judgement.why)


def test_what_leaves_a_wording_open_is_named(judged):
    found = judged("Belarus: it is false that Ales Bialiatski is still in prison.", "status_now")
    assert "the wording leaves it open" in found[0].why
    assert "false" in found[0].missing


def test_there_are_many_of_them():
    assert len({text for _, text in TRUE}) >= 150
    assert len({text for _, text, _ in FALSE}) >= 20


def test_the_plain_constructions_take_the_whole_clause():
    for rows in plain().patterns.values():
        assert all(row.pattern.startswith("^") and row.pattern.endswith("$") for row in rows)
