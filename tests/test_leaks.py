"""No restricted value stands in any published byte: not as text, not folded, escaped, percent- or base64-encoded.

Canaries are planted in every property of every kind, once sealed and once for the team, through the real ledger,
links, fold and publisher; then every file name and every byte of the site is searched for every form of each of them.
"""

from __future__ import annotations

import base64
import html
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from habeas.answers import ask
from habeas.cases import fold
from habeas.dates import AsOf
from habeas.languages import LANGUAGES
from habeas.ledger import open_ledger
from habeas.nouns import (
    Article,
    Book,
    Casebook,
    CheckedArticle,
    Claim,
    Draft,
    Judgement,
    Keeper,
    KeptVerdict,
    Links,
    Pair,
    Person,
    Problem,
    Public,
    Question,
    Quote,
    Same,
    Step,
    Team,
    Verdict,
    Visibility,
)
from habeas.publish import FORMATS, Subject, export_data, publish_report, publish_site
from habeas.publish.write import PublishError
from habeas.vocabulary import kinds

RECORDED = datetime(2026, 1, 5, tzinfo=UTC)
RESTRICTED = (Visibility.TEAM, Visibility.SEALED)
# Types whose values are drawn from a fixed set: whether one was planted cannot be told from a page that holds the word.
_CLOSED = frozenset({"enum", "flag"})


def canaries() -> Iterator[tuple[Draft, tuple[str, ...]]]:
    """A restricted draft for every property, and the texts that may not come out of it."""
    number = 0
    for kind, spec in kinds().items():
        for prop in spec.properties.values():
            for visibility in RESTRICTED:
                if prop.type in _CLOSED:
                    continue
                number += 1
                value, secrets = _value(prop.type, prop.to, number, visibility)
                mark = f"kept{number:03d}"
                draft = Draft(
                    subject="entry:open:x1" if kind == "entry" else f"{kind}:open",
                    prop=prop.name,
                    value=value,
                    source=f"source:{mark}who",
                    place=f"{mark}place.csv row 1",
                    original=f"{mark}original Ж<&>",
                    lang="x-" + mark if prop.type == "name" else None,
                    published="2025-12-01",
                    visibility=visibility,
                    reason=f"{mark}reason",
                )
                yield draft, (*secrets, f"{mark}who", f"{mark}place", f"{mark}original", f"{mark}reason")


def _value(kind: str, to: str | None, number: int, visibility: Visibility) -> tuple[str, tuple[str, ...]]:
    """A value of the type that occurs nowhere else, and the forms in which it may be worded."""
    word = f"Тайна-Sécret{number:03d}<b>&\"'"
    match kind:
        case "date":
            # A year that no other date of the book has; the day and month are what may never be published.
            year = 1900 + number % 90 if visibility is Visibility.TEAM else 1700 + number
            return f"{year}-11-23", (f"{year}-11-23", f"23 November {year}", f"23 Nov {year}")
        case "integer":
            return str(987_000_000 + number), (str(987_000_000 + number), f"{987_000_000 + number:,}")
        case "duration":
            return f"P{1890 + number}Y", (f"P{1890 + number}Y", f"{1890 + number} years")
        case "url":
            return f"https://secret{number:03d}.example/{number}", (f"secret{number:03d}.example",)
        case "lang":
            # Of private use throughout, and long: three letters stand in some random id of a page by chance.
            return "qaa-Qaab-QM", ("qaa-Qaab",)
        case "ref":
            return f"{to}:hidden{number:03d}", (f"hidden{number:03d}",)
        case _:
            return word, (word, f"Sécret{number:03d}")


