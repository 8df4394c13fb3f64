"""Reading the ledger: as it would be generated now, and as it was generated before."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import within
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation.models import Unit
from lianfang.foundation.organisation.queries import person_names, post_rows, unit_names
from lianfang.kernel.errors import Absent
from lianfang.kernel.rows import from_plain
from lianfang.registers.controls.ledger import LedgerChange, Sources, compare, ledger_of
from lianfang.registers.controls.models import Snapshot
from lianfang.registers.controls.queries.controls import approved_controls
from lianfang.registers.controls.rows import LedgerRow
from lianfang.registers.risks.queries.risks import approved_risks


def ledger_under(path: str) -> list[LedgerRow]:
    """The ledger of everything below ``path``, generated from what is approved now."""
    controls = approved_controls(path)
    return ledger_of(
        Sources(
            posts=post_rows(path),
            risks=approved_risks(path),
            controls=controls,
            unit_names=unit_names(),
            person_names=person_names({control.owner for control in controls}),
        )
    )


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


def compared(actor: User, number: str) -> Compared:
    """What changed in a snapshot since the one before it.

    Raises:
        Absent: no such snapshot, or not the actor's to see.
    """
    snapshot = visible_snapshots(actor).filter(number=number).first()
    if snapshot is None:
        raise Absent(f"没有找到编号为“{number}”的台账。")
    earlier = Snapshot.objects.filter(unit=snapshot.unit, taken_at__lt=snapshot.taken_at).order_by("-taken_at").first()
    changes = compare(lines_of(earlier), lines_of(snapshot)) if earlier else []
    return Compared(snapshot, earlier, tuple(changes))
