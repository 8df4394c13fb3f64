"""Waivers that somebody granted."""

from __future__ import annotations

from django.db import models

from lianfang.foundation.catalogue.fields import CodeField
from lianfang.foundation.journal.records import row_of
from lianfang.foundation.lint.rows import WaiverRow


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

    class Meta:
        """Looked up by entry."""

        verbose_name = verbose_name_plural = "豁免"
        indexes = [models.Index(fields=["entry_kind", "entry"], name="waiver_entry")]

    def __str__(self) -> str:
        return f"{self.rule} {self.entry}"

    def to_row(self) -> WaiverRow:
        """The waiver as its frozen value."""
        return row_of(self, WaiverRow)
