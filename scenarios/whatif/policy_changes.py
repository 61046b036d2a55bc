"""Changes of the policy: one parameter of a rule, of points, of fit or of a condition."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import chain
from typing import Any

from optimiser.policy.load import PARTS, PolicyData, digest_of
from scenarios.whatif.faults import Place, ScenarioFault, nearest
from scenarios.whatif.scenario import Change
from scenarios.whatif.settings import POLICY_PARTS
from scenarios.whatif.values import is_whole

FIXED = frozenset(
    {"id", "sv", "en", "text_sv", "text_en", "note_sv", "note_en"}
    | {"predicate", "basis", "cite", "since", "parameters"}
)
"""What an entry is and says. Its numbers and words may change; what it rests on may not."""

COMPOSED = frozenset({"all", "any", "not", "members", "fact", "present_place", "lives_in"})
"""How a condition is put together, which a scenario does not rewrite."""

REFERRING = frozenset({"condition", "fail_when", "unknown_when", "applies_when", "household", "unless"})
"""Parameters that name a condition."""

MOST = 1_000_000
"""Days, minutes and points beyond this are a slip of the hand."""

NEGATIVE = frozenset({"points"})
"""Numbers that may be below zero."""


def changed_policy(policy: PolicyData, changes: Sequence[Change]) -> PolicyData:
    """The policy with `rule` changes of sound form applied in order, under a digest of its own.

    A changed number holds on every day that the old one had a value for. A rule that is removed is also no
    longer counted as an exception by the rule on moves.
    """
    if not changes:
        return policy
    tree = deepcopy(dict(policy.tree))
    for change in changes:
        key = part_of(change.settings)
        name = change.settings[key]
        if change.settings.get("remove"):
            _remove(tree, POLICY_PARTS[key], name)
            continue
        entry = entries(tree, POLICY_PARTS[key]).get(name)
        found = None if entry is None else _leaf(entry, change.settings["parameter"])
        # An earlier change may have removed the entry, and then there is nothing left to change.
        if found is not None:
            holder, last = found
            holder[last] = _written(holder[last], change.settings["value"])
    return PolicyData(tree, digest_of(tree))


def rule_faults(place: Place, change: Change, policy: PolicyData) -> Iterator[ScenarioFault]:
    """Faults of a `rule` change: entries and parameters that are not there, and values that will not do."""
    settings = change.settings
    named = [key for key in POLICY_PARTS if isinstance(settings.get(key), str)]
    if len(named) != 1 or ("value" in settings) == ("remove" in settings):
        return
    key = named[0]
    known = entries(policy.tree, POLICY_PARTS[key])
    name = settings[key]
    if name not in known:
        yield place.fault(key, "unknown entry", name, part=POLICY_PARTS[key], **nearest(name, known))
    elif "remove" in settings:
        if key == "condition":
            yield place.fault("remove", "cannot be removed", name)
        if settings["remove"] is not True:
            yield place.fault("remove", "not true or false", settings["remove"])
        if "parameter" in settings:
            yield place.fault(
                "parameter", "not exactly one", keys="parameter, remove", given="parameter, remove"
            )
    elif not isinstance(settings.get("parameter"), str):
        yield place.fault("parameter", "missing key")
    else:
        yield from _value_faults(place, change, key, known[name], policy)


def part_of(settings: Mapping[str, Any]) -> str:
    """The key that names what is changed: rule, points, fit or condition."""
    return next(key for key in POLICY_PARTS if key in settings)


def entries(tree: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    """Entries of a part of the policy by name."""
    content = tree[part]
    return {item["id"]: item for item in content["item"]} if part in ("points", "fit") else content


def number_in(entry: Mapping[str, Any], path: str) -> Any:
    """What stands at a parameter today, of a dated number the latest; None where nothing does."""
    found = _leaf(entry, path)
    if found is None:
        return None
    value = found[0][found[1]]
    return value[-1]["value"] if is_dated(value) else value


def is_dated(value: Any) -> bool:
    """Whether a value is a number with the dates from which it holds."""
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _value_faults(
    place: Place, change: Change, key: str, entry: Mapping[str, Any], policy: PolicyData
) -> Iterator[ScenarioFault]:
    path, value = change.settings["parameter"], change.settings["value"]
    if _leaf(entry, path) is None:
        words = nearest(path, parameters_of(entry))
        yield place.fault("parameter", "unknown parameter", path, entry=change.settings[key], **words)
        return
    today = number_in(entry, path)
    if not _same_sort(value, today):
        yield place.fault("value", "another sort", value, today=str(today))
    elif is_whole(value) and value < 0 and path not in NEGATIVE:
        yield place.fault("value", "below zero", value)
    elif is_whole(value) and abs(value) > MOST:
        yield place.fault("value", "too large", value, most=str(MOST))
    elif path.split(".")[-1] in REFERRING and value not in policy.tree["conditions"]:
        yield place.unknown("value", value, policy.tree["conditions"])
    else:
        yield from _policy_faults(place, change, key, policy)


def _policy_faults(place: Place, change: Change, key: str, policy: PolicyData) -> Iterator[ScenarioFault]:
    """What the policy's own check says of the entry once it is changed."""
    # The checks load the predicates, and with them numpy, which a plain list of scenarios does without.
    from optimiser.policy.check.conditions import check_conditions
    from optimiser.policy.check.priorities import check_priorities
    from optimiser.policy.check.rules import check_rules
    from optimiser.policy.check.written import Entry, Written

    tree = changed_policy(policy, [change]).tree
    part = POLICY_PARTS[key]
    parts: dict[str, tuple[Entry, ...]] = dict.fromkeys(PARTS, ())
    for known in POLICY_PARTS.values():
        parts[known] = tuple(Entry(known, name, entry) for name, entry in entries(tree, known).items())
    written = Written(parts, ())
    where = f"{part}: {change.settings[key]}"
    for found in chain(check_rules(written), check_conditions(written), check_priorities(written)):
        if found.where == where and found.severity == "error":
            words = {
                "wrong.sv": found.sv,
                "wrong.en": found.en,
                "mend.sv": found.mend_sv,
                "mend.en": found.mend_en,
            }
            yield place.fault("value", "refused by the policy", change.settings["value"], **words)


