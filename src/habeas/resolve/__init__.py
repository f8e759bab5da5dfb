"""Who is who: mentions to persons, a printed name to a case, and the rows of any person list to clusters."""

from habeas.resolve.engines import Engine
from habeas.resolve.ids import as_now
from habeas.resolve.link import READS, Linking, link, rules
from habeas.resolve.lookup import Candidate, Fit, Match, called, find, match
from habeas.resolve.mentions import mentions
from habeas.resolve.people import link_people, place_people

__all__ = [
    "READS",
    "Candidate",
    "Engine",
    "Fit",
    "Linking",
    "Match",
    "as_now",
    "called",
    "find",
    "link",
    "link_people",
    "match",
    "mentions",
    "place_people",
    "rules",
]
