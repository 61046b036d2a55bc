"""What every request has at hand: the database, the settings and the clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Engine

from api.access.city_login import Provider
from api.settings import Settings
from api.usecases.advice.questions import Questions
from api.usecases.city_view import CityView, CityViews
from models.store import stored_as_of


@dataclass(frozen=True, slots=True)
class Service:
    """The service as it was started; the clock is a function, so that a test can set it."""

    engine: Engine
    settings: Settings
    clock: Callable[[], datetime]
    views: CityViews
    city_login: Provider | None = None
    questions: Questions = field(default_factory=Questions)

    @property
    def secret(self) -> str:
        """What tokens are signed with."""
        return self.settings.secret.get_secret_value()

    def now(self) -> datetime:
        """The present moment."""
        return self.clock()

    def city(self, as_of: date | None = None) -> CityView:
        """The city on a day, as the engine sees it."""
        return self.views.on(self.as_of(as_of))

    def as_of(self, given: date | None = None) -> date:
        """The day a request reasons about: the one given, the database's own, or today."""
        return given or stored_as_of(self.engine) or self.clock().date()


def service_of(request: Request) -> Service:
    """The service that a request came to."""
    service: Service = request.app.state.service
    return service


Here = Annotated[Service, Depends(service_of)]
