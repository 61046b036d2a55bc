"""The tables: every row class at rest, with keys and constraints of a real database."""

from models.tables.experiments import ExperimentRecord, ReplicationRecord
from models.tables.households import ConflictRecord, DeclineRecord, HouseholdRecord, MemberRecord
from models.tables.records import FactSource, QuarantinedRow, Setting
from models.tables.runs import FrozenInput, ProposalRecord, RunRecord
from models.tables.stock import PoolRecord, QuotaRecord, SchoolRecord, StayRecord, TravelTimeRecord

__all__ = [
    "ConflictRecord",
    "DeclineRecord",
    "ExperimentRecord",
    "FactSource",
    "FrozenInput",
    "HouseholdRecord",
    "MemberRecord",
    "PoolRecord",
    "ProposalRecord",
    "QuarantinedRow",
    "QuotaRecord",
    "ReplicationRecord",
    "RunRecord",
    "SchoolRecord",
    "Setting",
    "StayRecord",
    "TravelTimeRecord",
]
