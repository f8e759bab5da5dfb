"""habeas: the open ledger that holds prisoner-for-sanctions deals to account."""

__version__ = "0.1.0"
