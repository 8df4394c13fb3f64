"""Who may answer for a measure or supervise it: the people of its bureau, and of the bodies above it."""

from __future__ import annotations

from lianfang.foundation.organisation.strangers import strangers_at
from lianfang.kernel.errors import Invalid
from lianfang.registers.controls.rows import ControlRow

_NAMED = ("owner", "supervisor")


def demand_own_people(row: ControlRow, path: str, before: ControlRow | None = None) -> None:
    """Let a measure at ``path`` name only people of its bureau, of a bureau above it, or of the commission (S22, S74).

    The commission, because its responsibility is to supervise, and it may answer for measures that do. Who is named
    already stays: people move, and CTL006 tells of it.

    Raises:
        Invalid: somebody of another bureau is newly named.
    """
    named = {name: getattr(row, name) for name in _NAMED}
    fresh = {name: who for name, who in named.items() if who and (before is None or who != getattr(before, name))}
    strangers = strangers_at(path, set(fresh.values()))
    found = [f"{ControlRow.headings[name]} {who}" for name, who in fresh.items() if who in strangers]
    if found:
        raise Invalid(
            f"{'、'.join(found)} 不是本局的人员，也不是上级单位或者纪委监委的人员，不能对本局的措施负责。",
            "请从本局人员中选责任人和监督人；监督人也可以是派驻或者上级纪检机构的人员。",
        )
