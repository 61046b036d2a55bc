"""What stands before every page: whoever is not signed in goes to the door; nothing comes from elsewhere."""

import json
from collections.abc import Collection
from functools import cache
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.door.pages import no_such_page
from ui.door.sessions import COOKIE, LANGUAGE_COOKIE
from ui.here import here
from ui.texts import Language, language_named, texts_in

OPEN = (
    "/_stcore/",
    "/static/",
    "/media/",
    "/component/",
    "/door/",
    "/language/",
    "/sign-in",
    "/sign-out",
    "/api/",
)
"""Paths without a person's data, or which look after themselves."""

SHELL_LANGUAGE = b'<html lang="en">'
SHELL_TITLE = b"<title>Streamlit</title>"
SHELL_BASE = "BACKEND_BASE_URL:location.origin+'/'"
"""Where the pages find their server: they would otherwise try every step of the address, and fail aloud."""

HEADERS = {
    # Streamlit's charts compile expressions, its themes are style elements and its components are blobs.
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self' ws: wss: data: blob:; worker-src 'self' blob:; "
        "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Sends strangers to the door, and every page with its language and its headers.

    Parameters
    ----------
    pages
        Addresses that there are pages of, besides the front page; None where any address may be one.
    """

    def __init__(self, app: ASGIApp, pages: Collection[str] | None = None) -> None:
        self.app = app
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or send it to the door."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        cookies = _cookies(scope)
        if _is_page(scope):
            if here().sessions.find(cookies.get(COOKIE)) is None:
                await _to_the_door(scope, cookies)(scope, receive, send)
                return
            scope = _plain(scope)
        sending = _Sending(send, cookies.get(LANGUAGE_COOKIE))
        if _is_page(scope) and not self._known(scope):
            texts = texts_in(language_named(cookies.get(LANGUAGE_COOKIE)))
            await HTMLResponse(no_such_page(texts), 404)(scope, receive, sending)
            return
        await self.app(scope, receive, sending)

    def _known(self, scope: Scope) -> bool:
        name = str(scope["path"]).strip("/")
        return not name or self.pages is None or name in self.pages


class _Sending:
    """Sends an answer on: its headers, and the shell of the pages in the reader's language."""

    def __init__(self, send: Send, language: str | None) -> None:
        self.send = send
        self.language = language_named(language)
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if headers.get("content-type", "").startswith("text/html"):
                self.start = message
                return
        elif self.start is not None and message["type"] == "http.response.body":
            self.body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._whole(self.start)
            return
        await self.send(message)

    async def _whole(self, start: Message) -> None:
        lang = f'<html lang="{self.language}">'.encode()
        body = self.body.replace(SHELL_LANGUAGE, lang, 1).replace(SHELL_TITLE, shell_head(self.language), 1)
        headers = MutableHeaders(scope=start)
        headers["Content-Length"] = str(len(body))
        headers["Cache-Control"] = "no-store"
        del headers["etag"]
        self.start = None
        await self.send(start)
        await self.send({"type": "http.response.body", "body": body})


@cache
def shell_head(language: Language) -> bytes:
    """The head of every page: its title, and Streamlit's own words in the reader's language."""
    texts = texts_in(language)
    told = {
        "language": texts.locale.language,
        "words": {its: ours for its, ours in texts.table("shell").items() if its != ours},
        "patterns": [(its, ours) for its, ours in texts.table("shell_pattern").items() if ours != "$0"],
    }
    shell = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    return (
        f"<title>{texts('door.product')}</title>"
        f"<script>window.__streamlit={{{SHELL_BASE}}};window.hemvistShell={shell}</script>"
        '<script src="/door/shell.js"></script>'
    ).encode()


def _is_page(scope: Scope) -> bool:
    path = str(scope["path"])
    return not path.startswith(OPEN) and "." not in path.rsplit("/", 1)[-1]


def _plain(scope: Scope) -> Scope:
    """A request for a page uncompressed: its language is written into it on the way."""
    headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    return {**scope, "headers": headers}


def _to_the_door(scope: Scope, cookies: dict[str, str]) -> RedirectResponse:
    query = scope.get("query_string", b"").decode("latin-1")
    asked = str(scope["path"]) + (f"?{query}" if query else "")
    why = "&why=over" if COOKIE in cookies else ""
    following = "" if asked == "/" else f"next={quote(asked)}"
    return RedirectResponse(f"/sign-in?{following}{why}".rstrip("?"), 303)


def _cookies(scope: Scope) -> dict[str, str]:
    try:
        told = SimpleCookie(Headers(scope=scope).get("cookie", ""))
    except CookieError:
        return {}
    return {name: one.value for name, one in told.items()}
