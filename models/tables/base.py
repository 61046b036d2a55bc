"""What all tables share: names of constraints, and the CHECKs that follow from a row class."""

from collections.abc import Iterator

from annotated_types import Ge, Le, MinLen
from sqlalchemy import CheckConstraint
from sqlmodel import SQLModel

from models.columns import Code

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def checks_of(row_class: type[SQLModel], known: tuple[str, ...] = ()) -> tuple[CheckConstraint, ...]:
    """CHECK constraints for what the row class promises, since a table class validates nothing.

    Parameters
    ----------
    row_class
        Its coded columns give lists of allowed values, its bounds comparisons.
    known
        Coded columns in which `unknown` may not stand.
    """
    return tuple(_checks(row_class, known))


def _checks(row_class: type[SQLModel], known: tuple[str, ...]) -> Iterator[CheckConstraint]:
    for column, field in row_class.model_fields.items():
        code = getattr(field, "sa_type", None)
        if isinstance(code, Code):
            yield one_of(column, *(c for c in code.codes if not (column in known and c == "unknown")))
        for bound in field.metadata:
            if isinstance(bound, MinLen):
                yield CheckConstraint(f"length({column}) >= {bound.min_length}", name=f"{column}_given")
            elif isinstance(bound, Ge):
                yield CheckConstraint(f"{column} >= {bound.ge}", name=f"{column}_least")
            elif isinstance(bound, Le):
                yield CheckConstraint(f"{column} <= {bound.le}", name=f"{column}_most")


def one_of(column: str, *values: str) -> CheckConstraint:
    """CHECK that a column holds one of the values (or nothing, where it may be null)."""
    allowed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f'"{column}" IN ({allowed})', name=f"{column}_code")
