"""Long work: how far it has come, how to stop it, and what came of it."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import streamlit as st

from ui.desk_client import Away, Refused
from ui.frame.desk import Desk
from ui.frame.once import done, once_key

SOON, SECONDS = 0.5, 1.0
"""How often a job is looked at: until it has something to show, and from then on."""

ENDED = ("done", "failed", "cancelled")


def start(desk: Desk, name: str, path: str, body: Any) -> None:
    """Ask for a job, once; `follow` with the same name shows it from then on."""
    begin(name, desk.client.post(path, body, once_key(name)))


def begin(name: str, job: Mapping[str, Any]) -> None:
    """Follow a job that has just been asked for."""
    done(name)
    st.session_state[_key(name)] = job["job_id"]
    st.session_state.pop(f"{_key(name)}:ended", None)
    st.session_state.pop(f"{_key(name)}:shows", None)


def follow(
    desk: Desk, name: str, beside: Callable[[Mapping[str, Any]], None] | None = None
) -> Mapping[str, Any] | None:
    """Show a job that was asked for, until it has ended; then the job with its result.

    None while it is under way, or when none was asked for. Of a job that failed, or was stopped and kept
    nothing, that is said.

    Parameters
    ----------
    beside
        Shows what the job has found so far, below the bar.
    """
    job_id = st.session_state.get(_key(name))
    if job_id is None:
        return None
    ended: Mapping[str, Any] | None = st.session_state.get(f"{_key(name)}:ended")
    if ended is None:
        _look(desk, name, str(job_id), beside)
        return None
    if ended["state"] == "failed":
        problem = ended.get("problem") or {}
        st.error(desk.texts("frame.job_failed", why=problem.get("detail", "")))
        return None
    if ended["state"] == "cancelled" and not ended["result"]:
        st.info(desk.texts("frame.stopped"))
        return None
    return ended


def under_way(name: str) -> bool:
    """Whether a job of this name is being done."""
    return _key(name) in st.session_state and f"{_key(name)}:ended" not in st.session_state


def forget(name: str) -> None:
    """Let a job go: its result has been seen."""
    st.session_state.pop(_key(name), None)
    st.session_state.pop(f"{_key(name)}:ended", None)


def _look(desk: Desk, name: str, job_id: str, beside: Callable[[Mapping[str, Any]], None] | None) -> None:
    shows = f"{_key(name)}:shows"
    seldom = shows in st.session_state

    @st.fragment(run_every=SECONDS if seldom else SOON)
    def look() -> None:
        texts = desk.texts
        try:
            job = desk.client.get(f"/jobs/{job_id}")
        except (Away, Refused):
            st.warning(texts("frame.away"))
            return
        if job["state"] in ENDED:
            st.session_state[f"{_key(name)}:ended"] = job
            st.rerun()
        _bar(_told(desk, job), _share(job))
        if st.button(texts("frame.stop"), key=f"stop-{name}", disabled=bool(job["stop_asked"])):
            desk.client.delete(f"/jobs/{job_id}")
        if beside is not None:
            beside(job)
        if job["partial"] and not seldom:
            if shows in st.session_state:
                st.rerun()
            st.session_state[shows] = True

    look()


def _told(desk: Desk, job: Mapping[str, Any]) -> str:
    texts = desk.texts
    if job["stop_asked"]:
        return texts("frame.stopping")
    if job["state"] == "queued":
        return texts("frame.queued")
    if job["done"] is not None and job["total"]:
        return texts("frame.so_far", done=texts.number(job["done"]), total=texts.number(job["total"]))
    return texts("frame.running")


def _share(job: Mapping[str, Any]) -> float | None:
    """How much is done, from 0 to 1; None while nobody knows."""
    done_, total = job["done"], job["total"]
    return min(1.0, done_ / total) if done_ and total else None


def _bar(sentence: str, share: float | None) -> None:
    value = "" if share is None else f' value="{share:.3f}"'
    said = escape(sentence)
    st.html(f'<p role="status">{said}</p><progress class="hv-progress"{value} max="1">{said}</progress>')


def _key(name: str) -> str:
    return f"job:{name}"
