"""Who could win a place when nobody moves: seekers in order of weight, pools that fill up and drop out.

Sets of seekers that can be placed at once form a transversal matroid, and a matroid's heaviest sets depend
on the order of weights alone: going down the order, whoever can be placed beside those before is placed
(Edmonds, "Matroids and the greedy algorithm", 1971). When a seeker cannot be placed, the pools that were
tried in vain are full of seekers at least as heavy in every best choice; nobody lighter looks at them.
"""

from collections.abc import Iterable, Sequence


class Contest:
    """A contest for places, held class by class of equal weight, the heaviest first.

    Pools are bits of whole numbers: bit p of a seeker's `wants` says that it could take a place in pool p.
    """

    def __init__(self, vacant: Sequence[int]) -> None:
        self.open = sum(1 << pool for pool, places in enumerate(vacant) if places > 0)
        """Pools that a seeker of the next class may still win a place in."""
        self._roomy = self.open
        self.placed = 0
        """Seekers placed so far."""
        self._free = list(vacant)
        self._holders: list[list[int]] = [[] for _ in vacant]
        self._wants: dict[int, int] = {}
        self._at: dict[int, int] = {}

    def hold(self, seekers: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Let the seekers of one class contend, each given as its number and what it wants.

        Returns
        -------
        list
            Those of them who may be among the placed in some best choice, with the pools they may have
            then. Of a class of one: whoever is placed in every best choice.
        """
        still_open = self.open
        contending = [(seeker, wants & still_open) for seeker, wants in seekers if wants & still_open]
        in_vain = 0
        placed = 0
        for seeker, wants in contending:
            self._wants[seeker] = wants
            tried = self._place(seeker)
            placed += tried == 0
            in_vain |= tried
        self.open &= ~in_vain
        self.placed += placed
        return contending if placed else []

    def _place(self, seeker: int) -> int:
        """Find a place, others making room if need be: 0, or the pools that were tried in vain."""
        comes_for: dict[int, int] = {}
        tried = 0
        asked = [seeker]
        for one in asked:
            new = self._wants[one] & self.open & ~tried
            roomy = new & self._roomy
            if roomy:
                pool = (roomy & -roomy).bit_length() - 1
                comes_for[pool] = one
                self._shift(pool, comes_for)
                return 0
            tried |= new
            while new:
                pool = (new & -new).bit_length() - 1
                new &= new - 1
                comes_for[pool] = one
                asked += self._holders[pool]
        return tried

    def _shift(self, pool: int, comes_for: dict[int, int]) -> None:
        """Move everybody on the way to a free place one step on."""
        self._free[pool] -= 1
        if not self._free[pool]:
            self._roomy &= ~(1 << pool)
        while True:
            seeker = comes_for[pool]
            left = self._at.get(seeker)
            self._holders[pool].append(seeker)
            self._at[seeker] = pool
            if left is None:
                return
            self._holders[left].remove(seeker)
            pool = left
