"""What every write to the organisation demands: a known unit, a stated basis, and that nobody changed it meanwhile."""

from __future__ import annotations

import re

from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.tellers import changed_by
from lianfang.foundation.organisation.queries import unit_paths
from lianfang.kernel.errors import Conflict, Invalid
from lianfang.kernel.rows import Row, digest
from lianfang.kernel.substance import ORGANISING, demand_reason

SEEN_FIRST = "请对照现在的内容，改好后再保存。"
_UNIT_NUMBER = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")


def demand_unit_number(number: str) -> None:
    """A unit's number becomes part of paths and of all public numbers: nothing may stand in it that these mean.

    Raises:
        Invalid: something else than capitals, digits and single hyphens between them.
    """
    if not _UNIT_NUMBER.fullmatch(number):
        raise Invalid(f"单位编号“{number}”不合规则。", "编号由大写字母、数字和短横线组成，例如 LH-WRF；定了就不再改。")


def demand_unchanged(now: Row, seen: str) -> None:
    """Compare the digest of the Row that the form showed with the Row as it is.

    Raises:
        Conflict: somebody changed it meanwhile, or nobody says what was seen: that may be a change just as well.
    """
    if digest(now) == seen:
        return
    if not seen:
        raise Conflict(f"提交里没有说明是照着 {now.number} 的哪个样子改的，您的修改没有保存。", SEEN_FIRST)
    entry = Entry.objects.filter(kind=now.kind, number=now.number).order_by("-id").first()
    raise Conflict(f"{now.number} {changed_by(entry)}，您的修改没有保存。", SEEN_FIRST)


def demand_basis(basis: str, what: str) -> str:
    """The stripped basis.

    Raises:
        Invalid: it is empty, or says nothing that could be looked up.
    """
    remedy = "例如：区委编委〔2026〕3号、任免通知文号或会议纪要编号。"
    return demand_reason(basis, ORGANISING, missing=f"{what}须写明依据。", remedy=remedy)


def path_of(unit: str) -> str:
    """Path of the unit with this number.

    Raises:
        Invalid: there is none.
    """
    path = unit_paths([unit]).get(unit)
    if path is None:
        raise Invalid(f"没有编号为“{unit}”的单位。", "请从单位列表中选择，或先登记该单位。")
    return path
