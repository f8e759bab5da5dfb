"""A checked article as JSON: stable, documented keys, spans as offsets into the article's body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from habeas.nouns import CheckedArticle, Judgement, KeptVerdict, Quote


def _plain(value: Any) -> Any:
    """A value ready for JSON."""
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def _quote(quote: Quote) -> dict[str, Any]:
    return {"quote": quote.text, "start": quote.start, "end": quote.end}


def _claim(number: int, judged: Judgement, signed: KeptVerdict | None) -> dict[str, Any]:
    return {
        "number": number,
        **_quote(judged.claim.quote),
        "sentence": judged.claim.sentence,
        "kind": judged.claim.kind,
        "value": _plain(dict(judged.claim.value)),
        "flags": sorted(judged.claim.flags),
        "verdict": judged.verdict.value,
        "verdict_at_publication": judged.at_publication.value,
        "verdict_today": judged.today.value,
        "why": judged.why,
        "steps": [{"what": s.what, "result": s.result, "rests_on": list(s.rests_on)} for s in judged.steps],
        "rests_on": list(judged.rests_on),
        "context": judged.context,
        "missing": judged.missing,
        "family": judged.family,
        "signed": None
        if signed is None
        else {"id": signed.id, "by": signed.by, "on": signed.on.isoformat(), "verdict": signed.verdict.value},
    }


def as_json(checked: CheckedArticle, verdicts: Iterable[KeptVerdict] = ()) -> dict[str, Any]:
    """A checked article ready for JSON.

    Keys: `article` (file, title, published, published_from, language, fingerprint), `claims` (number, quote, start, end,
    sentence, kind, value, flags, verdict, verdict_at_publication, verdict_today, why, steps, rests_on, context, missing,
    family: the same for the same claim in another article of the book, signed: id, by, on, verdict, where one of the
    `verdicts` on record is a signed one on it), `loaded` and `not_understood` (quote, start, end), `problems` (sentences),
    `rejected` (what a model proposed and was not taken: quote, kind, value, reason), `named` (quote, start, end, kind,
    name, ids, latin, role). Offsets count characters of the body.
    """
    article = checked.article
    signed = {v.place: v for v in verdicts if v.signed and v.text == article.fingerprint}
    return {
        "article": {
            "file": article.path.as_posix(),
            "title": article.title,
            "published": None if article.published is None else article.published.isoformat(),
            "published_from": article.published_from,
            "language": article.language,
            "fingerprint": article.fingerprint,
        },
        "claims": [_claim(n, j, signed.get(j.claim.place)) for n, j in enumerate(checked.judgements, start=1)],
        "loaded": [_quote(q) for q in checked.loaded],
        "not_understood": [_quote(q) for q in checked.not_understood],
        "problems": [str(p) for p in checked.problems],
        "rejected": [
            {"quote": r.quote, "kind": r.kind, "value": _plain(dict(r.value)), "reason": r.reason}
            for r in checked.rejected
        ],
        "named": [
            {**_quote(n.quote), "kind": n.kind, "name": n.name, "ids": list(n.ids), "latin": n.latin, "role": n.role}
            for n in checked.named
        ],
    }


def as_records(checked: CheckedArticle, name: str, place: str) -> Iterator[dict[str, Any]]:
    """A checked article as one flat record a claim (`claim`), and one of the article (`article`) that closes them.

    `name` is what the corpus calls the article, `place` where it lies in it.
    """
    said = as_json(checked)
    for claim in said["claims"]:
        yield {"record": "claim", "article": name, "place": place, **claim}
    yield {
        "record": "article",
        "article": name,
        "place": place,
        **{k: v for k, v in said["article"].items() if k != "file"},
        "claims": len(said["claims"]),
        **{k: said[k] for k in ("named", "loaded", "not_understood", "problems")},
    }
