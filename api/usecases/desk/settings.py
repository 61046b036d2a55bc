"""What the desk counts by, read from `desk.toml`."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def desk_settings() -> dict[str, Any]:
    """Everything in the file, by its headings."""
    return tomllib.loads((files("api.usecases.desk") / "desk.toml").read_text(encoding="utf-8"))
