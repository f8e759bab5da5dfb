"""Fold a view and its links to a Casebook: spells, events, releases, deals, measures, and what contradicts what."""

from habeas.cases.fold import fold
from habeas.cases.in_force import relief_of_acts, state_of
from habeas.cases.measures import keys_of

__all__ = ["fold", "keys_of", "relief_of_acts", "state_of"]
