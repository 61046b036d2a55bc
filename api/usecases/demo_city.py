"""The demo city: put into a database of its own, as often as one likes; what is decided in it stands."""

from datetime import date

from sqlalchemy import Engine

from api.usecases.cities import DEMO_CITY, holds_demo_city
from api.usecases.problems import UserError
from models.database import reading
from models.store import read_dataset, set_setting, write_dataset
from models.store.offers import published_plan
from models.store.settings import AS_OF, CITY
from scenarios.demo_city import DEMO_AS_OF, build_demo_city


def build_demo(engine: Engine) -> date:
    """Put the demo city into the database, as often as one likes; its as-of date.

    Once there is a plan that people work from, the city is left as they have made it.

    Raises
    ------
    UserError
        If the database holds another city, which must not be mixed with people who do not exist.
    """
    present = read_dataset(engine)
    if not holds_demo_city(engine) and (present.households or present.pools):
        raise UserError("other_city", database=engine.url.database or engine.url.host or "")
    with reading(engine) as connection:
        if holds_demo_city(engine) and published_plan(connection) is not None:
            return DEMO_AS_OF
    write_dataset(engine, build_demo_city(), DEMO_AS_OF, DEMO_CITY)
    set_setting(engine, CITY, DEMO_CITY)
    set_setting(engine, AS_OF, DEMO_AS_OF.isoformat())
    return DEMO_AS_OF
