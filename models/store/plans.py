"""Plans at rest beside the runs they are made of."""

from datetime import datetime

from sqlalchemy import Connection, or_, select
from sqlmodel import SQLModel

from models.offers import Offer
from models.plans import Plan, PlanState
from models.runs import Run
from models.tables import OfferRecord, PlanRecord, RunRecord

_plans = SQLModel.metadata.tables[str(PlanRecord.__tablename__)]
_runs = SQLModel.metadata.tables[str(RunRecord.__tablename__)]
_offers = SQLModel.metadata.tables[str(OfferRecord.__tablename__)]


def plans_with_runs(connection: Connection, state: PlanState | None = None) -> list[tuple[Plan, Run]]:
    """Plans and their runs without results, the newest first."""
    of_run = [column for column in _runs.c if column.name != "result"]
    wanted = select(*_plans.c, *of_run).join(_runs, _runs.c.id == _plans.c.run_id)
    if state is not None:
        wanted = wanted.where(_plans.c.state == state)
    found = []
    for row in connection.execute(wanted.order_by(_plans.c.run_id.desc())):
        at = row._mapping
        plan = Plan.model_construct(**{column.name: at[column] for column in _plans.c})
        found.append((plan, Run.model_construct(**{column.name: at[column] for column in of_run})))
    return found


def offers_changed_at(connection: Connection, run_id: int, at: datetime) -> list[Offer]:
    """Offers that the publishing of a plan made, took over or withdrew at that moment."""
    concerned = or_(_offers.c.run_id == run_id, _offers.c.state == "withdrawn")
    wanted = select(_offers).where(concerned, _offers.c.changed_at == at)
    found = [Offer(**row) for row in connection.execute(wanted).mappings()]
    kept = select(_offers).where(_offers.c.run_id == run_id, _offers.c.created_at < at)
    known = {offer.offer_id for offer in found}
    found += [Offer(**row) for row in connection.execute(kept).mappings() if row["offer_id"] not in known]
    return sorted(found, key=lambda offer: (offer.household_id, offer.offer_id))
