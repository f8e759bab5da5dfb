"""How it is said on a page who signed a verdict, what was said of it since, and what waits for a person."""

from __future__ import annotations

from collections.abc import Mapping

from habeas.nouns import KeptVerdict, Phrase, Remark, RemarkKind, say

WORDS: Mapping[str, Phrase] = {
    "unreviewed": say("not yet reviewed"),
    "not_signed": say(
        "Claims found, not yet reviewed by a person: of these no verdict is shown. A machine's verdict is a draft until"
        " an editor has signed it."
    ),
    "has_moved": say(
        "The record has changed since. What stands here is what was signed; it has not been reviewed anew."
    ),
    "also_claimed": say("Also claimed in:"),
}


def signature(signed: KeptVerdict) -> Phrase:
    """Who signed, when, and on which state of the record it rests."""
    return say("Signed by {editor} on {day}, on the record {head}.", editor=signed.by, day=signed.on, head=signed.head)


def headed(remark: Remark) -> Phrase:
    """Who speaks in a remark, and when."""
    if remark.what is RemarkKind.REPLY:
        return say("Reply of {who}, {day}:", who=remark.by, day=remark.on)
    return say("Correction by {who}, {day}:", who=remark.by, day=remark.on)
