"""A change of a scenario as one sentence: when it holds, and what it makes different."""

import re
from collections.abc import Mapping
from typing import Any

from api.cli.voice import Voice
from api.cli.words import Words
from optimiser.policy.load import load_policy_data
from scenarios.whatif.policy_changes import entries, number_in, part_of
from scenarios.whatif.scenario import Change
from scenarios.whatif.settings import ALL, CONVERTIBLE, POLICY_PARTS, SELECTORS
from scenarios.whatif.values import YEARS, listed

DESCRIBED = (
    *("admits", "drug_policy", "staffing", "psychiatric_competence", "mobility", "children", "pets"),
    *("min_age", "max_age", "max_persons", "max_stay_months", "monthly_cost_sek"),
)
"""Columns of a new pool that its sentence tells, in this order."""


BEGINNING = re.compile(r"[:.{]")
"""Where the beginning of a rule's text ends."""


class ChangeWords:
    """Sentences about changes in the reader's language."""

    def __init__(self, voice: Voice, pools: Mapping[str, str] | None = None) -> None:
        """Words for ids that are typed, or, with the pools' names by id, for people who never see an id."""
        self.voice = voice
        self.pools = pools
        self.texts = voice.texts
        self.words = Words(voice)

    def sentence(self, change: Change) -> str:
        """When and what, as in `Efter 8 veckor: P-HVILAN stänger.`."""
        return self.texts("scenario.line", when=self.when(change), what=self.what(change))

    def when(self, change: Change) -> str:
        """The weeks in which a change holds."""
        year = change.settings.get("year")
        if year is not None:
            key = f"scenario.when.{year}_year" if year in YEARS else "scenario.when.year"
            return self.texts(key, year=year)
        first = change.from_week + change.settings.get("lead_weeks", 0)
        weeks = self.voice.count("week", first)
        if change.until_week is None:
            return self.texts("scenario.when.after" if first else "scenario.when.start", weeks=weeks)
        span = self.voice.count("week", change.until_week - first)
        return self.texts(
            "scenario.when.after_for" if first else "scenario.when.start_for", weeks=weeks, span=span
        )

    def what(self, change: Change) -> str:
        """What a change makes different."""
        say = {
            "open_pool": self._open_pool,
            "close_pool": self._close_pool,
            "capacity": self._capacity,
            "convert": self._convert,
            "arrivals": self._arrivals,
            "stays": self._stays,
            "quota": self._quota,
            "budget": self._budget,
            "refusals": self._refusals,
            "rule": self._rule,
            "matching": self._matching,
        }
        return say[change.kind](change.settings)

    def _open_pool(self, row: Mapping[str, Any]) -> str:
        return self.texts(
            "scenario.open_pool" if self.pools is None else "scenario.open_named_pool",
            name=row["name"],
            pool=row["pool_id"],
            form=self.words.form(row["form"]),
            district=row["district"],
            places=self.voice.count("place", row["capacity"]),
            facts=self._facts({"admits": "all", **row}, DESCRIBED),
        )

    def _close_pool(self, settings: Mapping[str, Any]) -> str:
        return self.texts("scenario.close_pool", pools=self._pools(settings["pool"]))

    def _capacity(self, settings: Mapping[str, Any]) -> str:
        named = "pool" in settings
        pools = self._pools(settings["pool"]) if named else self._forms(settings["form"])
        chosen = self._facts(settings, tuple(SELECTORS))
        pools += f" ({chosen})" if chosen else ""
        if "factor" in settings:
            return self.texts("scenario.capacity_factor", pools=pools, factor=self._factor(settings))
        number = settings.get("to", settings.get("by"))
        key = "to" if "to" in settings else "more" if number >= 0 else "fewer"
        places = self.voice.count("place", abs(number))
        return self.texts(f"scenario.capacity_{key}", pools=pools, places=places)

    def _convert(self, settings: Mapping[str, Any]) -> str:
        facts, pools = self._facts(settings, CONVERTIBLE), self._pools(settings["pool"])
        return self.texts("scenario.convert", pools=pools, facts=facts)

    def _arrivals(self, settings: Mapping[str, Any]) -> str:
        names = listed(settings["segments"])
        who = ", ".join(self.texts(f"scenario.segment.{name}") for name in names)
        return self.texts("scenario.arrivals", who=who, factor=self._factor(settings))

    def _stays(self, settings: Mapping[str, Any]) -> str:
        words = {"forms": self._forms(settings["form"]), "factor": self._factor(settings)}
        if "outcome" not in settings:
            return self.texts("scenario.stays", **words)
        outcome = self.texts(f"scenario.outcome.{settings['outcome']}")
        return self.texts("scenario.stays_outcome", outcome=outcome, **words)

    def _quota(self, settings: Mapping[str, Any]) -> str:
        unit = settings.get("responsible_unit")
        what = self._forms(settings["form"])
        what += self.texts("scenario.of_unit", unit=unit) if unit else ""
        if "factor" in settings:
            return self.texts("scenario.quota_factor", what=what, factor=self._factor(settings))
        number = settings.get("places", settings.get("by"))
        key = "places" if "places" in settings else "more" if number >= 0 else "fewer"
        return self.texts(f"scenario.quota_{key}", what=what, n=self.voice.figures.number(abs(number)))

    def _budget(self, settings: Mapping[str, Any]) -> str:
        return self.texts("scenario.budget", sek=self.voice.figures.number(settings["sek_per_month"]))

    def _refusals(self, settings: Mapping[str, Any]) -> str:
        return self.texts("scenario.refusals", factor=self._factor(settings))

    def _rule(self, settings: Mapping[str, Any]) -> str:
        key = part_of(settings)
        named = self.texts(f"scenario.part.{key}", name=self._entry(key, settings[key]))
        if settings.get("remove"):
            return self.texts("scenario.removed", named=named)
        path = settings["parameter"]
        entry = entries(load_policy_data().tree, POLICY_PARTS[key])[settings[key]]
        return self.texts(
            "scenario.parameter",
            named=named,
            parameter=self._parameter(path),
            value=self._plain(settings["value"]),
            before=self._plain(number_in(entry, path)),
        )

    def _matching(self, settings: Mapping[str, Any]) -> str:
        return self.texts("scenario.matching", way=self.texts(f"scenario.way.{settings['way']}"))

    def _pools(self, value: Any) -> str:
        names = self.pools or {}
        return ", ".join(names.get(pool, pool) for pool in listed(value))

    def _entry(self, key: str, name: str) -> str:
        """An entry of the policy by its id, or by the beginning of its text."""
        if self.pools is None:
            return name
        entry = entries(load_policy_data().tree, POLICY_PARTS[key])[name]
        language = self.voice.language
        said = str(entry.get(language) or entry.get(f"text_{language}") or name)
        return f"”{BEGINNING.split(said)[0].strip()}”"

    def _parameter(self, path: str) -> str:
        key = f"parameter.{path}"
        return self.texts(key) if self.pools is not None and self.texts.has(key) else path

    def _forms(self, value: Any) -> str:
        if value == ALL:
            return self.texts("scenario.all_forms")
        return ", ".join(self.words.form(form) for form in listed(value))

    def _facts(self, row: Mapping[str, Any], columns: tuple[str, ...]) -> str:
        """What some columns say, as `tar emot: kvinnor; drogpolicy: drogtolerant`."""
        told = [
            f"{self.texts(f'scenario.column.{column}')}: {self._value(column, row[column])}"
            for column in columns
            if column in row
        ]
        return "; ".join(told)

    def _value(self, column: str, value: Any) -> str:
        return ", ".join(self.words.value(column, None if part == "" else part) for part in listed(value))

    def _factor(self, settings: Mapping[str, Any]) -> str:
        factor = settings["factor"]
        key = "none" if factor == 0 else "same" if factor == 1 else "more" if factor > 1 else "less"
        percent = self.voice.figures.number(round(abs(factor - 1) * 100, 1))
        return self.texts(f"scenario.factor.{key}", percent=percent)

    def _plain(self, value: Any) -> str:
        if isinstance(value, bool) or not isinstance(value, int):
            return ", ".join(str(part) for part in listed(value))
        return self.voice.figures.number(value)
