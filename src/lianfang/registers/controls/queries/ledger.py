"""Reading the ledger: as it would be generated now, and as it was generated before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import within
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.journal.fidelity import deviations, displaced, is_genuine, shown, vanished
from lianfang.foundation.journal.models import REWRITTEN, Entry
from lianfang.foundation.journal.queries import approved_rows
from lianfang.foundation.journal.rows import DeviationRow
from lianfang.foundation.organisation.models import Post, Unit
from lianfang.foundation.organisation.queries import closed_among, person_names, post_rows, unit_names
from lianfang.kernel.errors import Absent, Conflict
from lianfang.kernel.levels import Grade
from lianfang.kernel.rows import digest, from_plain
from lianfang.registers.controls.ledger import LedgerChange, Sources, compare, in_order, ledger_of
from lianfang.registers.controls.models import Control, Snapshot
from lianfang.registers.controls.queries.controls import approved_controls, approved_controls_against
from lianfang.registers.controls.queries.duties import posts_approved
from lianfang.registers.controls.rows import ControlRow, LedgerRow, SnapshotRow
from lianfang.registers.powers.queries import retired_among
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.queries.risks import IN_FORCE, approved_risks, under
from lianfang.registers.risks.rows import RiskRow

_GRAVEST_FIRST = Case(*(When(grade=grade.value, then=-grade.rank) for grade in Grade), default=0)

_TRIES = 3
"""How often the ledger is read because somebody wrote meanwhile."""


def ledger_under(path: str) -> list[LedgerRow]:
    """The ledger of everything below ``path``, generated from what is approved now.

    Raises:
        Conflict: something behind it is stored otherwise than it was approved; ``details`` lists what.
    """
    _refuse_deviations(path)
    controls, risks = approved_controls(path), approved_risks(path)
    return ledger_of(
        Sources(
            posts=post_rows(path),
            risks=risks,
            controls=controls,
            unit_names=unit_names(),
            person_names=person_names({control.owner for control in controls}),
            posts_then=posts_approved(risks),
            retired_powers=retired_among(risk.power for risk in risks),
            closed_posts=closed_among(risk.post for risk in risks),
        )
    )


def steady_ledger(path: str) -> list[LedgerRow]:
    """``ledger_under``, of one state and no mixture of two: what is kept, or leaves the house, was so at one moment.

    The ledger is read with several statements, and on PostgreSQL each sees what was committed before it. Versions and
    approvals only ever grow, so that the same sums before and after mean that nothing was written in between.

    Raises:
        Conflict: entries were written each time that it was read, or one is stored otherwise than it was approved.
    """
    before = _written(path)
    for _ in range(_TRIES):
        lines, after = ledger_under(path), _written(path)
        if after == before:
            return lines
        before = after
    raise Conflict("生成台账的时候，这里的风险点或者措施正在被审定或者修改，没有生成。", "请等几分钟再生成。")


def _written(path: str) -> list[tuple[int | None, ...]]:
    """How many entries lie under ``path``, and how often they were written and approved in all."""
    sums = {"many": Count("pk"), "written": Sum("version"), "approved": Sum("approved_entry")}
    entries: tuple[QuerySet[Any], ...] = (Risk.objects.all(), Control.objects.all())
    found = (things.filter(unit_path__gte=path, unit_path__lt=path + "~").aggregate(**sums) for things in entries)
    return [tuple(counted.values()) for counted in found]


@dataclass(frozen=True)
class LedgerPage:
    """Some lines of the ledger as it stands now, numbered within the whole, and how many there are in all.

    ``deviations`` are of the records behind these lines; their lines say so too.
    """

    lines: tuple[LedgerRow, ...]
    deviations: tuple[DeviationRow, ...]
    total: int
    page: int
    pages: int


def ledger_page(path: str, page: int, size: int) -> LedgerPage:
    """One page of the ledger of everything below ``path``: the database sorts and cuts, and counts the whole.

    A ``page`` beyond either end is brought back into it. The cost grows with the page and with how many entries are
    being rewritten at the moment, not with the ledger.
    """
    in_force = under(Risk.objects.filter(IN_FORCE, approved_entry__isnull=False), path)
    total = in_force.count()
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    start = (page - 1) * size
    risks = _cut(in_force, start, start + size)
    controls = approved_controls_against(path, {risk.number for risk in risks})
    deviating = _behind(risks, controls)
    posts = Post.objects.filter(number__in={risk.post for risk in risks})
    sources = Sources(
        posts=[post.to_row() for post in posts],
        risks=risks,
        controls=controls,
        unit_names=unit_names(risk.unit for risk in risks),
        person_names=person_names({control.owner for control in controls}),
        deviating=frozenset(item.number for item in deviating),
        posts_then=posts_approved(risks),
        retired_powers=retired_among(risk.power for risk in risks),
        closed_posts=closed_among(risk.post for risk in risks),
    )
    return LedgerPage(tuple(ledger_of(sources, start + 1)), deviating, total, page, pages)


def _behind(risks: Sequence[RiskRow], controls: Iterable[ControlRow]) -> tuple[DeviationRow, ...]:
    """What of the records behind some lines is not what was approved, and which of their measures were taken away."""
    listed = Risk.objects.filter(number__in={risk.number for risk in risks})
    shown = {control.number for control in controls}
    measures = Control.objects.filter(Q(number__in=shown) | Q(risk__number__in={risk.number for risk in risks}))
    strays = (*displaced(listed, RiskRow.kind), *displaced(measures, ControlRow.kind))
    return (*deviations(listed), *deviations(measures), *strays)


def _refuse_deviations(path: str) -> None:
    """All records are looked at, also those that claim to be closed or never approved: a line may have been hidden."""
    found: list[DeviationRow] = []
    for model, kind in ((Risk, RiskRow.kind), (Control, ControlRow.kind)):
        records: Any = model._default_manager.filter(unit_path__gte=path, unit_path__lt=path + "~")
        found += deviations(records.order_by("unit_path", "number").iterator(chunk_size=2_000))
        found += vanished(model, kind, path)
        belonging = Q(unit__path__gte=path, unit__path__lt=path + "~")
        found += displaced(model._default_manager.filter(belonging | Q(pk__in=records.values("pk"))), kind)
    if found:
        raise Conflict(
            f"台账没有生成：有 {len(found)} 条记录现在存的内容与审定时的不符，可能有人绕过系统改动了数据库。",
            "请把下列编号报告安全审计员，对照操作日志查明；恢复或者重新审定以后再生成台账。",
            details=shown(found),
        )


def _cut(in_force: QuerySet[Risk], start: int, end: int) -> list[RiskRow]:
    """The approved rows from ``start`` to ``end`` in the order of the ledger.

    What was rewritten since its approval stands where its approved copy belongs, which its columns do not tell. These
    few can push the others back by no more than their own number: so many more are read before ``start``, the few are
    sorted in, and what came too early is dropped again.
    """
    rewritten = approved_rows(RiskRow, in_force.filter(REWRITTEN))
    first = max(0, start - len(rewritten))
    by_post = F("post__number").asc(nulls_first=True)
    ordered = in_force.filter(~REWRITTEN).order_by("unit__number", by_post, _GRAVEST_FIRST, "number")
    keys = list(ordered.values_list("pk", flat=True)[first:end])
    untouched = [risk.to_row() for risk in Risk.objects.filter(pk__in=keys)]
    return sorted([*untouched, *rewritten], key=in_order)[start - first : end - first]


def ledger_unit(actor: User, number: str) -> Unit:
    """A unit whose ledger the actor may read.

    Raises:
        Absent: no such unit, or not the actor's to see.
    """
    unit = Unit.objects.filter(within(actor.paths(Permission.LEDGER_READ), "path"), number=number).first()
    if unit is None:
        raise Absent(f"没有找到编号为“{number}”的单位。")
    return unit


def visible_snapshots(actor: User) -> QuerySet[Snapshot]:
    """Snapshots of the units whose ledger the actor may read, newest first."""
    return Snapshot.objects.filter(within(actor.paths(Permission.LEDGER_READ))).order_by("-taken_at", "-id")


def lines_of(snapshot: Snapshot) -> list[LedgerRow]:
    """The lines of a snapshot as they were generated."""
    return [from_plain(LedgerRow, line) for line in snapshot.lines]


@dataclass(frozen=True)
class Compared:
    """A snapshot beside its predecessor."""

    snapshot: Snapshot
    previous: Snapshot | None
    changes: tuple[LedgerChange, ...]
    faults: tuple[str, ...] = ()
    """Why one of the two is not what was generated; then nothing is compared."""

    def genuine_lines(self) -> list[LedgerRow]:
        """The lines of the snapshot, for whoever takes them away.

        Raises:
            Conflict: they are not what was generated.
        """
        if fault := snapshot_fault(self.snapshot):
            raise Conflict(f"台账 {self.snapshot.number} {fault}，不能取用。", "请报告安全审计员，对照操作日志查明。")
        return lines_of(self.snapshot)


def snapshot_fault(snapshot: Snapshot) -> str:
    """Why a kept ledger is not what was generated; "" where its lines have the fingerprint that the journal holds."""
    if digest(snapshot.lines) != snapshot.fingerprint or len(snapshot.lines) != snapshot.line_count:
        return "留存的内容与生成时的指纹不符"
    written = Entry.objects.filter(kind=SnapshotRow.kind, number=snapshot.number).order_by("id").first()
    if written is None:
        return "没有生成时的操作日志"
    sound = is_genuine(written) and from_plain(SnapshotRow, json.loads(written.after)) == snapshot.to_row()
    return "" if sound else "与生成时的操作日志不符"


def snapshot_deviations(path: str) -> Iterator[DeviationRow]:
    """Kept ledgers of the units under ``path`` that are not what was generated, or are shown under another unit."""
    kept = Snapshot.objects.filter(unit_path__gte=path, unit_path__lt=path + "~").order_by("pk")
    for snapshot in kept.iterator(chunk_size=20):
        if fault := snapshot_fault(snapshot):
            yield DeviationRow(
                number=snapshot.number, unit=str(snapshot.unit_id), of_kind=SnapshotRow.kind, reason=fault
            )
    belonging = Snapshot.objects.filter(unit__path__gte=path, unit__path__lt=path + "~")
    yield from displaced(belonging, SnapshotRow.kind)


def compared(actor: User, number: str) -> Compared:
    """What changed in a snapshot since the one before it.

    Raises:
        Absent: no such snapshot, or not the actor's to see.
    """
    snapshot = visible_snapshots(actor).filter(number=number).first()
    if snapshot is None:
        raise Absent(f"没有找到编号为“{number}”的台账。")
    earlier = Snapshot.objects.filter(unit=snapshot.unit, taken_at__lt=snapshot.taken_at).order_by("-taken_at").first()
    looked_at = [item for item in (snapshot, earlier) if item is not None]
    faults = tuple(f"{item.number}：{fault}" for item in looked_at if (fault := snapshot_fault(item)))
    changes = compare(lines_of(earlier), lines_of(snapshot)) if earlier and not faults else []
    return Compared(snapshot, earlier, tuple(changes), faults)
