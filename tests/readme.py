"""The README's commands: found, carried out, and compared with what the README says they print.

`python -m tests.readme` puts the real output into the README anew.
"""

import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from api.cli.main import run

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
COMMAND = re.compile(r"uv run hemvist (?P<rest>.*?)(?: \| head -(?P<lines>\d+))?")
BLOCK = re.compile(r"```console\n(?P<body>\$ .*?)```\n", re.DOTALL)
UNSTABLE = (
    (re.compile(r"\d+[.,]\d+ s\b"), "N s"),
    (re.compile(r'"seconds": [\d.]+'), '"seconds": N'),
    (re.compile(r"\b[0-9a-f]{16,64}\b"), "HASH"),
)
SHELL = """
set -o pipefail
uv() {
    shift 2
    [ "$*" = demo ] && set -- demo --no-serve
    "$PYTHON" -c 'from api.cli.main import main; main()' "$@"
}
"""


def commands(text: str) -> list[tuple[str, str]]:
    """Each command of the README with the output shown below it."""
    found = []
    for block in BLOCK.finditer(text):
        command, _, output = block["body"].partition("\n")
        found.append((command.removeprefix("$ "), output))
    return found


def furnished(folder: Path) -> dict[str, str]:
    """The environment of a command in a folder of its own beside the sample cities."""
    if not (folder / "tests").exists():
        (folder / "tests").symlink_to(ROOT / "tests")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HEMVIST", "PYTHON"))}
    return kept | {"HEMVIST_DB": str(folder / "hemvist.sqlite")}


def carry_out_here(command: str, folder: Path) -> str:
    """What a command prints, standard error included, carried out in this process and not by a shell.

    Raises
    ------
    ValueError
        When it is more than a command of ours, of which `head` takes the first lines.
    """
    read = COMMAND.fullmatch(command)
    if read is None:
        raise ValueError(f"only a shell understands: {command}")
    arguments = shlex.split(read["rest"])
    if arguments == ["demo"]:
        arguments.append("--no-serve")
    written = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    environment = furnished(folder)
    with (
        patch.dict(os.environ, environment, clear=True),
        chdir(folder),
        redirect_stdout(written),
        redirect_stderr(written),
    ):
        run(arguments)
    lines = written.buffer.getvalue().decode("utf-8").splitlines(keepends=True)
    return "".join(lines if read["lines"] is None else lines[: int(read["lines"])])


def carry_out(command: str, folder: Path) -> str:
    """What a command prints, standard error included, in a folder of its own beside the sample cities."""
    environment = furnished(folder)
    environment |= {"PYTHON": sys.executable, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-c", SHELL + command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
        check=False,
    )
    return done.stdout.decode("utf-8")


def stable(output: str) -> list[str]:
    """The lines of an output, without what differs from run to run."""
    for pattern, word in UNSTABLE:
        output = pattern.sub(word, output)
    return [line.rstrip() for line in output.replace("\N{NO-BREAK SPACE}", " ").splitlines()]


def renewed(text: str) -> str:
    """The README with the real output of every command."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)

        def renew(block: re.Match[str]) -> str:
            command = block["body"].partition("\n")[0]
            output = carry_out(command.removeprefix("$ "), folder).replace("\N{NO-BREAK SPACE}", " ")
            return f"```console\n{command}\n{output}```\n"

        return BLOCK.sub(renew, text)


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
