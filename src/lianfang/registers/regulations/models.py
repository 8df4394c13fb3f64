"""The table of regulations, and the table that says which powers each of them covers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from lianfang.foundation.journal.models import Record, record_indexes
from lianfang.foundation.journal.records import row_of
from lianfang.foundation.organisation.models import Unit
from lianfang.registers.powers.models import Power
from lianfang.registers.regulations.rows import CauseCode, ChangeKind, Mechanism, RegulationRow
from lianfang.registers.regulations.states import RegulationState


class Regulation(Record):
    """A regulation of a unit, its evaluation (S34, S35) and the powers it covers (S36)."""

    adopted_as = frozenset({RegulationState.ADOPTED, RegulationState.IN_FORCE, RegulationState.REPEALED})

    unit = models.ForeignKey(
        Unit, models.PROTECT, db_index=False, to_field="number", verbose_name="单位", related_name="+"
    )
    title = models.CharField("制度名称", max_length=300)
    document_number = models.CharField("文号", max_length=120, blank=True)
    change = models.CharField("评估结论", max_length=16, choices=ChangeKind.choices(), blank=True)
    powers = models.JSONField("覆盖职权", default=list, blank=True)
    mechanism = models.CharField("机制类别", max_length=16, choices=Mechanism.choices(), blank=True)
    cause = models.CharField("失效原因", max_length=24, choices=CauseCode.choices(), blank=True)
    evaluation = models.TextField("评估说明", blank=True)
    integrity_test = models.JSONField("廉洁性", default=dict, blank=True)
    reason_test = models.JSONField("合理性", default=dict, blank=True)
    effect_test = models.JSONField("有效性", default=dict, blank=True)
    basis = models.JSONField("制定依据", default=list, blank=True)
    effective_on = models.DateField("施行日期", null=True, blank=True)
    accountability = models.TextField("责任追究条款", blank=True)
    replaces = models.CharField("替代制度", max_length=64, blank=True)
    in_effect = models.BooleanField("现行有效", default=False)
    """Binds today: a regulation that is evaluated again binds until it is repealed. Kept by keep, enforce, repeal."""
    binding_entry = models.BigIntegerField("施行时的日志号", null=True, blank=True)
    """The entry that froze the text that binds; a revision may be adopted already and not yet be in force."""

    class Meta:
        """One order, one filter."""

        verbose_name = verbose_name_plural = "制度"
        indexes = record_indexes("regulation", "mechanism")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in RegulationState]), name="regulation_state_is_known"
            ),
        ]

    def to_row(self) -> RegulationRow:
        """The regulation as its frozen value."""
        return row_of(self, RegulationRow)


class RegulationPower(models.Model):
    """A power that a regulation covers: the list in ``Regulation.powers`` once more, for questions about coverage.

    Twice where it is in force: as its entry says now, and (``binding``) as the text says that was put into force.
    Written by the same actions that write the two; the keys also make sure that every covered power exists.
    """

    regulation = models.ForeignKey(
        Regulation, models.CASCADE, to_field="number", verbose_name="制度", related_name="covered"
    )
    power = models.ForeignKey(Power, models.PROTECT, to_field="number", verbose_name="职权", related_name="+")
    binding = models.BooleanField("按施行文本", default=False)

    class Meta:
        """A regulation covers a power once, as written and as put into force."""

        verbose_name = verbose_name_plural = "一权一制"
        constraints = [
            models.UniqueConstraint(fields=["regulation", "power", "binding"], name="regulation_covers_once")
        ]

    def __str__(self) -> str:
        return f"{self.regulation_id} {self.power_id}"
