"""What the desk's routes share: refusals as problems, things done once, reads recorded, versions sent."""

from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Protocol, TypeVar

from fastapi import Query, Response
from pydantic import BaseModel, Field

from api.access.actor import Actor
from api.server.etags import must_match, send_etag
from api.server.once import Once
from api.server.paging import Page, page_of
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
OfHousehold = Annotated[str | None, Query(max_length=200)]
MustMatch = Callable[[BaseModel], None]
"""Refuses a change that was made to another version than the present one."""


class AboutHousehold(Protocol):
    """Anything kept about one household."""

    @property
    def household_id(self) -> str:
        """Whom it is about."""


About = TypeVar("About", bound=AboutHousehold)


@contextmanager
def refusals() -> Iterator[None]:
    """Answer with a problem whatever the desk refuses.

    Raises
    ------
    Problem
        404 for what is not there or not theirs to see, 409 for what has changed, 422 for what cannot be.
    """
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


def shown(here: Service, actor: Actor, response: Response, act: Callable[[Work], Model]) -> Model:
    """Look at something that has a version, as `looked`, and send the version along."""
    found = looked(here, actor, act)
    send_etag(response, found)
    return found


def changed(
    here: Service,
    actor: Actor,
    response: Response,
    if_match: str | None,
    act: Callable[[Work, MustMatch], Model],
) -> Model:
    """Change something that has a version: `act` shows the present one to what it is given, then changes."""
    found = done(here, actor, lambda work: act(work, lambda present: must_match(if_match, present)))
    send_etag(response, found)
    return found


def given(change: BaseModel, never_blank: Container[str] = ()) -> dict[str, Any]:
    """What a change says, by field: what was left out stays, and so does what may not be blank but was."""
    said = {name: getattr(change, name) for name in change.model_fields_set}
    return {name: value for name, value in said.items() if value is not None or name not in never_blank}


def listed(here: Service, actor: Actor, what: str, shown: Iterable[str | None], /, **wanted: Any) -> None:
    """Record whose cases a list showed."""
    with looking_for(here.engine, actor, here.now()) as work:
        record_list(work, what, shown, **wanted)


def page_about(
    here: Service,
    actor: Actor,
    what: str,
    found: Iterable[About],
    order: Callable[[About], tuple[Any, ...]],
    *,
    limit: int,
    cursor: str | None,
    household: str | None,
    **wanted: Any,
) -> "Page[About]":
    """A page of what is kept about households, or about one of them; whose were shown is recorded.

    Parameters
    ----------
    found
        What the person may see, in order.
    wanted
        What else it was filtered by, for the record.
    """
    rows = [one for one in found if household in (None, one.household_id)]
    on_it, following = page_of(rows, order, cursor, limit)
    listed(here, actor, what, [one.household_id for one in on_it], **wanted, household=household)
    return Page(items=on_it, total=len(rows), next=following)
