"""How a command speaks: language, figures, the page on standard output, complaints on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from api.cli.figures import Figures
from api.cli.page import Page, PlainPage
from api.texts import Language, Texts


class Voice:
    """One run of the command line, in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.texts = Texts(language)
        self.figures = Figures(language)

    def page(self) -> Page:
        """Where to write for people: drawn on a terminal, plain on a pipe."""
        if not sys.stdout.isatty():
            return PlainPage(sys.stdout)
        from api.cli.terminal import TerminalPage

        return TerminalPage(sys.stdout)

    def complain(self, sentence: str) -> None:
        """One line on standard error."""
        sys.stderr.write(f"{sentence}\n")

    @contextmanager
    def working(self, key: str) -> Iterator[None]:
        """Say on a terminal's standard error what is being done, until it is done."""
        if not sys.stderr.isatty():
            yield
            return
        from rich.console import Console

        with Console(stderr=True, markup=False).status(self.texts(f"working.{key}")):
            yield

    @contextmanager
    def counting(self, key: str) -> Iterator[Callable[[int, int], None] | None]:
        """As `working`, with a bar that is moved on by calls with how many are done of how many."""
        if not sys.stderr.isatty():
            yield None
            return
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True, markup=False), transient=True) as bar:
            task = bar.add_task(self.texts(f"working.{key}"), total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)

    def count(self, noun: str, number: int) -> str:
        """A number with its noun, as in `1 household` and `12 households`."""
        form = "one" if number == 1 else "other"
        return self.texts(f"count.{noun}.{form}", n=self.figures.number(number))


def voice_of(ctx: typer.Context) -> Voice:
    """The voice that the command line was started with.

    Raises
    ------
    TypeError
        When it was not started by `api.cli.main.run`.
    """
    voice = ctx.obj
    if not isinstance(voice, Voice):
        raise TypeError("the command line runs through api.cli.main.run")
    return voice
