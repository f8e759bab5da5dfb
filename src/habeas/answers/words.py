"""The vocabulary's codes as answers print them, with underscores as spaces, so that every language has a word for each."""

from __future__ import annotations

from habeas.nouns import Phrase, say

_KNOWN = (
    # how somebody left
    say("pardoned"),
    say("amnestied"),
    say("term served"),
    say("swapped"),
    say("exchanged"),
    say("expelled"),
    say("early release"),
    say("released"),
    say("acquitted"),
    say("died"),
    say("other"),
    say("kind not on record"),
    # how sure the record is
    say("certain"),
    say("likely"),
    say("possible"),
    say("out"),
    say("not on record"),
    # deals, their words and acts
    say("executed"),
    say("not executed"),
    say("promised"),
    say("announced"),
    say("licensed"),
    say("eased"),
    say("suspended"),
    say("lifted"),
    say("delisted"),
    say("lapsed"),
    say("imposed"),
    say("listed"),
    say("renewed"),
    say("revoked"),
    say("expired"),
    say("amended"),
    say("reimposed"),
    say("extended"),
    say("maintained"),
    say("none"),
    say("unknown"),
    say("for"),
    say("against"),
    # figures of a release
    say("part"),
    say("named"),
    say("matched"),
    say("crossed"),
    say("stayed"),
    say("refused"),
    say("disputed"),
    say("identified"),
    say("political"),
    # officials
    say("judge"),
    say("prosecutor"),
    say("investigator"),
    say("prison head"),
    # facets, and properties of a person
    say("state"),
    say("age"),
    say("article"),
    say("prison"),
    say("region"),
    say("recognised-by"),
    say("definition"),
    say("confirmed"),
    say("tier"),
    say("born"),
    say("sentenced"),
    say("appeal"),
    say("regime"),
    say("home"),
    say("health"),
    say("charged"),
    say("incommunicado since"),
    say("release condition"),
    say("papers"),
    say("withheld"),
    say("kept"),
    say("sentence"),
    say("detained"),
    say("ill treatment"),
    # series
    say("arrests"),
    say("recognised"),
    say("exits"),
)


def word(code: str) -> Phrase:
    """A code as a word of its own: `term_served` is `term served`; one that no catalogue has stays as it is."""
    return Phrase(code.replace("_", " "), {})
