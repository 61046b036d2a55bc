"""References with a slash in them, as register numbers often have: written `%2F`, it parts no path."""

from urllib.parse import unquote

from fastapi import FastAPI
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.types import ASGIApp, Receive, Scope, Send

KEPT = "%2F"


class WithSlashes(StringConvertor):
    """A part of a path, in which a slash was written `%2F`."""

    def convert(self, value: str) -> str:
        """The part as it was meant."""
        return value.replace(KEPT, "/")


class KeepingSlashes:
    """Leaves `%2F` in a path as it is, where servers would make it a slash like any other."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        raw = scope.get("raw_path") if scope["type"] == "http" else None
        if raw is not None and b"%2f" in raw.lower():
            kept = raw.partition(b"?")[0].decode("ascii", "replace").replace("%2f", KEPT)
            scope["path"] = unquote(kept.replace(KEPT, "%252F"))
        await self.app(scope, receive, send)


def keep_slashes(app: FastAPI) -> None:
    """Let parts of an app's paths hold slashes; called before its routes are added."""
    register_url_convertor("str", WithSlashes())
    app.add_middleware(KeepingSlashes)
