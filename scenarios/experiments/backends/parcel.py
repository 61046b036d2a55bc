"""A setup as bytes for other processes, opened once in each of them."""

import pickle
import zlib

from scenarios.experiments.keys import edition
from scenarios.experiments.problems import WorkersLost
from scenarios.experiments.replication import Replication
from scenarios.experiments.task import Setup, Task, perform


def wrapped(setup: Setup) -> bytes:
    """The setup, compressed: a city of 3,400 households is about a quarter of a megabyte."""
    return zlib.compress(pickle.dumps(setup, protocol=pickle.HIGHEST_PROTOCOL), 1)


def opened(content: bytes) -> Setup:
    """The setup that was wrapped."""
    setup = pickle.loads(zlib.decompress(content))
    if not isinstance(setup, Setup):
        raise TypeError("the parcel holds no setup")
    return setup


def opened_elsewhere(content: bytes) -> Setup:
    """The setup that was wrapped, on a machine that may have another installation.

    Raises
    ------
    WorkersLost
        If this process runs other code, whose numbers would not belong with the rest.
    """
    setup = opened(content)
    if setup.edition != edition():
        raise WorkersLost("other_edition")
    return setup


def performed(setup: Setup, task: Task) -> tuple[Task, Replication]:
    """A task and what came of it."""
    return task, perform(setup, task)
