"""The table of powers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from lianfang.foundation.journal.models import Record, record_indexes
from lianfang.foundation.journal.records import row_of
from lianfang.foundation.organisation.models import Unit
from lianfang.kernel.areas import KeyArea
from lianfang.registers.powers.rows import PowerCategory, PowerRow, Visibility
from lianfang.registers.powers.states import PowerState


class Power(Record):
    """A power of a unit: the eight fields of S20, its classification, its steps."""

    adopted_as = frozenset({PowerState.CONFIRMED, PowerState.RETIRED})

    unit = models.ForeignKey(
        Unit, models.PROTECT, db_index=False, to_field="number", verbose_name="单位", related_name="+"
    )
    code = models.CharField("职权编码", max_length=64, blank=True)
    name = models.CharField("职权名称", max_length=300)
    sub_name = models.CharField("子项名称", max_length=300, blank=True)
    content = models.TextField("职权内容", blank=True)
    holder = models.CharField("行使主体", max_length=300, blank=True)
    basis = models.JSONField("法律依据", default=list, blank=True)
    conditions = models.TextField("行使条件", blank=True)
    steps = models.JSONField("行使程序", default=list, blank=True)
    time_limit = models.JSONField("办理期限", default=dict, blank=True)
    supervision = models.TextField("监督方式", blank=True)
    category = models.CharField("职权类别", max_length=16, choices=PowerCategory.choices(), blank=True)
    visibility = models.CharField("内外部", max_length=16, choices=Visibility.choices(), blank=True)
    key_area = models.CharField("重点领域", max_length=16, choices=KeyArea.choices(), blank=True)
    discretion = models.PositiveSmallIntegerField("裁量程度", null=True, blank=True)
    three_major = models.BooleanField("三重一大", default=False)
    final_decision = models.BooleanField("最终决定权", default=False)
    duties = models.TextField("责任事项", blank=True)
    liability = models.TextField("追责情形", blank=True)
    no_weak_link = models.TextField("无薄弱环节理由", blank=True)
    remark = models.TextField("备注", blank=True)

    class Meta:
        """One order, two filters."""

        verbose_name = verbose_name_plural = "职权"
        indexes = record_indexes("power", "category", "key_area")
        constraints = [
            models.CheckConstraint(
                condition=Q(discretion__isnull=True) | Q(discretion__gte=1, discretion__lte=5),
                name="power_discretion_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in PowerState]), name="power_state_is_known"
            ),
        ]

    def to_row(self) -> PowerRow:
        """The power as its frozen value."""
        return row_of(self, PowerRow)
