"""Reading waivers and the last check of each bureau, and running rules on one entry for its own page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import within
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.lint.engine import run
from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.models import CheckFinding, CheckRun, Waiver
from lianfang.foundation.lint.rows import WaiverRow
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.organisation.queries import bureau_paths_of, bureaus_under
from lianfang.foundation.parameters.queries.values import parameters_of
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
    rows, today = [row, *around], timezone.localdate()
    unit = Material(rows, today=today).unit_of(row)
    material = Material(rows, today=today, parameters=parameters_of(unit, today))
    report = run(rules, material, waivers=waivers_of(row.kind, row.number))
    return tuple(found for found in report.findings if found.number == row.number and found.kind == row.kind)


def visible_waivers(actor: User) -> QuerySet[Waiver]:
    """Waivers of the units whose findings the actor may read, those that end last first."""
    return Waiver.objects.filter(within(actor.paths(Permission.FINDINGS_READ))).order_by("-expires", "number")


def current_runs(paths: Iterable[str]) -> list[CheckRun]:
    """The newest check of every bureau that lies under, or around, one of ``paths``, in tree order."""
    wanted = tuple(paths)
    bureaus = {*bureau_paths_of(wanted), *(bureau.path for bureau in bureaus_under(wanted))}
    newest = CheckRun.objects.filter(unit_path__in=bureaus).values("unit_path").annotate(newest=Max("id"))
    return list(
        CheckRun.objects.select_related("unit").filter(pk__in=[line["newest"] for line in newest]).order_by("unit_path")
    )


def unwaived() -> Q:
    """Stored findings that no waiver holds back today: one that has run out since the check holds nothing."""
    lapsed = Waiver.objects.filter(expires__lt=timezone.localdate()).values("number")
    return Q(waiver="") | Q(waiver__in=lapsed)


def readable_findings(actor: User, readers: Mapping[str, Permission]) -> QuerySet[CheckFinding]:
    """Stored findings that the actor may read, gravest first.

    ``readers`` says with which permission all entries of a register may be read; whoever lacks it is shown findings
    about entries that are approved as they stand, and no others.
    """
    reach = actor.paths(Permission.FINDINGS_READ)
    kinds: dict[tuple[str, ...], list[str]] = {}
    for kind, permission in readers.items():
        kinds.setdefault(actor.paths(permission), []).append(kind)
    open_to_actor = Q(unpublished=False)
    for paths, named in kinds.items():
        open_to_actor |= Q(kind__in=named) & within(paths)
    runs = [run.pk for run in current_runs(reach)]
    found = CheckFinding.objects.filter(within(reach), open_to_actor, run__in=runs)
    return found.order_by("weight", "unit_path", "number", "id")
