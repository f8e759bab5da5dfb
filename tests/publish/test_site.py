"""The site as files: what each page says, that it holds together, and that it asks nothing of anybody."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from habeas.languages import language
from habeas.nouns import Quote, Remark, RemarkKind, Translated, Verdict
from habeas.pipeline.publishing import past_days
from habeas.publish import publish_site
from tests.publish.conftest import HRW, TEXT, MakeCasebook, an_article, facts, say, signed
from tests.publish.reading import Read, read

LANGUAGES = ("en", "be", "ru")  # of the book


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def spoken(page: Read) -> str:
    """The language a page says it is in."""
    return next(a["lang"] or "" for tag, a in page.tags if tag == "html")


def test_every_page_is_there_in_every_language_and_leads_to_itself_in_the_others(site):
    english = {p.relative_to(site) for p in pages(site) if p.relative_to(site).parts[0] not in LANGUAGES}
    for tag in LANGUAGES:
        top = site if tag == "en" else site / tag
        for place in english:
            page = read(top / place)
            assert spoken(page) == tag
            links = {a.get("hreflang"): a.get("href") for t, a in page.tags if t == "link" and a.get("hreflang")}
            assert set(links) == set(LANGUAGES)
            for other, target in links.items():
                there = (top / place).parent / (target or "")
                assert there.resolve() == ((site if other == "en" else site / other) / place).resolve()
                assert other == tag or target in page.links()
            assert any(a.get("href", "").endswith("style.css") for t, a in page.tags if t == "link")


def test_each_page_says_that_nobody_has_read_its_language_over_and_what_stands_in_english(
    casebook, tmp_path, monkeypatch
):
    said = "Nobody who speaks this language has read over how it is worded here."
    monkeypatch.setattr(language("be"), "left", 12)
    monkeypatch.setattr(language("ru"), "reviewed", True)
    publish_site(casebook, (), tmp_path / "site")
    for path in pages(tmp_path / "site"):
        page = read(path)
        told = [language(spoken(page)).gettext(said + " Where a word is wrong, please say so.") in page.said]
        assert told == [spoken(page) == "be"], path
        assert ("па-англійску: 12" in page.said) is (spoken(page) == "be")


@pytest.mark.parametrize("tag", ["", "be", "ru"])
def test_the_front_page_explains_the_figures_of_a_release_by_the_words_that_head_them(site, tag):
    page = html.fromstring((site / tag / "index.html").read_bytes())
    (section,) = page.xpath("//section[@aria-labelledby='h-deals']")
    explained = [em.text_content().casefold() for em in section.xpath("./p[1]/em")]
    assert explained == [th.text_content().casefold() for th in section.xpath(".//th[@class='n']")]


def test_a_reader_sees_names_in_the_script_that_is_read_and_the_others_beside(site):
    for tag, first in (("", "Ales Bialiatski"), ("be", "Алесь Бяляцкі"), ("ru", "Алесь Бяляцкі")):
        said = read(site / tag / "cases" / "C-b1.html").said
        assert all(said.index(first) < said.rindex(other) for other in ("Aleś Bialacki",))
        (title,) = [t for t in read(site / tag / "cases.html").said.split("·") if "Aleś Bialacki" in t or first in t][
            :1
        ]
        assert first in title
    assert "Person A" in read(site / "be" / "cases" / "C-p2.html").said  # no other name is on record


def test_other_languages_count_date_and_file_in_their_own_way(site):
    said = read(site / "be" / "cases" / "C-b1.html").said
    assert "У няволі: 14 ліпеня 2021 г. – 13 снежня 2025 г. (памілаваны(-ая)), 1 613 дзён." in said.replace(
        "\u202f", " "
    ).replace("\xa0", " ")
    assert "г.." not in said
    letters = [a for t, a in read(site / "be" / "cases.html").tags if t == "h2"]
    assert len(letters) == 2
    for path in pages(site):
        assert "%(" not in path.read_text(encoding="utf-8"), path


def test_every_file_is_returned_and_there_are_no_others(casebook, checked, tmp_path):
    returned = publish_site(casebook, checked, tmp_path / "site")
    assert returned == tuple(sorted(p for p in (tmp_path / "site").rglob("*") if p.is_file()))
    assert tmp_path / "site" / "index.html" in returned


def test_pages_nest_and_every_local_link_leads_somewhere(site):
    assert len(pages(site)) > 10
    for path in pages(site):
        page = read(path)
        assert page.faults == [], path
        targets = [a[k] for _, a in page.tags for k in ("href", "src", "srcset") if a.get(k)]
        for target in targets:
            if target.startswith(("http://", "https://", "data:")):
                continue
            file, _, anchor = target.partition("#")
            there = (path.parent / file).resolve() if file else path
            assert there.is_file(), f"{path}: {target}"
            if anchor and "=" not in anchor:  # a search of the list of cases, such as #state=held
                assert any(a.get("id") == anchor for _, a in read(there).tags), f"{path}: {target}"


def test_nothing_is_fetched_from_another_host_and_nothing_runs(site):
    for path in pages(site):
        page = read(path)
        # A ClaimReview is data that no browser runs.
        names = {tag for tag, a in page.tags if (tag, a.get("type")) != ("script", "application/ld+json")}
        if path.name == "cases.html":  # the search: two scripts of our own, and a form that is sent nowhere
            scripts = {(a.get("src") or "").rpartition("/")[2] for tag, a in page.tags if tag == "script"}
            assert scripts == {"cases-index.js", "search.js"}
            names -= {"script", "form"}
        assert names.isdisjoint({"script", "iframe", "object", "embed", "form", "style", "base", "video", "audio"})
        for tag, attributes in page.tags:
            assert not any(name.startswith("on") or name == "style" for name in attributes)
            if tag != "a":
                fetched = [attributes.get(k) or "" for k in ("src", "srcset", "href")]
                assert not any("//" in f for f in fetched), path
            elif (attributes.get("href") or "").startswith("http"):
                assert attributes.get("rel") == "noreferrer"
        policies = [
            a["content"] for t, a in page.tags if t == "meta" and a.get("http-equiv") == "Content-Security-Policy"
        ]
        assert len(policies) == 1
        assert policies[0].startswith("default-src 'none';")
    for path in [*site.rglob("*.css"), *site.rglob("*.svg")]:
        text = path.read_text(encoding="utf-8")
        assert "@import" not in text
        assert "url(http" not in text
        assert "<script" not in text
        assert "<image" not in text


def test_every_page_says_the_date_of_knowledge_how_it_is_counted_and_where_to_write(site):
    for path in pages(site):
        page = read(path)
        known = {
            "en": "As known on 5 January 2026",
            "be": "Станам на 5 студзеня 2026",
            "ru": "По состоянию на 5 января 2026",
        }
        assert known[spoken(page)] in page.said, path
        assert "corrections at example.org" in page.said
        assert any(link.endswith("method.html") for link in page.links())
        assert any(link.endswith("corrections.html") for link in page.links())


def test_front_page_keeps_counted_by_others_and_documented_here_apart(site):
    images = [a for t, a in read(site / "index.html").tags if t == "img"]
    alts = [a.get("alt") or "" for a in images]
    assert alts[0].startswith(
        "How many are held, as counted by others: political prisoners in custody: 1,183 by Viasna on 3 June"
    )
    assert "a sample" in alts[1]
    assert alts[2].startswith("Documented by name in this book: a sample, not a count of all.")
    assert "Most prisoners are not among them" in read(site / "index.html").said
    assert {a["src"] for a in images} == {f"charts/{n}-wide.svg" for n in ("published", "documented", "flows")}


def test_chart_carries_its_title_its_source_and_names_the_sample(site):
    for size in ("wide", "narrow"):
        drawn = (site / "charts" / f"documented-{size}.svg").read_text(encoding="utf-8")
        assert "sample" in drawn
        counted = (site / "charts" / f"published-{size}.svg").read_text(encoding="utf-8")
        assert "Counts by Viasna" in counted
        assert "As known on" in counted or "as known on" in counted


def test_each_chart_goes_along_as_drawing_picture_and_numbers_and_says_how_to_cite_it(site):
    for tag, title in (("", "How many are held"), ("be", "Колькі ў няволі"), ("ru", "Сколько в заключении")):
        for name in ("published", "documented", "flows"):
            picture = (site / tag / "charts" / f"{name}.png").read_bytes()
            assert picture.startswith(b"\x89PNG")
            assert int.from_bytes(picture[16:20], "big") == 1200
        drawn = (site / tag / "charts" / "published-wide.svg").read_text(encoding="utf-8")
        assert title in drawn
        assert "prefers-color-scheme:dark" in drawn
    said = read(site / "index.html").said
    assert '<img src="charts/published.png" width="800"' in said
    assert (
        "A small book: “How many are held, as counted by others: political prisoners in custody”, as known on 5 January 2026"
        in said
    )
    numbers = (site / "files" / "chart-published.csv").read_text(encoding="utf-8")
    assert f"2025-12-23,1135,Viasna,,{HRW}" in numbers.replace('"1,135"', "1135")


def test_measures_lists_and_sources_have_pages_and_say_of_whom_they_speak(site):
    (measure,) = (site / "measures").iterdir()
    assert "General License 13" in read(measure).said
    assert "Ales Bialiatski" in read(site / "lists" / "hrw.html").said
    (source,) = [p for p in (site / "sources").iterdir() if HRW in read(p).links()]
    assert "Human Rights Watch" in read(source).said
    assert any(link.endswith("cases/C-b1.html") for link in read(source).links())


def test_a_day_in_the_past_knows_only_what_was_published_by_then(site):
    said = read(site / "known" / "2025-12-20" / "index.html").said
    assert "As publicly known on 20 December 2025" in said
    assert "123" in said
    assert "As known on 5 January 2026" in said  # the page itself is of today


def test_the_cases_of_a_large_book_have_one_page_each_and_every_way_leads_to_it(
    casebook, checked, tmp_path, monkeypatch
):
    monkeypatch.setattr("habeas.publish.renderer.MOST_IN_EACH", 1)
    large = replace(casebook, book=replace(casebook.book, language="be", languages=("ru",)))
    publish_site(large, checked, tmp_path / "site")
    assert not (tmp_path / "site" / "en" / "cases").exists()
    assert not (tmp_path / "site" / "ru" / "cases").exists()
    for place, way in (("cases.html", "cases/C-b1.html"), ("ru/cases.html", "../cases/C-b1.html")):
        assert way in read(tmp_path / "site" / place).links()
    test_pages_nest_and_every_local_link_leads_somewhere(tmp_path / "site")


def marked(path: Path) -> dict[str, str]:
    """Texts by the language that they are marked with, spans alone."""
    return {text: tag for tag, text in re.findall(r'<span lang="([^"]+)">([^<]+)<', path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize(
    ("printed", "mark"), [("pl", "pl"), ("en", "en"), ("be-Latn", None), ("ka", None), (None, None)]
)
def test_words_in_another_language_are_marked_where_the_book_knows_it(casebook, tmp_path, printed, mark):
    book = replace(
        casebook.book, language="en", title=Translated({"en": "A small book", "be": "Малая кніга"}), about="What it is."
    )
    lists = {"hrw": replace(casebook.lists["hrw"], language=printed)}
    publish_site(replace(casebook, book=book, lists=lists), (), tmp_path / "site")
    case, deal = (Path("cases") / "C-b1.html", Path("deals") / "BY-2025-12-13.html")
    assert marked(tmp_path / "site" / "be" / case).get("human rights defender") == mark
    assert marked(tmp_path / "site" / case).get("human rights defender") == ("pl" if mark == "pl" else None)
    assert marked(tmp_path / "site" / "be" / deal)["measures on potash"] == "en"
    assert "measures on potash" not in marked(tmp_path / "site" / deal)
    assert "Малая кніга" not in marked(tmp_path / "site" / "be" / "index.html")
    front = marked(tmp_path / "site" / "ru" / "index.html")
    assert (front["A small book"], front["What it is."]) == ("en", "en")
    for tag, said in (("", "A small book"), ("be", "Малая кніга"), ("ru", "A small book")):
        assert said in read(tmp_path / "site" / tag / case).said
        assert said in (tmp_path / "site" / tag / "charts" / "published-wide.svg").read_text(encoding="utf-8")


def test_days_that_the_keeper_names_get_a_page_beside_those_of_deals(casebook):
    named = (date(2025, 9, 30), date(2025, 12, 13), date(2026, 1, 5))  # the last is not over on the record's last day
    assert past_days(casebook.book, casebook) == (date(2025, 12, 13),)
    assert past_days(replace(casebook.book, as_of=named), casebook) == (date(2025, 12, 13), date(2025, 9, 30))


def test_chart_table_holds_every_count_with_its_publisher(site):
    said = read(site / "counts.html").said
    for part in ("1,201", "dissident.by", "1,336", "more than 1,100", "968 + 168 = 1,136, not 1,135"):
        assert part in said


def test_release_page_adds_its_parts_up_and_shows_who_gives_each(site):
    said = read(site / "releases" / "BY-2025-12-13.html").said
    assert "9 + 114 = 123" in said
    assert "109 + 5 = 114" in said
    for by in ("US embassy in Vilnius", "Belarus", "Ukraine"):
        assert by in said
    assert "123 announced" in said
    assert "1 named" in said
    assert "123 taken abroad 9 + 114, added up" in said


def test_deal_page_sets_word_beside_act(site):
    said = read(site / "deals" / "BY-2025-12-13.html").said
    assert "lifted 13 Dec 2025" in said
    assert "Belarus General License 13 15 Dec 2025 Effect: licensed" in said
    assert "the act does less than was said" in said
    assert "United States (J. Coale)" in said
    assert "nobody on record" in said  # the side against


def test_case_page_gives_days_names_and_what_contradicts(site):
    page = read(site / "cases" / "C-b1.html")
    assert "In custody from 14 July 2021 to 13 December 2025 (pardoned): 1,613 days." in page.said
    for text in ("Алесь Бяляцкі", "Aleś Bialacki", "10 years", "14 July 2031"):
        assert text in page.said
    assert "15 July 2021" in page.said
    assert "14 July 2021 is preferred: given by 2 sources against 1." in page.said
    assert {"be-Cyrl", "be-Latn"} <= {a.get("lang") for _, a in page.tags}
    assert HRW in page.links()
    (drawn,) = [a for t, a in page.tags if a.get("role") == "img"]
    assert drawn["aria-label"].startswith("Time in custody from 2021 to 2025")


def test_open_case_claims_no_end(site):
    said = read(site / "cases" / "C-p2.html").said
    assert (
        "Taken into custody May 2022; as known on 5 January 2026: last seen in custody on 1 July 2022, too long ago to say;"
        " no exit on record." in said
    )
    assert "if still held" in said


def test_article_page_marks_claims_and_sets_opinion_apart(site):
    (path,) = (site / "articles").iterdir()
    page = read(path)
    assert [a.get("class") for _, a in page.tags if (a.get("class") or "").startswith("claim")] == ["claim supported"]
    assert "#c1" in page.links()
    assert "The announced number is 123." in page.said
    assert "Opinion, set apart" in page.said
    assert "Looks checkable, not understood" in page.said
    assert "first" not in path.name  # the keeper's own file name stays with the keeper


def test_a_claim_that_nobody_signed_has_no_verdict(casebook, checked, tmp_path):
    (whole,) = checked
    publish_site(casebook, checked, tmp_path / "site")
    (path,) = (tmp_path / "site" / "articles").iterdir()
    page = read(path)
    assert [a.get("class") for _, a in page.tags if (a.get("class") or "").startswith("claim")] == ["claim open"]
    assert "Claims found, not yet reviewed by a person" in page.said
    for place in ("index.html", "articles.html", path.relative_to(tmp_path / "site").as_posix()):
        said = read(tmp_path / "site" / place).said
        assert "1 not yet reviewed" in said
        assert not any(verdict.value in said for verdict in Verdict)
        assert whole.judgements[0].why not in said


def test_a_signed_verdict_stands_with_who_signed_it(site):
    (path,) = (site / "articles").iterdir()
    said = read(path).said
    assert "Signed by editor-1 on 6 January 2026, on the record" in said
    assert "not yet reviewed" not in said


def test_what_was_signed_stands_when_the_record_has_moved_on(casebook, checked, tmp_path):
    (whole,) = checked
    moved = replace(whole.judgements[0], today=Verdict.CONTRADICTED, why="The number on record is another.")
    later = replace(whole, judgements=(moved,))
    publish_site(signed(casebook, whole), (later,), tmp_path / "site")
    (path,) = (tmp_path / "site" / "articles").iterdir()
    page = read(path)
    assert whole.judgements[0].why in page.said
    assert "The record has changed since" in page.said
    assert moved.why not in page.said
    assert "contradicted" not in page.said
    assert "claim supported" in [a.get("class") for _, a in page.tags]


def test_replies_and_corrections_stand_with_the_verdict(casebook, checked, tmp_path):
    said = [
        Remark(id=what, what=what, by=by, on=date(2026, 1, 7), text=text, url=url, statements=())
        for what, by, text, url in (
            (RemarkKind.REPLY, "Publisher A", "We stand by <b>it</b>.", "https://example.org/reply"),
            (RemarkKind.CORRECTION, "editor-1", "The first version named another day.", "javascript:alert(1)"),
        )
    ]
    book = signed(casebook, *checked)
    book = replace(book, verdicts=tuple(replace(v, remarks=tuple(said)) for v in book.verdicts))
    publish_site(book, checked, tmp_path / "site")
    (path,) = (tmp_path / "site" / "articles").iterdir()
    page = read(path)
    assert "Reply of Publisher A, 7 January 2026: example.org We stand by <b>it</b>." in page.said
    assert "Correction by editor-1, 7 January 2026: The first version named another day." in page.said
    assert [link for link in page.links() if link.startswith("javascript")] == []


def test_the_same_claim_in_two_articles_leads_from_one_to_the_other(casebook, checked, tmp_path):
    (one,) = checked
    one = replace(one, judgements=(replace(one.judgements[0], family="F-a"),))
    other = an_article(casebook, text=f"{TEXT} Another text.", title="Another article")
    other = replace(other, judgements=(replace(other.judgements[0], family="F-a"),))
    publish_site(casebook, (one, other), tmp_path / "site")
    pages = {p.name: read(p) for p in (tmp_path / "site" / "articles").iterdir()}
    assert len(pages) == 2
    for name, page in pages.items():
        assert "Also claimed in:" in page.said
        assert {link for link in page.links() if "articles/" in link and name not in link} >= {
            f"../articles/{other}" for other in pages if other != name
        }


def test_overlapping_claims_are_both_marked_and_the_graver_one_shows(casebook, checked, tmp_path):
    (whole,) = checked
    text = whole.article.text
    quote = Quote(text="freed 123 people on 13 December 2025", start=text.index("freed"), end=text.index("2025") + 4)
    graver = replace(
        whole.judgements[0], claim=replace(whole.judgements[0].claim, quote=quote), at_publication=Verdict.CONTRADICTED
    )
    both = replace(whole, judgements=(*whole.judgements, graver))
    publish_site(signed(casebook, both), (both,), tmp_path / "site")
    (path,) = (tmp_path / "site" / "articles").iterdir()
    page = read(path)
    assert {"#c1", "#c2"} <= set(page.links())
    assert {a.get("class") for _, a in page.tags if (a.get("class") or "").startswith("claim")} == {
        "claim contradicted"
    }
    assert "Belarus freed 123 people 1 on 13 December 2025 2" in page.said


def test_file_names_are_ids_and_never_names(site):
    for path in site.rglob("*"):
        assert not any(part in path.name.casefold() for part in ("ales", "bial", "person"))


def test_the_same_casebook_gives_the_same_bytes(casebook, checked, tmp_path):
    first = publish_site(casebook, checked, tmp_path / "one")
    second = publish_site(casebook, checked, tmp_path / "two")
    assert [p.relative_to(tmp_path / "one") for p in first] == [p.relative_to(tmp_path / "two") for p in second]
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]


def test_a_time_zone_changes_nothing(casebook, checked, tmp_path, monkeypatch):
    first = publish_site(casebook, checked, tmp_path / "one")
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    second = publish_site(casebook, checked, tmp_path / "two")
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]


def test_an_empty_book_has_a_site_that_says_so(make_casebook: MakeCasebook, tmp_path):
    publish_site(make_casebook([]), (), tmp_path / "site")
    said = read(tmp_path / "site" / "index.html").said
    assert "nothing on record yet" in said
    assert "No published count is on record yet." in said


def test_a_book_without_counts_or_lists_still_shows_its_cases(make_casebook: MakeCasebook, tmp_path):
    drafts = list(say("entry:plain:x1", "source:hrw", list="list:plain", detained="2023"))
    publish_site(make_casebook(drafts), (), tmp_path / "site")
    said = read(tmp_path / "site" / "cases" / "C-x1.html").said
    assert "Case C-x1" in said
    assert (
        "Taken into custody 2023; as known on 5 January 2026: last seen in custody on 2 July 2023, too long ago to say;"
        " no exit on record." in said
    )


def test_ids_that_fall_on_one_file_name_are_told_apart(make_casebook: MakeCasebook, tmp_path):
    drafts = [d for key in ("a_1", "a-1", "A-1") for d in say(f"entry:l:{key}", list="list:l", detained="2023-01-01")]
    files = publish_site(make_casebook(drafts), (), tmp_path / "site")
    names = [p.name.casefold() for p in files if p.parent == tmp_path / "site" / "cases"]
    assert len(names) == len(set(names)) == 3


def test_a_long_article_is_quoted_in_part(casebook, tmp_path):
    filler = "This sentence says nothing that a record could hold. " * 80
    publish_site(casebook, (an_article(casebook, text=f"{TEXT} {filler}"),), tmp_path / "site")
    (path,) = (tmp_path / "site" / "articles").iterdir()
    said = read(path).said
    assert "Belarus freed 123 people" in said
    assert "This sentence says nothing" not in said
    assert "[…]" in said


def test_sources_stand_with_publisher_and_date(site):
    page = read(site / "sources.html")
    assert "Human Rights Watch" in page.said
    assert HRW in page.links()


def test_facts_are_what_the_tests_say():
    assert len({d.subject for d in facts()}) > 15
