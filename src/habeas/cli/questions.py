"""Every question of `habeas ask` together: each module puts its own to the group."""

from habeas.cli import comparing, estimating, lengths  # noqa: F401 -- their questions join `ask`
from habeas.cli.asking import ask

__all__ = ["ask"]
