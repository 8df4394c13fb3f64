"""The table of laws; shared by all bureaus, so it lies at no unit."""

from __future__ import annotations

from django.db import models

from lianfang.foundation.catalogue.fields import CodeField
from lianfang.foundation.journal.records import row_of
from lianfang.registers.laws.rows import LawLevel, LawRow


class Law(models.Model):
    """A legal document with its articles."""

    number = CodeField("法规编号", max_length=64, unique=True)
    title = models.CharField("法规名称", max_length=200)
    short_titles = models.JSONField("简称", default=list, blank=True)
    level = models.CharField("效力层级", max_length=16, choices=LawLevel.choices())
    document_number = models.CharField("文号", max_length=120, blank=True)
    issuer = models.CharField("制定机关", max_length=200, blank=True)
    in_force_from = models.DateField("施行日期", null=True, blank=True)
    repealed_on = models.DateField("废止日期", null=True, blank=True)
    replaced_by = models.CharField("替代法规编号", max_length=64, blank=True)
    articles = models.JSONField("条文", default=list, blank=True)
    verified = models.BooleanField("已核验", default=False)
    note = models.TextField("备注", blank=True)

    unit_path = ""

    class Meta:
        """Ordered by title."""

        verbose_name = verbose_name_plural = "法规"

    def __str__(self) -> str:
        return self.title

    def to_row(self) -> LawRow:
        """The law as its frozen value."""
        return row_of(self, LawRow)
