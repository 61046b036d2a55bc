"""Experiments kept, and the shelf of replications from which a later one takes what is finished."""

import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select
from sqlmodel import SQLModel

from models.database import reading, writing
from models.experiments import Experiment
from models.store.runs import keep_frozen
from models.tables import ExperimentRecord, ReplicationRecord

_experiments = SQLModel.metadata.tables[str(ExperimentRecord.__tablename__)]
_replications = SQLModel.metadata.tables[str(ReplicationRecord.__tablename__)]


def save_experiment(
    engine: Engine,
    experiment: Experiment,
    answer: Mapping[str, Any],
    frozen: Mapping[str, bytes] | None = None,
    along: Callable[[Connection, int], None] | None = None,
) -> int:
    """Store an experiment with its answer and frozen inputs, all or nothing.

    Parameters
    ----------
    experiment
        Its `id` is not looked at.
    answer
        As `simulate --json` gives it.
    frozen
        What the experiment was given, by hash; contents that are already stored are not stored again.
    along
        Called in the same transaction with the experiment's id.

    Returns
    -------
    int
        Id of the experiment.
    """
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    values = {name: value for name, value in vars(experiment).items() if name != "id"}
    with writing(engine) as connection:
        keep_frozen(connection, frozen or {})
        row = insert(_experiments).values(answer=zlib.compress(text.encode()), **values)
        inserted = connection.execute(row).inserted_primary_key
        if inserted is None:
            raise RuntimeError("The database gave the experiment no id.")
        experiment_id = int(inserted[0])
        if along is not None:
            along(connection, experiment_id)
    return experiment_id


def load_experiment(engine: Engine, experiment_id: int) -> tuple[Experiment, dict[str, Any]] | None:
    """A stored experiment and its answer, None if there is no such experiment."""
    with reading(engine) as connection:
        wanted = select(_experiments).where(_experiments.c.id == experiment_id)
        row = connection.execute(wanted).mappings().first()
    if row is None:
        return None
    values = dict(row)
    answer = json.loads(zlib.decompress(values.pop("answer")))
    return Experiment.model_construct(**values), answer


def list_experiments(engine: Engine, most: int = 50) -> tuple[Experiment, ...]:
    """The newest experiments, newest first, without their answers."""
    columns = [column for column in _experiments.c if column.name != "answer"]
    newest = select(*columns).order_by(_experiments.c.id.desc()).limit(most)
    with reading(engine) as connection:
        return tuple(Experiment.model_construct(**row) for row in connection.execute(newest).mappings())


@dataclass(frozen=True, slots=True)
class ReplicationShelf:
    """Finished replications by key, each kept at once and for good under the edition of the code."""

    engine: Engine
    edition: str

    def get(self, key: str, /) -> bytes | None:
        """What is kept under a key, None for nothing."""
        wanted = select(_replications.c.content).where(_replications.c.key == key)
        with reading(self.engine) as connection:
            content = connection.execute(wanted).scalar()
        return None if content is None else bytes(content)

    def __setitem__(self, key: str, content: bytes, /) -> None:
        """Keep a replication; another process may have kept the same one meanwhile."""
        with writing(self.engine) as connection:
            connection.execute(delete(_replications).where(_replications.c.key == key))
            row = {"key": key, "edition": self.edition, "content": content}
            connection.execute(insert(_replications).values(row))

    def clear_out(self) -> int:
        """Remove replications of other editions, which no run of this one can use; how many there were."""
        with writing(self.engine) as connection:
            return connection.execute(
                delete(_replications).where(_replications.c.edition != self.edition)
            ).rowcount
