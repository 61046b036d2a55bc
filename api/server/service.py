"""What every request has at hand: the database, the settings and the clock."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Engine

from api.access.city_login import Provider
from api.settings import Settings
from api.usecases.advice.questions import Questions
from api.usecases.city_view import CityView, CityViews
from api.usecases.signing_in import Moment
from models.store import stored_as_of

CHANGES_NOTHING = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Service:
    """The service as it was started; the clock is a function, so that a test can set it.

    Attributes
    ----------
    moment
        The city when a request came that changes nothing: what it is shown is as of then, or later.
    """

    engine: Engine
    settings: Settings
    clock: Callable[[], datetime]
    views: CityViews
    city_login: Provider | None = None
    questions: Questions = field(default_factory=Questions)
    moment: Moment | None = None

    @property
    def secret(self) -> str:
        """What tokens are signed with."""
        return self.settings.secret.get_secret_value()

    def now(self) -> datetime:
        """The present moment."""
        return self.clock()

    def city(self, as_of: date | None = None) -> CityView:
        """The city on a day, as the engine sees it."""
        number = None if self.moment is None else self.moment.revision
        return self.views.on(self.as_of(as_of), number)

    def as_of(self, given: date | None = None) -> date:
        """The day a request reasons about: the one given, the database's own, or today."""
        own = stored_as_of(self.engine) if self.moment is None else self.moment.as_of
        return given or own or self.clock().date()


def the_service(request: Request) -> Service:
    """The service that a request came to."""
    service: Service = request.app.state.service
    return service


async def service_of(request: Request) -> Service:
    """The service as a request meets it: one that changes nothing knows where the city stood when it came."""
    moment = getattr(request.state, "moment", None) if request.method in CHANGES_NOTHING else None
    service = the_service(request)
    return service if moment is None else replace(service, moment=moment)


Here = Annotated[Service, Depends(service_of)]
