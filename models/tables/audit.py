"""The table of the record; triggers refuse to change or delete what stands in it."""

from sqlmodel import Field

from models.audit import AuditEntry
from models.tables.base import checks_of


class AuditRecord(AuditEntry, table=True):
    """An entry at rest."""

    __tablename__ = "audit"
    __table_args__ = checks_of(AuditEntry)

    number: int = Field(primary_key=True, ge=1, sa_column_kwargs={"autoincrement": False})
    actor: str = Field(min_length=1, index=True)
    subject_id: str = Field(default="", index=True)
    digest: str = Field(unique=True, min_length=1)
