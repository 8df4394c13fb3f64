"""The doors of the JSON interface, as its own description names them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lianfang.site.api import api


def paths() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Address, method and description of every operation."""
    for address, operations in api.get_openapi_schema()["paths"].items():
        for method, operation in operations.items():
            yield address, method, operation


def filled(address: str, furnished: dict[str, str]) -> str:
    """An address of the description with real numbers in it."""
    tail = address.removeprefix("/api/1/")
    if "{" not in tail:
        return address
    door, _, rest = tail.partition("/{")
    return f"/api/1/{door}/{furnished[door]}/{rest.rpartition('}/')[2]}"