def public_frame() -> list[Draft]:
    """A public value on every subject, so that each kind has a page to leak on."""
    said = {
        "source:s1": {"url": "https://example.org/1", "publisher": "A publisher"},
        "list:open": {"means": "held", "extent": "sample", "covers_period": "2020/2025"},
        "entry:open:x1": {
            "list": "list:open",
            "detained": "2023-02-01",
            "released_in": "release:open",
            "released": "2025-12-13",
        },
        "release:open": {"country": "BY", "status": "executed", "kind": "release"},
        "figure:open": {"release": "release:open", "figure": "announced", "op": "eq"},
        "deal:open": {"country": "BY", "status": "executed", "release": "release:open"},
        "leg:open": {"deal": "deal:open", "side": "relief", "said": "lifted", "effect": "licensed"},
        "condition:open": {"deal": "deal:open"},
        "stance:open": {"deal": "deal:open", "stance": "for"},
        "measure:open": {"action": "lifted"},
        "count:open": {"kind": "stock"},
        "count:shown": {
            "kind": "stock",
            "on": "2025-06-03",
            "n": "1183",
            "by": "Viasna",
            "what": "political prisoners",
        },
        "fact:open": {"kind": "office"},
        "decision:open": {"same": "different"},
        "preference:open": {"entry": "entry:open:x1", "prop": "detained"},
        "grade:open": {"entry": "entry:open:x1", "prop": "detained", "confidence": "confirmed"},
        "tier:open": {"entry": "entry:open:x1", "tier": "confirmed"},
        "absence:open": {"entry": "entry:open:x1", "day": "2025-12-13"},
    }
    dates = {"release:open": "2025-12-13", "deal:open": "2025-12-13"}
    found = [
        Draft(subject=subject, prop=prop, value=value, source="source:s1", visibility=Visibility.PUBLIC)
        for subject, values in said.items()
        for prop, value in values.items()
    ]
    found += [
        Draft(subject=s, prop="date", value=d, source="source:s1", visibility=Visibility.PUBLIC)
        for s, d in dates.items()
    ]
    return found


def book(folder: Path) -> Book:
    return Book(
        folder=folder / "keptfolder",
        title="A book",
        country="BY",
        languages=LANGUAGES,
        contact="corrections at example.org",
        recorder="keptrecorder",
        lists=(),
        prefer=("keptpreference",),
    )


def folded(drafts: list[Draft], folder: Path) -> tuple[Casebook[Public], Casebook[Team]]:
    with open_ledger(folder / "ledger.sqlite", create=True) as ledger:
        ledger.append(drafts, recorded=RECORDED, recorder="keptrecorder")
        mentions = tuple(subject for subject, _ in ledger.view(Keeper).of_kind("entry"))
        links = Links(
            persons=(Person(id="C-x1", mentions=mentions),),
            unsure=(Pair(a="entry:open:x1", b="entry:open:x2", score=0.5, same=Same.UNSURE, why=("keptwhy",)),),
            problems=(Problem(file="keptfile.csv", what="keptwhat", do="keptdo", value="keptvalue"),),
        )
        team, public = ledger.view(Team, who=lambda: links), ledger.view(Public, who=lambda: links)
    return fold(public, links, book(folder)), fold(team, links, book(folder))


def forms(secret: str) -> set[bytes]:
    """The ways in which a text may hide in a file, all casefolded as the haystack is."""
    texts = {secret, secret.casefold(), unicodedata.normalize("NFD", secret), unicodedata.normalize("NFC", secret)}
    texts |= {
        html.escape(secret),
        html.escape(secret, quote=False),
        html.escape(secret).replace("&#x27;", "&#39;").replace("&quot;", "&#34;"),
    }
    texts |= {quote(secret), quote(secret, safe=""), quote_plus(secret)}
    texts |= {secret.encode("ascii", "xmlcharrefreplace").decode(), secret.encode("unicode_escape").decode()}
    texts |= {
        base64.b64encode(secret.encode()).decode().rstrip("="),
        base64.urlsafe_b64encode(secret.encode()).decode().rstrip("="),
    }
    texts |= {secret.encode().hex()}
    return {t.casefold().encode() for t in texts if len(t) >= 3}


def haystack(folder: Path) -> bytes:
    """Every name and every byte of a folder, casefolded."""
    found = []
    for path in sorted(folder.rglob("*")):
        found.append(path.relative_to(folder).as_posix().casefold().encode())
        if path.is_file():
            found += [part.casefold().encode() for part in readable(path)]
    return b"\n".join(found)


