"""Coordinators at work with a service, each with a connection of their own, and what they found."""

import http.client
import json
import random
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

MIX = {
    "list": 17,
    "case": 28,
    "explanation": 4,
    "waitlist": 4,
    "morning": 3,
    "offers": 13,
    "offer": 10,
    "pools": 5,
    "session": 2,
    "decide": 14,
}
"""Of a hundred requests."""

ASSESSMENT = {
    "assessment": "Passar hushållet.",
    "child_best_interests": "Skolan kan behållas.",
    "child_view": "Vill bo kvar i området.",
}


@dataclass
class Told:
    """What the clients found: seconds by kind of request, statuses, and faults."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


class Coordinator:
    """A person with a connection, some cases and some offers in sight."""

    def __init__(self, port: int, token: str, told: Told, luck: random.Random) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.told, self.luck = told, luck
        self.cases: list[dict[str, Any]] = []
        self.offers: list[tuple[str, str]] = []

    def ask(self, kind: str, method: str, path: str, body: Any = None) -> Any:
        start = time.perf_counter()
        try:
            sent = None if body is None else json.dumps(body)
            self.connection.request(method, f"/api/v1{path}", sent, self.headers)
            answer = self.connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.told.faults.append(f"{kind}: {error!r}")
            self.connection.close()
            return None
        self.told.seconds[kind].append(time.perf_counter() - start)
        self.told.statuses[kind, answer.status] += 1
        # Somebody else was first: that is an answer, not a fault.
        if answer.status not in (200, 201, 409):
            self.told.faults.append(f"{kind}: {answer.status} {content[:200]!r}")
        return json.loads(content) if answer.status in (200, 201) else None

    def work(self, until: float, pause: float) -> None:
        time.sleep(self.luck.random() * pause)
        while time.perf_counter() < until:
            self.one_thing()
            time.sleep(self.luck.uniform(0.3, 1.7) * pause)

    def one_thing(self) -> None:
        (what,) = self.luck.choices(list(MIX), list(MIX.values()))
        if what in ("case", "explanation") and not self.cases:
            what = "list"
        if what in ("offer", "decide") and not self.offers:
            what = "offers"
        getattr(self, f"do_{what}")()

    def do_list(self) -> None:
        order = self.luck.choice(("need", "waited", "id"))
        page = self.ask("list", "GET", f"/households?limit=50&order={order}")
        self.cases = (page or {"items": []})["items"] or self.cases

    def do_case(self) -> None:
        self.ask("case", "GET", f"/households/{self.some_case()}")

    def do_explanation(self) -> None:
        # As the page of a case asks for it.
        case = self.luck.choice(self.cases)
        moves = "unlimited" if case["current_pool_id"] else "none"
        path = f"/households/{quote(case['household_id'])}/explanation"
        self.ask("explanation", "GET", f"{path}?moves={moves}&would_help=false&regret=false")

    def do_waitlist(self) -> None:
        self.ask("waitlist", "GET", "/waitlist?limit=50")

    def do_morning(self) -> None:
        self.ask("morning", "GET", "/morning?within=30")

    def do_offers(self) -> None:
        page = self.ask("offers", "GET", "/offers?limit=200&state=proposed&state=offered&state=accepted")
        self.offers = [(row["offer_id"], row["state"]) for row in (page or {"items": []})["items"]]

    def do_offer(self) -> None:
        self.ask("offer", "GET", f"/offers/{self.luck.choice(self.offers)[0]}")

    def do_pools(self) -> None:
        self.ask("pools", "GET", "/pools?limit=50")

    def do_session(self) -> None:
        self.ask("session", "GET", "/session")

    def some_case(self) -> str:
        return quote(self.luck.choice(self.cases)["household_id"])

    def do_decide(self) -> None:
        offer_id, state = self.luck.choice(self.offers)
        if state == "proposed":
            self.ask("put", "POST", f"/offers/{offer_id}/offering", {})
            self.offers = [(o, "offered" if o == offer_id else s) for o, s in self.offers]
        elif self.luck.random() < 0.6 and state == "offered":
            self.ask("accept", "POST", f"/offers/{offer_id}/acceptance", ASSESSMENT)
        else:
            no = {"declined_by": "household", "reason": "location"}
            self.ask("decline", "POST", f"/offers/{offer_id}/decline", no)
