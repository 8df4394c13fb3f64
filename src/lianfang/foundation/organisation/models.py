"""Units, posts, people and tenures; references hold the public number itself, so a Row needs no join."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from lianfang.foundation.catalogue.fields import CodeField
from lianfang.foundation.journal.records import row_of
from lianfang.foundation.organisation.rows import PersonRow, PostRank, PostRow, TenureRow, UnitKind, UnitRow
from lianfang.kernel.responsibilities import Responsibility
from lianfang.kernel.sectors import Sector

SEPARATOR = "/"


class Unit(models.Model):
    """A unit in the tree; ``path`` is made of unit numbers, so renames never touch it."""

    number = CodeField("单位编号", max_length=20, unique=True)
    name = models.CharField("单位名称", max_length=120)
    unit_kind = models.CharField("单位类型", max_length=16, choices=UnitKind.choices())
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, to_field="number", verbose_name="上级单位", related_name="+"
    )
    path = CodeField("路径", max_length=200, unique=True)
    aliases = models.JSONField("其他名称", default=list, blank=True)
    valid_from = models.DateField("设立日期", null=True, blank=True)
    valid_to = models.DateField("撤销日期", null=True, blank=True)
    successor_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, to_field="number", verbose_name="承接自", related_name="+"
    )
    sector = models.CharField("行业领域", max_length=16, choices=Sector.choices(), blank=True, default="")

    class Meta:
        """A unit ends no earlier than it begins."""

        verbose_name = verbose_name_plural = "单位"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="unit_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def unit_path(self) -> str:
        """A unit lies at its own path."""
        return str(self.path)

    def to_row(self) -> UnitRow:
        """The unit as its frozen value."""
        return row_of(self, UnitRow)


class Post(models.Model):
    """A post of a unit; it outlives the people who hold it."""

    number = CodeField("岗位编号", max_length=64, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, to_field="number", verbose_name="单位", related_name="+")
    unit_path = CodeField("单位路径", max_length=200, db_index=True)
    name = models.CharField("岗位名称", max_length=120)
    rank = models.CharField("岗位层级", max_length=16, choices=PostRank.choices(), default=PostRank.STAFF.value)
    duty = models.TextField("岗位职责", blank=True)
    integrity_duty = models.TextField("廉政职责", blank=True)
    responsibility = models.CharField(
        "责任类型", max_length=16, choices=Responsibility.choices(), blank=True, default=""
    )
    key_areas = models.JSONField("重点领域", default=list, blank=True)
    rotation_years = models.PositiveSmallIntegerField("轮岗年限", null=True, blank=True)
    in_scope = models.BooleanField("列入防控范围", default=True)
    closed_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        """Ordinary table."""

        verbose_name = verbose_name_plural = "岗位"

    def __str__(self) -> str:
        return self.name

    def to_row(self) -> PostRow:
        """The post as its frozen value."""
        return row_of(self, PostRow)


class Person(models.Model):
    """Somebody who works, or worked, in a unit."""

    number = CodeField("人员编号", max_length=64, unique=True)
    name = models.CharField("姓名", max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, to_field="number", verbose_name="单位", related_name="+")
    unit_path = CodeField("单位路径", max_length=200, db_index=True)
    party_member = models.BooleanField("中共党员", null=True, blank=True)
    left_on = models.DateField("离开日期", null=True, blank=True)

    class Meta:
        """Ordinary table."""

        verbose_name = verbose_name_plural = "人员"

    def __str__(self) -> str:
        return self.name

    def to_row(self) -> PersonRow:
        """The person as a frozen value."""
        return row_of(self, PersonRow)


class Tenure(models.Model):
    """A person holds a post between two dates."""

    number = CodeField("任职编号", max_length=140, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, to_field="number", verbose_name="人员", related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, to_field="number", verbose_name="岗位", related_name="+")
    unit_path = CodeField("单位路径", max_length=200, db_index=True)
    start = models.DateField("任职日期")
    end = models.DateField("离任日期", null=True, blank=True)
    acting = models.BooleanField("代理", default=False)

    class Meta:
        """A tenure ends no earlier than it starts."""

        verbose_name = verbose_name_plural = "任职"
        constraints = [
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="tenure_dates_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.post}"

    def to_row(self) -> TenureRow:
        """The tenure as its frozen value."""
        return row_of(self, TenureRow)
