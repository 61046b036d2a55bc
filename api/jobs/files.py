"""Files that a job is given: unpacked for it, and spoken of without where they lie."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import Engine

from api.usecases.files.parcel import Unpacked, unpacked
from api.usecases.problems import UserError
from models.database import reading
from models.exchange import ExchangeProblem
from models.jobs import Job
from models.store.files import file_by_id


@contextmanager
def parcel_of(engine: Engine, job: Job) -> Iterator[tuple[Unpacked, date]]:
    """The files of an import and the day they are of, until the end of the block.

    Raises
    ------
    UserError
        When they are gone, cannot be unpacked, or are too large.
    """
    with reading(engine) as connection:
        file = file_by_id(connection, job.parameters["file_id"])
    if file is None:
        raise UserError("import_gone")
    with unpacked(file.name, file.content, job.parameters["largest"]) as folder:
        yield folder, date.fromisoformat(job.parameters["as_of"])


@contextmanager
def without_place(folder: Unpacked) -> Iterator[None]:
    """Let what is wrong with files be said without the folder of this machine.

    Raises
    ------
    ExchangeProblem
        As it was raised, less the folder.
    """
    try:
        yield
    except ExchangeProblem as problem:
        raise ExchangeProblem(folder.without_place(problem.message)) from None
