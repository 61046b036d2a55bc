"""Finished replications as files of a folder, so that a gallery that was stopped goes on."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FolderShelf:
    """A folder with one file for each replication, named by its key."""

    folder: Path

    def get(self, key: str, /) -> bytes | None:
        """What is kept under a key, None for nothing."""
        file = self.folder / key
        return file.read_bytes() if file.is_file() else None

    def __setitem__(self, key: str, content: bytes, /) -> None:
        """Keep a replication; a file that is there is a whole one."""
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f".{key}.part"
        draft.write_bytes(content)
        draft.replace(self.folder / key)
