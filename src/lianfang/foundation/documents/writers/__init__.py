"""Write a ``Document`` as a workbook, CSV, Word file, PDF or JSON; ``write_table`` is the one door."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from lianfang.foundation.documents.document import Document, Format
from lianfang.foundation.documents.writers.delimited import write_csv
from lianfang.foundation.documents.writers.pdf import write_pdf
from lianfang.foundation.documents.writers.structured import write_json
from lianfang.foundation.documents.writers.word import write_docx
from lianfang.foundation.documents.writers.workbook import write_xlsx
from lianfang.kernel.errors import Invalid

MOST_ROWS_ON_PAGES = 5_000
"""Word and PDF are for reading; longer lists are for a workbook."""

CONTENT_TYPES = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv; charset=utf-8",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
    Format.JSON: "application/json",
}

_WRITERS: dict[Format, Callable[[Document, BinaryIO], None]] = {
    Format.XLSX: write_xlsx,
    Format.CSV: write_csv,
    Format.DOCX: write_docx,
    Format.PDF: write_pdf,
    Format.JSON: write_json,
}


def write_table(document: Document, target: Path | str | BinaryIO, file_format: Format) -> None:
    """Write a document to a path or a binary stream.

    A path only ever holds a finished file: the content is made in memory, written beside it, and put in its place.

    Raises:
        Invalid: when the document is too long for pages, or a cell too long for the format.
    """
    if file_format in {Format.DOCX, Format.PDF} and document.row_count > MOST_ROWS_ON_PAGES:
        raise Invalid(
            f"共 {document.row_count} 行，超过 Word 和 PDF 允许的 {MOST_ROWS_ON_PAGES} 行。",
            "请缩小范围，或导出为 Excel。",
        )
    buffer = io.BytesIO()
    _WRITERS[file_format](document, buffer)
    if isinstance(target, (Path, str)):
        _replace(Path(target), buffer.getvalue())
    else:
        target.write(buffer.getvalue())


def _replace(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def rendered(document: Document, file_format: Format) -> bytes:
    """The document as bytes; raises as ``write_table``."""
    buffer = io.BytesIO()
    write_table(document, buffer, file_format)
    return buffer.getvalue()
