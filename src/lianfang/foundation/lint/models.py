"""Waivers that somebody granted, and what the last check of each bureau found."""

from __future__ import annotations

from django.db import models

from lianfang.foundation.catalogue.fields import CodeField
from lianfang.foundation.journal.records import row_of
from lianfang.foundation.lint.rows import CheckRunRow, WaiverRow
from lianfang.foundation.organisation.models import Unit
from lianfang.kernel.findings import Dimension, Finding, Severity


class Waiver(models.Model):
    """One tolerated finding: which rule, which entry, why, by whom, until when."""

    number = CodeField("豁免编号", max_length=64, unique=True)
    unit_path = CodeField("单位路径", max_length=200, db_index=True)
    rule = models.CharField("规则代码", max_length=12)
    entry_kind = models.CharField("所属清单", max_length=32)
    entry = models.CharField("条目编号", max_length=64)
    reason = models.TextField("理由")
    approver = models.CharField("批准人", max_length=120)
    expires = models.DateField("有效期至")
    text = models.CharField("内容指纹", max_length=64, blank=True, default="")
    """Of the entry as it was when the waiver was granted (``rows.text_digest``)."""

    class Meta:
        """Looked up by entry."""

        verbose_name = verbose_name_plural = "豁免"
        indexes = [models.Index(fields=["entry_kind", "entry"], name="waiver_entry")]

    def __str__(self) -> str:
        return f"{self.rule} {self.entry}"

    def to_row(self) -> WaiverRow:
        """The waiver as its frozen value."""
        return row_of(self, WaiverRow)


class CheckRun(models.Model):
    """One check of one bureau: kept for ever with its counts and scores; its findings only until the next check."""

    number = CodeField("检查编号", max_length=64, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, to_field="number", verbose_name="单位", related_name="+")
    unit_path = CodeField("单位路径", max_length=200)
    day = models.DateField("检查日期")
    ran_at = models.DateTimeField("检查时间")
    ran_by = models.CharField("检查人", max_length=120)
    rules = models.PositiveIntegerField("规则数")
    entries = models.PositiveIntegerField("条目数")
    errors = models.PositiveIntegerField("错误")
    warnings = models.PositiveIntegerField("警告")
    hints = models.PositiveIntegerField("提示")
    waived = models.PositiveIntegerField("已豁免")
    scores = models.JSONField("得分", default=list)
    figures = models.JSONField("统计", default=dict)
    skipped = models.JSONField("未运行的规则", default=list)
    parameters = models.JSONField("所用参数", default=dict)
    """Those that were no defaults: code → stored text."""

    class Meta:
        """Asked for the newest of each bureau."""

        verbose_name = verbose_name_plural = "检查"
        indexes = [models.Index(fields=["unit_path", "id"], name="check_newest")]

    def __str__(self) -> str:
        return str(self.number)

    def to_row(self) -> CheckRunRow:
        """The run as its frozen value."""
        return row_of(self, CheckRunRow)


class CheckFinding(models.Model):
    """One finding of a bureau's last check; ``weight`` orders them, 1 for an error, 3 for a hint."""

    run = models.ForeignKey(CheckRun, models.CASCADE, verbose_name="检查", related_name="+")
    unit = CodeField("单位编号", max_length=20, blank=True)
    unit_path = CodeField("单位路径", max_length=200)
    kind = models.CharField("所属清单", max_length=32, blank=True)
    number = CodeField("条目编号", max_length=140, blank=True)
    field = models.CharField("字段", max_length=40, blank=True)
    code = models.CharField("规则代码", max_length=12)
    severity = models.CharField("级别", max_length=1, choices=[(level.value, level.label) for level in Severity])
    weight = models.PositiveSmallIntegerField("次序")
    dimension = models.CharField(
        "维度", max_length=1, choices=[(one.value, one.value) for one in Dimension], blank=True
    )
    message = models.TextField("问题")
    suggestion = models.TextField("建议", blank=True)
    waiver = models.CharField("豁免编号", max_length=64, blank=True)
    text = models.CharField("内容指纹", max_length=64, blank=True, default="")
    """Of the entry as it was checked: a waiver tolerates this text and no other."""
    unpublished = models.BooleanField("涉及未审定内容", default=True)
    """Speaks of something that nobody has approved yet: hidden from those who may read approved entries only."""

    class Meta:
        """Listed gravest first, then by unit and number; found by entry."""

        verbose_name = verbose_name_plural = "检查结果"
        indexes = [
            models.Index(fields=["run", "weight", "unit_path", "number", "id"], name="check_finding_order"),
            models.Index(fields=["run", "code"], name="check_finding_code"),
            models.Index(fields=["kind", "number"], name="check_finding_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.number}"

    def to_finding(self) -> Finding:
        """The finding as the rules gave it."""
        return Finding(
            self.number,
            self.field,
            self.message,
            code=self.code,
            severity=Severity(self.severity),
            dimension=Dimension(self.dimension) if self.dimension else None,
            suggestion=self.suggestion,
            unit=self.unit,
            kind=self.kind,
        )
