"""What a choice changes for all together: how many get a place, who gains, who loses, and the cost."""

from collections.abc import Mapping
from typing import Any

from ui.texts import Texts

Effect = Mapping[str, Any]


def effect_in_words(texts: Texts, effect: Effect | None) -> str:
    """An effect in a sentence or two; nothing changed is said too."""
    if effect is None:
        return texts("effect.cannot")
    goals = effect.get("goals", effect)
    placed = sum(value for goal, value in goals.items() if goal.startswith("tier_"))
    parts = []
    if placed:
        parts.append(texts.count("effect_more" if placed > 0 else "effect_fewer", abs(placed)))
    parts += [
        _some(texts, "effect.gain", effect.get("gain")),
        _some(texts, "effect.lose", effect.get("lose")),
    ]
    if goals.get("cost"):
        key = "effect.dearer" if goals["cost"] > 0 else "effect.cheaper"
        parts.append(texts(key, sek=texts.number(abs(goals["cost"]))))
    if not any(parts) and any(goals.values()):
        parts.append(texts("effect.order"))
    return " ".join(filter(None, parts)) or texts("effect.nothing")


def _some(texts: Texts, key: str, some: Mapping[str, Any] | None) -> str:
    if not some or not (some["households"] or some["others"]):
        return ""
    who = list(some["households"])
    if some["others"]:
        who.append(texts.count("other_household", some["others"]))
    return texts(key, who=texts.listed(who))
