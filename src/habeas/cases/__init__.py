"""Fold a view and its links to a Casebook: spells, events, releases, deals, and what contradicts what."""

from habeas.cases.fold import fold

__all__ = ["fold"]
