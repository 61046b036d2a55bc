"""A scenario in an address: whoever opens the link has the same scenario; nothing is kept elsewhere."""

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from typing import Any

LONGEST = 200_000
"""Characters that an address may unfold to; the API takes no longer scenario either."""

KEYS = ("name", "title_sv", "title_en", "text_sv", "text_en")


def packed(content: Mapping[str, Any]) -> str:
    """A scenario's keys as letters and digits for an address."""
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return base64.urlsafe_b64encode(zlib.compress(written.encode(), 9)).decode().rstrip("=")


def unpacked(text: str) -> dict[str, Any] | None:
    """The scenario that an address carries; None when the address is cut off or not one of ours."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        unfolding = zlib.decompressobj()
        written = unfolding.decompress(raw, LONGEST)
        if unfolding.unconsumed_tail or not unfolding.eof:
            return None
        content = json.loads(written)
    except (binascii.Error, zlib.error, ValueError, RecursionError):
        return None
    return content if _is_scenario(content) else None


def _is_scenario(content: Any) -> bool:
    """Whether it has the form of a scenario; what it says is for the API to check."""
    if not isinstance(content, dict) or not set(content) <= {*KEYS, "change"}:
        return False
    changes = content.get("change", [])
    return (
        all(isinstance(content.get(key), str) for key in KEYS)
        and isinstance(changes, list)
        and all(isinstance(change, dict) and isinstance(change.get("kind"), str) for change in changes)
    )
