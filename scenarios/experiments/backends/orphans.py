"""Worker processes that nobody waits for any more end by themselves."""

import os
from functools import cache
from threading import Thread
from time import sleep

SECONDS_BETWEEN = 1.0


@cache
def end_with(parent: int) -> None:
    """From now on this process ends soon after the process that started it has gone, however that went.

    A worker hands over its answer by a pipe of which it holds both ends: when the one that read it has been
    killed, the worker would wait for ever, with a city in memory.

    Parameters
    ----------
    parent
        Process id of the one that started this process.
    """
    Thread(target=_watch, args=(parent,), name="hemvist-orphan", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        sleep(SECONDS_BETWEEN)
    # Nothing is to be tidied: what was finished has been handed over, and the rest is lost in any case.
    os._exit(1)
