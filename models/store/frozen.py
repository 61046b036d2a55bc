"""What runs and jobs were given and answered, without the erased: inputs go whole, answers keep figures."""

import zlib
from collections.abc import Collection
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, delete, select, update
from sqlmodel import SQLModel

from models.tables import FrozenInput, JobRecord, RunRecord, SnapshotRecord

_frozen = SQLModel.metadata.tables[str(FrozenInput.__tablename__)]
_snapshots = SQLModel.metadata.tables[str(SnapshotRecord.__tablename__)]
_runs = SQLModel.metadata.tables[str(RunRecord.__tablename__)]
_jobs = SQLModel.metadata.tables[str(JobRecord.__tablename__)]
_told = (_jobs.c.parameters, _jobs.c.partial, _jobs.c.result, _jobs.c.problem)
ERASED = "erased-"


def erase_frozen(connection: Connection, household_ids: Collection[str]) -> int:
    """Delete every frozen content in which one of some households stands; how many."""
    needles = [form.encode() for key in household_ids for form in (f'"{key}"', f'\\"{key}\\"')]
    gone = 0
    for content_hash in connection.execute(select(_frozen.c.hash)).scalars().all():
        packed = connection.execute(
            select(_frozen.c.content).where(_frozen.c.hash == content_hash)
        ).scalar_one()
        content = zlib.decompress(packed)
        if any(needle in content for needle in needles):
            connection.execute(delete(_frozen).where(_frozen.c.hash == content_hash))
            gone += 1
    return gone


def forget_frozen(connection: Connection, content_hash: str) -> None:
    """Delete a frozen content that nothing is read from any more."""
    connection.execute(delete(_frozen).where(_frozen.c.hash == content_hash))


def hide_in_answers(connection: Connection, household_ids: Collection[str]) -> int:
    """Put a word that leads nowhere in place of some households in the answers of runs; how many runs.

    The same household has another word in every run, so that no two can be laid side by side.
    """
    changed = 0
    for run_id in connection.execute(select(_runs.c.id)).scalars().all():
        this = _runs.c.id == run_id
        row = connection.execute(select(_runs.c.result, _runs.c.options).where(this)).one()
        words = words_for(household_ids)
        result, options = _hidden(row.result, words), _hidden(row.options, words)
        if result != row.result or options != row.options:
            connection.execute(update(_runs).where(this).values(result=result, options=options))
            changed += 1
    return changed


def hide_in_snapshots(connection: Connection, household_ids: Collection[str]) -> int:
    """Put such a word in place of some households among those who waited; how many snapshots."""
    changed = 0
    for key in connection.execute(select(_snapshots.c.day, _snapshots.c.number)).all():
        this = (_snapshots.c.day == key.day) & (_snapshots.c.number == key.number)
        waiting = connection.execute(select(_snapshots.c.waiting).where(this)).scalar_one()
        hidden = _hidden(waiting, words_for(household_ids))
        if hidden != waiting:
            connection.execute(update(_snapshots).where(this).values(waiting=hidden))
            changed += 1
    return changed


def hide_in_jobs(connection: Connection, household_ids: Collection[str]) -> int:
    """Put such a word in place of some households in what jobs were asked and told; how many jobs."""
    changed = 0
    for job_id in connection.execute(select(_jobs.c.job_id)).scalars().all():
        this = _jobs.c.job_id == job_id
        told = dict(connection.execute(select(*_told).where(this)).mappings().one())
        hidden = _hidden(told, words_for(household_ids))
        if hidden != told:
            connection.execute(update(_jobs).where(this).values(hidden))
            changed += 1
    return changed


def words_for(household_ids: Collection[str]) -> dict[str, str]:
    """A word that leads nowhere for each of some households, another every time."""
    return {key: f"{ERASED}{uuid4().hex[:12]}" for key in household_ids}


def _hidden(tree: Any, words: dict[str, str]) -> Any:
    if isinstance(tree, dict):
        return {words.get(key, key): _hidden(value, words) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_hidden(value, words) for value in tree]
    return words.get(tree, tree) if isinstance(tree, str) else tree
