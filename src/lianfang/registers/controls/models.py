"""Control measures, their tests, and ledger snapshots."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from lianfang.foundation.catalogue.fields import CodeField
from lianfang.foundation.journal.models import Record, record_indexes
from lianfang.foundation.journal.records import row_of
from lianfang.foundation.organisation.models import Person, Unit
from lianfang.kernel.levels import Grade
from lianfang.kernel.responsibilities import Responsibility
from lianfang.registers.controls.rows import (
    BasisType,
    ControlFamily,
    ControlKind,
    ControlRow,
    ControlTestRow,
    Frequency,
    SnapshotRow,
    Verdict,
)
from lianfang.registers.controls.states import ControlState
from lianfang.registers.risks.models import Risk


class Control(Record):
    """One measure against one risk point (S33)."""

    adopted_as = frozenset({ControlState.IN_FORCE, ControlState.RETIRED})

    risk = models.ForeignKey(
        Risk, models.PROTECT, db_index=False, to_field="number", verbose_name="风险点", related_name="+"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, db_index=False, to_field="number", verbose_name="单位", related_name="+"
    )
    family = models.CharField("控制类别", max_length=16, choices=ControlFamily.choices(), blank=True)
    control_kind = models.CharField("作用", max_length=8, choices=ControlKind.choices(), blank=True)
    actor = models.CharField("执行岗位", max_length=120, blank=True)
    action = models.TextField("具体措施", blank=True)
    frequency = models.CharField("频次", max_length=16, choices=Frequency.choices(), blank=True)
    evidence = models.CharField("留痕凭证", max_length=300, blank=True)
    owner = models.ForeignKey(
        Person,
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        to_field="number",
        verbose_name="责任人",
        related_name="+",
    )
    supervisor = models.ForeignKey(
        Person,
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        to_field="number",
        verbose_name="监督人",
        related_name="+",
    )
    responsibility = models.CharField(
        "责任类型", max_length=16, choices=Responsibility.choices(), blank=True, default=""
    )
    grade_at_design = models.CharField("设计时风险等级", max_length=8, choices=Grade.choices(), blank=True)
    basis_type = models.CharField("依据类型", max_length=8, choices=BasisType.choices(), blank=True)
    basis = models.CharField("依据", max_length=500, blank=True)

    class Meta:
        """Listed by unit, found by risk; nobody supervises what is their own (S78)."""

        verbose_name = verbose_name_plural = "防控措施"
        indexes = record_indexes("control", "family", "risk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ControlState]), name="control_state_is_known"
            )
        ]

    def to_row(self) -> ControlRow:
        """The measure as its frozen value."""
        return row_of(self, ControlRow)


class ControlTest(models.Model):
    """One test of a measure (S55)."""

    number = CodeField("编号", max_length=80, unique=True)
    unit_path = CodeField("单位路径", max_length=200, db_index=True)
    control = models.ForeignKey(Control, models.PROTECT, to_field="number", verbose_name="措施", related_name="+")
    tested_on = models.DateField("检验日期")
    tester = models.ForeignKey(
        Person, models.PROTECT, db_index=False, to_field="number", verbose_name="检验人", related_name="+"
    )
    verdict = models.CharField("结论", max_length=16, choices=Verdict.choices())
    design = models.PositiveSmallIntegerField("设计有效性", default=0)
    operation = models.PositiveSmallIntegerField("执行有效性", default=0)
    note = models.TextField("检验情况", blank=True)
    evidence = models.CharField("检验凭证", max_length=300, blank=True)

    class Meta:
        """Strength is 0, 1 or 2 (domain.md §3)."""

        verbose_name = verbose_name_plural = "措施检验"
        constraints = [
            models.CheckConstraint(condition=Q(design__lte=2) & Q(operation__lte=2), name="control_test_strength")
        ]

    def __str__(self) -> str:
        return str(self.number)

    def to_row(self) -> ControlTestRow:
        """The test as its frozen value."""
        return row_of(self, ControlTestRow)


class Snapshot(models.Model):
    """The ledger of one unit as it was generated on one day: never edited, compared with the next (S41)."""

    number = CodeField("台账编号", max_length=64, unique=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, db_index=False, to_field="number", verbose_name="单位", related_name="+"
    )
    unit_path = CodeField("单位路径", max_length=200)
    taken_at = models.DateTimeField("生成时间")
    taken_by = models.CharField("生成人", max_length=120)
    lines = models.JSONField("台账内容")
    line_count = models.PositiveIntegerField("行数")
    fingerprint = models.CharField("内容指纹", max_length=64)

    class Meta:
        """Newest first within a unit."""

        verbose_name = verbose_name_plural = "台账快照"
        indexes = [models.Index(F("unit_path"), F("taken_at").desc(), name="snapshot_newest")]

    def __str__(self) -> str:
        return str(self.number)

    def to_row(self) -> SnapshotRow:
        """What the journal keeps of a snapshot: its fingerprint stands for its lines."""
        return row_of(self, SnapshotRow)
