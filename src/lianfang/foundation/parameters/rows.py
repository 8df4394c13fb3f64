"""An adjustment of a parameter as a frozen value: which, for whom, from what to what, since when, by whose approval."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import ClassVar

from lianfang.foundation.parameters.inventory import BY_CODE
from lianfang.foundation.parameters.states import AdjustmentState

NOTHING_OWN = "不再单独规定"
"""How the empty value reads: the value of the commission, or the default, holds again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentRow:
    """One proposed or approved value of one parameter for one bureau (or, at the commission, for all below it).

    ``value`` "" gives up the unit's own value; ``before`` is what held for the unit when this was proposed, and in the
    end when it was approved. ``start`` is the day asked for, ``in_force_from`` the day it really holds from: never
    before the day of approval, so that no result of an earlier day changes afterwards.
    """

    kind: ClassVar[str] = "adjustments"
    label: ClassVar[str] = "参数调整"
    headings: ClassVar[dict[str, str]] = {
        "number": "编号", "unit": "单位编号", "parameter": "参数代码", "name": "参数名称", "before": "原值",
        "value": "新值", "start": "拟自何日起", "reason": "调整理由", "basis": "批准依据", "proposer": "提出人",
        "approver": "批准人", "in_force_from": "生效日期", "state": "状态", "version": "版本",
    }  # fmt: skip

    number: str
    unit: str
    parameter: str
    name: str = ""
    before: str = ""
    value: str = ""
    start: datetime.date | None = None
    reason: str = ""
    basis: str = ""
    proposer: str = ""
    approver: str = ""
    in_force_from: datetime.date | None = None
    state: AdjustmentState = AdjustmentState.PROPOSED
    version: int = 1

    @property
    def title(self) -> str:
        """Shown as the parameter with both values."""
        return f"{self.name}：{self.shown_before} → {self.shown_value}"

    @property
    def shown_before(self) -> str:
        """The earlier value as a person reads it."""
        return self._shown(self.before)

    @property
    def shown_value(self) -> str:
        """The new value as a person reads it."""
        return self._shown(self.value)

    @property
    def coming_words(self) -> str:
        """What holds from its day on, in words."""
        return f"{self.in_force_from} 起 {self.shown_value}"

    @property
    def search_text(self) -> str:
        """Found by number, name and minutes."""
        return f"{self.number} {self.name} {self.basis}"

    def _shown(self, text: str) -> str:
        if not text:
            return NOTHING_OWN
        definition = BY_CODE.get(self.parameter)
        return definition.shown_text(text) if definition else text
