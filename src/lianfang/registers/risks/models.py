"""The tables of the room: negative-list items, searches, risk points, grading rounds and scores."""

from __future__ import annotations

from typing import TypeVar

from django.db import models
from django.db.models import Q

from lianfang.foundation.catalogue.fields import CodeField
from lianfang.foundation.journal.models import Record, record_indexes
from lianfang.foundation.journal.records import row_of
from lianfang.foundation.organisation.models import Person, Post, Unit
from lianfang.kernel.levels import Grade
from lianfang.kernel.vocabulary import Word
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.rows import (
    GradingRow,
    MajorHead,
    NegativeRow,
    RaterCapacity,
    RiskDimension,
    RiskRow,
    ScoreRow,
    SearchRow,
    Tier,
)
from lianfang.registers.risks.states import GradingState, NegativeState, RiskState

M = TypeVar("M", bound=models.Model)
UNFINISHED = (GradingState.OPEN, GradingState.SCORED, GradingState.RECONCILED, GradingState.PROPOSED)


def _known(states: type[Word], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(state__in=[state.value for state in states]), name=name)


def _scales(name: str) -> list[models.CheckConstraint]:
    """Scores are 1 to 5 or not given, whoever writes them (domain.md §3)."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{scale}__isnull": True}) | Q(**{f"{scale}__gte": 1, f"{scale}__lte": 5}),
            name=f"{name}_{scale}_1_to_5",
        )
        for scale in ("importance", "probability", "harm")
    ]


class Negative(Record):
    """One line of a negative list: what must not be done, by whom, and what stands against it (S23)."""

    adopted_as = frozenset({NegativeState.APPROVED, NegativeState.WITHDRAWN})

    tier = models.CharField("清单层级", max_length=8, choices=Tier.choices())
    unit = models.ForeignKey(
        Unit, models.PROTECT, db_index=False, to_field="number", verbose_name="单位", related_name="+"
    )
    post = models.ForeignKey(
        Post,
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        to_field="number",
        verbose_name="岗位",
        related_name="+",
    )
    dimension = models.CharField("查找方面", max_length=16, choices=RiskDimension.choices(), blank=True)
    major_head = models.CharField("三重一大事项", max_length=16, choices=MajorHead.choices(), blank=True)
    prohibited = models.TextField("禁止行为", blank=True)
    power = models.ForeignKey(
        Power,
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        to_field="number",
        verbose_name="职权",
        related_name="+",
    )
    duty = models.TextField("对应职责", blank=True)
    risk = models.TextField("廉政风险", blank=True)
    control = models.TextField("防控措施", blank=True)
    finders = models.JSONField("查找人", default=list, blank=True)

    class Meta:
        """One order, three filters."""

        verbose_name = verbose_name_plural = "负面清单条目"
        indexes = record_indexes("negative", "tier", "dimension", "post")
        constraints = [_known(NegativeState, "negative_state_is_known")]

    def to_row(self) -> NegativeRow:
        """The item as its frozen value."""
        return row_of(self, NegativeRow)


class Search(models.Model):
    """A search (排查) that was held, with who took part and what was considered in vain (S24, S25)."""

    number = CodeField("编号", max_length=64, unique=True)
    unit_path = CodeField("单位路径", max_length=200)
    tier = models.CharField("清单层级", max_length=8, choices=Tier.choices())
    unit = models.ForeignKey(
        Unit, models.PROTECT, db_index=False, to_field="number", verbose_name="单位", related_name="+"
    )
    post = models.ForeignKey(
        Post,
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        to_field="number",
        verbose_name="岗位",
        related_name="+",
    )
    held_on = models.DateField("排查日期")
    participants = models.JSONField("参加人员", default=list, blank=True)
    none_found = models.JSONField("未发现风险的方面及理由", default=list, blank=True)
    signed_by = models.CharField("签字人", max_length=60, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        """Listed by unit."""

        verbose_name = verbose_name_plural = "排查记录"
        indexes = [
            models.Index(fields=["unit_path", "number"], name="search_order"),
            models.Index(fields=["tier", "unit_path", "number"], name="search_tier"),
        ]

    def __str__(self) -> str:
        return self.number

    def to_row(self) -> SearchRow:
        """The search as its frozen value."""
        return row_of(self, SearchRow)


class Risk(Record):
    """A risk point, with the grade that was approved for it."""

    adopted_as = frozenset({RiskState.LIVE, RiskState.CLOSED})

    tier = models.CharField("层级", max_length=8, choices=Tier.choices())
    unit = models.ForeignKey(
        Unit, models.PROTECT, db_index=False, to_field="number", verbose_name="单位", related_name="+"
    )
    post = models.ForeignKey(
        Post,
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        to_field="number",
        verbose_name="岗位",
        related_name="+",
    )
    power = models.ForeignKey(
        Power,
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        to_field="number",
        verbose_name="职权",
        related_name="+",
    )
    step = models.CharField("环节", max_length=200, blank=True)
    dimension = models.CharField("查找方面", max_length=16, choices=RiskDimension.choices(), blank=True)
    statement = models.TextField("风险点")
    manifestation = models.TextField("表现形式", blank=True)
    causes = models.JSONField("成因", default=list, blank=True)
    misconduct = models.TextField("可能涉及的违纪违法情形", blank=True)
    finder = models.CharField("查找人", max_length=120, blank=True)
    importance = models.PositiveSmallIntegerField("重要程度", null=True, blank=True)
    probability = models.PositiveSmallIntegerField("发生概率", null=True, blank=True)
    harm = models.PositiveSmallIntegerField("危害程度", null=True, blank=True)
    grade = models.CharField("风险等级", max_length=8, choices=Grade.choices(), blank=True)
    floors = models.JSONField("底线规则", default=list, blank=True)
    grade_reason = models.TextField("定级依据", blank=True)
    raters = models.PositiveSmallIntegerField("评分人数", default=0)
    widest_gap = models.PositiveSmallIntegerField("最大分差", null=True, blank=True)
    graded_on = models.DateField("定级日期", null=True, blank=True)
    graded_by = models.CharField("审定人", max_length=120, blank=True)
    lowering_evidence = models.TextField("降级证据", blank=True)
    merged_into = models.CharField("并入风险点", max_length=64, blank=True)

    class Meta:
        """One order, the filters of the list, and an index that alone answers the matrix."""

        verbose_name = verbose_name_plural = "风险点"
        indexes = [
            *record_indexes("risk", "grade", "post", "power"),
            models.Index(
                fields=["state", "unit_path", "probability", "harm", "importance", "grade"], name="risk_matrix"
            ),
        ]
        constraints = [_known(RiskState, "risk_state_is_known"), *_scales("risk")]

    def to_row(self) -> RiskRow:
        """The risk point as its frozen value."""
        return row_of(self, RiskRow)


class Grading(Record):
    """One round of grading of one risk point; at most one is unfinished at a time."""

    adopted_as = frozenset({GradingState.APPROVED})

    risk = models.ForeignKey(
        Risk, models.PROTECT, db_index=False, to_field="number", verbose_name="风险点", related_name="+"
    )
    round = models.PositiveSmallIntegerField("轮次")
    rule_version = models.CharField("规则版本", max_length=16)
    least_raters = models.PositiveSmallIntegerField("最少评分人数", default=3)
    open_gap = models.PositiveSmallIntegerField("须会商的分差", default=2)
    importance = models.PositiveSmallIntegerField("重要程度", null=True, blank=True)
    probability = models.PositiveSmallIntegerField("发生概率", null=True, blank=True)
    harm = models.PositiveSmallIntegerField("危害程度", null=True, blank=True)
    table_grade = models.CharField("规则表等级", max_length=8, choices=Grade.choices(), blank=True)
    floors = models.JSONField("底线规则", default=list, blank=True)
    grade = models.CharField("拟定等级", max_length=8, choices=Grade.choices(), blank=True)
    grade_before = models.CharField("原等级", max_length=8, choices=Grade.choices(), blank=True, default="")
    widest_gap = models.PositiveSmallIntegerField("最大分差", null=True, blank=True)
    reconciliation = models.TextField("会商记录", blank=True)
    reason = models.TextField("定级依据", blank=True)
    lowering_evidence = models.TextField("降级证据", blank=True)
    exemption = models.TextField("重点领域豁免理由", blank=True)
    approved_by = models.CharField("审定人", max_length=120, blank=True)
    approved_on = models.DateField("审定日期", null=True, blank=True)
    basis = models.CharField("审定依据", max_length=500, blank=True)

    class Meta:
        """A round is numbered within its risk point."""

        verbose_name = verbose_name_plural = "评级"
        indexes = record_indexes("grading", "grade")
        constraints = [
            _known(GradingState, "grading_state_is_known"),
            *_scales("grading"),
            models.UniqueConstraint(fields=["risk", "round"], name="grading_round_once"),
            models.UniqueConstraint(
                fields=["risk"],
                condition=Q(state__in=[state.value for state in UNFINISHED]),
                name="grading_one_unfinished",
            ),
        ]

    def to_row(self) -> GradingRow:
        """The round as its frozen value; it holds no single rater's score."""
        return row_of(self, GradingRow)


