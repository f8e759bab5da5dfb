"""The command that asks a question again of the same state of the record, so that anyone can reproduce an answer."""

from __future__ import annotations

import shlex
from typing import Any

from habeas.dates import Clock
from habeas.nouns import Answer, Casebook, Public

# Arguments that stand by themselves after the question; of a case its id, which names nobody.
_ALONE = {"case": "name", "release": "id", "deal": "id", "selectivity": "id"}
_NAMED = {"id": "deal", "within": "rearrest-within"}
_FLAGS = frozenset({"lists"})


def query(answer: Answer, casebook: Casebook[Any]) -> str:
    """The command line of an answer. Where everything on record was asked, it says up to when that was recorded."""
    question, words = answer.question, ["habeas", "ask", answer.question.ask]
    args = dict(question.args)
    alone = args.pop(_ALONE.get(question.ask, ""), None)
    if alone is not None:
        words.append(str(answer.more.get("case", alone)))
    if question.ask == "why-changed":
        return shlex.join([*words, *_between(answer), *_of(answer, casebook)])
    known = question.as_of.known or casebook.last_recorded
    for name, value in args.items():
        words += [f"--{name}"] if name in _FLAGS else [f"--{_NAMED.get(name, name)}", value]
    words += ["--on", question.as_of.on.isoformat()]
    if known is not None:
        words += ["--known", known.isoformat()]
    return shlex.join([*words, *_of(answer, casebook)])


def _between(answer: Answer) -> list[str]:
    """The two states of knowledge that `why-changed` compares."""
    args, on, until = answer.question.args, answer.question.as_of.on.isoformat(), answer.question.as_of.known
    words = ["--from", args.get("before", args["from"]), *([] if until is None else ["--to", until.isoformat()])]
    return [*words, "--on", on] if args["from"] == on else words


def _of(answer: Answer, casebook: Casebook[Any]) -> list[str]:
    """Whose clock and for whom, where it is not the usual."""
    by = answer.question.as_of.known_by
    words = ["--known-by", by.value] if by is not Clock.RECORDED else []
    return [*words, "--public"] if casebook.audience is Public else words
