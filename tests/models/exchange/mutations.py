"""Files that have come to harm, or were made to do harm: a small city's, changed by chance."""

import io
import os
import random
import re
import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.models.exchange.folders import cities

KEPT = 12
"""Households of the small city that are enough to tell."""
FORMULAS = ("=1+1", '=HYPERLINK("http://a.se")', "+cmd|' /C calc'!A0", "@SUM(A1:A9)", "-2+3", "\t=1")
ODD = (
    "",
    " ",
    "\x00",
    "9" * 400,
    "1e999",
    "-1",
    "nan",
    "\ufeff",
    "\u202e",
    "😀" * 50,
    "x" * 200_000,
    "'",
    '"',
)
BOMB = b"0" * (160 * 1024 * 1024)


def base_folder(place: Path) -> Path:
    """The first households of the small city, as a folder."""
    place.mkdir()
    for file in (cities / "small-city").glob("*.csv"):
        lines = file.read_text(encoding="utf-8").splitlines()
        head = lines[0].split(",")
        if file.stem in ("households", "members", "declines", "stays"):
            column = head.index("household_id")
            known = {f"H{number:05}" for number in range(1, KEPT + 1)}
            lines = [lines[0], *(line for line in lines[1:] if line.split(",")[column] in known)]
        if file.stem != "conflicts":
            (place / file.name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return place


def base_workbook(folder: Path, place: Path) -> Path:
    """The same city as a workbook."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(place)) as book:
        for file in sorted(folder.glob("*.csv")):
            page = book.add_worksheet(file.stem)
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
                for at, cell in enumerate(line.split(",")):
                    page.write_string(number, at, cell)
    return place


def flipped(content: bytes, luck: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(luck.choice((1, 2, 5, 50))):
        changed[luck.randrange(len(changed))] ^= 1 << luck.randrange(8)
    return bytes(changed)


def cut(content: bytes, luck: random.Random) -> bytes:
    at = luck.randrange(len(content))
    return content[:at] if luck.random() < 0.7 else content[:at] + content[luck.randrange(len(content)) :]


def of_lines(
    change: Callable[[list[list[str]], random.Random], None],
) -> Callable[[bytes, random.Random], bytes]:
    def changed(content: bytes, luck: random.Random) -> bytes:
        rows = [line.split(",") for line in content.decode().splitlines()]
        change(rows, luck)
        return "\n".join(",".join(row) for row in rows).encode("utf-8", "surrogatepass")

    return changed


def swap_columns(rows: list[list[str]], luck: random.Random) -> None:
    a, b = luck.randrange(len(rows[0])), luck.randrange(len(rows[0]))
    for row in rows[luck.randrange(2) :]:
        if max(a, b) < len(row):
            row[a], row[b] = row[b], row[a]


def odd_cells(rows: list[list[str]], luck: random.Random) -> None:
    for _ in range(luck.choice((1, 3, 20))):
        row = luck.choice(rows)
        row[luck.randrange(len(row))] = luck.choice((*ODD, *FORMULAS))


def twice(rows: list[list[str]], luck: random.Random) -> None:
    rows.insert(luck.randrange(len(rows) + 1), list(luck.choice(rows)))


def ragged(rows: list[list[str]], luck: random.Random) -> None:
    row = luck.choice(rows)
    row[:] = row[: luck.randrange(len(row) + 1)] if luck.random() < 0.5 else row * luck.choice((2, 500))


IN_TABLES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flipped,
    cut,
    of_lines(swap_columns),
    of_lines(odd_cells),
    of_lines(odd_cells),
    of_lines(twice),
    of_lines(ragged),
    lambda content, luck: content.decode().encode(luck.choice(("utf-16", "utf-32", "utf-16-le"))),
    lambda content, luck: content.replace(b",", luck.choice((b";", b"\t", b",,", b'","', b'"'))),
    lambda content, luck: content.replace(b"\n", luck.choice((b"\r", b"\n\n", b"", b"\x85", b"\x0b"))),
    lambda content, luck: luck.randbytes(luck.randrange(1, 3000)),
)


def in_folder(folder: Path, place: Path, luck: random.Random) -> Path:
    """A folder with one or more files changed."""
    shutil.copytree(folder, place)
    for file in luck.sample(sorted(place.iterdir()), luck.choice((1, 1, 2))):
        file.write_bytes(luck.choice(IN_TABLES)(file.read_bytes(), luck))
    if luck.random() < 0.05:
        file = luck.choice(sorted(place.iterdir()))
        file.rename(file.with_suffix(luck.choice((".xlsx", ".CSV", ".csv.csv"))))
    return place


def strange_entry(folder: Path, place: Path, luck: random.Random) -> Path:
    """A folder in which something is no file at all, or claims a gigabyte."""
    shutil.copytree(folder, place)
    file = luck.choice(sorted(place.iterdir()))
    if luck.random() < 0.3:
        file = file.rename(file.with_suffix(".xlsx"))
        for other in place.glob("*.csv"):
            other.unlink()
    kind = luck.randrange(5)
    if kind == 0:
        os.truncate(file, 2**30)
        return place
    file.unlink()
    if kind == 1:
        os.mkfifo(file)
    elif kind == 2:
        file.symlink_to("/dev/zero")
    elif kind == 3:
        file.symlink_to(file)
    else:
        file.mkdir()
    return place


def in_parts(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """A workbook whose parts are changed one by one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()


def in_a_part(content: bytes, luck: random.Random) -> bytes:
    chosen = luck.choice(zipfile.ZipFile(io.BytesIO(content)).namelist())
    how = luck.choice((flipped, cut))
    return in_parts(content, lambda name, part: how(part, luck) if name == chosen else part)


def without_a_part(content: bytes, luck: random.Random) -> bytes:
    chosen = luck.choice(zipfile.ZipFile(io.BytesIO(content)).namelist())
    return in_parts(content, lambda name, part: None if name == chosen else part)


def with_formulas(content: bytes, luck: random.Random) -> bytes:
    formula = luck.choice(("1+1", "WEBSERVICE(&quot;http://a.se&quot;)", "A1", "1/0"))
    cell = f'<c r="A2" t="str"><f>{formula}</f><v>{luck.choice(("H1", "", "=2"))}</v></c>'.encode()

    def change(name: str, part: bytes) -> bytes:
        return re.sub(rb'<c r="A2"[^>]*>.*?</c>', cell, part) if "worksheets/" in name else part

    return in_parts(content, change)


def far_away(content: bytes, luck: random.Random) -> bytes:
    far = luck.choice((b"XFD1048576", b"ZZZ9999999", b"A1048576", b"XFD1", b"A99999999999", b"a99999999"))
    kind = luck.randrange(3)

    def change(name: str, part: bytes) -> bytes:
        if "worksheets/" not in name:
            return part
        if kind == 0:
            return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:' + far + b'"', part)
        if kind == 1:
            return part.replace(b'r="B2"', b'r="' + far + b'"')
        return part.replace(b'<row r="2"', b'<row r="' + far.strip(b"XFDZA") + b'"')

    return in_parts(content, change)


def entities(content: bytes, luck: random.Random) -> bytes:
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    doctype = b'<!DOCTYPE d [<!ENTITY l0 "lol">' + laughs + b'<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    use = luck.choice((b"&l9;", b"&x;"))

    def change(name: str, part: bytes) -> bytes:
        if "sharedStrings" not in name and "worksheets/" not in name:
            return part
        return part.replace(b"?>", b"?>" + doctype, 1).replace(b"<t>", b"<t>" + use, 3)

    return in_parts(content, change)


def claims(content: bytes, luck: random.Random) -> bytes:
    """Sizes in the headers that are not true: a gigabyte, or next to nothing."""
    changed = bytearray(content)
    size = luck.choice((2**30, 2**32 - 1, 0, 1))
    for sign, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        where = 0
        while (where := changed.find(sign, where)) >= 0:
            if luck.random() < 0.5:
                changed[where + at : where + at + 4] = struct.pack("<I", size)
            where += 4
    return bytes(changed)


def nested(content: bytes, luck: random.Random) -> bytes:
    inside = content
    for _ in range(luck.randrange(1, 4)):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(luck.choice(("city.xlsx", "xl/workbook.xml", "a.zip")), inside)
        inside = out.getvalue()
    return inside if luck.random() < 0.5 else in_parts(content, lambda n, p: inside if "sheet1" in n else p)


def bomb(content: bytes, luck: random.Random) -> bytes:
    chosen = luck.choice(("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"))
    return in_parts(content, lambda name, part: BOMB if name == chosen else part)


def many_parts(content: bytes, luck: random.Random) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as parts:
        for number in range(luck.choice((5, 2000))):
            parts.writestr(f"xl/worksheets/sheet{number + 100}.xml", b"<x/>")
    return out.getvalue()


IN_WORKBOOKS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(flipped, cut, in_a_part, in_a_part, without_a_part, with_formulas),
    *(far_away, entities, claims, nested, many_parts),
)


def mutated(folder: Path, workbook: Path, place: Path, number: int, luck: random.Random) -> tuple[str, Path]:
    """The next of the files: how it was changed, and where it lies."""
    if number % 250 == 13:
        how: Callable[[bytes, random.Random], bytes] = bomb
    elif number % 25 == 7:
        return "strange_entry", strange_entry(folder, place, luck)
    elif number % 2:
        return "in_folder", in_folder(folder, place, luck)
    else:
        how = luck.choice(IN_WORKBOOKS)
    file = place.with_suffix(".xlsx")
    file.write_bytes(how(workbook.read_bytes(), luck))
    return how.__name__, file
