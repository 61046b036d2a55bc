"""Where `hemvist` starts and ends: language, exit status, and never a traceback."""

import errno
import os
import sys
import traceback
from collections.abc import Sequence
from typing import TYPE_CHECKING

from typer.exceptions import TyperException
from typer.main import get_command

from api.cli.app import build_app
from api.cli.usage import said_plainly
from api.cli.voice import Voice
from api.texts import LANGUAGES, Language, Texts
from api.texts.problems import translated
from api.usecases.problems import UserError

if TYPE_CHECKING:
    from optimiser.limits.conflict import LimitsConflict

USERS_MISTAKE = 2
OUR_FAULT = 1
INTERRUPTED = 130
PIPE_CLOSED = 141


def main() -> None:
    """Run the command line of this process."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A letter that a terminal does not know must not stop a decision.
            stream.reconfigure(errors="replace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Carry out one command; its exit status: 0, 2 for the user's mistake, 1 for ours."""
    language, rest, mistake = take_language(arguments)
    voice = Voice(language)
    try:
        if mistake is not None:
            raise mistake
        if "--version" in rest[:1]:
            return _say_version()
        status = get_command(build_app()).main(
            rest or ["--help"], prog_name="hemvist", standalone_mode=False, obj=voice
        )
        sys.stdout.flush()
        return int(status or 0)
    except KeyboardInterrupt:
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # Whoever read the output has read enough. The parser answers a closed pipe with SystemExit.
        _abandon_output()
        return PIPE_CLOSED
    except Exception as problem:  # the one place that turns anything unforeseen into a sentence
        if os.environ.get("HEMVIST_DEBUG") == "1":
            traceback.print_exc()
        sentence, status = plain_sentence(problem, voice)
        voice.complain(sentence)
        if isinstance(problem, OSError):
            _abandon_output()
        return status


def _abandon_output() -> None:
    """Leave unwritten what standard output does not take, or the interpreter complains when it ends."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def take_language(arguments: Sequence[str]) -> tuple[Language, list[str], UserError | None]:
    """The language asked for by `--lang`, wherever it stands, or HEMVIST_LANG; and the other arguments."""
    rest = list(arguments)
    told = os.environ.get("HEMVIST_LANG") or LANGUAGES[0]
    for i, argument in enumerate(rest):
        if argument == "--":
            break
        if argument == "--lang":
            told = rest[i + 1] if i + 1 < len(rest) else ""
            del rest[i : i + 2]
            break
        if argument.startswith("--lang="):
            told = rest.pop(i).removeprefix("--lang=")
            break
    for language in LANGUAGES:
        if told == language:
            return language, rest, None
    return LANGUAGES[0], rest, UserError("bad_language", value=told, known=", ".join(LANGUAGES))


def plain_sentence(problem: Exception, voice: Voice) -> tuple[str, int]:
    """What went wrong in one sentence without personal data, and whose fault it was."""
    texts = voice.texts
    if isinstance(problem, UserError):
        return texts(f"error.{problem.key}", **problem.words), USERS_MISTAKE
    if isinstance(problem, TyperException):
        return said_plainly(problem, texts), USERS_MISTAKE
    if isinstance(problem, MemoryError):
        return texts("error.memory"), OUR_FAULT
    if isinstance(problem, OSError):
        return _on_disk(problem, voice), OUR_FAULT
    from models.exchange import ExchangeProblem
    from models.problems import DatabaseProblem
    from optimiser.check import FailedCheck
    from optimiser.limits.conflict import LimitsConflict
    from optimiser.limits.model import LimitsProblem
    from optimiser.policy.model import PolicyProblem
    from scenarios.assumptions.model import AssumptionsProblem
    from scenarios.experiments.problems import WorkersLost
    from scenarios.whatif.faults import ScenarioProblem

    if isinstance(problem, DatabaseProblem):
        status = USERS_MISTAKE if problem.users_fault else OUR_FAULT
        return translated(problem.message, voice.language), status
    if isinstance(problem, ExchangeProblem):
        full = isinstance(problem.__cause__, OSError) and problem.__cause__.errno == errno.ENOSPC
        return translated(problem.message, voice.language), OUR_FAULT if full else USERS_MISTAKE
    if isinstance(problem, PolicyProblem):
        return texts("error.policy", problem=problem), OUR_FAULT
    if isinstance(problem, LimitsProblem):
        return texts(f"error.limits.{problem.fault}", name=problem.name), USERS_MISTAKE
    if isinstance(problem, LimitsConflict):
        return _conflicting(problem, texts), USERS_MISTAKE
    if isinstance(problem, ScenarioProblem):
        from api.cli.pages.scenario_faults import fault_line

        return "\n".join(fault_line(voice, fault) for fault in problem.faults), USERS_MISTAKE
    if isinstance(problem, AssumptionsProblem):
        told = (translated(fault, voice.language) for fault in problem.faults)
        return "\n".join(texts("error.assumptions", problem=each) for each in told), USERS_MISTAKE
    if isinstance(problem, WorkersLost):
        status = OUR_FAULT if problem.key == "workers_killed" else USERS_MISTAKE
        return texts(f"error.workers.{problem.key}"), status
    if isinstance(problem, FailedCheck):
        return texts("error.failed_check", complaints="; ".join(problem.complaints[:3])), OUR_FAULT
    return texts("error.unexpected", kind=type(problem).__name__), OUR_FAULT


def _conflicting(problem: "LimitsConflict", texts: Texts) -> str:
    named = [texts(f"keep.{name.kind}", **_subject(name.subject)) for name in problem.names]
    key = "error.limit_alone" if len(named) == 1 else "error.limits_conflict"
    return texts(key, limits="; ".join(named))


def _subject(subject: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(("name", "pool"), subject, strict=False))


def _on_disk(problem: OSError, voice: Voice) -> str:
    if problem.errno == errno.ENOSPC:
        return voice.texts("error.disk_full")
    name = problem.filename if isinstance(problem.filename, str) else voice.texts("error.some_file")
    return voice.texts("error.file", path=name, problem=problem.strerror or type(problem).__name__)


def _say_version() -> int:
    from importlib.metadata import version

    sys.stdout.write(f"hemvist {version('hemvist')}\n")
    return 0
