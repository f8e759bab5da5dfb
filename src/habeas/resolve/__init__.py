"""Who is who: mentions to persons, and a printed name to a case."""

from habeas.resolve.link import link
from habeas.resolve.lookup import Candidate, Fit, Match, find, match
from habeas.resolve.mentions import mentions

__all__ = ["Candidate", "Fit", "Match", "find", "link", "match", "mentions"]
