"""Commands are loaded when they are run: the list of them says what each says of itself, and loads nothing heavy."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from habeas.cli.main import COMMANDS, habeas


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_what_the_command_says(name: str) -> None:
    command = habeas.get_command(click.Context(habeas), name)
    assert command is not None
    assert (command.name, command.get_short_help_str(1000)) == (name, COMMANDS[name][1])


def test_there_is_no_other_command() -> None:
    assert habeas.get_command(click.Context(habeas), "nothing") is None


def test_help_loads_no_database_and_no_table() -> None:
    seen = "import sys; from habeas.cli.main import habeas; habeas(['--help'], standalone_mode=False);"
    told = f"{seen} sys.exit(', '.join({{'sqlalchemy', 'numpy', 'rich', 'habeas.names', 'habeas.nouns'}} & set(sys.modules)) or 0)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(f"  {name} " in done.stdout for name in COMMANDS)