def readable(path: Path) -> Iterator[str]:
    """Every text that a file holds, also where it is packed."""
    raw = path.read_bytes()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                yield name
                yield packed.read(name).decode("utf-8")
    elif path.suffix == ".parquet":
        # The footer, and what is not packed: runs of letters that chance does not make.
        # The schema stands there in base64, and is read as what it says.
        schema = b"".join(base64.b64decode(run) for run in re.findall(rb"[A-Za-z0-9+/]{80,}={0,2}", raw))
        plain = re.sub(rb"[A-Za-z0-9+/]{80,}={0,2}", b"", raw)
        yield from (run.decode("ascii") for run in re.findall(rb"[ -~]{6,}", plain + b"\0" + schema))
        for column in pl.read_parquet(path):
            yield column.name
            yield from (str(cell) for cell in column if cell is not None)
    elif path.suffix == ".pdf":
        paper = PdfReader(path)
        yield from (str(value) for value in (paper.metadata or {}).values())
        yield from (page.extract_text() for page in paper.pages)
        for number in range(1, len(paper.xref.get(0, ())) + len(paper.xref_objStm) + 1):
            # Every object, and what is packed in it: alternative texts, structure, metadata in XML.
            thing = paper.get_object(number)
            yield str(thing)
            if hasattr(thing, "get_data"):
                yield thing.get_data().decode("latin-1")
    elif path.suffix == ".png":
        # The pixels are those of a drawing that is searched as SVG; whatever else the file holds is told.
        assert raw.startswith(b"\x89PNG")
        at = 8
        while at < len(raw):
            length, kind = int.from_bytes(raw[at : at + 4], "big"), raw[at + 4 : at + 8]
            if kind != b"IDAT":
                yield raw[at + 4 : at + 8 + length].decode("latin-1")
            at += 12 + length
    else:
        yield raw.decode("utf-8")


def leaks(site: Path, secrets: set[str]) -> set[str]:
    hay = haystack(site)
    return {secret for secret in secrets if any(form in hay for form in forms(secret))}


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Casebook[Public], Casebook[Team], set[str]]:
    pairs = list(canaries())
    secrets = {secret for _, some in pairs for secret in some}
    secrets |= {
        "keptfolder",
        "keptrecorder",
        "keptpreference",
        "keptwhy",
        "keptfile",
        "keptwhat",
        "keptdo",
        "keptvalue",
    }
    public, team = folded([*public_frame(), *(draft for draft, _ in pairs)], tmp_path_factory.mktemp("leaks"))
    return public, team, secrets


def test_no_canary_is_in_any_published_byte(planted, tmp_path):
    public, _, secrets = planted
    site = tmp_path / "site"
    # Pages of days in the past are made of casebooks as known then, through the same door.
    past = replace(public, known=datetime(2026, 1, 4, 23, 59, tzinfo=UTC))
    files = publish_site(public, (), site, (past,))
    assert {site / tag / "known" / "2026-01-04" / "index.html" for tag in ("", *LANGUAGES[1:])} <= set(files)
    assert (site / "cases" / "C-x1.html") in files
    export_data(public, site / "data", formats=FORMATS)
    assert len(secrets) > 400
    assert leaks(site, secrets) == set()


REPORTS = (
    Subject(deal="open"),
    Subject(period=(date(2023, 1, 1), date(2026, 1, 31))),
    Subject(people=("list", "open")),
)


def written_reports(casebook: Casebook[Public], folder: Path) -> None:
    folder.mkdir()
    for number, subject in enumerate(REPORTS):
        for full in (False, True):
            for suffix in ("pdf", "html"):
                publish_report(casebook, subject, folder / f"{number}-{int(full)}.{suffix}", full=full)


def test_no_canary_is_in_any_byte_of_a_report(planted, tmp_path):
    public, _, secrets = planted
    written_reports(public, tmp_path / "reports")
    assert leaks(tmp_path / "reports", secrets) == set()


def test_the_search_would_find_them_in_a_report(planted, tmp_path, monkeypatch):
    _, team, secrets = planted
    monkeypatch.setattr("habeas.publish.report.reporting.refuse_restricted", lambda _: None)
    monkeypatch.setattr("habeas.publish.contents.is_public", lambda statement: statement.value is not None)
    written_reports(replace(team, audience=Public), tmp_path / "reports")  # type: ignore[arg-type]
    for suffix in ("pdf", "html"):
        alone = tmp_path / suffix
        alone.mkdir()
        for path in (tmp_path / "reports").glob(f"*.{suffix}"):
            path.rename(alone / path.name)
        assert len(leaks(alone, secrets)) > 10, suffix


def test_the_search_would_find_them(planted, tmp_path, monkeypatch):
    """The canaries do stand in what the team sees: published by mistake, the search above finds hundreds of them."""
    _, team, secrets = planted
    monkeypatch.setattr("habeas.publish.site.refuse_restricted", lambda _: None)
    publish_site(replace(team, audience=Public), (), tmp_path / "site")  # type: ignore[arg-type]
    assert len(leaks(tmp_path / "site", secrets)) > 30


