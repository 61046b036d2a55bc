"""Dataset files in and out: CSV folders in both dialects and .xlsx workbooks, every fault named."""

from models.exchange.faults import ExchangeProblem, Fault
from models.exchange.importing import ImportReport, import_folder
from models.exchange.write import write_folder, write_workbook

__all__ = ["ExchangeProblem", "Fault", "ImportReport", "import_folder", "write_folder", "write_workbook"]
