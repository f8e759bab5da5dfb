"""Pages of cases in one language: by far the most there are, so each is put together of pieces that are ready.

The pieces are cut from `_case.html.j2`, and what many pages say (a date, a status, a set of sources) is said and escaped
once. Everything that goes into a piece is markup; what a source wrote becomes so in `_text`, or where `wording` marks it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from markupsafe import escape

from habeas.dates import Days
from habeas.languages import moment, one_stop
from habeas.nouns import Event, ListInfo, Name, Phrase, say, say_count
from habeas.publish.case_pages import CasePage, Line, Stretch
from habeas.publish.contents import Contents, Note, Page
from habeas.publish.precompiled import Pieces, Precompiled, cut, mark
from habeas.publish.timeline import Timeline
from habeas.publish.values import Said, shown
from habeas.publish.wording import lang, linked, named, plain, worded

if TYPE_CHECKING:
    from habeas.publish.renderer import Renderer

_UNDATED = say("No source on record here dates this person's custody.")
_FROM = say("Taken into custody {start}; as known on {known}: {state}.")
_SINCE = say("Taken into custody on a day that no source gives; as known on {known}: {state}.")
_OUT = {  # by whether it is known how somebody came out, and how long they were held
    (False, False): say("In custody from {start} to {end}."),
    (False, True): say("In custody from {start} to {end}: {held}."),
    (True, False): say("In custody from {start} to {end} ({how})."),
    (True, True): say("In custody from {start} to {end} ({how}): {held}."),
}
_LIMITED = say("In custody from {start} to {left}: {held}; as known on {known}: {state}.")
_NO_DAY = say("a day that no source gives")
_DECIDES = ("legend", "asof", "spell_of", "held_to", "release")  # macros that are called, and not cut

Sup = Callable[[int], str]


@lru_cache(maxsize=1 << 16)
def refs(sources: int) -> str:
    """Sources by their numbers, each leading to its line at the foot of the page; thirty of them stand on most pages."""
    numbers = (n for n in range(1, sources.bit_length() + 1) if sources >> (n - 1) & 1)
    return " ".join(f"<a href=#s{n}>{n}</a>" for n in numbers)


def _no_refs(_: int) -> str:
    """Where all that is said has one source, the page says so once."""
    return ""


class CaseWriter:
    """Writes what is said of cases in the language of a renderer."""

    def __init__(self, renderer: Renderer, environment: Environment, contents: Contents) -> None:
        self._renderer, self._contents = renderer, contents
        self._reader, self._worded = renderer.reader, worded(renderer.reader)
        self._cut = Pieces(environment, "_case.html.j2", _DECIDES)
        path = f"cases/{mark(1)}"
        where, blank = renderer.render(
            Page(path=path, template="case.html.j2", title=mark(0), context={"main": mark(2)})
        )
        self._where, self._frame = where.removesuffix(path), cut(blank.decode("utf-8"))
        self._known, self._no_day = self._text(contents.known_text), self._text(_NO_DAY)
        # What many pages say is said once.
        often = lru_cache(maxsize=1 << 16)
        self._title, self._reason, self._day = often(self._text), often(self._text), often(self._text)
        self._value, self._brief, self._message = often(self._a_value), often(self._a_moment), often(self._a_message)
        self._length, self._held, self._held_to = often(self._a_length), often(self._days), often(self._until)
        self._kind, self._release, self._legend = often(self._a_kind), often(self._a_release), often(self._a_legend)
        self._asof, self._spell_of = often(self._stands), often(self._a_number)

    def page(self, made: CasePage) -> tuple[str, bytes]:
        """The path of a case's page in the site, and its bytes."""
        piece, sup = self._cut, refs if len(made.sources) > 1 else _no_refs
        drawing, spells, events, lists = made.drawing, made.spells, made.events, made.lists
        facts = [piece.fact(self._title(title), self._values(values, sup)) for title, values in made.attributes]
        first = made.called.first(self._reader)
        name = plain(first.text) if first is not None else self._text(made.called)
        main = (
            self._head(made, name),
            "" if drawing is None else self._timeline(drawing),
            piece.custody("".join(self._spells(spells, sup))) if spells else "",
            piece.on_record("".join(facts)) if facts else "",
            piece.events("".join([self._event(e, sup(sources)) for e, sources in events])) if events else "",
            self._decided(made),
            piece.releases("".join([self._release(r.id, so) for r, so in made.releases])) if made.releases else "",
            piece.lists("".join([piece.list(self._renderer.listed(info, "../")) for info in lists])) if lists else "",
            self._sources(made.sources) if made.sources else "",
        )
        whole = self._frame(name, made.path.removeprefix("cases/"), "".join(main))
        return self._where + made.path, whole.encode("utf-8")

    def row(self, line: Line, root: str, *, alone: bool) -> str:
        """A case as a row of the list of all; `alone`: without the other spellings of the name."""
        others = () if alone else line.called.others(self._reader)
        names = self._cut.spelt(" · ".join([named(name) for name in others])) if others else ""
        return self._cut.row(
            linked(line.called, root + line.path, self._reader) + names,
            self._title(line.status),
            self._brief(line.start) if line.start else "",
            self._brief(line.end) if line.end else "",
            "" if line.days is None else self._held(line.days),
        )

    # --- the parts of a page --------------------------------------------------------------------------------------

    def _head(self, made: CasePage, name: str) -> str:
        first, others = made.called.first(self._reader), made.called.others(self._reader)
        spelt = self._cut.inferred if made.called.inferred(self._reader) else self._cut.names
        names = spelt(" · ".join([self._name(other) for other in others])) if others else ""
        title = named(first) if first is not None else f"<bdi>{name}</bdi>"
        lead = self._lead(made.spells[-1] if made.spells else None)
        return self._cut.head(plain(made.id), title, names, lead, self._asof(made.status))

    def _name(self, name: Name) -> str:
        return self._cut.name_in(named(name), plain(name.lang)) if name.lang else named(name)

    def _lead(self, spell: Stretch | None) -> str:
        """The last spell as a sentence, with its days."""
        if spell is None:
            return self._message(_UNDATED)()
        start = self._no_day if spell.start is None else self._value("detained", spell.start.value)
        if spell.days_to and not spell.open and spell.days is not None:
            left, held = self._brief(spell.days_to), self._length(spell.days)
            limited = self._message(_LIMITED)
            told = limited(start=start, left=left, held=held, known=self._known, state=self._title(spell.state))
            return one_stop(told)
        if spell.end is None:
            message = self._message(_SINCE if spell.start is None else _FROM)
            return one_stop(message(start=start, known=self._known, state=self._title(spell.state)))
        end, held = self._value("released", spell.end.value), "" if spell.days is None else self._length(spell.days)
        how = spell.exit_kind.value if spell.exit_kind is not None else "released"
        message = self._message(_OUT[how != "released", bool(held)])
        return one_stop(message(start=start, end=end, held=held, how=self._value("release_kind", how)))

    def _timeline(self, drawing: Timeline) -> str:
        legend = self._legend(drawing.vague, drawing.open_ended, bool(drawing.seen))
        return self._cut.timeline(drawing.first, drawing.last, drawing.drawn, legend)

    def _spells(self, spells: Sequence[Stretch], sup: Sup) -> Iterator[str]:
        piece = self._cut
        for n, spell in enumerate(spells, start=1):
            if len(spells) > 1:
                yield self._spell_of(n, len(spells))
            out = piece.no_exit() if spell.end is None else self._said(spell.end, sup)
            if spell.end is not None and spell.exit_kind is not None:
                out = f"{out}, {self._said(spell.exit_kind, sup)}"
            rows = [
                piece.detained(piece.not_on_record() if spell.start is None else self._said(spell.start, sup)),
                piece.out(out),
            ]
            if spell.taken_to is not None:
                rows.append(piece.taken_to(self._said(spell.taken_to, sup)))
            if spell.days is not None:
                to = self._held_to(spell.days_to, spell.open) if spell.days_to else ""
                rows.append(piece.held(self._held(spell.days), to))
            if spell.sentence is not None:
                rows.append(piece.sentence(self._said(spell.sentence, sup)))
            if spell.term_ends is not None:
                rows.append(piece.term_ends(self._day(spell.term_ends)))
            rows += [piece.fact(self._title(title), self._values(values, sup)) for title, values in spell.facts]
            if spell.doubts:
                rows.append(piece.doubts("".join([f"<li>{self._reason(doubt)}" for doubt in spell.doubts])))
            yield piece.spell("".join(rows))

    def _event(self, event: Event, sources: str) -> str:
        when, what = self._brief(event.when.text), self._kind(event.kind)
        if event.note:
            what = f"{what}: {self._text(event.note)}"
        if event.disputed:
            return self._cut.disputed(when, what, self._text(event.disputed), sources)
        return self._cut.event(when, what + sources)

    def _sources(self, sources: Sequence[tuple[Note, ListInfo | None]]) -> str:
        piece = self._cut
        notes = [piece.source(n, self._renderer.source(note, info)) for n, (note, info) in enumerate(sources, start=1)]
        return piece.sources(len(notes), piece.one_source() if len(notes) == 1 else "", "".join(notes))

    # --- values ---------------------------------------------------------------------------------------------------

    def _values(self, values: Sequence[Said], sup: Sup) -> str:
        return "".join([f"<dd>{self._said(v, sup)}" for v in values])

    def _said(self, said: Said, sup: Sup) -> str:
        """A value with its sources, and what others say."""
        text = self._value(said.prop, said.value)
        if said.lang is not None and said.lang.partition("-")[0] != self._reader.tag:
            text = f"<span{lang(said.lang)}>{text}</span>"
        text += sup(said.sources)
        if said.confidence:
            text += self._cut.graded(self._kept_word("confidence", said.confidence))
        return text + self._contested(said, sup) if said.against else text

    def _contested(self, said: Said, sup: Sup) -> str:
        others = [self._cut.other(self._value(said.prop, value) + sup(sources)) for value, sources in said.against]
        why = self._cut.preferred(self._value(said.prop, said.value), self._reason(said.reason))
        return self._cut.contested("".join(others), one_stop(why))

    def _decided(self, made: CasePage) -> str:
        """What the keepers decided of the case."""
        return self._cut.decided("".join([f"<li>{self._text(line)}" for line in made.decided])) if made.decided else ""

    def _kept_word(self, group: str, value: str) -> str:
        return str(escape(self._reader.code(group, value)))

    def _text(self, said: Any) -> str:
        """Anything that is said, as markup."""
        return str(escape(self._worded(said)))

    def _a_value(self, prop: str, value: str) -> str:
        return self._text(shown(prop, value))

    def _a_moment(self, day: str) -> str:
        """A date in its EDTF form as a table has it."""
        return plain(self._reader.when_text(day, short=True))

    def _a_message(self, message: Phrase) -> Precompiled:
        """A sentence of ours, to be filled in by name."""
        return str(escape(self._reader.gettext(message.message))).format

    def _a_kind(self, kind: str) -> str:
        return str(escape(self._reader.code("event", kind)))

    def _days(self, days: Days) -> str:
        return self._text(days)

    def _a_length(self, days: Days) -> str:
        """A length with its unit: `1,613 days`, `1,590–1,620 days`, `at least 12 days`."""
        low, high = days.low, days.high
        if days.exact:
            return self._text(say_count("{n} day", "{n} days", low))
        if high is None:
            return self._text(say_count("at least {n} day", "at least {n} days", low))
        return self._text(say_count("{low}–{n} day", "{low}–{n} days", high, low=low))

    def _until(self, day: str, still: bool) -> str:  # noqa: FBT001 -- cached, and so by position
        return str(self._cut.held_to(moment(day), still))

    def _stands(self, status: Phrase) -> str:
        return str(self._cut.asof(self._contents.known_text, status))

    def _a_legend(self, *parts: bool) -> str:
        return str(self._cut.legend(*parts))

    def _a_number(self, n: int, whole: int) -> str:
        return str(self._cut.spell_of(n, whole))

    def _a_release(self, identifier: str, so: bool) -> str:  # noqa: FBT001 -- cached, and so by position
        release, way = self._contents.casebook.releases[identifier], "../" + self._contents.release_paths[identifier]
        status = "" if release.status == "executed" else self._reader.code("status", release.status)
        return str(self._cut.release(way, self._renderer.kept(release.title or release.id), release.when, status, so))
