"""What a deployment installs may be passed on with this software: permissive licences, and the one named exception."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterable, Iterator

from tests.house.faults import ROOT, Fault, demand_none

PERMISSIVE = re.compile(r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|OFL|0BSD", re.IGNORECASE)
NAMED_IN_NOTICE = {"psycopg", "psycopg-binary", "psycopg-pool"}
"""LGPL; used unmodified and replaceable (docs/decisions/)."""


def locked(text: str) -> list[str]:
    """Names of the packages in a lock file."""
    return re.findall(r"^([\w.-]+)==", text, re.MULTILINE)


def licence_of(name: str) -> str | None:
    """What a package says of its licence, or ``None`` where it is not installed (meant for another system)."""
    try:
        described = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return None
    classifiers = [line for line in described.get_all("Classifier", []) if line.startswith("License")]
    stated = [*described.get_all("License-Expression", []), *described.get_all("License", [])]
    return " ".join([*stated, *classifiers])[:200]


def doubtful(licences: Iterable[tuple[str, str | None]]) -> Iterator[Fault]:
    """Packages whose licence is neither permissive nor named in the NOTICE."""
    for name, licence in licences:
        is_copyleft = licence is not None and "GPL" in licence
        if licence is not None and (is_copyleft or not PERMISSIVE.search(licence)) and name not in NAMED_IN_NOTICE:
            yield Fault("licence", name, f"its licence is {licence.strip() or 'not stated'!r}.")


def test_every_locked_package_may_be_passed_on() -> None:
    names = locked((ROOT / "requirements.lock").read_text(encoding="utf-8"))

    assert len(names) > 30
    demand_none(doubtful((name, licence_of(name)) for name in names))


def test_the_exceptions_are_named_in_the_notice() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")

    assert [name for name in sorted(NAMED_IN_NOTICE) if name not in notice] == []


def test_a_copyleft_or_unstated_licence_is_seen() -> None:
    licences = [
        ("a", "GPL-3.0"),
        ("b", "AGPL or MIT"),
        ("c", ""),
        ("d", "MIT"),
        ("psycopg", "LGPL-3.0"),
        ("e", None),
    ]

    assert [fault.place for fault in doubtful(licences)] == ["a", "b", "c"]
