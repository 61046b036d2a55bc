"""What households say to proposals: yes, and when they can move in, or no."""

import numpy as np
from numpy.typing import NDArray

from scenarios.simulation.choice import Proposals
from scenarios.simulation.city import City
from scenarios.simulation.promises import promise, weeks_of_delay
from scenarios.simulation.week import Refused


class Answers:
    """The chances of one replication that a proposal is refused, and the delays of those accepted."""

    def __init__(self, city: City) -> None:
        value = city.assumptions.value
        self._base, self._low_fit, self._good_fit, self._most = (
            value(f"refusal.{name}") for name in ("base", "low_fit", "good_fit", "most")
        )
        self._delay = weeks_of_delay(city.assumptions, city.start.form_ids)

    def given(self, city: City, proposals: Proposals, week: int) -> Refused:
        """Promise the places accepted; note the others as declines of the day.

        What hangs on a place that is not left falls with it: the later steps of a chain, a whole round.
        """
        numbers = city.people["number"][proposals.row]
        says_no, delay = city.luck.four(2, numbers, week)[:2]
        no = says_no < self._chance(city, proposals.fit, week)
        stands = ~_fallen(proposals, no)
        row, pool = proposals.row[stands], proposals.pool[stands]
        mean = self._delay[city.standing.columns["form"][pool]]
        weeks = np.floor(mean) + (delay[stands] < mean % 1.0)
        promise(city, row, pool, weeks.astype(np.int64), week)
        refused = Refused(proposals.row[no], proposals.pool[no])
        city.declines.add(refused.row, refused.pool, 7 * week)
        return refused

    def _chance(self, city: City, fit: NDArray[np.int64], week: int) -> NDArray[np.float64]:
        short = np.maximum(self._good_fit - fit, 0.0) / 100.0
        chance = np.minimum(self._base + self._low_fit * short, self._most)
        return np.asarray(np.minimum(chance * city.reform.refusals[week], 1.0))


def _fallen(proposals: Proposals, no: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Proposals refused, or that hang on one that is, shape (k,)."""
    fallen = no.copy()
    if len(proposals.chain) == len(np.unique(proposals.chain)):
        return fallen
    for chain in np.unique(proposals.chain[no]).tolist():
        mine = np.flatnonzero(proposals.chain == chain)
        whole = bool(proposals.together[mine[0]])
        fallen[mine if whole else mine[int(np.argmax(no[mine])) :]] = True
    return fallen