class Revealed(models.Manager[M]):
    """Only scores of rounds in which everybody has scored: what is asked of ``Score.objects`` can never leak."""

    def get_queryset(self) -> models.QuerySet[M]:
        """Scores of open rounds do not exist here."""
        return super().get_queryset().filter(revealed=True)


class Score(models.Model):
    """A rater's seat in a round, and once taken the three scores in it; never changed after they were given (S27)."""

    number = CodeField("编号", max_length=140, unique=True)
    unit_path = CodeField("单位路径", max_length=200)
    grading = models.ForeignKey(
        Grading, models.PROTECT, db_index=False, to_field="number", verbose_name="评级", related_name="+"
    )
    risk = models.ForeignKey(Risk, models.PROTECT, to_field="number", verbose_name="风险点", related_name="+")
    round = models.PositiveSmallIntegerField("轮次")
    rater = models.ForeignKey(Person, models.PROTECT, to_field="number", verbose_name="评分人", related_name="+")
    capacity = models.CharField("评分身份", max_length=8, choices=RaterCapacity.choices())
    importance = models.PositiveSmallIntegerField("重要程度", null=True, blank=True)
    probability = models.PositiveSmallIntegerField("发生概率", null=True, blank=True)
    harm = models.PositiveSmallIntegerField("危害程度", null=True, blank=True)
    importance_note = models.TextField("重要程度依据", blank=True)
    probability_note = models.TextField("发生概率依据", blank=True)
    harm_note = models.TextField("危害程度依据", blank=True)
    scored_on = models.DateField("评分日期", null=True, blank=True)
    salt = models.BinaryField("盐", default=bytes)
    revealed = models.BooleanField("已公开", default=False)

    objects = Revealed["Score"]()
    seats = models.Manager["Score"]()
    """Every seat, taken or not, sealed or revealed: for the room's own actions and for counting who is missing."""

    class Meta:
        """Nobody sits twice in one round, and nothing is revealed that was not given."""

        verbose_name = verbose_name_plural = "评分"
        indexes = [
            models.Index(fields=["unit_path", "number"], name="score_order"),
            models.Index(fields=["rater", "scored_on"], name="score_waiting"),
        ]
        constraints = [
            *_scales("score"),
            models.UniqueConstraint(fields=["grading", "rater"], name="score_one_seat"),
            models.CheckConstraint(
                condition=Q(revealed=False) | Q(scored_on__isnull=False), name="score_revealed_was_given"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def to_row(self) -> ScoreRow:
        """The scores as their frozen value; only for a seat that has been taken."""
        return row_of(self, ScoreRow)
