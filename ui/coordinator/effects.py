"""What a choice changes for all together: how many get a place, who gains, who loses, and the cost."""

from collections.abc import Mapping
from typing import Any

from ui.frame.desk import Desk
from ui.texts import Texts

Effect = Mapping[str, Any]


def effect_or_cannot(desk: Desk, effect: Effect | None, of: str | None) -> str:
    """An effect in words; where there is none, whom to ask: whoever publishes the plans is the one asked."""
    if effect:
        return effect_in_words(desk.texts, effect, of)
    return desk.texts("recommended.cannot" if desk.may("plan.publish") else "recommended.ask")


def effect_in_words(texts: Texts, effect: Effect | None, of: str | None = None) -> str:
    """An effect in a sentence or two; nothing changed is said too.

    Parameters
    ----------
    of
        The household that the choice is about, which gains or loses of course and is not named.
    """
    if effect is None:
        return texts("effect.cannot")
    goals = effect.get("goals", effect)
    placed = sum(value for goal, value in goals.items() if goal.startswith("tier_"))
    parts = []
    if placed:
        parts.append(texts.count("effect_more" if placed > 0 else "effect_fewer", abs(placed)))
    parts += [
        _some(texts, "effect.gain", effect.get("gain"), of),
        _some(texts, "effect.lose", effect.get("lose"), of),
    ]
    if goals.get("cost"):
        key = "effect.dearer" if goals["cost"] > 0 else "effect.cheaper"
        parts.append(texts(key, sek=texts.number(abs(goals["cost"]))))
    if not any(parts) and any(goals.values()):
        parts.append(texts("effect.order"))
    return " ".join(filter(None, parts)) or texts("effect.nothing")


def _some(texts: Texts, key: str, some: Mapping[str, Any] | None, of: str | None) -> str:
    who = [household for household in some["households"] if household != of] if some else []
    if not some or not (who or some["others"]):
        return ""
    if some["others"]:
        who.append(texts.count("other_household", some["others"]))
    return texts(key, who=texts.listed(who))
