"""Reading waivers, and running rules on one entry for its own page."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from lianfang.foundation.lint.engine import run
from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.models import Waiver
from lianfang.foundation.lint.rows import WaiverRow
from lianfang.foundation.lint.rule import Rule
from lianfang.kernel.findings import Finding
from lianfang.kernel.rows import Row


def waivers_of(kind: str, number: str) -> list[WaiverRow]:
    """Waivers granted for one entry, in force or not."""
    return [waiver.to_row() for waiver in Waiver.objects.filter(entry_kind=kind, entry=number).order_by("number")]


def waivers_under(path: str) -> list[WaiverRow]:
    """Waivers for entries under ``path``."""
    waivers = Waiver.objects.filter(unit_path__gte=path, unit_path__lt=path + "~") if path else Waiver.objects.all()
    return [waiver.to_row() for waiver in waivers.order_by("number")]


def findings_about(rules: Iterable[Rule], row: Row, around: Iterable[Row] = ()) -> tuple[Finding, ...]:
    """Open findings about ``row`` itself, its waivers applied; ``around`` are the other entries its rules look at."""
    material = Material([row, *around], today=timezone.localdate())
    report = run(rules, material, waivers=waivers_of(row.kind, row.number))
    return tuple(found for found in report.findings if found.number == row.number and found.kind == row.kind)
