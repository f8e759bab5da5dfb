"""The command line: parse, call, print; the only part that knows the clock, the terminal and the environment."""

from habeas.cli.main import main

__all__ = ["main"]