def _remove(tree: dict[str, Any], part: str, name: str) -> None:
    if part == "rules":
        tree["rules"].pop(name, None)
        for rule in tree["rules"].values():
            counted = rule.get("parameters", {}).get("not_counted")
            if counted is not None and name in counted:
                counted.remove(name)
    else:
        tree[part]["item"] = [item for item in tree[part]["item"] if item["id"] != name]


def _leaf(entry: Any, path: str) -> tuple[Any, str] | None:
    """The table that holds a parameter, and its last name; None where there is none that may change."""
    parameters = entry.get("parameters", {})
    if path in _flat(parameters):
        holder = parameters
    elif path in _flat(_own(entry)):
        holder = entry
    else:
        return None
    *names, last = path.split(".")
    for name in names:
        holder = holder[name]
    return holder, last


def parameters_of(entry: Mapping[str, Any]) -> list[str]:
    """Parameters of an entry that may change, by dotted path; those of a rule without `parameters.`."""
    return [*_flat(entry.get("parameters", {})), *_flat(_own(entry))]


def _own(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in FIXED | COMPOSED}


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}"


def _same_sort(value: Any, today: Any) -> bool:
    if isinstance(today, bool) or isinstance(value, bool):
        return isinstance(today, bool) and isinstance(value, bool)
    if isinstance(today, list):
        sorts = {type(part) for part in today}
        return isinstance(value, list) and all(type(part) in sorts for part in value)
    return type(value) is type(today)


def _written(old: Any, value: Any) -> Any:
    """A new value in the place of an old one; a dated number keeps the first of its dates."""
    return [{"from": min(entry["from"] for entry in old), "value": value}] if is_dated(old) else value
