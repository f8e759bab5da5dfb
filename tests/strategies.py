"""Hypothesis strategies for the laws: days, partial dates, spans, drafts."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from habeas.dates import PartialDate, Span
from habeas.nouns import Draft, Visibility

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@st.composite
def partial_texts(draw: st.DrawFn) -> str:
    """EDTF texts of every form that lists use."""
    day = draw(DAYS)
    simple = draw(
        st.sampled_from([f"{day:%Y-%m-%d}", f"{day:%Y-%m}", f"{day:%Y}", f"{day:%Y}-22", f"{day:%Y}"[:3] + "X"])
    )
    mark = draw(st.sampled_from(["", "", "~", "?", "%"]))
    form = draw(st.sampled_from(["plain", "plain", "range", "not after", "not before"]))
    if form == "plain":
        return simple + mark
    if form == "not after":
        return f"../{simple}{mark}"
    if form == "not before":
        return f"{simple}{mark}/.."
    later = day + (draw(DAYS) - date(1900, 1, 1)) / 4
    return f"{day:%Y-%m-%d}/{later:%Y-%m-%d}"


PARTIAL = partial_texts().map(PartialDate.parse)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start, end = sorted((draw(DAYS), draw(DAYS)))
    return Span(draw(st.sampled_from([start, None])), draw(st.sampled_from([end, None])))


@st.composite
def closed_spans(draw: st.DrawFn) -> Span:
    start, end = sorted((draw(DAYS), draw(DAYS)))
    return Span(start, end)


_EXACT = DAYS.map(lambda d: d.isoformat())


@st.composite
def custody_drafts(draw: st.DrawFn) -> Draft:
    """One thing a list may say of one entry's custody."""
    prop = draw(
        st.sampled_from(["detained", "held_on", "released", "returned", "died", "recognised", "sentence", "born"])
    )
    value = "P4Y" if prop == "sentence" else draw(_EXACT if prop == "recognised" else partial_texts())
    return Draft(
        subject=f"entry:list-{draw(st.integers(1, 3))}:row{draw(st.integers(1, 3))}",
        prop=prop,
        value=value,
        source=f"source:{draw(st.integers(1, 3))}",
        published=draw(st.none() | _EXACT),
        visibility=draw(st.sampled_from([Visibility.PUBLIC, Visibility.PUBLIC, Visibility.TEAM, Visibility.SEALED])),
    )


@st.composite
def competing_drafts(draw: st.DrawFn) -> Draft:
    """One of a few values that a few sources give for the same two entries: they compete, agree vaguely, or tie."""
    prop = draw(st.sampled_from(["detained", "detained", "released", "died", "sentence", "held_on", "name"]))
    dates = ["2001", "2001-05", "2001-05~", "2001-05-03", "2001-05-04", "../2001", "2002-01-01", "2001-05/2002-01"]
    values = {
        "sentence": ["P4Y", "P5Y", "P10Y"],
        "name": ["Person A", "Person B"],
        "held_on": ["2001-06-01", "2001-07-01"],
    }
    return Draft(
        subject=f"entry:list-{draw(st.integers(1, 2))}:row1",
        prop=prop,
        value=draw(st.sampled_from(values.get(prop, dates))),
        source=f"source:{draw(st.integers(1, 4))}",
        published=draw(st.sampled_from([None, "2003", "2003-02", "2004-01-01"])),
        visibility=draw(st.sampled_from([Visibility.PUBLIC, Visibility.PUBLIC, Visibility.TEAM, Visibility.SEALED])),
    )
