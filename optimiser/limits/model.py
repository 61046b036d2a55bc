"""What a run may be told to keep to: budget, equity, groups, pins, reserves and the number of proposals."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import Any, Literal

Amounts = tuple[tuple[str, int], ...]
Shares = tuple[tuple[str, Fraction], ...]
Pairs = tuple[tuple[str, str], ...]

KINDS = (
    *("most", "budget", "budget_of_unit", "women_share", "women_share_of_unit"),
    *("groups", "reserves", "blocks", "pins"),
)
"""Fields that can stand in the way of a plan, in the order in which a conflict among them is looked for."""


Fault = Literal["unknown", "twice", "out_of_range"]
FAULTS: Mapping[Fault, str] = {
    "unknown": "is not in the data; look at its id",
    "twice": "is given two numbers; give one",
    "out_of_range": "is out of range; give a number from 0 up, a share from 0 to 1",
}


class LimitsProblem(Exception):
    """A limit that cannot be read: it names something that is not there, or a number out of range.

    Attributes
    ----------
    kind
        Field of Limits.
    name
        What it names.
    fault
        `unknown`, `twice` or `out_of_range`.
    """

    def __init__(self, kind: str, name: str, fault: Fault) -> None:
        super().__init__(f"{kind} {name}: {FAULTS[fault]}")
        self.kind = kind
        self.name = name
        self.fault = fault


@dataclass(frozen=True, slots=True, order=True)
class LimitName:
    """One limit by its field and what it speaks of: a unit, facility, pool or pair; blank for the city."""

    kind: str
    subject: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one run, all optional; by ids, sorted, so that equal limits are equal objects.

    Attributes
    ----------
    budget, budget_of_unit
        Most SEK/month of the proposed pools; of all households, and of those of a responsible unit.
    women_share, women_share_of_unit
        Least share, 0 to 1, of households all of whose adults are women, among all that are proposed a
        pool; of all households, and of those of a responsible unit.
    groups
        Most households with active use in a facility after the run; those who live there count. Nobody
        has to leave for it: where they are more already, nobody more comes until they are few enough.
    pins, blocks
        Household and pool: has to be proposed, must not be.
    reserves
        Places of a pool to keep free; where fewer are free, only places left in the run are taken.
    most
        Most proposals.
    like
        Proposals of an earlier plan; among plans equal in all goals the one that keeps most of them.
    """

    budget: int | None = None
    budget_of_unit: Amounts = ()
    women_share: Fraction | None = None
    women_share_of_unit: Shares = ()
    groups: Amounts = ()
    pins: Pairs = ()
    blocks: Pairs = ()
    reserves: Amounts = ()
    most: int | None = None
    like: Pairs | None = None

    def __post_init__(self) -> None:
        """Sort, and refuse numbers out of range and two numbers for one subject."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, tuple):
                object.__setattr__(self, field.name, tuple(sorted(set(value))))
        for kind in ("budget_of_unit", "women_share_of_unit", "groups", "reserves"):
            subjects = [subject for subject, _ in getattr(self, kind)]
            for subject in subjects:
                if subjects.count(subject) > 1:
                    raise LimitsProblem(kind, subject, "twice")
        for name, value in self.parts():
            _refuse_out_of_range(name, value)

    def __bool__(self) -> bool:
        """Whether anything is asked for at all."""
        return self != Limits()

    def parts(self) -> Iterator[tuple[LimitName, int | Fraction | None]]:
        """Every limit that a plan can break, with its number; pins and blocks have none."""
        for kind in KINDS:
            value = getattr(self, kind)
            if kind in ("pins", "blocks"):
                yield from ((LimitName(kind, pair), None) for pair in value)
            elif isinstance(value, tuple):
                yield from ((LimitName(kind, (subject,)), number) for subject, number in value)
            elif value is not None:
                yield LimitName(kind), value

    def only(self, names: Iterable[LimitName]) -> "Limits":
        """The same limits without those that are not named."""
        kept = set(names)
        changed: dict[str, Any] = {}
        for kind in KINDS:
            value = getattr(self, kind)
            if kind in ("pins", "blocks"):
                changed[kind] = tuple(pair for pair in value if LimitName(kind, pair) in kept)
            elif isinstance(value, tuple):
                changed[kind] = tuple(row for row in value if LimitName(kind, (row[0],)) in kept)
            elif LimitName(kind) not in kept:
                changed[kind] = None
        return replace(self, **changed)


NO_LIMITS = Limits()


def _refuse_out_of_range(name: LimitName, value: int | Fraction | None) -> None:
    if value is not None and (value < 0 or (isinstance(value, Fraction) and value > 1)):
        raise LimitsProblem(name.kind, f"{' '.join(name.subject)} {value}".strip(), "out_of_range")
