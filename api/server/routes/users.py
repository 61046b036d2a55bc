"""Users, for an administrator: no cases are seen from here."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, TypeVar

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from api.access.actor import Actor
from api.server.etags import IfMatch, must_match, send_etag
from api.server.needs import needs
from api.server.once import OnceOnly
from api.server.paging import Cursor, Limit, Page, page_of
from api.server.problems import Problem
from api.server.service import Here
from api.usecases.users import UserRefused, changed_user, new_user, set_password
from api.usecases.work import Work, working_for
from models.access import Role, User
from models.database import reading
from models.store.access import user_by, users

Out = TypeVar("Out")

router = APIRouter(prefix="/users", tags=["users"])

Admin = Annotated[Actor, needs("user.manage")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Password = Annotated[str, Field(min_length=1, max_length=1000)]
STATUS = {
    "unknown_user": 404,
    "username_taken": 409,
    "last_admin": 409,
    "own_role": 409,
    "subject_taken": 409,
}


class UserOut(BaseModel):
    """A user as an administrator sees it."""

    user_id: str
    username: str
    role: Role
    unit: str | None
    city_login: bool
    active: bool
    created_at: datetime


class NewUser(BaseModel):
    """A new user: a password for a local account, or the `issuer|subject` of the city's own login."""

    username: Name
    role: Role
    unit: Annotated[str, Field(max_length=200)] | None = None
    password: Password | None = None
    oidc_subject: Annotated[str, Field(max_length=500)] | None = None


class UserChange(BaseModel):
    """What changes; what is left out stays."""

    role: Role | None = None
    unit: Annotated[str, Field(max_length=200)] | None = None
    active: bool | None = None
    oidc_subject: Annotated[str, Field(max_length=500)] | None = None


class NewPassword(BaseModel):
    """A new password."""

    password: Password


@router.get("")
def list_users(actor: Admin, here: Here, limit: Limit = 50, cursor: Cursor = None) -> Page[UserOut]:
    """List the users."""
    with reading(here.engine) as connection:
        found = [_out(user) for user in users(connection)]
    rows, following = page_of(found, lambda user: (user.username,), cursor, limit)
    return Page(items=rows, total=len(found), next=following)


@router.post("", status_code=201)
def add(body: NewUser, actor: Admin, once: OnceOnly) -> UserOut:
    """Add a user."""
    return _done(
        lambda: once.run(
            actor,
            UserOut,
            lambda work: _out(
                new_user(work, body.username, body.role, body.unit, body.password, body.oidc_subject)
            ),
        )
    )


@router.get("/{user_id}")
def show(user_id: str, actor: Admin, here: Here, response: Response) -> UserOut:
    """Show a user."""
    with reading(here.engine) as connection:
        user = user_by(connection, user_id=user_id)
    if user is None:
        raise Problem(404, "unknown_user")
    shown = _out(user)
    send_etag(response, shown)
    return shown


@router.patch("/{user_id}")
def change(user_id: str, body: UserChange, actor: Admin, here: Here, if_match: IfMatch = None) -> UserOut:
    """Change a user's role, unit or account."""

    def act() -> UserOut:
        with working_for(here.engine, actor, here.now()) as work:
            _must_match(work, user_id, if_match)
            return _out(changed_user(work, user_id, **body.model_dump(exclude_unset=True)))

    return _done(act)


@router.put("/{user_id}/password", status_code=204)
def password(user_id: str, body: NewPassword, actor: Admin, here: Here) -> Response:
    """Give a local account a new password."""

    def act() -> Response:
        with working_for(here.engine, actor, here.now()) as work:
            set_password(work, user_id, body.password)
        return Response(status_code=204)

    return _done(act)


def _must_match(work: Work, user_id: str, if_match: str | None) -> None:
    user = user_by(work.connection, user_id=user_id)
    if user is None:
        raise UserRefused("unknown_user")
    must_match(if_match, _out(user))


def _done(act: Callable[[], Out]) -> Out:
    try:
        return act()
    except UserRefused as refused:
        raise Problem(STATUS.get(refused.key, 422), refused.key) from None


def _out(user: User) -> UserOut:
    return UserOut(
        user_id=user.user_id,
        username=user.username,
        role=user.role,
        unit=user.unit,
        city_login=user.oidc_subject is not None,
        active=user.active,
        created_at=user.created_at,
    )
