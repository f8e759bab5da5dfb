"""The ledger: statements are appended, never changed; `view` is the only way to read them."""

from habeas.ledger.erasing import Suppression
from habeas.ledger.hiding import Linker
from habeas.ledger.opening import open_ledger
from habeas.ledger.record import Ledger

__all__ = ["Ledger", "Linker", "Suppression", "open_ledger"]
