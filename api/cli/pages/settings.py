"""Settings for people and programs; of a secret only whether it is set."""

from collections.abc import Sequence
from typing import Any

from api.cli.page import Column, Page
from api.cli.voice import Voice
from api.configuration import Fault, SettingsFaulty, Told, read_settings


def found_faults() -> tuple[Fault, ...]:
    """What would keep the service from starting."""
    try:
        read_settings()
    except SettingsFaulty as faulty:
        return faulty.faults
    return ()


def say_faults(voice: Voice, faults: Sequence[Fault]) -> None:
    """One line each on standard error: the variable, the fault and the remedy."""
    for fault in faults:
        own = f"config.{fault.kind}.{fault.name}"
        key = own if voice.texts.has(own) else f"config.{fault.kind}.other"
        voice.complain(voice.texts(key, name=fault.name))


def show_settings(page: Page, voice: Voice, settings: Sequence[Told]) -> None:
    """A table of all settings."""
    said = voice.texts
    page.title(said("config.title"))
    rows = [[told.name, said(f"config.source.{told.source}"), shown(voice, told)] for told in settings]
    page.table([Column(said(f"config.column.{name}")) for name in ("name", "source", "value")], rows)


def shown(voice: Voice, told: Told) -> str:
    """The value, or whether a secret is set."""
    if told.value is None:
        return voice.texts("config.set" if told.source == "environment" else "config.not_set")
    return told.value or voice.texts("config.blank")


def settings_as_json(
    settings: Sequence[Told], unknown: Sequence[str], faults: Sequence[Fault]
) -> dict[str, Any]:
    """The settings for programs."""
    return {
        "ready": not faults,
        "settings": [
            {"name": told.name, "source": told.source, "value": "set" if told.secret else told.value}
            if told.source == "environment" or not told.secret
            else {"name": told.name, "source": told.source, "value": "missing"}
            for told in settings
        ],
        "faults": [{"name": fault.name, "fault": fault.kind} for fault in faults],
        "unknown": list(unknown),
    }
