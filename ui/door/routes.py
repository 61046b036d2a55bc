"""What the door answers: signing in and out, and the language. No token comes into a page or an address."""

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from ui.desk_client import Away, DeskClient, Refused
from ui.door.city import CITY_ROUTES, LEAVE, has_city_login
from ui.door.pages import arrival_page, sign_in_page, sign_out_page
from ui.door.sessions import COOKIE, GRACE_HOURS, HOURS, LANGUAGE_COOKIE, LEFT_COOKIE, Session
from ui.here import Here, here
from ui.texts import Texts, language_named, texts_in

FILES = {
    "door.css": "text/css",
    "mark.svg": "image/svg+xml",
    "shell.js": "text/javascript",
    "arrival.js": "text/javascript",
}
LETTERS = "SourceSansVF-Upright*.woff2"
"""The letters of the pages, which Streamlit brings along."""

SET_OUT = "hemvist_set_out"
ATTEMPT_SECONDS = 600
YEAR = 365 * 24 * 3600


def texts_of(request: Request) -> Texts:
    """The sentences of the language that was chosen; Swedish until one is."""
    return texts_in(language_named(request.cookies.get(LANGUAGE_COOKIE)))


def own_path(path: str | None) -> str:
    """A path of ours to go to; the front page for whatever leads elsewhere."""
    told = path or "/"
    parts = urlsplit(told)
    outside = parts.scheme or parts.netloc or not told.startswith("/") or told.startswith("//")
    return "/" if outside or "\\" in told or any(ord(letter) < 32 for letter in told) else told


async def show_sign_in(request: Request) -> Response:
    """The page to sign in on."""
    notice = request.query_params.get("why", "")
    known = notice if notice in ("over", "left") else ""
    return await run_in_threadpool(sign_in_answer, request, own_path(request.query_params.get("next")), known)


async def sign_in(request: Request) -> Response:
    """Sign in, by a name and a password, or in the demo by a role."""
    form = await request.form()
    told = {name: str(form.get(name) or "") for name in ("username", "password", "role", "next")}
    return await run_in_threadpool(_signed_in, request, told)


def _signed_in(request: Request, told: dict[str, str]) -> Response:
    following = own_path(told["next"])
    if not from_here(request):
        return sign_in_answer(request, following, "elsewhere", 403)
    username, password = told["username"], told["password"]
    for user in here().demo:
        if user.role == told["role"]:
            username, password = user.username, user.password
    if not username or not password:
        return sign_in_answer(request, following, "missing", 422)
    address = request.client.host if request.client else None
    return let_in(request, following, username, lambda client: client.sign_in(username, password, address))


def let_in(
    request: Request,
    following: str,
    username: str,
    open_session: Callable[[DeskClient], None],
    by_city: bool = False,
) -> Response:
    """Let somebody in, or say on the first page why not."""
    client = here().client(texts_of(request).language)
    try:
        open_session(client)
        session = Session(username, client, client.me(), by_city)
    except Refused as refused:
        return sign_in_answer(request, following, refused.detail, refused.status)
    except Away:
        return sign_in_answer(request, following, "away", 503)
    before = (request.cookies.get(COOKIE), request.cookies.get(LEFT_COOKIE))
    answer = RedirectResponse(following, HTTPStatus.SEE_OTHER)
    set_cookie(request, answer, COOKIE, here().sessions.open(session, *before), HOURS * 3600)
    answer.delete_cookie(LEFT_COOKIE, httponly=True, samesite="lax")
    return answer


async def leave_for_city(request: Request) -> Response:
    """Leave for the city's own login."""
    following = own_path(request.query_params.get("next"))
    away = RedirectResponse(LEAVE, HTTPStatus.SEE_OTHER)
    set_cookie(request, away, SET_OUT, quote(following), ATTEMPT_SECONDS)
    return away


