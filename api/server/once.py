"""Doing something once: a request sent again under the same key is answered as it was the first time."""

import hashlib
from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel

from api.access.actor import Actor
from api.server.problems import Problem
from api.server.service import Here, Service
from api.usecases.work import Work, working_for
from models.store.requests import Kept, done_request, keep_request

Out = TypeVar("Out", bound=BaseModel)
KEY = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"


class Once:
    """Carries out a request of a person in one unit of work, at most once for each key."""

    def __init__(self, here: Service, key: str | None, fingerprint: str, response: Response) -> None:
        self.here = here
        self.key = key
        self.fingerprint = fingerprint
        self.response = response

    def run(self, actor: Actor, out: type[Out], act: Callable[[Work], Out]) -> Out:
        """Do it, or give the answer that it had.

        Raises
        ------
        Problem
            422 when the key was used for another request, or in another role or unit.
        """
        with working_for(self.here.engine, actor, self.here.now()) as work:
            if self.key is None:
                return act(work)
            before = done_request(work.connection, actor.user_id, self.key)
            if before is not None:
                return self._replayed(actor, before, out)
            answer = act(work)
            body = answer.model_dump_json()
            kept = Kept(self.fingerprint, self._status(), str(actor.role), actor.unit, body)
            keep_request(work.connection, actor.user_id, self.key, kept, work.now)
            return answer

    def _replayed(self, actor: Actor, before: Kept, out: type[Out]) -> Out:
        # The answer was for who the sender was then: in another role or unit it may not be theirs to see.
        same = before.role == str(actor.role) and before.unit == actor.unit
        if before.fingerprint != self.fingerprint or not same:
            raise Problem(422, "key_used")
        self.response.headers[REPLAYED] = "true"
        return out.model_validate_json(before.body)

    def _status(self) -> int:
        return self.response.status_code or 200


async def _once(
    request: Request,
    response: Response,
    here: Here,
    idempotency_key: Annotated[
        str | None, Header(max_length=200, min_length=1, description="Same key, same request: done once.")
    ] = None,
) -> Once:
    text = f"{request.method} {request.url.path}?{request.url.query}\n".encode() + await request.body()
    return Once(here, idempotency_key, hashlib.sha256(text).hexdigest(), response)


OnceOnly = Annotated[Once, Depends(_once)]
