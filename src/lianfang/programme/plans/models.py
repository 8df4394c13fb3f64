"""The tables of programmes: the draft with its text, and what a confirmed programme owes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from lianfang.foundation.catalogue.fields import CodeField
from lianfang.foundation.journal.models import Record, record_indexes
from lianfang.foundation.journal.records import row_of
from lianfang.foundation.organisation.models import Unit
from lianfang.programme.plans.owed_rows import (
    DeliverableRow,
    ProgrammeDutyRow,
    ProgrammeStageRow,
    ProgrammeTaskRow,
    ReceiptRow,
    SubmissionRow,
)
from lianfang.programme.plans.programme_rows import CalendarPolicy, ProgrammeRow
from lianfang.programme.plans.rows import Cycle, Due
from lianfang.programme.plans.states import ProgrammeState, ReceiptState, SubmissionState


class Programme(Record):
    """A programme of a bureau: read from a plan, corrected by hand, confirmed (S2 to S4, S10, S11)."""

    unit = models.ForeignKey(Unit, models.PROTECT, to_field="number", verbose_name="单位", related_name="+")
    title = models.CharField("方案名称", max_length=300)
    issuer = models.CharField("发文机关", max_length=200, blank=True)
    document_number = models.CharField("发文字号", max_length=80, blank=True)
    issued_on = models.DateField("印发日期", null=True, blank=True)
    cycle_year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    upstream = models.JSONField("上级文件", default=list, blank=True)
    addressees = models.JSONField("主送单位", default=list, blank=True)
    recipients = models.JSONField("签收单位", default=list, blank=True)
    purpose = models.TextField("目的", blank=True)
    source_name = models.CharField("来源", max_length=200, blank=True)
    text_digest = models.CharField("原文摘要值", max_length=64)
    stages = models.JSONField("阶段", default=list, blank=True)
    tasks = models.JSONField("任务", default=list, blank=True)
    deadlines = models.JSONField("期限", default=list, blank=True)
    duties = models.JSONField("定期工作", default=list, blank=True)

    class Meta:
        """One order, one filter."""

        verbose_name = verbose_name_plural = "方案"
        indexes = record_indexes("programme", "cycle_year")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ProgrammeState]), name="programme_state_is_known"
            )
        ]

    def to_row(self) -> ProgrammeRow:
        """The programme as its frozen value."""
        return row_of(self, ProgrammeRow)


class PlanText(models.Model):
    """The text of a plan, never normalised (S87): as it was pasted, or a file's paragraphs, one a line."""

    programme = models.OneToOneField(
        Programme, models.PROTECT, to_field="number", verbose_name="方案", related_name="text"
    )
    text = models.TextField("原文")

    class Meta:
        """Ordinary table."""

        verbose_name = verbose_name_plural = "方案原文"

    def __str__(self) -> str:
        return str(self.programme_id)


class Part(models.Model):
    """What every part of a confirmed programme has."""

    number = CodeField("编号", max_length=100, unique=True)
    programme = models.ForeignKey(
        Programme, models.PROTECT, to_field="number", verbose_name="方案", related_name="%(class)s_set"
    )
    unit_path = CodeField("单位路径", max_length=200, db_index=True)

    class Meta:
        """No table of its own; read in the order of the numbers."""

        abstract = True

    def __str__(self) -> str:
        return str(self.number)


class Stage(Part):
    """One stage with its window as date codes (S11, S12)."""

    ordinal = models.PositiveSmallIntegerField("序号")
    name = models.TextField("阶段名称")
    start = models.CharField("开始", max_length=20, blank=True)
    end = models.CharField("结束", max_length=20, blank=True)

    class Meta:
        """Ordinals do not repeat within a programme."""

        verbose_name = verbose_name_plural = "阶段"
        constraints = [models.UniqueConstraint(fields=["programme", "ordinal"], name="stage_ordinal_once")]

    def to_row(self) -> ProgrammeStageRow:
        """The stage as its frozen value."""
        return row_of(self, ProgrammeStageRow)


class Task(Part):
    """One task of a stage, or of the whole programme (S16)."""

    stage = models.ForeignKey(
        Stage, models.PROTECT, to_field="number", null=True, blank=True, verbose_name="阶段", related_name="+"
    )
    name = models.TextField("任务")
    section = models.TextField("所在部分", blank=True)

    class Meta:
        """Ordinary table."""

        verbose_name = verbose_name_plural = "任务"

    def to_row(self) -> ProgrammeTaskRow:
        """The task as its frozen value."""
        return row_of(self, ProgrammeTaskRow)