def test_a_casebook_that_holds_a_restricted_value_is_refused(planted, tmp_path):
    """Whatever its type says: a team casebook passed off as public stops before the first byte."""
    public, team, _ = planted
    passed_off: Any = replace(team, audience=Public)
    for casebooks in (
        (passed_off, ()),
        (public, (passed_off,)),
    ):  # as the book of now, and as that of a day in the past
        with pytest.raises(PublishError, match=r"holds \d+ restricted values: nothing was written"):
            publish_site(casebooks[0], (), tmp_path / "site", casebooks[1])
    assert not (tmp_path / "site").exists()


def test_a_birth_date_comes_out_as_its_year(tmp_path):
    born = Draft(
        subject="entry:open:x1",
        prop="born",
        value="1962-09-25",
        original="25.09.1962",
        source="source:s1",
        place="x",
        visibility=Visibility.TEAM,
    )
    public, _ = folded([*public_frame(), born], tmp_path)
    publish_site(public, (), tmp_path / "site")
    page = (tmp_path / "site" / "cases" / "C-x1.html").read_text(encoding="utf-8")
    assert "1962" in page
    assert leaks(tmp_path / "site", {"1962-09-25", "25.09.1962", "25 September 1962", "September 1962"}) == set()


def test_a_public_birth_date_is_cut_to_its_year_too(tmp_path):
    born = Draft(
        subject="entry:open:x1", prop="born", value="1962-09-25", source="source:s1", visibility=Visibility.PUBLIC
    )
    public, _ = folded([*public_frame(), born], tmp_path)
    publish_site(public, (), tmp_path / "site")
    assert leaks(tmp_path / "site", {"1962-09-25", "September 1962"}) == set()


def test_a_case_whose_names_are_kept_back_is_shown_by_its_id(planted, tmp_path):
    public, _, _ = planted
    publish_site(public, (), tmp_path / "site")
    assert "<bdi>Case C-x1</bdi>" in (tmp_path / "site" / "cases" / "C-x1.html").read_text(encoding="utf-8")


def test_working_that_rests_on_restricted_statements_is_kept_back(planted, tmp_path):
    """An article checked against the team's casebook by mistake shows its verdict and nothing of the working."""
    public, team, secrets = planted
    kept = [i for i, s in team.statements.items() if s.value is not None and s.visibility is not Visibility.PUBLIC][:3]
    answer = ask(team, Question(ask="case", as_of=AsOf(date(2026, 1, 5)), args={"name": "C-x1"}))
    judged = Judgement(
        claim=Claim(quote=Quote(text="freed", start=10, end=15), sentence=0, kind="status", value={}),
        at_publication=Verdict.SUPPORTED,
        today=Verdict.SUPPORTED,
        why=next(s for s in secrets if "Sécret" in s),
        context="keptwhat",
        missing="keptwhy",
        steps=(Step(what="keptdo", result="keptvalue", rests_on=tuple(kept)), *answer.steps),
        rests_on=tuple(kept),
    )
    article = CheckedArticle(
        article=Article(
            path=Path("keptfile.txt"),
            title="A title",
            text="They were freed.",
            published=None,
            published_from="",
            language="en",
        ),
        judgements=(judged,),
        loaded=(),
        not_understood=(),
        problems=(Problem(file="keptfile.csv", what="keptwhat", do="keptdo"),),
    )
    signed = KeptVerdict(
        id="v1", text=article.article.fingerprint, file="", title="", url="", published=None, language="en",
        quote=judged.claim.quote, kind="status", value={}, family="", at_publication=Verdict.SUPPORTED,
        today=Verdict.SUPPORTED, why=judged.why, context="keptwhat", missing="keptwhy", head="", rests_on=tuple(kept),
        by="editor-1", on=date(2026, 1, 5), note="", remarks=(), statements=(),
    )  # fmt: skip
    publish_site(replace(public, verdicts=(signed,)), (article,), tmp_path / "site")
    assert leaks(tmp_path / "site", secrets) == set()
    page = next((tmp_path / "site" / "articles").iterdir()).read_text(encoding="utf-8")
    assert "kept back from the public" in page


