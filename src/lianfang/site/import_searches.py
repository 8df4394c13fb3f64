"""Records of searches that the store would refuse: days to come, nobody who took part, signatures of others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

from lianfang.foundation.accounts.models import User
from lianfang.foundation.organisation.queries import unit_paths
from lianfang.kernel.errors import LianfangError
from lianfang.kernel.findings import Finding, Place, Severity
from lianfang.registers.risks.queries.searches import demand_correctable, demand_sound, signature_of
from lianfang.registers.risks.rows import SearchRow
from lianfang.site.intake import Intake, Taking

UNSOUND = "IMP051"


def report_unsound_searches(intake: Intake, terms: Taking, place: Callable[[int, str], Place | None]) -> None:
    """Bar lines of a list of searches that the store would refuse, each at its cell."""
    if intake.register.row is not SearchRow:
        return
    touched = {*intake.created, *intake.changed}
    paths = unit_paths({row.unit for row in intake.rows})
    # Paper that was signed elsewhere is adopted with its signatures.
    actor = None if terms.adopting else terms.actor
    for line, row in enumerate(cast("list[SearchRow]", intake.rows)):
        if row.number not in touched:
            continue
        before = cast("SearchRow | None", intake.before.get(row.number))
        for name, error in _refusals(row, before, actor, paths.get(row.unit, "")):
            message = f"{error.message}{error.remedy}"
            found = Finding("", name, message, code=UNSOUND, severity=Severity.ERROR, place=place(line, name))
            intake.findings.append(found)


def _refusals(
    row: SearchRow, before: SearchRow | None, actor: User | None, path: str
) -> Iterator[tuple[str, LianfangError]]:
    field = "participants" if not row.participants else "signed_by" if not row.signed_by.strip() else "held_on"
    try:
        demand_sound(row)
    except LianfangError as error:
        yield field, error
    if actor is None:
        return
    try:
        if before:
            demand_correctable(actor, before, path)
        signature_of(actor, row, path)
    except LianfangError as error:
        yield "signed_by", error
