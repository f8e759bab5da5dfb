"""The vocabulary's codes in plain words; each is a message of the catalogues."""

from __future__ import annotations

from collections.abc import Mapping

from habeas.nouns import Phrase, say

# What a word promises, or an act does, to a measure.
_RELIEF: Mapping[str, Phrase] = {
    "announced": say("announced"),
    "promised": say("promised"),
    "licensed": say("licensed"),
    "eased": say("eased"),
    "suspended": say("suspended"),
    "lifted": say("lifted"),
    "delisted": say("delisted"),
    "lapsed": say("lapsed"),
}
_ACTIONS: Mapping[str, Phrase] = {
    "imposed": say("imposed"),
    "reimposed": say("imposed again"),
    "extended": say("extended"),
    "renewed": say("renewed"),
    "amended": say("amended"),
    "maintained": say("maintained"),
    "revoked": say("revoked"),
    **_RELIEF,
}

_CODES: Mapping[str, Mapping[str, Phrase]] = {
    "regime": {
        "general": say("general-regime colony"),
        "medium": say("medium-security colony"),
        "maximum": say("maximum-security colony"),
        "special": say("special-regime colony"),
        "prison": say("prison regime"),
        "khimiya": say("open-type institution (khimiya)"),
        "home_khimiya": say("restricted at home (home khimiya)"),
        "house_arrest": say("house arrest"),
        "compulsory_treatment": say("compulsory treatment"),
        "suspended": say("suspended sentence"),
        "fine": say("fine"),
    },
    "release_kind": {
        "pardoned": say("pardoned"),
        "amnestied": say("amnestied"),
        "term_served": say("term served in full"),
        "swapped": say("exchanged"),
        "expelled": say("taken out of the country"),
        "early_release": say("released early"),
        "acquitted": say("acquitted"),
        "released": say("released, grounds not stated"),
        "died": say("died in custody"),
    },
    "event": {
        "detained": say("detained"),
        "charged": say("charged"),
        "sentenced": say("sentenced"),
        "pardoned": say("pardoned"),
        "released": say("released"),
        "held_on": say("seen in custody"),
        "not_held_on": say("seen at liberty"),
        "recognised": say("recognised as a political prisoner"),
        "appeal": say("appeal heard"),
        "returned": say("taken back into custody"),
        "died": say("died in custody"),
        "absent_since": say("no longer on the list (not a release)"),
    },
    "sex": {"female": say("female"), "male": say("male")},
    "means": {
        "held": say("in custody when the list was published"),
        "recognised": say("recognised as political prisoners by the publisher"),
        "released": say("released"),
        "died": say("died in custody"),
        "named": say("named, nothing more"),
    },
    "extent": {"full": say("says it holds everybody it covers"), "sample": say("a sample")},
    "status": {"executed": say("carried out"), "not_executed": say("not carried out"), "promised": say("promised")},
    "said": {"none": say("nothing said"), **_RELIEF},
    "effect": {
        "none": say("no legal effect found"),
        "unknown": say("not known"),
        "released": say("released"),
        **_RELIEF,
    },
    "action": _ACTIONS,
    "kind": {"release": say("release"), "pardon": say("pardon"), "swap": say("exchange"), "amnesty": say("amnesty")},
    "counted": {
        "political_prisoners": say("political prisoners in custody"),
        "prisoners_of_conscience": say("prisoners of conscience in custody"),
        "held": say("people held"),
    },
    "record": {
        "list": say("the list itself"),
        "release": say("releases"),
        "figure": say("figures of releases"),
        "deal": say("deals"),
        "leg": say("what was given"),
        "condition": say("conditions"),
        "stance": say("who says it was an exchange"),
        "request": say("names asked for"),
        "measure": say("sanctions measures"),
        "count": say("published counts"),
        "fact": say("facts"),
        "assessment": say("assessments"),
    },
    "direction": {
        "toward freedom": say("toward freedom"),
        "away from it": say("away from it"),
        "neither": say("neither"),
        "cannot say": say("cannot say"),
    },
    "kept": {"yes": say("kept"), "no": say("not kept"), "cannot say": say("cannot say")},
    "in_force": {"yes": say("in force"), "no": say("no longer in force"), "cannot say": say("cannot say")},
    "claim": {
        "count_released": say("how many were freed"),
        "count_detained": say("how many are held"),
        "days_held": say("days held"),
        "membership": say("who was among them"),
        "status_now": say("how somebody stands"),
        "sentence_length": say("length of a sentence"),
        "date": say("date"),
        "duration": say("length of time"),
        "age": say("age"),
        "sanctions_measure": say("sanctions measure"),
        "deal": say("deal"),
        "office_tenure": say("time in office"),
        "award": say("award"),
    },
    "verdict": {
        "supported": say("supported"),
        "contradicted": say("contradicted"),
        "outdated": say("outdated"),
        "not enough information": say("not enough information"),
    },
    "stance": {"for": say("an exchange"), "against": say("not an exchange")},
    "figure": {
        "announced": say("announced"),
        "part": say("a part of it"),
        "crossed": say("crossed the border"),
        "stayed": say("stayed"),
        "refused": say("refused to leave"),
        "identified": say("identified by name"),
        "political": say("confirmed as political cases"),
    },
}


def code(group: str, value: str) -> str:
    """A code of the vocabulary in plain words; an unknown one with its underscores as spaces."""
    return _CODES.get(group, {}).get(value) or (value.replace("_", " ") if "_" in value else value)
