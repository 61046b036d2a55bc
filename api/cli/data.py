"""JSON and other text for programs, on standard output or in a file."""

import json
import sys
from pathlib import Path
from typing import Any


def write_json(content: Any, target: str) -> None:
    """Write JSON to a file, or to standard output for `-`; a failed write leaves an earlier file whole."""
    # A terminal that knows only ASCII still gets every letter.
    escape = target == "-" and (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    write_text(as_text(content, escape), target)


def write_text(text: str, target: str) -> None:
    """Write text to a file, or to standard output for `-`; a failed write leaves an earlier file whole."""
    if target == "-":
        sys.stdout.write(text)
        return
    file = Path(target)
    if file.exists() and not file.is_file():
        # A device or a named pipe is written to, never put aside for a file of its name.
        with file.open("w", encoding="utf-8") as stream:
            stream.write(text)
        return
    draft = file.with_name(f".{file.name}.part")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def as_text(content: Any, escape: bool = False) -> str:
    """JSON with one key a line, and a line break at the end."""
    return json.dumps(content, ensure_ascii=escape, indent=1) + "\n"
