"""The tables: every row class at rest, with keys and constraints of a real database."""

from models.tables.access import CredentialRecord, SessionRecord, SpentToken, UserRecord
from models.tables.audit import AuditRecord
from models.tables.experiments import ExperimentRecord, ReplicationRecord
from models.tables.households import ConflictRecord, DeclineRecord, HouseholdRecord, MemberRecord
from models.tables.offers import DecisionRecord, OfferRecord, PlaceRecord, PlanRecord
from models.tables.records import FactSource, QuarantinedRow, Setting
from models.tables.requests import DoneRequest
from models.tables.runs import FrozenInput, ProposalRecord, RunRecord
from models.tables.stock import PoolRecord, QuotaRecord, SchoolRecord, StayRecord, TravelTimeRecord

__all__ = [
    "AuditRecord",
    "ConflictRecord",
    "CredentialRecord",
    "DecisionRecord",
    "DeclineRecord",
    "DoneRequest",
    "ExperimentRecord",
    "FactSource",
    "FrozenInput",
    "HouseholdRecord",
    "MemberRecord",
    "OfferRecord",
    "PlaceRecord",
    "PlanRecord",
    "PoolRecord",
    "ProposalRecord",
    "QuarantinedRow",
    "QuotaRecord",
    "ReplicationRecord",
    "RunRecord",
    "SchoolRecord",
    "SessionRecord",
    "Setting",
    "SpentToken",
    "StayRecord",
    "TravelTimeRecord",
    "UserRecord",
]
