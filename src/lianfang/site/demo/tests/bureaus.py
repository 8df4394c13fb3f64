"""The demo's two bureaus taken apart, for tests that look at one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lianfang.kernel.rows import Row
from lianfang.site.demo.bureau import TABLES, Record, Written, to_row

MAIN_BUREAU = "CH"
NEIGHBOUR = "SW"


def all_rows(written: Written) -> Iterator[Row]:
    """Every entry as a Row, register by register in storing order."""
    for table in TABLES:
        yield from (to_row(table, record) for record in written.records(table))


def of_bureau(written: Written, bureau: str) -> Written:
    """Only what belongs to one bureau: its units, their entries, the commission and the laws."""
    files = {
        name: [record for record in records if _belongs(record, bureau)] for name, records in written.files.items()
    }
    return replace(written, files={**files, "laws.csv": written.files["laws.csv"]})


def _belongs(record: Record, bureau: str) -> bool:
    number = next(iter(record.values()))
    return number == bureau or number.startswith((f"{bureau}-", "JW"))
