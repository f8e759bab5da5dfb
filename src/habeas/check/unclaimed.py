"""What no wording told: a length of time that stands where a court's sentences are spoken of is one of them.

Wordings are without number (`the prosecutor had sought 15 years`, `Another (10 years)`, `five and a half years for each`);
what may stand beside a length so that it is no sentence is a short list.
"""

from __future__ import annotations

from collections.abc import Iterator

from habeas.check.grammar import Parsed
from habeas.check.numbers import Chunk
from habeas.check.page import Page
from habeas.check.said import claimed, flags_of, length
from habeas.nouns import Claim

_LENGTHS = ("sentence_length", "duration", "days_held", "age", "office_tenure")
_LONGEST = 30  # years; a longer time is an age, or the history of something
_BESIDE = 4  # tokens
_NO_TERM = (
    "stretch_opens",
    "time_spent",
    "past_before",
    "served",
    "ago_before",
    "before",
    "at_age",
)  # before the length
_APART = ("later", "after", "comparative", "since")  # after it


def read_unclaimed_terms(page: Page, found: list[Claim]) -> Iterator[Claim]:
    """Each length of years or months that no claim of `found` holds, where this sentence or the one before tells of a verdict."""
    taken = [(c.quote.start, c.quote.end) for c in found if c.kind in _LENGTHS]
    for s, p in enumerate(page.parsed):
        if not any(q.has(x) for q in page.parsed[max(0, s - 1) : s + 1] for x in ("verdict", "sentenced")):
            continue
        for chunk in p.of("duration"):
            quote = page.quote(s, chunk.i, chunk.j)
            if any(start < quote.end and quote.start < end for start, end in taken) or not _a_term(p, chunk):
                continue
            whose = page.person_for(s, chunk.i)
            value = ({} if whose is None else {"person": whose.value["person"]}) | length(chunk)
            flags = flags_of(p, chunk.i, chunk.j) - {"promise"}
            yield claimed(page, s, chunk.i, chunk.j, "sentence_length", value, flags)


def _a_term(p: Parsed, chunk: Chunk) -> bool:
    """True for a length that nothing beside it makes an age, a time spent or the distance of two events."""
    value = chunk.value
    if (
        not {"years", "months", "years_max"} & set(value)
        or value.get("years", 0) > _LONGEST
        or "vague" in value.get("op", "")
    ):
        return False
    if any(p.among(k, x) for x in _NO_TERM for k in range(chunk.i - _BESIDE, chunk.i)) or any(
        p.among(chunk.j, x) for x in _APART
    ):
        return False
    joined = any(t.text == "-" for t in p.tokens[chunk.i : chunk.j])  # "a 40-year ban", "a ten-month hunger strike"
    return not joined or p.has("term", chunk.j, chunk.j + 2)
