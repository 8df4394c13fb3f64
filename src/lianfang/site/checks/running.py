"""Running all rules over one bureau and keeping what they found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django.db.models import F
from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow_at
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.queries import tallied
from lianfang.foundation.lint.actions import Checked, store_check
from lianfang.foundation.lint.report import Report
from lianfang.foundation.lint.rows import CheckRunRow, text_digest
from lianfang.foundation.organisation.models import Unit
from lianfang.foundation.organisation.queries import bureau_of, bureaus_under, unit_paths
from lianfang.kernel.errors import Absent, Invalid
from lianfang.kernel.findings import Finding
from lianfang.programme.plans.queries.programmes import CHECKED
from lianfang.registers.regulations.models import RegulationPower
from lianfang.site.checks.figures import figures_by_unit
from lianfang.site.material import material_under, report_of
from lianfang.site.registers import REGISTERS

MOST_IN_BROWSER = 20_000
"""Entries of a bureau that are checked while the person waits; a check of so many takes some ten seconds."""
ALWAYS_PUBLIC = frozenset({"units", "posts", "people", "tenures", "laws", *(row.kind for row in CHECKED)})
"""Registers without an approval, and programmes, of which only confirmed ones are checked: who reads findings may read
these."""
NEVER_PUBLIC = frozenset({"gradings", "scores"})
"""Whoever reads approved entries only is shown a grade, and not how it came about."""
CHUNK = 500


def check_in_browser(actor: User, unit: str) -> CheckRunRow:
    """Check the bureau of ``unit`` at once, if it is small enough to wait for.

    Raises:
        Invalid: more than ``MOST_IN_BROWSER`` entries; the command line does it.
    """
    bureau = _bureau_around(unit)
    entries = entries_under(bureau.path)
    if entries > MOST_IN_BROWSER:
        raise Invalid(
            f"{bureau.name}共有 {entries} 条登记，超过网页上一次检查的上限 {MOST_IN_BROWSER} 条。",
            f"请系统管理员在服务器上运行 lianfang lint --unit {bureau.number} --store，完成后结果显示在这里。",
        )
    return check_bureau(actor, unit)[0]


def check_bureau(actor: User, unit: str) -> tuple[CheckRunRow, Report]:
    """Run every rule over the bureau that ``unit`` belongs to and store what they found.

    The rules compare sections with each other, so it is always the whole bureau that is checked, also for the head of
    one section.

    Raises:
        Absent: no such unit, or it belongs to no bureau.
        Refused: the actor may not have this unit checked.
    """
    bureau = _bureau_around(unit)
    inside = (path for path in actor.paths(Permission.FINDINGS_CHECK) if path.startswith(bureau.path))
    asked = next(inside, bureau.path)
    allow_at(actor, Permission.FINDINGS_CHECK, asked)
    material = material_under(bureau.path, timezone.localdate())
    report = report_of(material, bureau.path)
    named = {(found.kind, found.number) for found in report.findings}
    named |= {(item.finding.kind, item.finding.number) for item in report.waived}
    checked = Checked(
        unit=bureau,
        report=report,
        asked=asked,
        entries=sum(len(material.of(register)) for register in material.inspected),
        paths=unit_paths(),
        published=_published(named),
        figures=figures_by_unit(material, _covered(bureau.path)),
        parameters=material.parameters.departing(),
        texts={key: text_digest(material.entry(*key)) for key in named},
    )
    return store_check(actor=actor, checked=checked), report


def check_everywhere(actor: User, unit: str = "") -> list[Finding]:
    """Check and store the bureau of ``unit``, or one bureau after another where none is named; for the command line.

    Raises:
        Refused: the actor may not have one of them checked; those before it stay stored.
    """
    bureaus = [unit] if unit else [bureau.number for bureau in bureaus_under([""])]
    return [found for bureau in bureaus for found in check_bureau(actor, bureau)[1].findings]


def entries_under(path: str) -> int:
    """How many entries of all registers lie under a bureau's path, from the tallies."""
    return sum(tallied(register.kind, (path,)) for register in REGISTERS)


def _bureau_around(unit: str) -> Unit:
    path = unit_paths([unit]).get(unit)
    bureau = bureau_of(path) if path else None
    if bureau is None:
        raise Absent(f"没有找到编号为“{unit}”的单位，或者它不属于任何一个局。", "请从单位列表中选择一个局或其科室。")
    return bureau


def _covered(path: str) -> frozenset[str]:
    """Numbers of the powers under ``path`` that a regulation in effect covers."""
    links = RegulationPower.objects.filter(binding=True, regulation__in_effect=True, power__unit_path__gte=path)
    return frozenset(links.filter(power__unit_path__lt=path + "~").values_list("power__number", flat=True))


def _published(named: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Those of ``(kind, number)`` that are approved as they stand, or need no approval."""
    by_kind: dict[str, list[str]] = {}
    found: set[tuple[str, str]] = set()
    for kind, number in named:
        if not kind or kind in ALWAYS_PUBLIC:
            found.add((kind, number))
        else:
            by_kind.setdefault(kind, []).append(number)
    for register in REGISTERS:
        if register.kind in NEVER_PUBLIC:
            continue
        numbers = by_kind.get(register.kind, [])
        found |= {(register.kind, number) for number in _approved(register.model, numbers)}
    return frozenset(found)


def _approved(model: Any, numbers: list[str]) -> Iterable[str]:
    names = {item.name for item in model._meta.get_fields()}
    if not {"approved_entry", "stale"} <= names:
        return
    for start in range(0, len(numbers), CHUNK):
        approved = model.objects.filter(number__in=numbers[start : start + CHUNK], approved_entry__isnull=False)
        # Not only untouched in its guarded fields: a finding quotes any field, and a draft of one is nobody else's.
        as_approved = approved.filter(stale=False, approved_version=F("version"))
        yield from cast("Iterable[str]", as_approved.values_list("number", flat=True))


READERS: Mapping[str, Permission] = {register.kind: register.read for register in REGISTERS}
"""Register → the permission with which everything in it may be read, drafts included."""
