"""Write the generated parts of the docs, or with --check say which are stale (exit code 1)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
import schemas
from cogapp import Cog

from habeas.cli.main import habeas
from habeas.vocabulary import kinds

DOCS = Path(__file__).parent
PAGES = ("commands.md", "vocabulary.md", "errors.md", "json.md")
WORKED = ("selectivity.md", "time-inside.md", "trend.md", "what-if.md")  # beside the pages of the questions


def _command(command: click.Command, name: str, parent: click.Context | None) -> list[str]:
    context = click.Context(
        command,
        info_name=name,
        parent=parent,
        terminal_width=96,
        max_content_width=96,
        help_option_names=["-h", "--help"],
    )
    lines = [f"## {context.command_path}", "", "```", command.get_help(context), "```", ""]
    if isinstance(command, click.Group):
        for child in sorted(command.list_commands(context)):
            found = command.get_command(context, child)
            assert found is not None
            lines += _command(found, child, context)
    return lines


def commands() -> str:
    """The help of every command."""
    return "\n" + "\n".join(_command(habeas, "habeas", None)) + "\n"


def vocabulary() -> str:
    """A table of properties for each kind of subject."""
    lines = []
    for kind in kinds().values():
        lines += ["", f"## {kind.name}", "", "| property | holds | type | several | seen by |", "|---|---|---|---|---|"]
        for prop in kind.properties.values():
            type_ = (
                f"one of {', '.join(prop.of)}" if prop.of else f"{prop.type} of a {prop.to}" if prop.to else prop.type
            )
            seen = prop.visibility.value + (f" (public: the {prop.public})" if prop.public else "")
            seen += f", with consent ({prop.consent})" if prop.consent else ""
            seen += ", counted" if prop.counted else ""
            lines.append(f"| {prop.name} | {prop.holds} | {type_} | {'yes' if prop.several else ''} | {seen} |")
    return "\n".join([*lines, "", ""])


def errors() -> str:
    """The tree of errors with what each means."""
    import habeas.errors as tree

    lines = ["", "| error | exit code | meaning |", "|---|---|---|"]
    found = [e for e in vars(tree).values() if isinstance(e, type) and issubclass(e, tree.HabeasError)]
    lines += [f"| {e.__name__} | {e.exit_code} | {' '.join((e.__doc__ or '').split())} |" for e in found]
    return "\n".join([*lines, "", ""])


def main() -> int:
    os.chdir(DOCS.parent)
    check = "--check" in sys.argv[1:]
    mode = ["--check", "-c"] if check else ["-r", "-c"]
    stale = int(Cog().main(["cog", "-e", *mode, *(f"docs/{page}" for page in PAGES)]) or 0)
    stale |= schemas.write(check=check)
    # The worked examples need the example book; the tests, which build it anyway, check them.
    return stale if check else stale | questions(check=False)


def questions(*, check: bool) -> int:
    """Run the worked examples of the questions again; with `check` say which pages are stale."""
    mode = ["--check", "-c"] if check else ["-r", "-c"]
    pages = [
        *sorted(p for p in (DOCS / "questions").glob("*.md") if p.name != "README.md"),
        *map(DOCS.joinpath, WORKED),
    ]
    return int(Cog().main(["cog", "-e", *mode, *(str(path.relative_to(DOCS.parent)) for path in pages)]) or 0)


if __name__ == "__main__":
    sys.exit(main())
