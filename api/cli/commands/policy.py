"""`policy check`: whether the policy's files hold together."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.clock import today
from api.cli.options import AsOf, Database, Json, read_day, read_target
from api.cli.voice import voice_of

FAULTY = 2


def check(
    ctx: typer.Context,
    policy_folder: Annotated[str | None, typer.Argument()] = None,
    as_of: AsOf = None,
    db: Database = None,  # noqa: ARG001
    json: Json = None,
) -> None:
    """Check the policy; no database is opened, though `--db` is accepted as everywhere."""
    voice = voice_of(ctx)
    given, target = read_day(as_of), read_target(json)
    from api.cli.data import write_json
    from api.cli.pages.policy import policy_as_json, say_findings, show_policy
    from api.usecases.policies import look_through_policy

    checked = look_through_policy(Path(policy_folder) if policy_folder else None, given or today())
    if target is not None:
        write_json(policy_as_json(checked, voice.language), target)
    say_findings(voice, checked)
    if not checked.sound:
        raise typer.Exit(FAULTY)
    if target != "-":
        show_policy(voice.page(), voice, checked)
