"""Offers, decisions and plans at rest."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlmodel import SQLModel

from models.offers import OPEN, Decision, Offer, OfferState
from models.plans import Plan, PlanState
from models.tables import DecisionRecord, OfferRecord, PlanRecord

_offers = SQLModel.metadata.tables[str(OfferRecord.__tablename__)]
_decisions = SQLModel.metadata.tables[str(DecisionRecord.__tablename__)]
_plans = SQLModel.metadata.tables[str(PlanRecord.__tablename__)]


def add_offers(connection: Connection, offers: Iterable[Offer]) -> None:
    """Keep new offers."""
    rows = [_values(offer) for offer in offers]
    if rows:
        connection.execute(insert(_offers), rows)


def change_offer(connection: Connection, offer: Offer, **changes: Any) -> bool:
    """Change columns of an offer if nobody else has since it was read; whether it was changed."""
    changes["version"] = offer.version + 1
    done = connection.execute(
        update(_offers)
        .where(_offers.c.offer_id == offer.offer_id, _offers.c.version == offer.version)
        .values(changes)
    )
    if done.rowcount == 1:
        for name, value in changes.items():
            setattr(offer, name, value)
    return done.rowcount == 1


def offer_by_id(connection: Connection, offer_id: str) -> Offer | None:
    """An offer by its id."""
    row = connection.execute(select(_offers).where(_offers.c.offer_id == offer_id)).mappings().first()
    return None if row is None else Offer(**row)


def offers(
    connection: Connection,
    states: Iterable[OfferState] | None = None,
    household_id: str | None = None,
    run_id: int | None = None,
    chain: int | None = None,
) -> list[Offer]:
    """Offers in some states, of a household, run or chain where given; by run, chain, step and id."""
    wanted = select(_offers)
    if states is not None:
        wanted = wanted.where(_offers.c.state.in_([str(state) for state in states]))
    for column, value in (
        (_offers.c.household_id, household_id),
        (_offers.c.run_id, run_id),
        (_offers.c.chain, chain),
    ):
        if value is not None:
            wanted = wanted.where(column == value)
    found = connection.execute(wanted).mappings()
    return sorted((Offer(**row) for row in found), key=_order)


def open_offers(connection: Connection, **of: Any) -> list[Offer]:
    """Offers on which something is still to happen; `of` as in `offers`."""
    return offers(connection, OPEN, **of)


def _order(offer: Offer) -> tuple[int, int, int, str]:
    return offer.run_id or 0, offer.chain or 0, offer.step or 0, offer.offer_id


def add_decision(connection: Connection, decision: Decision) -> None:
    """Keep a decision."""
    connection.execute(insert(_decisions).values(**_values(decision)))


def decisions_on(connection: Connection, offer_id: str) -> list[Decision]:
    """Decisions on an offer, oldest first."""
    found = connection.execute(
        select(_decisions).where(_decisions.c.offer_id == offer_id).order_by(_decisions.c.at)
    ).mappings()
    return [Decision.model_construct(**row) for row in found]


def add_plan(connection: Connection, plan: Plan) -> None:
    """Keep a new plan."""
    connection.execute(insert(_plans).values(**_values(plan)))


def change_plan(connection: Connection, run_id: int, **changes: Any) -> None:
    """Change columns of a plan."""
    connection.execute(update(_plans).where(_plans.c.run_id == run_id).values(changes))


def plan_of_run(connection: Connection, run_id: int) -> Plan | None:
    """A plan by its run."""
    row = connection.execute(select(_plans).where(_plans.c.run_id == run_id)).mappings().first()
    return None if row is None else Plan.model_construct(**row)


def published_plan(connection: Connection) -> Plan | None:
    """The plan people work from, None before the first is published."""
    row = (
        connection.execute(select(_plans).where(_plans.c.state == str(PlanState.PUBLISHED)))
        .mappings()
        .first()
    )
    return None if row is None else Plan.model_construct(**row)


def _values(row: SQLModel) -> dict[str, Any]:
    return {name: getattr(row, name) for name in type(row).model_fields}
