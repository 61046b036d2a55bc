"""Reading and writing the tables: datasets, sources of facts, settings, rows set aside, runs, experiments."""

from models.store.datasets import Changes, read_dataset, write_dataset
from models.store.experiments import (
    ReplicationShelf,
    list_experiments,
    load_experiment,
    save_experiment,
)
from models.store.facts import source_of_fact, sources_of_household
from models.store.quarantine import read_quarantine
from models.store.runs import list_runs, load_frozen, load_run, save_run
from models.store.settings import get_setting, set_setting, stored_as_of

__all__ = [
    "Changes",
    "ReplicationShelf",
    "get_setting",
    "list_experiments",
    "list_runs",
    "load_experiment",
    "load_frozen",
    "load_run",
    "read_dataset",
    "read_quarantine",
    "save_experiment",
    "save_run",
    "set_setting",
    "source_of_fact",
    "sources_of_household",
    "stored_as_of",
    "write_dataset",
]
