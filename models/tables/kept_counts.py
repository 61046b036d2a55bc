"""The table of counts that stay when cases are erased."""

from sqlmodel import Field

from models.columns import Code
from models.kept_counts import Counted, KeptCount
from models.tables.base import checks_of


class KeptCountRecord(KeptCount, table=True):
    """A count at rest."""

    __tablename__ = "kept_count"
    __table_args__ = checks_of(KeptCount)

    kind: Counted = Field(primary_key=True, sa_type=Code(Counted))
    month: str = Field(primary_key=True, min_length=7)
    pool_id: str = Field(primary_key=True)
    word: str = Field(primary_key=True)
