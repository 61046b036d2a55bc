"""Likely duplicates, to be looked at by a person."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel

from api.access.actor import Actor
from api.server.desk import done_once, listed
from api.server.needs import needs
from api.server.once import OnceOnly
from api.server.paging import Cursor, Limit, Page, page_of
from api.server.service import Here
from api.usecases.desk.duplicates import WEIGHTS, LikelyPair, Likeness, dismiss, likely_duplicates
from api.usecases.work import reading_for
from models.store.waiting import dismissed_pairs

router = APIRouter(prefix="/duplicates", tags=["waitlist"])

Reader = Annotated[Actor, needs("case.read")]
Writer = Annotated[Actor, needs("case.write")]


class LikenessOut(BaseModel):
    """Why two households may be the same, and what that weighs."""

    reason: Likeness
    weight: int


class PairOut(BaseModel):
    """Two households that may be the same people."""

    pair: str
    households: list[str]
    score: int
    reasons: list[LikenessOut]


@router.get("")
def list_pairs(actor: Reader, here: Here, limit: Limit = 50, cursor: Cursor = None) -> Page[PairOut]:
    """List households that may be the same people, likeliest first."""
    with reading_for(here.engine, actor) as connection:
        dismissed = dismissed_pairs(connection)
    found = likely_duplicates(here.city(), actor, dismissed)
    rows, following = page_of(found, lambda pair: (-pair.score, pair.a, pair.b), cursor, limit)
    listed(here, actor, "duplicates", [who for pair in rows for who in (pair.a, pair.b)])
    return Page(items=[_out(pair) for pair in rows], total=len(found), next=following)


@router.post("/{pair}/dismissal", status_code=201)
def dismiss_pair(pair: str, actor: Writer, here: Here, once: OnceOnly) -> PairOut:
    """Note that a pair has been looked at, and is not the same people."""
    view = here.city()
    return done_once(once, actor, PairOut, lambda work: _out(dismiss(work, view, pair)))


def _out(pair: LikelyPair) -> PairOut:
    return PairOut(
        pair=pair.pair_id,
        households=[pair.a, pair.b],
        score=pair.score,
        reasons=[LikenessOut(reason=reason, weight=WEIGHTS[reason]) for reason in pair.reasons],
    )
