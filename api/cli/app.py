"""The commands of `hemvist`, put together."""

from typing import Annotated

import typer

from api.cli.commands.asking import ask
from api.cli.commands.audit import verify
from api.cli.commands.calibrating import calibrate
from api.cli.commands.cities import demo, export_, import_
from api.cli.commands.comparing import compare
from api.cli.commands.explaining import explain
from api.cli.commands.lacking import bottlenecks, gap
from api.cli.commands.matching import match
from api.cli.commands.planning import plan
from api.cli.commands.policy import check
from api.cli.commands.recommending import recommend
from api.cli.commands.record import erase, extract, rotate, tidy
from api.cli.commands.replaying import replay
from api.cli.commands.reporting import report, snapshot
from api.cli.commands.scenarios import check as check_scenarios
from api.cli.commands.scenarios import list_, show
from api.cli.commands.serving import backup, config, restore, serve
from api.cli.commands.simulating import simulate
from api.cli.commands.users import add as add_user
from api.cli.commands.waiting import wait
from api.cli.commands.working import worker
from api.cli.helppages import HelpCommand, HelpGroup

SETTINGS = {"help_option_names": ["--help", "-h"], "max_content_width": 100}


def build_app() -> typer.Typer:
    """The command line; its help comes from the texts, in the reader's language."""
    app = typer.Typer(cls=HelpGroup, rich_markup_mode=None, add_completion=False, context_settings=SETTINGS)
    app.callback()(hemvist)
    for name, command in (
        ("demo", demo),
        ("import", import_),
        ("match", match),
        ("explain", explain),
        ("gap", gap),
        ("bottlenecks", bottlenecks),
        ("snapshot", snapshot),
        ("report", report),
        ("recommend", recommend),
        ("ask", ask),
        ("replay", replay),
        ("compare", compare),
        ("calibrate", calibrate),
        ("simulate", simulate),
        ("wait", wait),
        ("plan", plan),
        ("export", export_),
        ("serve", serve),
        ("worker", worker),
        ("config", config),
        ("erase", erase),
        ("extract", extract),
        ("tidy", tidy),
        ("backup", backup),
        ("restore", restore),
    ):
        app.command(name, cls=HelpCommand)(command)
    policy = typer.Typer(cls=HelpGroup, rich_markup_mode=None)
    policy.callback()(policy_commands)
    policy.command("check", cls=HelpCommand)(check)
    app.add_typer(policy, name="policy")
    scenario = typer.Typer(cls=HelpGroup, rich_markup_mode=None)
    scenario.callback()(scenario_commands)
    scenario.command("list", cls=HelpCommand)(list_)
    scenario.command("show", cls=HelpCommand)(show)
    scenario.command("check", cls=HelpCommand)(check_scenarios)
    app.add_typer(scenario, name="scenario")
    user = typer.Typer(cls=HelpGroup, rich_markup_mode=None)
    user.callback()(user_commands)
    user.command("add", cls=HelpCommand)(add_user)
    app.add_typer(user, name="user")
    keys = typer.Typer(cls=HelpGroup, rich_markup_mode=None)
    keys.callback()(keys_commands)
    keys.command("rotate", cls=HelpCommand)(rotate)
    app.add_typer(keys, name="keys")
    audit = typer.Typer(cls=HelpGroup, rich_markup_mode=None)
    audit.callback()(audit_commands)
    audit.command("verify", cls=HelpCommand)(verify)
    app.add_typer(audit, name="audit")
    return app


def hemvist(
    lang: Annotated[str | None, typer.Option("--lang")] = None,
    version: Annotated[bool, typer.Option("--version")] = False,
) -> None:
    """Both options are for the help page: `api.cli.main` has taken them before the commands are read."""


def policy_commands() -> None:
    """Commands on the policy."""


def user_commands() -> None:
    """Commands on users."""


def keys_commands() -> None:
    """Commands on keys."""


def audit_commands() -> None:
    """Commands on the record."""


def scenario_commands() -> None:
    """Commands on scenarios."""
