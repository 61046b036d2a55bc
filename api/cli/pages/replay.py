"""Whether a stored run gives the same answer again, and which versions have changed since."""

from api.cli.page import Page
from api.cli.voice import Voice
from api.usecases.replaying import Replayed


def show_replay(page: Page, voice: Voice, found: Replayed) -> None:
    """The outcome first, then what differs."""
    texts = voice.texts
    key = ("holds" if found.same else "broken") if found.rechecked else ("same" if found.same else "differs")
    page.title(texts(f"replay.{key}", id=found.run_id))
    for part in found.parts:
        page.point(texts("replay.part", part=part))
    for complaint in found.complaints:
        page.point(complaint)
    if found.versions:
        page.section(texts("replay.versions"))
        for version in found.versions:
            page.point(texts("replay.version", part=version.part, then=version.then, now=version.now))
