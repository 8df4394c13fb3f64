"""The table of adjustments: every value that was ever proposed or approved; nothing is overwritten."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from lianfang.foundation.journal.models import Record, record_indexes
from lianfang.foundation.journal.records import row_of
from lianfang.foundation.organisation.models import Unit
from lianfang.foundation.parameters.rows import AdjustmentRow
from lianfang.foundation.parameters.states import AdjustmentState

OPEN = (AdjustmentState.PROPOSED.value, AdjustmentState.RETURNED.value)
"""States in which something is still to be decided."""


class Adjustment(Record):
    """One value of one parameter for one unit, from a day on."""

    unit = models.ForeignKey(
        Unit, models.PROTECT, db_index=False, to_field="number", verbose_name="单位", related_name="+"
    )
    parameter = models.CharField("参数代码", max_length=40)
    name = models.CharField("参数名称", max_length=60)
    """As it was called then: a later version may call it otherwise, or not know it any more."""
    before = models.CharField("原值", max_length=40, blank=True)
    value = models.CharField("新值", max_length=40, blank=True)
    start = models.DateField("拟自何日起", null=True, blank=True)
    reason = models.TextField("调整理由", blank=True)
    basis = models.CharField("批准依据", max_length=500, blank=True)
    proposer = models.CharField("提出人", max_length=120, blank=True)
    approver = models.CharField("批准人", max_length=120, blank=True)
    in_force_from = models.DateField("生效日期", null=True, blank=True)

    class Meta:
        """One open proposal for each parameter of a unit; what is approved has a day, an approver and a basis."""

        verbose_name = verbose_name_plural = "参数调整"
        indexes = record_indexes("adjustment")
        constraints = [
            models.UniqueConstraint(fields=["unit", "parameter"], condition=Q(state__in=OPEN), name="adjustment_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in AdjustmentState]), name="adjustment_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=AdjustmentState.APPROVED.value)
                | (Q(in_force_from__isnull=False) & ~Q(approver="") & ~Q(basis="")),
                name="adjustment_approved_by_somebody",
            ),
        ]

    def to_row(self) -> AdjustmentRow:
        """The adjustment as its frozen value."""
        return row_of(self, AdjustmentRow)
