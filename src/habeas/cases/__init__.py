"""Fold a view and its links to a Casebook: spells, events, releases, deals, measures, and what contradicts what."""

from habeas.cases.fold import fold
from habeas.cases.in_force import relief_of_acts, state_of
from habeas.cases.measures import keys_of
from habeas.cases.person import of_the_person

__all__ = ["fold", "keys_of", "of_the_person", "relief_of_acts", "state_of"]
