"""Runs kept so that they can be looked at and replayed."""

import zlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, insert, select
from sqlmodel import SQLModel

from models.database import reading, writing
from models.runs import Proposal, Run
from models.tables import FrozenInput, ProposalRecord, RunRecord

_runs = SQLModel.metadata.tables[str(RunRecord.__tablename__)]
_proposals = SQLModel.metadata.tables[str(ProposalRecord.__tablename__)]
_frozen = SQLModel.metadata.tables[str(FrozenInput.__tablename__)]


def save_run(
    engine: Engine,
    run: Run,
    proposals: Iterable[Proposal] = (),
    frozen: Mapping[str, bytes] | None = None,
    along: Callable[[Connection, int], None] | None = None,
) -> int:
    """Store a run with its proposals and frozen inputs, all or nothing.

    Parameters
    ----------
    run
        Its `id` is not looked at.
    proposals
        Certain and conditional ones; a household at most once.
    frozen
        What the run was given, by hash; contents that are already stored are not stored again.
    along
        Called in the same transaction with the run's id: what it writes is kept with the run, or neither is.

    Returns
    -------
    int
        Id of the run, to be named in `replay`.
    """
    with writing(engine) as connection:
        keep_frozen(connection, frozen or {})
        values = {name: value for name, value in vars(run).items() if name != "id"}
        inserted = connection.execute(insert(_runs).values(values)).inserted_primary_key
        if inserted is None:
            raise RuntimeError("The database gave the run no id.")
        run_id = int(inserted[0])
        rows = [{"run_id": run_id, **vars(proposal)} for proposal in proposals]
        if rows:
            connection.execute(insert(_proposals), rows)
        if along is not None:
            along(connection, run_id)
    return run_id


def keep_frozen(connection: Connection, frozen: Mapping[str, bytes]) -> None:
    """Keep contents by hash; those already stored are not stored again."""
    stored = set(connection.execute(select(_frozen.c.hash).where(_frozen.c.hash.in_(list(frozen)))).scalars())
    new = [
        {"hash": content_hash, "content": zlib.compress(content)}
        for content_hash, content in frozen.items()
        if content_hash not in stored
    ]
    if new:
        connection.execute(insert(_frozen), new)


def load_run(engine: Engine, run_id: int) -> tuple[Run, tuple[Proposal, ...]] | None:
    """A stored run and its proposals in the order of households, None if there is no such run."""
    with reading(engine) as connection:
        return run_in(connection, run_id)


def run_in(connection: Connection, run_id: int) -> tuple[Run, tuple[Proposal, ...]] | None:
    """As `load_run`, inside a transaction that goes on."""
    row = connection.execute(select(_runs).where(_runs.c.id == run_id)).mappings().first()
    if row is None:
        return None
    names = list(Proposal.model_fields)
    wanted = select(*(_proposals.c[name] for name in names)).where(_proposals.c.run_id == run_id)
    proposals = [_proposal(names, values) for values in connection.execute(wanted)]
    return Run.model_construct(**row), tuple(sorted(proposals, key=lambda p: p.household_id))


def _proposal(names: list[str], values: Any) -> Proposal:
    return Proposal.model_construct(**dict(zip(names, values, strict=True)))


def list_runs(engine: Engine, most: int = 50) -> tuple[Run, ...]:
    """The newest runs, newest first, without their results."""
    columns = [column for column in _runs.c if column.name != "result"]
    with reading(engine) as connection:
        found = connection.execute(select(*columns).order_by(_runs.c.id.desc()).limit(most)).mappings()
        return tuple(Run.model_construct(**row) for row in found)


def load_frozen(engine: Engine, content_hash: str) -> bytes | None:
    """What a run was given, uncompressed; None once it has been erased."""
    with reading(engine) as connection:
        return frozen_in(connection, content_hash)


def frozen_in(connection: Connection, content_hash: str) -> bytes | None:
    """As `load_frozen`, inside a transaction that goes on."""
    content = connection.execute(select(_frozen.c.content).where(_frozen.c.hash == content_hash)).scalar()
    return None if content is None else zlib.decompress(content)
