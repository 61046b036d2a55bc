"""Mistakes in how a command was written, said in the reader's language."""

from typer._click.exceptions import BadOptionUsage, MissingParameter, NoSuchOption, UsageError
from typer.core import TyperGroup
from typer.exceptions import TyperException

from api.texts import Texts


def said_plainly(problem: TyperException, texts: Texts) -> str:
    """One sentence for a mistake that the parser found, with where to read on."""
    context = problem.ctx if isinstance(problem, UsageError) else None
    path = "hemvist" if context is None else context.command_path
    return f"{_sentence(problem, texts)} {texts('usage.read_on', command=path)}"


def _sentence(problem: TyperException, texts: Texts) -> str:
    if isinstance(problem, NoSuchOption):
        near = ", ".join(sorted(problem.possibilities or ()))
        key = "usage.no_option_near" if near else "usage.no_option"
        return texts(key, option=problem.option_name, near=near)
    if isinstance(problem, BadOptionUsage):
        return texts("usage.option_value", option=problem.option_name)
    if isinstance(problem, MissingParameter) and problem.param is not None:
        return texts("usage.missing", name=texts(f"help.value.{problem.param.name}"))
    if isinstance(problem, UsageError) and problem.ctx is not None:
        command = problem.ctx.command
        if isinstance(command, TyperGroup):
            return texts("usage.no_command", names=", ".join(command.commands))
    return texts("usage.too_much")
