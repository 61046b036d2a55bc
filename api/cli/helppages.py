"""Help in the reader's language: what a command is for, its options, and examples."""

from collections.abc import Sequence
from typing import Any

from typer.core import TyperCommand, TyperGroup

from api.cli.options import DEFAULT_MOVES
from api.texts import Texts


class HelpCommand(TyperCommand):
    """A command whose help comes from the texts."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what was written; a `--json` that names no file means standard output."""
        return super().parse_args(ctx, with_target(args))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page."""
        write_help(self, ctx, formatter)


class HelpGroup(TyperGroup):
    """A command with commands under it, whose help comes from the texts."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page."""
        write_help(self, ctx, formatter)


def with_target(args: Sequence[str]) -> list[str]:
    """The arguments, with `-` after a `--json` that stands last or before another option."""
    told: list[str] = []
    for arg, after in zip(args, (*args[1:], "--"), strict=False):
        told.append(arg)
        if arg == "--json" and after.startswith("--"):
            told.append("-")
    return told


def write_help(command: TyperCommand | TyperGroup, ctx: Any, formatter: Any) -> None:
    """Usage, purpose, arguments, options, commands and examples."""
    texts: Texts = ctx.obj.texts
    name = "_".join(ctx.command_path.split()[1:]) or "hemvist"
    arguments = [p for p in command.get_params(ctx) if p.param_type_name == "argument"]
    options = [p for p in command.get_params(ctx) if p.param_type_name == "option"]
    pieces = [
        texts("help.options_piece"),
        *(_in_usage(texts, p) for p in arguments),
    ]
    pieces += [texts("help.command_piece")] if isinstance(command, TyperGroup) else []
    formatter.write_usage(ctx.command_path, " ".join(pieces), f"{texts('help.usage')}: ")
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(texts(f"help.{name}.about"))
    if arguments:
        with formatter.section(texts("help.arguments")):
            formatter.write_dl([(_metavar(texts, p), _about(texts, name, p)) for p in arguments])
    with formatter.section(texts("help.options")):
        formatter.write_dl([(_spelling(texts, p), _about(texts, name, p)) for p in options])
    if isinstance(command, TyperGroup):
        rows = [(child, _short(texts, name, child)) for child in command.commands]
        with formatter.section(texts("help.commands")):
            formatter.write_dl(rows)
    formatter.write(f"\n{texts('help.examples')}:\n")
    for line in texts(f"help.{name}.examples").splitlines():
        formatter.write(f"  {line}\n")


def _about(texts: Texts, name: str, parameter: Any) -> str:
    own = f"help.{name}.{parameter.name}"
    return texts(own if texts.has(own) else f"help.option.{parameter.name}", default=DEFAULT_MOVES)


def _in_usage(texts: Texts, parameter: Any) -> str:
    """An argument as it is written: dots where there may be several, brackets where there may be none."""
    named = _metavar(texts, parameter) + (" …" if parameter.nargs == -1 else "")
    return named if parameter.required else f"[{named}]"


def _metavar(texts: Texts, parameter: Any) -> str:
    return texts(f"help.value.{parameter.name}")


def _spelling(texts: Texts, parameter: Any) -> str:
    names = ", ".join([*sorted(parameter.opts, key=len), *parameter.secondary_opts])
    return names if parameter.is_flag else f"{names} {_metavar(texts, parameter)}"


def _short(texts: Texts, name: str, child: str) -> str:
    return (
        texts(f"help.{child if name == 'hemvist' else f'{name}_{child}'}.about")
        .split(". ", 1)[0]
        .removesuffix(".")
        + "."
    )
