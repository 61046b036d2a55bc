"""Long work counted on a terminal's standard error, step by step."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from api.cli.voice import Voice

Counter = Callable[[int, int], None]


@contextmanager
def counting(voice: Voice, key: str) -> Iterator[Counter]:
    """Say on a terminal what is being done and how far it has come; silent where there is no terminal.

    Yields a function that takes how many steps are done, and of how many.
    """
    if not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console

    working = voice.texts(f"working.{key}")
    with Console(stderr=True, markup=False).status(working) as status:

        def count(done: int, of: int) -> None:
            figures = {"done": voice.figures.number(done), "of": voice.figures.number(of)}
            status.update(f"{working} {voice.texts('working.counted', **figures)}")

        yield count


def _silent(_done: int, _of: int) -> None:
    """Where nobody looks on there is nothing to say."""
