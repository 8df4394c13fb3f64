"""What may stand in a text field: no control characters, no halves of characters, no more than its column holds."""

from __future__ import annotations

import re
from typing import Any

from lianfang.kernel.errors import Invalid

_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""All but tab and line feed: they break PostgreSQL, XML and so every Word and Excel file that is written later."""

DOCUMENT = "text"
"""The field with a whole document: it is quoted by place, and so keeps every blank."""


def clean(text: str) -> str:
    """``text`` with one kind of line end and without characters that no database or document takes."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n")) if _UNWRITABLE.search(text) else text


def clean_json(value: Any) -> Any:
    """JSON with every text in it cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list | tuple):
        return [clean_json(item) for item in value]
    if isinstance(value, dict):
        return {name: clean_json(item) for name, item in value.items()}
    return value


def tidy_json(value: Any) -> Any:
    """JSON from outside with texts as a form hands them on: cleaned, without outer blanks, an item of a list a line."""
    if isinstance(value, str):
        return clean(value).strip()
    if isinstance(value, list):
        return [tidied for item in value for tidied in _items(item)]
    if isinstance(value, dict):
        return {name: clean_json(item) if name == DOCUMENT else tidy_json(item) for name, item in value.items()}
    return value


def _items(item: Any) -> list[Any]:
    if not isinstance(item, str):
        return [tidy_json(item)]
    return [line.strip() for line in clean(item).splitlines() if line.strip()]


def fitting(label: str, text: str, most: int | None) -> str:
    """``text``, cleaned.

    Raises:
        Invalid: it is longer than ``most`` characters.
    """
    cleaned = clean(text)
    if most is not None and len(cleaned) > most:
        raise Invalid(f"“{label}”有 {len(cleaned)} 个字，最多 {most} 个字。", "请缩短后再保存。")
    return cleaned
