"""What a file says now against what was read from it before: only the difference is recorded."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from habeas.dates import PartialDate
from habeas.nouns import Draft, Problem, Statement, Visibility, strictest
from habeas.readers.difference import Change, Changes
from habeas.readers.reading import HIDDEN, WHOLE, Reading
from habeas.readers.restrictions import ADDRESSED, stays
from habeas.readers.spelling import Spellings, corrected_spellings
from habeas.vocabulary import kinds, property_of

EDITION = "a new edition of the list"
BY_HAND = "by hand"  # how the place of a value begins that a person recorded: no reading takes it back
_OF_A_ROW = re.compile(r" row (\d+)(?:, column .*)?", re.DOTALL)
_STANDING = frozenset({"held_on", "recognised", "released", "died"})


def changes(reading: Reading, live: Iterable[Statement], *, edition: str, additive: bool = False) -> Changes:
    """What to append so that the record says what the file says now; reading the same again appends nothing.

    `live` are the statements that stand, restricted ones included, of the whole book or at least of the lists, events
    and sources concerned; what other stages said of an entry (its place is no row of a file) is left alone.
    A value corrected takes back the old one; a value gone is taken back; a row that vanished from a list is "absent
    since" the list's date of publication (`edition` where it has none) and keeps all it said, for leaving a list is no
    release. A row that vanished beside a new one that certainly is the same name in another spelling, with no contrary
    value, is that row, corrected; a name that is only near stays a new row, and a Problem says so.
    Of a later edition (new bytes and a later `published`) the earlier edition's dates stay: it did say so, then.
    An `additive` reading is a part of a list: it adds what it says, and what it does not say stays as it is.

    Raises:
        ValueError: a value in `live` was withheld; the record must be seen by its keeper for this.
    """
    before = _Before.of(live, reading)
    return _Comparison(reading=reading, edition=edition, before=before, additive=additive).run()


@dataclass(slots=True, kw_only=True)
class _Before:
    """The statements on record, as far as readers made them."""

    by_subject: dict[str, list[Statement]] = field(default_factory=dict)
    absent: dict[str, list[Statement]] = field(default_factory=dict)
    keys: dict[tuple[str, str], str] = field(default_factory=dict)  # (list id, key text) -> subject

    @classmethod
    def of(cls, live: Iterable[Statement], reading: Reading) -> _Before:
        """Of a list only what stands on it; of events no entries but the keys that decisions name them by."""
        before = cls()
        lists = tuple(d.subject.partition(":")[2] for d in reading.drafts if d.subject.startswith("list:"))
        entries = tuple(f"entry:{list_id}:" for list_id in dict.fromkeys(lists))
        ours = tuple(f"restriction:{list_id}:" for list_id in lists)
        for statement in live:
            kind = statement.kind
            if not _concerns(statement, entries, ours):
                continue
            if statement.value is None:
                raise ValueError(f"the value of statement {statement.id} was withheld; compare with the keeper's view")
            if statement.prop == "absent_since":
                before.absent.setdefault(statement.subject, []).append(statement)
            elif kind in {"list", "source"} or statement.subject.startswith(ours) or _read(statement):
                before.by_subject.setdefault(statement.subject, []).append(statement)
                if kind == "entry" and statement.prop == "key":
                    before.keys[_list_of(statement.subject), statement.value] = statement.subject
        return before

    def value(self, subject: str, prop: str) -> str | None:
        return next((s.value for s in self.by_subject.get(subject, ()) if s.prop == prop), None)


def _concerns(statement: Statement, entries: tuple[str, ...], ours: tuple[str, ...]) -> bool:
    """True where a statement is of the list that is read; of events, which have no entries, all but what entries say."""
    if statement.kind == "entry":
        return statement.subject.startswith(entries) if entries else statement.prop == "key"
    return not entries or statement.kind in {"list", "source"} or statement.subject.startswith(ours)


def _read(statement: Statement) -> bool:
    """True where a reader made it, of a row of a file."""
    return not statement.place.startswith(BY_HAND) and _OF_A_ROW.search(statement.place) is not None


def _list_of(subject: str) -> str:
    return subject.split(":", 2)[1]


def _key_of(drafts: Iterable[Draft]) -> str | None:
    return next((d.value for d in drafts if d.prop == "key"), None)


@dataclass(slots=True, kw_only=True)
class _Comparison:
    reading: Reading
    edition: str
    before: _Before
    additive: bool = False
    drafts: list[Draft] = field(default_factory=list)
    items: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    published: str | None = None  # of the list, as it says now
    first_seq: float = -1  # statements before this one are of an earlier edition
    unread: set[tuple[str, str]] = field(default_factory=set)

    def run(self) -> Changes:
        now: dict[str, list[Draft]] = {}
        for draft in self.reading.drafts:
            now.setdefault(draft.subject, []).append(self._decided(draft))
        if not now:
            return Changes()
        self._editions(now)
        self.unread = set(self.reading.unread)
        now = self._placed(now)
        for subject, drafts in now.items():
            self._subject(subject, drafts)
        if not self.additive:
            self._vanished(now)
        return Changes(drafts=tuple(self.drafts), items=tuple(self.items), problems=tuple(self.problems))

    # --- who is who ---

    def _decided(self, draft: Draft) -> Draft:
        """A decision, a consent, a wish names a row by its key text, which may by now be the corrected spelling of another id."""
        names_a_row = draft.kind == "decision" and draft.prop in {"a", "b"}
        of_one = draft.kind in ADDRESSED or kinds()[draft.kind].follows
        names_a_row = names_a_row or (of_one and draft.prop == "entry")
        if not names_a_row or draft.value is None or draft.original is None:
            return draft
        subject = self.before.keys.get((_list_of(draft.value), draft.original))
        return draft if subject is None else replace(draft, value=subject)

    def _missing(self, now: Mapping[str, list[Draft]], taken: Collection[str]) -> dict[str, list[Statement]]:
        """The rows of the lists read now that stood on them and that no row read now is."""
        on_lists = {_list_of(subject) for subject in now if subject.startswith("entry:")}
        gone = self.before.by_subject.keys() - self.before.absent.keys() - set(taken)
        return {
            subject: said
            for subject, said in self.before.by_subject.items()
            if subject in gone and subject.startswith("entry:") and _list_of(subject) in on_lists
        }

    def _respelled(self, subject: str, drafts: Iterable[Draft]) -> None:
        before, after = self.before.value(subject, "key"), _key_of(drafts)
        if any(d.prop == "key" and d.visibility is Visibility.SEALED for d in drafts):
            before = after = HIDDEN
        self.items.append(
            Change(what="respelled", subject=subject, label=after or subject, prop="key", before=before, after=after)
        )

    def _placed(self, now: dict[str, list[Draft]]) -> dict[str, list[Draft]]:
        """The drafts under the subjects they have on record: found by key, or by a corrected spelling."""
        placed: dict[str, str] = {}
        for subject, drafts in now.items():
            key = _key_of(drafts) if subject.startswith("entry:") else None
            placed[subject] = subject if key is None else self._known_as(subject, key)
        missing = self._missing(now, set(placed.values()))
        new = {s: d for s, d in now.items() if s.startswith("entry:") and placed[s] not in self.before.by_subject}
        found = Spellings() if self.additive else corrected_spellings(missing, new)
        for subject, (old, why) in found.near.items():
            self._near_name(now[subject], old, why)
        for subject, old in found.corrected.items():
            placed[subject] = old
            self._respelled(old, now[subject])
        self.unread = {(placed.get(subject, subject), prop) for subject, prop in self.unread}
        return {
            placed[subject]: [replace(d, subject=placed[subject]) for d in drafts] for subject, drafts in now.items()
        }

    def _near_name(self, new: list[Draft], old: str, why: str) -> None:
        """Say that a name like it came where a row went: nobody but a person can tell whether it is the same one."""
        key, before = _key_of(new), self.before.value(old, "key")
        row = next((int(found[1]) for d in new if (found := _OF_A_ROW.search(d.place)) is not None), None)
        what = f"a near name came where {before!r} went ({why}): read as two people"
        do = (
            f"If it is one person under a corrected name, say so with `habeas link --same`, or in events/decisions.csv: "
            f"{','.join(map(_quoted, (_list_of(old), before, _list_of(old), key)))},same"
        )
        if any(d.prop in {"name", "list"} and d.visibility is not Visibility.PUBLIC for d in new):
            what, key = "a near name came where another went: read as two people", HIDDEN
            do = "If it is one person under a corrected name, say so with `habeas link --same`"
        self.problems.append(Problem(file=self.reading.file, row=row, value=key, what=what, do=do))

    def _known_as(self, subject: str, key: str) -> str:
        """The subject of a row: the one on record under its key, else its own unless a respelled row holds that."""
        known = self.before.keys.get((_list_of(subject), key))
        if known is not None:
            return known
        free, number = subject, 1
        while free in self.before.by_subject:
            number += 1
            free = f"{subject}-{number}"
        return free

    # --- editions ---

    def _editions(self, now: Mapping[str, list[Draft]]) -> None:
        """Find where the current edition begins in the record."""
        lists = [subject for subject in now if subject.startswith("list:")]
        if len(lists) != 1:
            return
        said = {draft.prop: draft.value for draft in now[lists[0]]}
        self.published = said.get("published")
        old = {s.prop: s for s in self.before.by_subject.get(lists[0], ())}
        if "published" not in old or "capture" not in old or self.published is None:
            return
        same_bytes = old["capture"].value == said.get("capture")
        if not same_bytes and _earlier(old["published"].value, self.published):
            self.first_seq = float("inf")
        elif old["published"].reason == EDITION:
            self.first_seq = old["published"].seq

    def _same_published(self, draft: Draft, old: Statement) -> bool:
        """True also where an earlier edition said it already: that is since when it has been known."""
        if draft.published == old.published:
            return True
        return old.seq < self.first_seq and draft.published == self.published

    def _of_earlier_edition(self, old: Statement) -> bool:
        return old.seq < self.first_seq and old.prop in _STANDING and ", column " not in old.place

    # --- one subject ---

    def _subject(self, subject: str, drafts: list[Draft]) -> None:
        live = self.before.by_subject.get(subject, [])
        label = self._label(subject, drafts)
        if not live:
            self.items.append(Change(what="new", subject=subject, label=label, prop=""))
        for absent in self.before.absent.get(subject, ()):
            self._take_back(absent, "listed again")
            self.items.append(Change(what="returned", subject=subject, label=label, prop="absent_since"))
        if self.additive:
            self._add(label, drafts, live)
            return
        props = dict.fromkeys([d.prop for d in drafts] + [s.prop for s in live])
        for prop in props:
            new = list({_identity(d): d for d in reversed(drafts) if d.prop == prop}.values())[::-1]
            self._property(label, new, [s for s in live if s.prop == prop])

    def _add(self, label: str, drafts: list[Draft], live: list[Statement]) -> None:
        """Add what is not on record; of a property with one value, what the same source said already stays."""
        for draft in dict.fromkeys(drafts):
            alone = not property_of(draft.kind, draft.prop).several
            shared = draft.kind in {"list", "source"}
            if not any(
                s.prop == draft.prop
                and ((s.value == draft.value and (shared or s.lang == draft.lang)) or alone)
                and (shared or s.source == draft.source)
                for s in live
            ):
                self._append(draft)
                self._note("added", label, draft, None)

    def _property(self, label: str, new: list[Draft], old: list[Statement]) -> None:
        if (old or new)[0].kind == "source":
            new, old = self._of_this_file(new, old)
        new, old = _unmatched(new, old, self._same)
        several = bool(new) and property_of(new[0].kind, new[0].prop).several
        new, old = self._beside_earlier_editions(new, old, several=several)
        for draft, before in _pairs(new, old, several=several):
            if draft is None:
                assert before is not None
                self._gone(label, before, whole=False)
            elif before is None:
                self._append(draft)
                self._note("added", label, draft, None)
            else:
                self._append(replace(draft, retracts=before.id, reason=self._reason(draft)))
                self._note("changed", label, draft, before.value)

    def _beside_earlier_editions(
        self, new: list[Draft], old: list[Statement], *, several: bool
    ) -> tuple[list[Draft], list[Statement]]:
        """What is new and what it may correct: what an earlier edition said stays, for it did say so then."""
        kept = [s for s in old if self._of_earlier_edition(s)]
        old = [s for s in old if s not in kept]
        if not kept or several:
            return new, old
        # The earlier edition's "by then" is the tighter bound.
        new = [d for d in new if ", column " in d.place]
        return new, [*old, *kept] if new else old

    def _reason(self, draft: Draft) -> str:
        edition = draft.prop == "published" and draft.kind == "list" and self.first_seq == float("inf")
        return EDITION if edition else f"corrected in {self.reading.file}"

    def _same(self, draft: Draft, old: Statement) -> bool:
        return _identity(draft)[:-1] == _identity(old)[:-1] and self._same_published(draft, old)

    def _of_this_file(self, new: list[Draft], old: list[Statement]) -> tuple[list[Draft], list[Statement]]:
        """Sources are shared: what any file says already is not said again, and a file corrects only its own words."""
        values = {s.value for s in old}
        said = {d.value for d in new}
        files = {_file_of(d) for d in new}
        own = [s for s in old if s.value not in said and _file_of(s) in files]
        new = [d for d in new if d.value not in values]
        return new, own[: len(new)]

    def _gone(self, label: str, old: Statement, *, whole: bool) -> None:
        if (old.subject, old.prop) in self.unread or (old.subject, WHOLE) in self.unread:
            return
        if stays(old, self.before.by_subject[old.subject], gone=whole):
            self.items.append(Change(what="stays", subject=old.subject, label=label, prop=old.prop))
            return
        self._take_back(old, f"no longer in {self.reading.file}")
        sealed = old.visibility is Visibility.SEALED or kinds()[old.kind].working
        before = HIDDEN if sealed else old.value
        self.items.append(Change(what="gone", subject=old.subject, label=label, prop=old.prop, before=before))

    def _vanished(self, now: Mapping[str, list[Draft]]) -> None:
        for subject, live in self.before.by_subject.items():
            if subject in now or not self._covered(subject) or (subject, WHOLE) in self.unread:
                continue
            label = self._label(subject, live)
            if subject.startswith("entry:"):
                if subject not in self.before.absent and not self._may_be_unplaced(live):
                    self._absent(subject, label, now)
                continue
            for old in live:
                self._gone(label, old, whole=True)

    def _may_be_unplaced(self, live: Iterable[Statement]) -> bool:
        """True where a row that could not be told from others bears the name or the key of somebody."""
        said = {text for old in live if old.prop in ("name", "key") for text in (old.value, old.original)}
        return not self.reading.unplaced.isdisjoint(text for text in said if text)

    def _covered(self, subject: str) -> bool:
        if subject.startswith("restriction:"):
            subject = f"list:{_list_of(subject)}"
        return any(
            subject.startswith(prefix) if prefix.endswith(":") else subject == prefix for prefix in self.reading.covers
        )

    def _absent(self, subject: str, label: str, now: Mapping[str, list[Draft]]) -> None:
        list_id = f"list:{_list_of(subject)}"
        since = self.published or self.edition
        itself = now[list_id][0]
        spec = property_of("entry", "absent_since")
        self._append(
            Draft(
                subject=subject,
                prop="absent_since",
                value=since,
                source=itself.source,
                place=f"{self.reading.file}, no longer there",
                published=self.published,
                visibility=strictest(spec.visibility, itself.visibility),
            )
        )
        self.items.append(Change(what="absent", subject=subject, label=label, prop="absent_since", after=since))

    # --- gathering ---

    def _take_back(self, old: Statement, reason: str) -> None:
        """Take a statement back, on the publication clock from the edition on that no longer says so."""
        published = self.published if self.first_seq == float("inf") and old.kind == "entry" else old.published
        self._append(
            Draft(
                subject=old.subject,
                prop=old.prop,
                value=None,
                source=old.source,
                place=self.reading.file,
                published=published,
                visibility=old.visibility,
                retracts=old.id,
                reason=reason,
            )
        )

    def _append(self, draft: Draft) -> None:
        self.drafts.append(draft)

    def _note(self, what: str, label: str, draft: Draft, before: str | None) -> None:
        after = draft.value
        if draft.visibility is Visibility.SEALED or kinds()[draft.kind].working:
            # The listing of differences ends in logs.
            before, after = (None if before is None else HIDDEN), HIDDEN
        self.items.append(
            Change(what=what, subject=draft.subject, label=label, prop=draft.prop, before=before, after=after)
        )

    def _label(self, subject: str, said: Iterable[Draft]) -> str:
        """What a person calls it: its name, its key or title, else its id."""
        values = {d.prop: d.value for d in reversed(list(said)) if d.value and d.visibility is not Visibility.SEALED}
        if subject.startswith("source:"):
            return values.get("url") or subject
        return values.get("name") or values.get("key") or subject


def _quoted(cell: str | None) -> str:
    """A cell as it stands in a CSV file."""
    text = cell or ""
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"') else text


def _file_of(draft: Draft) -> str:
    return _OF_A_ROW.sub("", draft.place)


def _earlier(one: str | None, other: str) -> bool:
    if one is None:
        return False
    first, second = PartialDate.parse(one).latest, PartialDate.parse(other).latest
    return first is not None and second is not None and first < second


def _identity(draft: Draft) -> tuple[object, ...]:
    """All that makes two statements on a subject the same, but the place: rows move. The last is `published`."""
    return (
        draft.prop,
        draft.value,
        draft.source,
        draft.lang,
        draft.original,
        draft.visibility,
        draft.valid,
        draft.published,
    )


def _unmatched(
    new: list[Draft], old: list[Statement], same: Callable[[Draft, Statement], bool]
) -> tuple[list[Draft], list[Statement]]:
    """Both sides without what stands on both."""
    left, rest = list(old), []
    for draft in new:
        found = next((s for s in left if same(draft, s)), None)
        if found is None:
            rest.append(draft)
        else:
            left.remove(found)
    return rest, left


def _by_value_and_source(draft: Draft) -> object:
    return draft.value, draft.source


def _by_value(draft: Draft) -> object:
    return draft.value


def _by_lang_and_source(draft: Draft) -> object:
    return draft.lang, draft.source


def _by_property(draft: Draft) -> object:
    return draft.prop


def _alike(
    form: Callable[[Draft | Statement], object], draft: Draft, new: list[Draft], old: list[Statement], *, alone: bool
) -> Statement | None:
    """The old value that is as the new one in one respect; where it must be so `alone`, no other may be, old or new."""
    alike = [s for s in old if form(s) == form(draft)]
    if alone and not len(alike) == sum(form(d) == form(draft) for d in new) == 1:
        return None
    return alike[0] if alike else None


def _pairs(new: list[Draft], old: list[Statement], *, several: bool) -> Iterator[tuple[Draft | None, Statement | None]]:
    """Each new value with the old one it takes the place of: the same value first, then the same language and source.

    What is left of a property that holds one value is paired too; values of a set come and go by themselves.
    """
    for form in (_by_value_and_source, _by_value, _by_lang_and_source, _by_property):
        if several and form is _by_property:
            continue
        for draft in list(new):
            before = _alike(form, draft, new, old, alone=several and form is _by_lang_and_source)
            if before is not None:
                yield draft, before
                old = [s for s in old if s is not before]
                new = [d for d in new if d is not draft]
    yield from ((draft, None) for draft in new)
    yield from ((None, statement) for statement in old)
