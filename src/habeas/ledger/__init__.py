"""The ledger: statements are appended, never changed; `view` is the only way to read them."""

from habeas.ledger.record import Ledger, open_ledger

__all__ = ["Ledger", "open_ledger"]
