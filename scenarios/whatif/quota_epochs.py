"""The yearly quotas of every week, as scenarios change them."""

from collections.abc import Iterable, Sequence
from datetime import date

from models.keys import forms_key
from models.stock import Quota
from scenarios.whatif.epochs import in_force, joined, turns
from scenarios.whatif.reform import Epoch
from scenarios.whatif.scenario import Change
from scenarios.whatif.values import listed


def quota_epochs(
    quotas: Iterable[Quota], as_of: date, changes: Sequence[Change], weeks: int
) -> tuple[Epoch[tuple[Quota, ...]], ...]:
    """Quotas by epoch, sorted by year, forms and unit.

    A change concerns the quota of just its forms and unit (none: that of the whole city), in every year that
    is written. `places` makes a new quota of the as-of year where there is none; `by` and `factor` leave what
    has no quota without one.
    """
    asked = [change for change in changes if change.kind == "quota"]
    rows = tuple(quotas)

    def state(week: int) -> tuple[Quota, ...]:
        found = rows
        for change in in_force(asked, as_of, weeks, week):
            found = _changed(found, change, as_of)
        return tuple(sorted(found, key=lambda q: (q.year, forms_key(q.form), q.responsible_unit or "")))

    return joined(Epoch(week, state(week)) for week in turns(asked, as_of, weeks))


def _changed(rows: tuple[Quota, ...], change: Change, as_of: date) -> tuple[Quota, ...]:
    settings = change.settings
    forms, unit = listed(settings["form"]), settings.get("responsible_unit")
    concerned = [forms_key(row.form) == forms_key(forms) and row.responsible_unit == unit for row in rows]
    if "places" in settings and not any(concerned):
        new = Quota(year=as_of.year, form=forms, places=settings["places"], responsible_unit=unit)
        return (*rows, new)
    return tuple(
        row.model_copy(update={"places": _places(row.places, change)}) if chosen else row
        for row, chosen in zip(rows, concerned, strict=True)
    )


def _places(today: int, change: Change) -> int:
    settings = change.settings
    if "places" in settings:
        return int(settings["places"])
    return max(0, today + settings["by"]) if "by" in settings else int(today * settings["factor"] + 0.5)
