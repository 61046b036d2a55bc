"""Bytecode of what the tests import, kept for the next worker, process and run."""

import os
import sys

import pytest


def keep_bytecode(config: pytest.Config) -> None:
    """Where none may be written beside the sources, keep it in the cache of the tests.

    Without it, every worker and every process that a test starts compiles all sources anew.
    """
    cache = getattr(config, "cache", None)
    if cache is None or not sys.dont_write_bytecode:
        return
    place = str(cache.mkdir("bytecode"))
    sys.dont_write_bytecode, sys.pycache_prefix = False, place
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = place
