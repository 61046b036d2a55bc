"""The settings of the service, where each came from, and what is wrong with them; secrets are not shown."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import SecretStr, ValidationError

from api.settings import Settings
from models.database import default_url
from models.problems import shown_address

PREFIX = "HEMVIST_"
AROUND = {f"{PREFIX}LANG": "sv", f"{PREFIX}DEBUG": ""}
"""What the command line reads by itself, with what holds otherwise."""

Source = Literal["environment", "default", "missing"]


@dataclass(frozen=True, slots=True)
class Told:
    """A setting: where it came from and its value, None for a secret."""

    name: str
    source: Source
    value: str | None

    @property
    def secret(self) -> bool:
        """Whether it is not for showing."""
        return self.value is None


@dataclass(frozen=True, slots=True)
class Fault:
    """A setting that cannot be used: its name, and `missing` or `bad`."""

    name: str
    kind: Literal["missing", "bad"]


class SettingsFaulty(Exception):
    """Settings with which the service does not start: all faults at once, never a value."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(", ".join(fault.name for fault in faults))
        self.faults = faults


def read_settings(**given: str | int | None) -> Settings:
    """The settings of the environment, with what the command line gave in their place.

    Raises
    ------
    SettingsFaulty
        When some are missing, guessable or cannot be read.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        faults = {_name(str(one["loc"][0])): one["type"] for one in error.errors(include_input=False)}
        raise SettingsFaulty(
            tuple(Fault(name, "missing" if kind == "missing" else "bad") for name, kind in faults.items())
        ) from None


def configuration(environment: Mapping[str, str] | None = None) -> list[Told]:
    """Every setting there is, those of the service first."""
    around = os.environ if environment is None else environment
    given = {name.upper(): value for name, value in around.items()}
    found: list[Told] = []
    for field, info in Settings.model_fields.items():
        name = _name(field)
        source: Source = "environment" if name in given else "missing" if info.is_required() else "default"
        default = "" if info.default is None or info.is_required() else str(info.default)
        if info.annotation is SecretStr:
            is_set = bool(given.get(name))
            found.append(Told(name, source if is_set or source == "missing" else "default", None))
        else:
            found.append(Told(name, source, _shown(field, given.get(name, default))))
    for name, default in AROUND.items():
        found.append(Told(name, "environment" if name in given else "default", given.get(name, default)))
    return found


def unknown_names(environment: Mapping[str, str] | None = None) -> list[str]:
    """Names with our prefix in the environment that mean nothing: misspelt, most likely."""
    around = os.environ if environment is None else environment
    known = {told.name for told in configuration(around)}
    return sorted(name for name in around if name.upper().startswith(PREFIX) and name.upper() not in known)


def _name(field: str) -> str:
    return f"{PREFIX}{field.upper()}"


def _shown(field: str, value: str) -> str:
    return shown_address(value or default_url()) if field == "db" else value
