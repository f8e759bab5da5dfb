"""The record in columns: winners picked once, with the windows of `known` in which each wins; a cache, never the record."""

from habeas.ledger.columns.files import Seal, sealed_with
from habeas.ledger.columns.projection import Projection, open_projection
from habeas.ledger.columns.rows import what_gates

__all__ = ["Projection", "Seal", "open_projection", "sealed_with", "what_gates"]
