"""Write a document as JSON, one entry a line: values by field, dates in ISO, words by their code."""

from __future__ import annotations

import json
from typing import BinaryIO

from lianfang.foundation.documents.document import Document, Section
from lianfang.kernel.rows import Plain, plain


def write_json(document: Document, target: BinaryIO) -> None:
    """Write one UTF-8 JSON object; the order of keys in an entry is that of the columns."""
    head = {
        "title": document.title,
        "subtitle": document.subtitle,
        "meta": dict(document.meta),
        "footer": document.footer,
    }
    sections = ",\n".join(_section(section) for section in document.sections)
    target.write(f'{_json(head)[:-1]}, "sections": [\n{sections}\n]}}\n'.encode())


def _section(section: Section) -> str:
    columns: list[Plain] = [{"field": column.field, "heading": column.heading} for column in section.columns]
    head = _json({"heading": section.heading, "note": section.note, "columns": columns})
    names = [column.field for column in section.columns]
    rows = ",\n".join(_json(dict(zip(names, map(plain, row), strict=True))) for row in section.rows)
    return f'{head[:-1]}, "rows": [\n{rows}\n]}}'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
