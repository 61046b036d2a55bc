"""`python -m scenarios.gallery FOLDER`: simulate, and write a table and charts."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path

from scenarios.experiments.backends.here import OneProcess
from scenarios.experiments.backends.processes import Processes
from scenarios.experiments.experiment import Experiment
from scenarios.gallery.labels import LANGUAGES
from scenarios.gallery.make import make_gallery


def main(arguments: list[str]) -> None:
    """Read the arguments, make the gallery, and name the files on standard output."""
    parser = ArgumentParser(prog="python -m scenarios.gallery", description=__doc__)
    parser.add_argument("folder", type=Path, help="where to write; what is finished there is not done again")
    parser.add_argument("--replications", type=_whole, default=100)
    parser.add_argument("--weeks", type=_whole, default=260)
    parser.add_argument("--seed", type=_whole, default=1)
    parser.add_argument("--processes", type=_whole, default=2)
    parser.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0])
    told = parser.parse_args(arguments)
    backend = OneProcess() if told.processes == 1 else Processes(told.processes)
    written = make_gallery(
        told.folder, told.replications, told.weeks, told.seed, told.lang, backend, progress=_said
    )
    sys.stdout.writelines(f"{file}\n" for file in written)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) >= 1):
        raise ArgumentTypeError(f"{text} is no whole number from 1")
    return int(text)


def _said(so_far: Experiment) -> None:
    sys.stderr.write(f"\r{so_far.done}/{so_far.asked}")
    if so_far.complete:
        sys.stderr.write("\n")


if __name__ == "__main__":
    main(sys.argv[1:])
