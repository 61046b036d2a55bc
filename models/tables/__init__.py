"""The tables: every row class at rest, with keys and constraints of a real database."""

from sqlalchemy.orm import configure_mappers

from models.tables.access import CredentialRecord, SessionRecord, SpentLogin, SpentToken, UserRecord
from models.tables.audit import AuditRecord
from models.tables.casework import (
    AssistanceRecord,
    ChildChecklistRecord,
    DischargePlanRecord,
    FollowUpRecord,
    PlacementRequestRecord,
)
from models.tables.changes import FactChangeRecord, PoolChangeRecord
from models.tables.experiments import ExperimentRecord, ReplicationRecord
from models.tables.households import ConflictRecord, DeclineRecord, HouseholdRecord, MemberRecord
from models.tables.jobs import FileRecord, JobRecord
from models.tables.kept_counts import KeptCountRecord
from models.tables.offers import DecisionRecord, OfferRecord, PlaceRecord, PlanRecord
from models.tables.pins import PinRecord
from models.tables.records import FactSource, QuarantinedRow, Setting
from models.tables.requests import DoneRequest
from models.tables.runs import FrozenInput, ProposalRecord, RunRecord
from models.tables.snapshots import SnapshotRecord
from models.tables.stock import PoolRecord, QuotaRecord, SchoolRecord, StayRecord, TravelTimeRecord
from models.tables.waiting import ConfirmationRecord, DismissedPairRecord, NextStepRecord, ParkingRecord

__all__ = [
    "AssistanceRecord",
    "AuditRecord",
    "ChildChecklistRecord",
    "ConfirmationRecord",
    "ConflictRecord",
    "CredentialRecord",
    "DecisionRecord",
    "DeclineRecord",
    "DischargePlanRecord",
    "DismissedPairRecord",
    "DoneRequest",
    "ExperimentRecord",
    "FactChangeRecord",
    "FactSource",
    "FileRecord",
    "FollowUpRecord",
    "FrozenInput",
    "HouseholdRecord",
    "JobRecord",
    "KeptCountRecord",
    "MemberRecord",
    "NextStepRecord",
    "OfferRecord",
    "ParkingRecord",
    "PinRecord",
    "PlaceRecord",
    "PlacementRequestRecord",
    "PlanRecord",
    "PoolChangeRecord",
    "PoolRecord",
    "ProposalRecord",
    "QuarantinedRow",
    "QuotaRecord",
    "ReplicationRecord",
    "RunRecord",
    "SchoolRecord",
    "SessionRecord",
    "Setting",
    "SnapshotRecord",
    "SpentLogin",
    "SpentToken",
    "StayRecord",
    "TravelTimeRecord",
    "UserRecord",
]

# Rows are built straight from what is stored, which SQLAlchemy allows once it knows every table.
configure_mappers()
