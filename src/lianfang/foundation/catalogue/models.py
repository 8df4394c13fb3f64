"""The card index and its tallies; the word index beside it lives in ``word_index`` (vendor SQL)."""

from __future__ import annotations

from django.db import models

from lianfang.foundation.catalogue.fields import CodeField


class CardRecord(models.Model):
    """One card; its primary key is the row key of the word index."""

    kind = models.CharField("类别", max_length=32)
    number = CodeField("编号", max_length=64)
    unit_path = CodeField("单位路径", max_length=200, blank=True)
    state = models.CharField("状态", max_length=32, blank=True)
    grade = models.CharField("等级", max_length=8, blank=True)
    title = models.CharField("标题", max_length=200)
    words = models.TextField("检索文字")
    pending = models.BooleanField("待编入索引", default=True)

    class Meta:
        """One card a thing; the partial index finds what is not yet indexed.

        It begins with the kind: SQLite, which keeps no statistics, otherwise prefers the key that does, and reads every
        card of a register for the few that wait.
        """

        verbose_name = verbose_name_plural = "目录卡片"
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="catalogue_one_card")]
        indexes = [models.Index(fields=["kind", "id"], name="catalogue_waiting", condition=models.Q(pending=True))]

    def __str__(self) -> str:
        return f"{self.kind}/{self.number}"


class Tally(models.Model):
    """How many entries of a kind a unit has in each state and grade; kept with the cards, so counting costs nothing."""

    kind = models.CharField("类别", max_length=32)
    unit_path = CodeField("单位路径", max_length=200, blank=True)
    state = models.CharField("状态", max_length=32, blank=True)
    grade = models.CharField("等级", max_length=8, blank=True)
    count = models.IntegerField("数量", default=0)

    class Meta:
        """One line a combination."""

        verbose_name = verbose_name_plural = "计数"
        constraints = [
            models.UniqueConstraint(fields=["kind", "unit_path", "state", "grade"], name="catalogue_one_tally")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.unit_path} {self.state} {self.grade}: {self.count}"


class Series(models.Model):
    """The last serial given out under one prefix."""

    prefix = CodeField("前缀", max_length=60, unique=True)
    last = models.PositiveIntegerField("末号", default=0)

    class Meta:
        """Ordinary table."""

        verbose_name = verbose_name_plural = "编号序列"

    def __str__(self) -> str:
        return f"{self.prefix}{self.last}"
