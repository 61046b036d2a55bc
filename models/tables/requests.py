"""The table of requests already carried out, so that a repeated one is answered and not done again."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel, UTCDateTime

from models.encryption import ClosedText


class DoneRequest(SQLModel, table=True):
    """A request that was carried out, under the key its sender gave it, with the answer it got.

    The answer was for that person in a role and a unit; it may hold free text, so it is encrypted.
    """

    __tablename__ = "done_request"
    __table_args__ = (CheckConstraint("length(request_key) >= 1", name="request_key_given"),)

    user_id: str = Field(primary_key=True, foreign_key="user_account.user_id")
    request_key: str = Field(primary_key=True)
    fingerprint: str
    status: int
    done_at: datetime = Field(sa_type=UTCDateTime, index=True)
    role: str
    unit: str | None = None
    body: str = Field(sa_type=ClosedText)