TEXTS = (
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=12, max_size=40)
    .filter(lambda text: len(set(text)) > 8 and text == text.strip())
    .map(lambda text: f"7{text}7")
)  # no word that a page has of its own, such as the name of another page


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(secret=TEXTS, visibility=st.sampled_from(RESTRICTED), data=st.data())
def test_no_restricted_text_whatever_it_is(tmp_path_factory, secret: str, visibility: Visibility, data: Any):
    texts = [(k, p.name) for k, s in kinds().items() for p in s.properties.values() if p.type in ("text", "name")]
    kind, prop = data.draw(st.sampled_from(texts))
    subject = "entry:open:x1" if kind == "entry" else f"{kind}:open"
    folder = tmp_path_factory.mktemp("leak")
    # Sources hand on a name in several spellings; each is a value of its own.
    secrets = {secret, secret[::-1]}
    drafts = [
        Draft(subject=subject, prop=prop, value=s, source="source:s1", visibility=visibility) for s in sorted(secrets)
    ]
    public, _ = folded([*public_frame(), *drafts], folder)
    publish_site(public, (), folder / "site")
    assert leaks(folder / "site", secrets) == set()


# --- kept back by what was said later: a restriction, a wish, a consent withdrawn ------------------------------------

PERSON = {
    "name": "Secretperson Keptaway",
    "occupation": "tradekept weaver",
    "article": "articlekept 361",
    "charge": "chargekept",
    "prison": "prisonkept 7",
    "nationality": "nationkept",
    "release_condition": "conditionkept",
    "health": "healthkept",
    "story": "storykept",
    "address": "addresskept",
    "photo": "https://photokept.example/1.jpg",
    "sentenced": "1931-05-06",
    "appeal": "1932-07-08",
}
WORKING = {
    "restriction": ("subject", {"visibility": "team", "reason": "reasonkept"}),
    "publicity": (
        "entry",
        {"wish": "does_not_want", "by": "relative", "recorded_by": "recordedkept", "note": "notekept"},
    ),
    "consent": ("entry", {"scope": "name", "by": "lawyer", "form": "formkept", "withdrawn": "1933-09-10"}),
}


def kept_back(kind: str) -> tuple[list[Draft], set[str]]:
    """A person in full, all of it public, and one later record that keeps the person back; and what may not come out."""
    public = Visibility.PUBLIC
    drafts = [
        Draft(
            subject=entry,
            prop=prop,
            value=value,
            source="source:own",
            original=f"originalkept {value}",
            place="lists/placekept.csv row 2",
            published="2025-12-01",
            visibility=public,
        )
        for entry in ("entry:open:x1", "entry:open:x2")
        for prop, value in PERSON.items()
    ]
    told = {
        ("source:own", "url"): "https://urlkept.example/secretperson-keptaway",
        ("source:own", "publisher"): "publisherkept",
        ("source:own", "title"): "titlekept",
        ("fact:open", "person"): "Keptaway, Secretperson",
        ("fact:open", "what"): "factkept about Secretperson Keptaway",
        ("deal:open", "note"): "dealkept and SECRETPERSON KEPTAWAY",
        ("measure:open", "reason"): "see https://elsewhere.example/Secretperson_Keptaway/measurekept",
    }
    drafts += [
        Draft(subject=subject, prop=prop, value=value, source="source:s1", visibility=public)
        for (subject, prop), value in told.items()
    ]
    target, said = WORKING[kind]
    drafts += [
        Draft(subject=f"{kind}:later", prop=prop, value=value, source="person:keptrecorder", place="said in habeas")
        for prop, value in {target: "entry:open:x1", **said}.items()
    ]
    words = {*PERSON.values(), *told.values(), *(v for v in said.values() if "kept" in v or "19" in v)}
    return drafts, words | {"Secretperson", "Keptaway", "originalkept", "placekept", "urlkept", "6 May 1931"}


@pytest.mark.parametrize("kind", WORKING)
def test_a_person_kept_back_later_is_in_no_published_byte(kind: str, tmp_path: Path) -> None:
    drafts, secrets = kept_back(kind)
    public, team = folded([*public_frame(), *drafts], tmp_path)
    assert list(public.cases) == ["C-x1"]
    publish_site(public, (), tmp_path / "site")
    export_data(public, tmp_path / "site" / "tables", formats=FORMATS)
    assert leaks(tmp_path / "site", secrets) == set()
    assert team.cases["C-x1"].label == "Secretperson Keptaway"


def test_without_it_the_search_finds_the_person(tmp_path: Path) -> None:
    drafts, secrets = kept_back("publicity")
    public, _ = folded([*public_frame(), *(d for d in drafts if d.kind != "publicity")], tmp_path)
    publish_site(public, (), tmp_path / "site")
    assert len(leaks(tmp_path / "site", secrets)) > 10
    # Health, story, address and photo have no consent, whatever else is said.
    assert leaks(tmp_path / "site", {"healthkept", "storykept", "addresskept", "photokept"}) == set()
