"""What somebody sends in: one workbook, one zip, or several files, as one parcel of a bounded size."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from api.usecases.problems import UserError

ZIP, WORKBOOK, TABLE = ".zip", ".xlsx", ".csv"
MOST_FILES = 20
LONGEST_NAME = 100
CHUNK = 1 << 20


class Unpacked:
    """Where the files of a parcel lie, and what they are called to the one who sent them."""

    def __init__(self, path: Path, folder: Path, name: str) -> None:
        self.path = path
        self.folder = folder
        self.name = name

    def without_place(self, sentence: str) -> str:
        """A sentence about files without where they lie on this machine."""
        return sentence.replace(f"{self.folder}/", "").replace(str(self.folder), self.name)


def packed(files: Sequence[tuple[str, bytes]]) -> tuple[str, bytes]:
    """Name and bytes of a parcel.

    Raises
    ------
    UserError
        When there is nothing in it, too many files, two of one name, or one of another kind.
    """
    named = [(plain_name(name), content) for name, content in files]
    if not named or len(named) > MOST_FILES:
        raise UserError("bad_files")
    if len({name.lower() for name, _ in named}) < len(named):
        raise UserError("same_file_twice")
    kinds = {Path(name).suffix.lower() for name, _ in named}
    if len(named) == 1 and kinds <= {ZIP, WORKBOOK}:
        return named[0]
    if kinds != {TABLE}:
        raise UserError("bad_files")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as parcel:
        for name, content in named:
            parcel.writestr(name, content)
    return f"dataset{ZIP}", buffer.getvalue()


@contextmanager
def unpacked(name: str, content: bytes, largest: int) -> Iterator[Unpacked]:
    """A parcel as files in a folder of its own, until the end of the block.

    Parameters
    ----------
    largest
        Most bytes of all files together once unpacked.

    Raises
    ------
    UserError
        When it cannot be unpacked, or is too large.
    """
    with TemporaryDirectory(prefix="hemvist") as place:
        folder = Path(place)
        if Path(name).suffix.lower() == WORKBOOK:
            (folder / name).write_bytes(content)
            yield Unpacked(folder / name, folder, name)
            return
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as parcel:
                _unpack(parcel, folder, largest)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
            # The library has as many ways to fail as a zip has to be broken.
            raise UserError("bad_zip") from None
        yield Unpacked(folder, folder, name)


def plain_name(name: str) -> str:
    """A file's own name, without folders and signs that no file of a dataset has."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(sign for sign in last if sign.isprintable())[-LONGEST_NAME:]
    return kept or "file"


def _unpack(parcel: zipfile.ZipFile, folder: Path, largest: int) -> None:
    infos = [info for info in parcel.infolist() if not info.is_dir() and _wanted(info.filename)]
    if not infos or len(infos) > MOST_FILES:
        raise UserError("bad_files")
    room, seen = largest, set[str]()
    for info in infos:
        name = plain_name(info.filename)
        if name.lower() in seen:
            raise UserError("same_file_twice")
        seen.add(name.lower())
        # The size it claims ends the reading, so a false one would hide the rest.
        info.file_size = 2 * largest
        with parcel.open(info) as part, (folder / name).open("wb") as out:
            while chunk := part.read(CHUNK):
                room -= len(chunk)
                if room < 0:
                    raise UserError("unpacks_too_large")
                out.write(chunk)


def _wanted(name: str) -> bool:
    last = plain_name(name)
    return last[0] not in ".~" and Path(last).suffix.lower() in (TABLE, WORKBOOK)
