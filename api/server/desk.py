"""What the desk's routes share: refusals as problems, things done once, reads recorded."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field

from api.access.actor import Actor
from api.server.etags import must_match
from api.server.once import Once
from api.server.problems import Problem
from api.server.service import Service
from api.usecases.desk.refusals import DeskRefused
from api.usecases.desk.seen import record_list
from api.usecases.offers.refusals import OfferRefused
from api.usecases.work import Work, looking_for, working_for

Out = TypeVar("Out")
Model = TypeVar("Model", bound=BaseModel)

STATUS = {"missing": 404, "wrong": 422, "conflict": 409}

Id = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(max_length=4000)]


@contextmanager
def refusals() -> Iterator[None]:
    """Answer with a problem whatever the desk refuses."""
    try:
        yield
    except DeskRefused as refused:
        more = {"changed": refused.changed} if refused.changed else None
        raise Problem(STATUS[refused.kind], refused.key, more) from None
    except OfferRefused as refused:
        more = {"changed": refused.changed} if refused.changed else None
        raise Problem(409 if refused.conflict else 422, refused.key, more) from None


def done_once(once: Once, actor: Actor, out: type[Model], act: Callable[[Work], Model]) -> Model:
    """Do something for a person, at most once for each key."""
    with refusals():
        return once.run(actor, out, act)


def done(here: Service, actor: Actor, act: Callable[[Work], Out]) -> Out:
    """Do something for a person in one unit of work."""
    with refusals(), working_for(here.engine, actor, here.now()) as work:
        return act(work)


def looked(here: Service, actor: Actor, act: Callable[[Work], Out]) -> Out:
    """Look at cases for a person: nothing is changed, and what was looked at is recorded first."""
    with refusals(), looking_for(here.engine, actor, here.now()) as look:
        return act(look)


def changed(
    here: Service, actor: Actor, if_match: str | None, act: Callable[[Work, Callable[[BaseModel], None]], Out]
) -> Out:
    """Change something that has a version: `act` shows the present one to what it is given, then changes."""
    return done(here, actor, lambda work: act(work, lambda present: must_match(if_match, present)))


def listed(here: Service, actor: Actor, what: str, shown: Iterable[str | None], /, **wanted: Any) -> None:
    """Record whose cases a list showed."""
    with looking_for(here.engine, actor, here.now()) as work:
        record_list(work, what, shown, **wanted)
