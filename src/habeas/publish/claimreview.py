"""Signed verdicts as ClaimReview of schema.org, for search engines and fact-check archives; drafts never.

What Google's documentation of ClaimReview requires is there: `claimReviewed`, `reviewRating` with its `alternateName`, and
`url`. A shape that cannot be filled honestly is left out, so `itemReviewed` names no author where the article's is not
known. `claimreview.schema.json` beside this file is the shape as a JSON Schema.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from habeas.nouns import Casebook, KeptVerdict, Public, Remark, RemarkKind, Verdict
from habeas.publish.wording import cleaned

CONTEXT = "https://schema.org"
# From worst (1) to best (5). What the record cannot say has no place on that line, and so no number.
_RATINGS: Mapping[Verdict, tuple[int | None, str]] = {
    Verdict.SUPPORTED: (5, "Supported"),
    Verdict.OUTDATED: (3, "Outdated: right when published, not any more"),
    Verdict.CONTRADICTED: (1, "Contradicted"),
    Verdict.NOT_ENOUGH: (None, "Not enough information"),
}
_WITH_CONTEXT = (4, "Supported, but needs context")


def page_of(verdict: KeptVerdict) -> str:
    """Where a signed verdict stands in the site."""
    return f"articles/{verdict.text[:10]}.html#v{verdict.id}"


def schema() -> Mapping[str, Any]:
    """The shape of one ClaimReview as made here, as a JSON Schema (2020-12)."""
    text = files("habeas.publish").joinpath("claimreview.schema.json").read_text(encoding="utf-8")
    found: Mapping[str, Any] = json.loads(text)
    return found


def claim_review(casebook: Casebook[Public], verdict: KeptVerdict) -> dict[str, Any]:
    """A signed verdict as a ClaimReview, without `@context`.

    `url` is absolute where the book says at which address its site stands, else relative to the folder of the site.

    Raises:
        ValueError: nobody has signed it.
    """
    if not verdict.signed:
        raise ValueError("a verdict that nobody has signed gets no ClaimReview")
    book = casebook.book
    day = None if verdict.published is None else verdict.published.isoformat()
    appearance = _filled(
        {
            "@type": "CreativeWork",
            "headline": verdict.title,
            "url": verdict.url,
            "datePublished": day,
            "inLanguage": verdict.language,
        }
    )
    replies = [r for r in verdict.remarks if r.what is RemarkKind.REPLY]
    corrections = [r for r in verdict.remarks if r.what is RemarkKind.CORRECTION]
    return _filled(
        {
            "@type": "ClaimReview",
            "@id": f"urn:habeas:verdict:{verdict.id}",
            "url": _address(casebook, page_of(verdict)),
            "datePublished": verdict.on.isoformat(),
            "dateModified": max((r.on for r in verdict.remarks), default=verdict.on).isoformat(),
            "claimReviewed": " ".join(verdict.quote.text.split()),
            "reviewBody": " ".join(t for t in (verdict.why, verdict.context, verdict.note) if t),
            "author": _filled({"@type": "Organization", "name": book.title, "url": book.address}),
            "editor": {"@type": "Person", "name": verdict.by},
            "version": verdict.head,
            "reviewRating": _rating(verdict),
            "itemReviewed": _filled({"@type": "Claim", "datePublished": day, "appearance": appearance}),
            "isBasedOn": list(dict.fromkeys(s.url for s in casebook.sources_of(verdict.rests_on) if s.url)),
            "correction": [_comment(r, "CorrectionComment") for r in corrections],
            "comment": [_comment(r, "Comment") for r in replies],
        }
    )


def _rating(verdict: KeptVerdict) -> dict[str, Any]:
    number, word = _RATINGS[verdict.verdict]
    if verdict.verdict is Verdict.SUPPORTED and verdict.context:
        number, word = _WITH_CONTEXT
    said = {
        "@type": "Rating",
        "alternateName": word,
        "ratingValue": number,
        "bestRating": None if number is None else 5,
        "worstRating": None if number is None else 1,
        "ratingExplanation": verdict.why,
    }
    return _filled(said)


def _comment(remark: Remark, kind: str) -> dict[str, Any]:
    by = {"@type": "Person" if remark.what is RemarkKind.CORRECTION else "Organization", "name": remark.by}
    said = {"@type": kind, "text": remark.text, "datePublished": remark.on.isoformat(), "author": by, "url": remark.url}
    return _filled(said)


def _address(casebook: Casebook[Public], place: str) -> str:
    home = casebook.book.address.rstrip("/")
    return f"{home}/{place}" if home else place


def _filled(said: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if value not in (None, "", [])}


def as_claim_reviews(casebook: Casebook[Public]) -> bytes:
    """Every signed verdict that the public record bears as one JSON-LD document."""
    there = {i for i, s in casebook.statements.items() if s.value is not None}
    found = [claim_review(casebook, v) for v in casebook.verdicts if v.signed and there.issuperset(v.rests_on)]
    document = {"@context": CONTEXT, "@graph": found}
    return (json.dumps(cleaned(document), ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def in_page(casebook: Casebook[Public], verdicts: Iterable[KeptVerdict]) -> Markup:
    """The ClaimReviews of a page as the content of a `script` that nothing runs; no character in it can end it."""
    found = [claim_review(casebook, v) for v in verdicts]
    text = json.dumps({"@context": CONTEXT, "@graph": cleaned(found)}, ensure_ascii=True)
    for sign in "<>&'":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 -- the signs that could be markup have just been escaped
