"""The journal table, and the base of every record that the journal speaks of."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from lianfang.foundation.catalogue.fields import CodeField
from lianfang.kernel.rows import Row


class Entry(models.Model):
    """One thing that was done: never changed, never deleted (the database itself refuses; see ``append_only``)."""

    at = models.DateTimeField("时间")
    actor = models.CharField("操作人", max_length=64)
    actor_title = models.CharField("操作人称谓", max_length=120, blank=True)
    verb = models.CharField("动作", max_length=64)
    kind = models.CharField("对象类别", max_length=32)
    number = CodeField("对象编号", max_length=64)
    unit_path = CodeField("单位路径", max_length=200, blank=True)
    basis = models.CharField("依据", max_length=500, blank=True)
    note = models.TextField("说明", blank=True)
    before = models.TextField("此前内容", blank=True)
    after = models.TextField("此后内容", blank=True)
    salt = models.BinaryField("盐")
    commitment = models.CharField("承诺值", max_length=64)

    class Meta:
        """Read by object (history), by person (their own work) and by time (log pages)."""

        verbose_name = verbose_name_plural = "操作日志"
        indexes = [
            models.Index(fields=["kind", "number", "id"], name="journal_object"),
            models.Index(fields=["actor", "id"], name="journal_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.verb} {self.kind}/{self.number}"


class Record(models.Model):
    """What every register entry has beside its own fields.

    Lists are ordered by (unit path, number), so that one index serves every subtree and every filter.
    """

    number = CodeField("编号", max_length=64, unique=True)
    unit_path = CodeField("单位路径", max_length=200)
    state = models.CharField("状态", max_length=32)
    version = models.PositiveIntegerField("版本", default=1)
    updated_at = models.DateTimeField("更新时间", auto_now=True)
    approved_entry = models.BigIntegerField("审定时的日志号", null=True, blank=True)
    approved_version = models.PositiveIntegerField("审定时的版本", null=True, blank=True)
    """While ``version`` is this one, the record itself is what was approved; otherwise only its entry says so."""
    stale = models.BooleanField("审定后已变动", default=False)
    adopted_as: ClassVar[frozenset[str]] = frozenset()
    """States in which an adopted list brings an entry as approved; its drafts come along and stay drafts."""

    class Meta:
        """No table of its own."""

        abstract = True

    def to_row(self) -> Row:
        """The entry as its frozen value."""
        raise NotImplementedError

    def __str__(self) -> str:
        return str(self.number)


REWRITTEN = Q(approved_entry__isnull=False) & ~Q(approved_version=F("version"))
"""Was written to since its approval: what counts is the copy that the approval froze, not the columns."""


def record_indexes(name: str, *facets: str) -> list[models.Index]:
    """Indexes that keep a list page fast at a million rows: one for the order, one for each facet before it.

    What was rewritten since its approval is asked for wherever the approved text counts and is always little: its index
    holds nothing else.

    References of a Record need no index of their own beside these (``db_index=False``): one index less is a fifth off
    a large import.
    """
    order = models.Index(fields=["unit_path", "number"], name=f"{name}_order")
    by_state = models.Index(fields=["state", "unit_path", "number"], name=f"{name}_state")
    more = [models.Index(fields=[facet, "unit_path", "number"], name=f"{name}_{facet[:12]}") for facet in facets]
    rewritten = models.Index(fields=["unit_path", "number"], condition=REWRITTEN, name=f"{name}_rewritten")
    return [order, by_state, *more, rewritten]