class Deliverable(Part):
    """One paper to hand in, or one piece of work to finish (S17, S31, S50, S70)."""

    stage = models.ForeignKey(
        Stage, models.PROTECT, to_field="number", null=True, blank=True, verbose_name="阶段", related_name="+"
    )
    name = models.TextField("材料")
    requirement = models.CharField("要求", max_length=16, choices=[(due.value, due.value) for due in Due])
    due = models.CharField("期限", max_length=20, blank=True)
    due_inclusive = models.BooleanField("含当日", default=True)
    calendar_policy = models.CharField("遇休息日", max_length=20, choices=CalendarPolicy.choices())
    submitter = models.TextField("报送单位（原文）", blank=True)
    submitters = models.JSONField("报送单位", default=list, blank=True)
    spared = models.JSONField("不报单位", default=list, blank=True)
    settled = models.JSONField("人工认定", default=list, blank=True)
    receiver = models.TextField("接收单位（原文）", blank=True)
    receiver_unit = models.ForeignKey(
        Unit, models.PROTECT, to_field="number", null=True, blank=True, verbose_name="接收单位", related_name="+"
    )

    class Meta:
        """Ordinary table."""

        verbose_name = verbose_name_plural = "报送材料"

    def to_row(self) -> DeliverableRow:
        """The deliverable as its frozen value."""
        return row_of(self, DeliverableRow)


class Submission(Record):
    """One unit owes one deliverable (S31); it lies at the unit that owes it."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, to_field="number", verbose_name="方案", related_name="submission_set"
    )
    deliverable = models.ForeignKey(
        Deliverable, models.PROTECT, to_field="number", verbose_name="材料", related_name="submission_set"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, to_field="number", verbose_name="单位", related_name="+")
    submitted_on = models.DateField("报送日期", null=True, blank=True)

    class Meta:
        """A unit owes a deliverable once; what came has a day, and nothing else has."""

        verbose_name = verbose_name_plural = "报送"
        indexes = record_indexes("submission")
        constraints = [
            models.UniqueConstraint(fields=["deliverable", "unit"], name="submission_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in SubmissionState]), name="submission_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=SubmissionState.SUBMITTED.value, submitted_on__isnull=False)
                | Q(~Q(state=SubmissionState.SUBMITTED.value), submitted_on__isnull=True),
                name="submission_day_is_kept",
            ),
        ]

    def to_row(self) -> SubmissionRow:
        """The submission as its frozen value."""
        return row_of(self, SubmissionRow)


class PlanReceipt(Record):
    """One unit of a plan's distribution list and its receipt (S1); it lies at the unit that signs."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, to_field="number", verbose_name="方案", related_name="receipt_set"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, to_field="number", verbose_name="单位", related_name="+")
    received_by = models.CharField("签收人", max_length=120, blank=True)
    received_on = models.DateField("签收日期", null=True, blank=True)

    class Meta:
        """A unit signs once; what is signed has its day, and nothing else has."""

        verbose_name = verbose_name_plural = "方案签收"
        indexes = record_indexes("receipt")
        constraints = [
            models.UniqueConstraint(fields=["programme", "unit"], name="receipt_once"),
            models.CheckConstraint(
                condition=Q(state=ReceiptState.RECEIVED.value, received_on__isnull=False)
                | Q(state=ReceiptState.AWAITED.value, received_on__isnull=True),
                name="receipt_day_is_kept",
            ),
        ]

    def to_row(self) -> ReceiptRow:
        """The receipt as its frozen value."""
        return row_of(self, ReceiptRow)


class PeriodicDuty(Part):
    """Something that returns every week, month, quarter or year."""

    cycle = models.CharField("周期", max_length=16, choices=Cycle.choices())
    what = models.TextField("内容")
    every = models.TextField("每次的时间", blank=True)
    submitter = models.TextField("报送单位（原文）", blank=True)
    submitters = models.JSONField("报送单位", default=list, blank=True)
    settled = models.JSONField("人工认定", default=list, blank=True)
    receiver = models.TextField("接收单位（原文）", blank=True)

    class Meta:
        """Ordinary table."""

        verbose_name = verbose_name_plural = "定期工作"

    def to_row(self) -> ProgrammeDutyRow:
        """The duty as its frozen value."""
        return row_of(self, ProgrammeDutyRow)
