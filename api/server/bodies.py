"""What may come in: no more than a limit, and no characters that no database of ours can hold."""

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.server.problems import Problem, as_response
from api.settings import Settings

IMPORTS = "/api/v1/imports"
NUL_IN_JSON = b"\\u0000"


class BodyLimited:
    """Refuses bodies above a size, larger for imports; one that says how large it is, before it is read."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting what comes."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        is_import = scope["path"].startswith(IMPORTS)
        most = self.settings.largest_import if is_import else self.settings.largest_body
        problem = at_first_sight(request, most)
        if problem is not None:
            await as_response(request, problem)(scope, receive, send)
            return
        is_json = "json" in request.headers.get("content-type", "json")
        come, tail = 0, b""

        async def counted() -> Message:
            nonlocal come, tail
            message = await receive()
            body = message.get("body", b"")
            come += len(body)
            if come > most:
                raise HTTPException(413)
            if is_json and not is_import:
                if NUL_IN_JSON in tail + body:
                    raise HTTPException(422)
                tail = (tail + body)[-len(NUL_IN_JSON) :]
            return message

        await self.app(scope, counted, send)


def at_first_sight(request: Request, most: int) -> Problem | None:
    """Why a request is refused by its first lines alone."""
    told = request.headers.get("content-length", "")
    if told.isascii() and told.isdigit() and int(told[:20]) > most:
        return Problem(413, "too_large")
    if "\x00" in request.scope["path"] or b"%00" in request.scope["query_string"]:
        return Problem(422, "malformed")
    return None


def limit_bodies(app: FastAPI, settings: Settings) -> None:
    """Let an app refuse what is too large."""
    app.add_middleware(BodyLimited, settings=settings)
