"""Templates cut once and filled often.

A macro is rendered with a mark for each of its arguments and cut where the marks stand: what is left to do for a page is to
put its own words between pieces that are ready, escaped and in the reader's language. A template that is rendered anew asks
again for each of them, which costs ten times as much. A macro to be cut can hold no condition on its arguments.

What is filled in is markup already: whoever fills a stencil has escaped what a source wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from jinja2 import Environment
from jinja2.runtime import Macro
from markupsafe import Markup

_MARK = re.compile("\ue000(\\d+)\ue001")  # of the private use area: no template and no catalogue has them

Precompiled = Callable[..., str]


def mark(number: int) -> Markup:
    """What stands for an argument while a template is cut."""
    return Markup(f"\ue000{number}\ue001")  # noqa: S704 -- a number


def cut(text: str) -> Precompiled:
    """A text with marks as what fills them, by their numbers: `{0}` first."""
    return _MARK.sub(r"{\1}", text.replace("{", "{{").replace("}", "}}")).format


class Pieces:
    """The macros of a template by name, each cut at its arguments; those `kept` whole decide by theirs, and are called."""

    def __init__(self, environment: Environment, template: str, kept: Iterable[str] = ()) -> None:
        for name, macro in vars(environment.get_template(template).module).items():
            if isinstance(macro, Macro):
                marks = (mark(n) for n in range(len(macro.arguments)))
                vars(self)[name] = macro if name in kept else cut(str(macro(*marks)))

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Precompiled: ...
