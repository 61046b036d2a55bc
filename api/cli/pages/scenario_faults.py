"""What is wrong with scenarios, line by line, and that others are sound."""

from collections.abc import Iterable, Sequence
from typing import Any

from api.cli.page import Page
from api.cli.voice import Voice
from api.usecases.scenarios import LookedAt
from scenarios.whatif.faults import ScenarioFault


def say_scenario_faults(voice: Voice, faults: Iterable[ScenarioFault]) -> None:
    """One line a fault or warning on standard error, then how many faults there are."""
    listed = list(faults)
    for fault in listed:
        voice.complain(fault_line(voice, fault))
    errors = sum(fault.severity == "error" for fault in listed)
    if errors:
        voice.complain(voice.texts("scenario.refused", faults=voice.count("fault", errors)))


def fault_line(voice: Voice, fault: ScenarioFault) -> str:
    """File, change, key and value; what is wrong; how to mend it."""
    texts = voice.texts
    place = [fault.file]
    if fault.change:
        place.append(texts("scenario.change_number", n=fault.change))
    if fault.key:
        place.append(fault.key)
    if fault.key and fault.value:
        place.append(texts("import.value", value=fault.value))
    wrong, remedy = fault.message(voice.language), fault.remedy(voice.language)
    return f"{texts(f'scenario.{fault.severity}')}: {', '.join(place)}: {wrong} {remedy}"


def show_checked(page: Page, voice: Voice, looked_at: Sequence[LookedAt], with_city: bool) -> None:
    """That each scenario holds, and how far it was looked at."""
    for each in looked_at:
        changes = len(each.scenario.changes) if each.scenario else 0
        words = {
            "name": each.scenario.name if each.scenario else each.told,
            "changes": voice.count("scenario_change", changes),
            "warnings": voice.count("warning", len(each.faults)),
        }
        page.line(voice.texts("scenario.sound", **words))
    page.line(voice.texts("scenario.with_city" if with_city else "scenario.form_only"))


def checked_as_json(looked_at: Sequence[LookedAt], with_city: bool) -> dict[str, Any]:
    """The findings for programs."""
    return {
        "sound": all(each.sound for each in looked_at),
        "city": with_city,
        "scenarios": [
            {
                "told": each.told,
                "name": each.scenario.name if each.scenario else None,
                "sound": each.sound,
                "faults": [fault.as_json() for fault in each.faults],
            }
            for each in looked_at
        ],
    }
