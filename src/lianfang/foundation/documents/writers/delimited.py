"""Write a document as CSV: UTF-8 with a byte order mark, which the office programs need, and formulas disarmed."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from lianfang.foundation.documents.cells import cell_text
from lianfang.foundation.documents.document import Document
from lianfang.foundation.documents.guards import guarded


def write_csv(document: Document, target: BinaryIO) -> None:
    """Write headings and rows; several sections follow each other, each after a line with its heading."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for number, section in enumerate(document.sections):
        if len(document.sections) > 1:
            writer.writerows([[]] * bool(number))
            writer.writerow([guarded(section.heading)])
        writer.writerow([guarded(column.heading) for column in section.columns])
        for row in section.cells():
            writer.writerow([guarded(cell_text(cell)) for cell in row])
    target.write(b"\xef\xbb\xbf" + text.getvalue().encode("utf-8"))
