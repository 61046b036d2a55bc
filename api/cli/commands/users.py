"""`user add`: the first users of a service, the administrator above all; the rest is done over the web."""

import sys
from typing import Annotated

import typer

from api.cli.clock import now
from api.cli.options import Database
from api.cli.voice import voice_of
from api.usecases.problems import UserError


def add(
    ctx: typer.Context,
    username: Annotated[str, typer.Argument()],
    role: Annotated[str, typer.Option("--role")],
    unit: Annotated[str | None, typer.Option("--unit")] = None,
    db: Database = None,
) -> None:
    """Add a user with a local account; the password is asked for, or read from standard input."""
    voice = voice_of(ctx)
    from api.usecases.cities import open_city
    from api.usecases.users import UserRefused, added_by_operator
    from models.access import Role

    if role not in set(Role):
        raise UserError("bad_role", value=role, known=", ".join(Role))
    with open_city(db) as engine:
        password = _password(voice.texts("user.password"))
        try:
            user = added_by_operator(engine, username, Role(role), unit, password, now())
        except UserRefused as refused:
            raise UserError(f"user.{refused.key}") from None
    voice.page().line(
        voice.texts("user.added", username=user.username, role=voice.texts(f"user.role.{role}"))
    )


def _password(prompt: str) -> str:
    if sys.stdin.isatty():
        from getpass import getpass

        return getpass(prompt + " ")
    return sys.stdin.readline().rstrip("\r\n")
