"""What a column of a list may hold, a line each, as `book.toml` says it to whoever fills it in."""

from __future__ import annotations

from collections.abc import Mapping

PERSON: Mapping[str, str] = {
    "name": "the person's name; a second column may have it in another script",
    "born": "day or year of birth; the public sees the year",
    "age": "age at the arrest, in years; for the team",
    "sex": "female or male",
    "nationality": "citizenship",
    "ethnicity": "ethnic group, as the list says it; for the team",
    "religion": "religion, as the list says it; for the team",
    "occupation": "work, office or role",
    "home": "town or region somebody lives in or comes from; for the team",
    "detained": "day of the arrest",
    "held_on": "a day on which somebody was seen in custody",
    "not_held_on": "a day on which somebody was seen not to be",
    "arrest_place": "where the arrest was",
    "arrested_by": "the body or unit that arrested",
    "warrant": "the paper shown at the arrest, or that none was",
    "accusation": "what was said at the arrest, before any charge",
    "incommunicado_since": "day from which nothing was heard",
    "recognised": "day on which somebody was recognised as a political prisoner",
    "charge": "what somebody is accused of, in words",
    "article": "articles of the criminal code",
    "court": "the court",
    "judge": "the judge",
    "prosecutor": "the prosecutor",
    "investigator": "the investigator",
    "sentenced": "day of the sentence",
    "sentence": "length of the sentence",
    "ends": "day on which the sentence is expected to end; no release",
    "appeal": "day of the appeal",
    "regime": "regime of the sentence, such as general, house_arrest, suspended",
    "limited_since": "day from which under such a limit",
    "prison": "prison, colony or other place of custody",
    "prison_since": "day from which in that place",
    "prison_head": "who heads that place",
    "pardoned": "day of the pardon",
    "released": "day of the release",
    "release_kind": "how: pardoned, term_served, amnestied, swapped, expelled, early_release, acquitted, released",
    "release_condition": "what was asked for the release",
    "released_in": "the release somebody was part of, by its id",
    "refused_in": "the release somebody refused to be part of",
    "papers": "whether a passport was withheld or kept",
    "taken_to": "the country somebody was taken to",
    "returned": "day on which somebody was taken again",
    "died": "day of the death",
    "absent_since": "day from which somebody is no longer on this list",
    "status": "a status told freely; for the team",
    "note": "a remark; for the team",
    "health": "health; the public sees it with consent",
    "ill_treatment": "ill-treatment, as a source tells it; with consent",
    "story": "the story; with consent",
    "photo": "address of a photograph; with consent",
    "address": "where to write to; with consent",
}
ROW: Mapping[str, str] = {
    "means": "what standing on the list means in this row: held, recognised, released, died, named",
    "url": "where the row's own source is",
    "published": "when that was published",
    "publisher": "who published it",
    "lang": "the language of the names in this row",
}


def told() -> str:
    """Each of them as a line of remarks in TOML."""
    width = max(map(len, (*PERSON, *ROW)))
    lines = [f"# {name:<{width}}  {what}" for name, what in PERSON.items()]
    return "\n".join([*lines, "# or of the row itself:", *(f"# {name:<{width}}  {what}" for name, what in ROW.items())])
