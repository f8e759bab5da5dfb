"""From files to drafts: what each list and events file says, and everything about it that cannot be read."""

from habeas.readers.book import find_book, load_book, unseen
from habeas.readers.compare import BY_HAND, changes
from habeas.readers.difference import Change, Changes
from habeas.readers.events import ON_A_VALUE, kept_back_by, read_events, ruled_property
from habeas.readers.leftovers import leftovers
from habeas.readers.lists import read_list
from habeas.readers.pairs import pairs_table
from habeas.readers.people import read_people
from habeas.readers.reading import Reading
from habeas.readers.restrictions import unknown_entries, unpublished_names
from habeas.readers.signatures import Signature, read_signatures
from habeas.readers.start import guess, template
from habeas.readers.tables import names_table
from habeas.readers.words import Words, read_words

__all__ = [
    "BY_HAND",
    "ON_A_VALUE",
    "Change",
    "Changes",
    "Reading",
    "Signature",
    "Words",
    "changes",
    "find_book",
    "guess",
    "kept_back_by",
    "leftovers",
    "load_book",
    "names_table",
    "pairs_table",
    "read_events",
    "read_list",
    "read_people",
    "read_signatures",
    "read_words",
    "ruled_property",
    "template",
    "unknown_entries",
    "unpublished_names",
    "unseen",
]
