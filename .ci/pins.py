"""Checks that pyproject.toml pins every installed package by name; `--write` pins what uv.lock resolved."""

import re
import sys
import tomllib
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROJECT = ROOT / "pyproject.toml"
OURS = "hemvist"


def plain(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def parts(version: str) -> list[int]:
    """A version's numbers, to compare releases by."""
    return [int(number) for number in re.findall(r"\d+", version)]


def installed() -> dict[str, str]:
    """Version by name of everything that can be imported here, but for this project."""
    found = {plain(dist.metadata["Name"]): dist.version for dist in distributions()}
    return {name: version for name, version in found.items() if name != OURS}


def resolved() -> dict[str, str]:
    """Version by name of everything in uv.lock, for every platform and extra.

    Where Python versions differ, the lowest: it is the one that the oldest supported Python can run.
    """
    packages = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    found: dict[str, str] = {}
    for package in packages:
        name, version = plain(package["name"]), package["version"]
        if name != OURS and (name not in found or parts(version) < parts(found[name])):
            found[name] = version
    return found


def pinned() -> dict[str, str]:
    """Version by name of the constraints in pyproject.toml."""
    lines = tomllib.loads(PROJECT.read_text(encoding="utf-8")).get("tool", {}).get("uv", {})
    pairs = (line.split(";")[0].split("==") for line in lines.get("constraint-dependencies", []))
    return {plain(pair[0].strip()): pair[1].strip() for pair in pairs if len(pair) == 2}


def write(versions: dict[str, str]) -> None:
    """Put the constraints into pyproject.toml, in place of those that are there."""
    text = PROJECT.read_text(encoding="utf-8")
    body = "".join(f'    "{name}=={version}",\n' for name, version in sorted(versions.items()))
    block = f"constraint-dependencies = [\n{body}]\n"
    earlier = re.compile(r"^constraint-dependencies = \[\n(?:.*\n)*?\]\n", re.MULTILINE)
    if earlier.search(text):
        text = earlier.sub(block, text)
    elif "[tool.uv]\n" in text:
        text = text.replace("[tool.uv]\n", f"[tool.uv]\n{block}")
    else:
        text = f"{text.rstrip()}\n\n[tool.uv]\n{block}"
    PROJECT.write_text(text, encoding="utf-8")


def main() -> int:
    """Exit status 1 when something installed is not pinned, or at another version."""
    if "--write" in sys.argv[1:]:
        write(resolved())
    pins = pinned()
    wrong = [
        f"{name} {version}: pinned at {pins[name]}" if name in pins else f"{name} {version}: not pinned"
        for name, version in sorted(installed().items())
        if pins.get(name) != version
    ]
    for line in wrong:
        sys.stderr.write(f"{line}; run: uv run python .ci/pins.py --write\n")
    sys.stdout.write(f"{len(pins)} packages pinned, {len(wrong)} of those installed are not as pinned\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
