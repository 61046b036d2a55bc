"""Tables of experiments and of the replications finished for them."""

from sqlmodel import Field

from models.experiments import Experiment, FinishedReplication
from models.tables.base import checks_of


class ExperimentRecord(Experiment, table=True):
    """An experiment at rest, with its whole answer as JSON, compressed with zlib."""

    __tablename__ = "experiment"
    __table_args__ = checks_of(Experiment)

    id: int | None = Field(default=None, primary_key=True)
    answer: bytes


class ReplicationRecord(FinishedReplication, table=True):
    """A finished replication at rest; `edition` tells which ones no later run can use."""

    __tablename__ = "replication"
    __table_args__ = checks_of(FinishedReplication)

    key: str = Field(primary_key=True, min_length=1)
    edition: str = Field(min_length=1, index=True)