async def show_arrival(request: Request) -> Response:
    """The page that comes back from the city's login: its ticket is in the browser alone, behind the #."""
    return HTMLResponse(arrival_page(texts_of(request)))


async def come_from_city(request: Request) -> Response:
    """Let in whoever has a ticket from the city's own login, and set out for it with this browser."""
    ticket, set_out = str((await request.form()).get("ticket") or ""), request.cookies.get(SET_OUT)
    if not ticket or set_out is None or not from_here(request):
        return await run_in_threadpool(sign_in_answer, request, "/", "elsewhere", 403)
    name = texts_of(request)("door.city_account")
    answer = await run_in_threadpool(
        let_in, request, own_path(unquote(set_out)), name, lambda client: client.sign_in_with(ticket), True
    )
    answer.delete_cookie(SET_OUT, httponly=True, samesite="lax")
    return answer


async def show_sign_out(request: Request) -> Response:
    """Ask whether to sign out: nothing is ended by a link."""
    return HTMLResponse(sign_out_page(texts_of(request)))


async def sign_out(request: Request) -> Response:
    """Sign out."""
    number, ended = request.cookies.get(COOKIE), False
    if from_here(request):
        ended = await run_in_threadpool(_signed_out, here(), number)
    answer = RedirectResponse("/sign-in?why=left", HTTPStatus.SEE_OTHER)
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
    if ended and number is not None:
        set_cookie(request, answer, LEFT_COOKIE, number, GRACE_HOURS * 3600)
    return answer


def _signed_out(at: Here, number: str | None) -> bool:
    session = at.sessions.close(number)
    if session is None:
        return False
    # Where it cannot be told, it ends by itself in time; here it is forgotten already.
    with suppress(Away, Refused):
        session.client.sign_out()
    return True


async def choose_language(request: Request) -> Response:
    """Choose a language, and go back."""
    answer = RedirectResponse(own_path(request.query_params.get("next")), HTTPStatus.SEE_OTHER)
    set_cookie(request, answer, LANGUAGE_COOKIE, language_named(request.path_params["language"]), YEAR)
    return answer


async def give_file(request: Request) -> Response:
    """One of the door's own files."""
    name = str(request.path_params["name"])
    if name == "letters.woff2":
        return FileResponse(letters(), media_type="font/woff2")
    if name not in FILES:
        return Response(status_code=404)
    return FileResponse(Path(__file__).parent / name, media_type=FILES[name])


@cache
def letters() -> Path:
    """The file with the letters that all pages are written in."""
    import streamlit

    return next((Path(streamlit.__file__).parent / "static").rglob(LETTERS))


def from_here(request: Request) -> bool:
    """Whether a form was sent from a page of ours; browsers say so, and what says nothing is no browser."""
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def set_cookie(request: Request, answer: Response, name: str, value: str, seconds: int) -> None:
    """Set a cookie that no script can read and no other site can send along with a form."""
    secure = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
    answer.set_cookie(name, value, seconds, httponly=True, samesite="lax", secure=secure)


def sign_in_answer(request: Request, following: str, notice: str, status: int = 200) -> Response:
    """The first page, with what is to be said on it."""
    texts = texts_of(request)
    page = sign_in_page(texts, following, here().demo, notice, status >= 400, has_city_login())
    return HTMLResponse(page, status)


ROUTES = (
    Route("/sign-in", show_sign_in, methods=["GET"]),
    Route("/sign-in", sign_in, methods=["POST"]),
    Route("/sign-out", show_sign_out, methods=["GET"]),
    Route("/sign-out", sign_out, methods=["POST"]),
    Route("/language/{language}", choose_language, methods=["GET"]),
    Route("/door/{name}", give_file, methods=["GET"]),
    Route("/sign-in/city", leave_for_city, methods=["GET"]),
    Route("/sign-in/city", come_from_city, methods=["POST"]),
    Route("/sign-in/city/back", show_arrival, methods=["GET"]),
    *CITY_ROUTES,
)
