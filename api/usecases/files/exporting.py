"""Exports over the web: the households that a person may see, with the whole stock, as one file."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from api.access.actor import Actor
from api.access.visibility import may_see
from api.usecases.cities import WORKBOOK, ExportFormat
from models.dataset import Dataset
from models.exchange import write_folder, write_workbook

ZIPPED = "hemvist.zip"
MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "application/zip",
    "csv-sv": "application/zip",
}
SOME_TIME = (2000, 1, 1, 0, 0, 0)
"""Without a fixed time two exports of one city would differ."""


def seen_by(actor: Actor, dataset: Dataset) -> Dataset:
    """The rows of a dataset that are a person's to see: others' households are in none of them."""
    seen = {row.household_id for row in dataset.households if may_see(actor, row)}
    return replace(
        dataset,
        households=tuple(row for row in dataset.households if row.household_id in seen),
        members=tuple(row for row in dataset.members if row.household_id in seen),
        stays=tuple(row for row in dataset.stays if row.household_id in seen),
        declines=tuple(row for row in dataset.declines if row.household_id in seen),
        conflicts=tuple(row for row in dataset.conflicts if {row.household_id_a, row.household_id_b} <= seen),
    )


def exported(dataset: Dataset, kind: ExportFormat) -> tuple[str, str, bytes]:
    """Name, media type and bytes of a dataset as a file: one workbook, or the CSV files in a zip."""
    with TemporaryDirectory(prefix="hemvist") as place:
        folder = Path(place)
        if kind == "xlsx":
            write_workbook(dataset, folder / WORKBOOK)
            return WORKBOOK, MEDIA[kind], (folder / WORKBOOK).read_bytes()
        write_folder(dataset, folder, swedish=kind == "csv-sv")
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
            for file in sorted(folder.glob("*.csv")):
                out.writestr(zipfile.ZipInfo(file.name, SOME_TIME), file.read_bytes(), zipfile.ZIP_DEFLATED)
        return ZIPPED, MEDIA[kind], buffer.getvalue()
