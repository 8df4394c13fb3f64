"""Negative-list items, risk points, scores and gradings as frozen values (S23–S30)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import ClassVar

from lianfang.kernel.levels import Grade
from lianfang.kernel.vocabulary import Word
from lianfang.registers.risks.states import GradingState, NegativeState, RiskState


class Tier(Word):
    """The three levels at which risks are searched (S24–S26)."""

    POST = "post", "岗位", "岗位级", "个人岗位"
    SECTION = "section", "部门", "科室", "部门级", "科室级"
    UNIT = "unit", "单位", "单位级"


class RiskDimension(Word):
    """Where people look; each level has its own set, the outside world is open to all (S24–S26, N1)."""

    DUTY = "duty", "岗位职责", "岗位职责风险", "职责"
    EXERCISE = "exercise", "权力行使", "权力行使风险", "用权"
    COMPLIANCE = "compliance", "制度执行", "制度执行风险"
    MORALS = "morals", "思想道德", "思想道德风险", "思想"
    PROCEDURE = "procedure", "工作程序", "程序"
    WORKFLOW = "workflow", "业务流程", "业务流程风险", "流程"
    MECHANISM = "mechanism", "制度机制", "制度机制风险", "机制"
    MAJOR = "major", "三重一大", "议事决策", "三重一大决策", "三重一大事项", "三重一大风险"
    ADMINISTRATION = "administration", "行政管理"
    ENVIRONMENT = "environment", "外部环境", "外部环境风险"


REQUIRED_DIMENSIONS: dict[Tier, tuple[RiskDimension, ...]] = {
    Tier.POST: (RiskDimension.DUTY, RiskDimension.EXERCISE, RiskDimension.COMPLIANCE, RiskDimension.MORALS),
    Tier.SECTION: (RiskDimension.PROCEDURE, RiskDimension.WORKFLOW, RiskDimension.MECHANISM),
    Tier.UNIT: (RiskDimension.MAJOR, RiskDimension.ADMINISTRATION, RiskDimension.WORKFLOW),
}
"""What must have been considered at each level: four, three, three (S24, S25, S26)."""


def dimensions_at(tier: Tier) -> tuple[RiskDimension, ...]:
    """Where people look at a level: what must be considered there, and the outside world, which is open to all (N1)."""
    return (*REQUIRED_DIMENSIONS[tier], RiskDimension.ENVIRONMENT)


class MajorHead(Word):
    """The four heads of 三重一大; the unit list needs each (S26, N20)."""

    DECISION = "decision", "重大决策", "重大事项决策"
    APPOINTMENT = "appointment", "重要人事任免", "重要干部任免"
    PROJECT = "project", "重大项目安排", "重要项目安排"
    FUND = "fund", "大额资金使用", "大额度资金使用", "大额资金的使用"


@dataclass(frozen=True, slots=True, kw_only=True)
class NegativeRow:
    """One must-not (负面清单条目), tied to a power or duty and to its control (S23)."""

    kind: ClassVar[str] = "negatives"
    label: ClassVar[str] = "负面清单条目"
    headings: ClassVar[dict[str, str]] = {
        "number": "编号", "tier": "清单层级", "unit": "单位编号", "post": "岗位编号", "dimension": "查找方面",
        "major_head": "三重一大事项", "prohibited": "禁止行为", "power": "职权编号", "duty": "对应职责",
        "risk": "廉政风险", "control": "防控措施", "finders": "查找人", "state": "状态", "version": "版本",
    }  # fmt: skip
    guarded: ClassVar[tuple[str, ...]] = (
        "tier", "unit", "post", "dimension", "major_head", "prohibited", "power", "duty", "risk", "control",
    )  # fmt: skip

    number: str
    tier: Tier
    unit: str
    dimension: RiskDimension | None = None
    prohibited: str = ""
    post: str = ""
    major_head: MajorHead | None = None
    power: str = ""
    duty: str = ""
    risk: str = ""
    control: str = ""
    finders: tuple[str, ...] = ()
    state: NegativeState = NegativeState.DRAFT
    version: int = 1

    @property
    def title(self) -> str:
        """Shown as the act itself."""
        return self.prohibited

    @property
    def search_text(self) -> str:
        """Found by the act, the risk and the duty."""
        return " ".join((self.number, self.prohibited, self.risk, self.duty))


@dataclass(frozen=True, slots=True)
class NoneFound:
    """A dimension that was searched and yielded nothing, with the reason (S24)."""

    dimension: RiskDimension
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRow:
    """A search (排查) that was held: at which level, by whom, and what was considered and not found."""

    kind: ClassVar[str] = "searches"
    label: ClassVar[str] = "排查记录"
    headings: ClassVar[dict[str, str]] = {
        "number": "编号", "tier": "清单层级", "unit": "单位编号", "post": "岗位编号", "held_on": "排查日期",
        "participants": "参加人员", "none_found": "未发现风险的方面及理由", "signed_by": "签字人", "version": "版本",
    }  # fmt: skip

    number: str
    tier: Tier
    unit: str
    held_on: datetime.date
    post: str = ""
    participants: tuple[str, ...] = ()
    none_found: tuple[NoneFound, ...] = ()
    signed_by: str = ""
    version: int = 1

    @property
    def title(self) -> str:
        """Shown as level and day."""
        return f"{self.tier.label}级排查 {self.held_on.isoformat()}"

    @property
    def search_text(self) -> str:
        """Found by number and by those who took part."""
        return " ".join((self.number, self.title, *self.participants))


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRow:
    """A risk point (风险点) with the grade that was approved for it, as far as one was.

    ``importance``, ``probability`` and ``harm`` are the final scores 1–5; ``grade_*`` fields are empty until approval.
    """

    kind: ClassVar[str] = "risks"
    label: ClassVar[str] = "风险点"
    headings: ClassVar[dict[str, str]] = {
        "number": "编号", "tier": "层级", "unit": "单位编号", "post": "岗位编号", "power": "职权编号", "step": "环节",
        "dimension": "查找方面", "statement": "风险点", "manifestation": "表现形式", "causes": "成因",
        "misconduct": "可能涉及的违纪违法情形", "finder": "查找人", "importance": "重要程度", "probability": "发生概率",
        "harm": "危害程度", "grade": "风险等级", "floors": "底线规则", "grade_reason": "定级依据",
        "raters": "评分人数", "widest_gap": "最大分差", "graded_on": "定级日期", "graded_by": "审定人",
        "lowering_evidence": "降级证据", "merged_into": "并入风险点", "state": "状态", "version": "版本",
    }  # fmt: skip
    graded: ClassVar[tuple[str, ...]] = (
        "importance", "probability", "harm", "grade", "floors", "grade_reason", "raters", "widest_gap", "graded_on",
        "graded_by", "lowering_evidence",
    )  # fmt: skip
    """What only an approved grading may write."""
    guarded: ClassVar[tuple[str, ...]] = (
        "tier", "unit", "post", "power", "step", "dimension", "statement", "manifestation", "finder", "grade",
    )  # fmt: skip
    """What a risk point is approved for; ``finder`` too, because whoever found it has led (S72)."""

    number: str
    tier: Tier
    unit: str
    statement: str
    post: str = ""
    power: str = ""
    step: str = ""
    dimension: RiskDimension | None = None
    manifestation: str = ""
    causes: tuple[str, ...] = ()
    misconduct: str = ""
    finder: str = ""
    importance: int | None = None
    probability: int | None = None
    harm: int | None = None
    grade: Grade | None = None
    floors: tuple[str, ...] = ()
    grade_reason: str = ""
    raters: int = 0
    widest_gap: int | None = None
    graded_on: datetime.date | None = None
    graded_by: str = ""
    lowering_evidence: str = ""
    merged_into: str = ""
    state: RiskState = RiskState.DRAFT
    version: int = 1

    @property
    def title(self) -> str:
        """Shown as its statement."""
        return self.statement

    @property
    def search_text(self) -> str:
        """Found by number, statement and manifestation."""
        return f"{self.number} {self.statement} {self.manifestation}"

    @property
    def is_live(self) -> bool:
        """Counts towards the grade of its post (S29)."""
        return self.state in {RiskState.LIVE, RiskState.UNDER_REVIEW}


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedRiskRow(RiskRow):
    """A risk point as it was approved, where the entry itself says, or may say, something else by now.

    Rules about what was decided read it in place of the entry (S72).
    """

    kind: ClassVar[str] = "approved_risks"
    label: ClassVar[str] = "风险点的审定文本"
    witness: ClassVar[bool] = True


class RaterCapacity(Word):
    """In which capacity somebody scores; a round needs at least three independent raters (domain.md §3)."""

    HOLDER = "holder", "岗位人员"
    HEAD = "head", "科室负责人"
    REVIEWER = "reviewer", "跨科室评审人"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """One rater's three scores (1–5), each with the evidence it rests on (S27)."""

    kind: ClassVar[str] = "scores"
    label: ClassVar[str] = "评分"
    headings: ClassVar[dict[str, str]] = {
        "number": "编号", "risk": "风险点编号", "round": "轮次", "rater": "评分人", "capacity": "评分身份",
        "importance": "重要程度", "probability": "发生概率", "harm": "危害程度",
        "importance_note": "重要程度依据", "probability_note": "发生概率依据", "harm_note": "危害程度依据",
        "scored_on": "评分日期",
    }  # fmt: skip

    number: str
    risk: str
    round: int
    rater: str
    capacity: RaterCapacity
    importance: int
    probability: int
    harm: int
    importance_note: str
    probability_note: str
    harm_note: str
    scored_on: datetime.date


def score_number(risk: str, round_number: int, rater: str) -> str:
    """A rater's scores are known by whose they are, of which round of which risk point."""
    return f"{risk}/{round_number}/{rater}"


def grading_number(risk: str, round_number: int) -> str:
    """The second round of ``LH-WRF-R001`` is ``LH-WRF-R001/2``."""
    return f"{risk}/{round_number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedScoreRow:
    """That somebody scored, without what: all that the journal holds of a score until every rater has given theirs.

    ``seal`` is the salted commitment to the canonical bytes of the ``ScoreRow``; when the round is complete the journal
    records the scores in clear, and whoever doubts can recompute the seal and see that nothing was changed between.
    """

    kind: ClassVar[str] = "scores"
    label: ClassVar[str] = "评分"
    headings: ClassVar[dict[str, str]] = {
        "number": "编号", "risk": "风险点编号", "round": "轮次", "rater": "评分人", "seal": "密封值",
        "scored_on": "评分日期",
    }  # fmt: skip

    number: str
    risk: str
    round: int
    rater: str
    seal: str
    scored_on: datetime.date


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingRow:
    """One grading round of one risk point, from blind scores to the approved grade.

    ``least_raters`` and ``open_gap`` are what the bureau asked of a round when this one was opened, and so bind it.
    """

    kind: ClassVar[str] = "gradings"
    label: ClassVar[str] = "评级"
    headings: ClassVar[dict[str, str]] = {
        "number": "编号", "risk": "风险点编号", "round": "轮次", "rule_version": "规则版本",
        "least_raters": "最少评分人数", "open_gap": "须会商的分差",
        "importance": "重要程度", "probability": "发生概率", "harm": "危害程度", "table_grade": "规则表等级",
        "floors": "底线规则", "grade": "拟定等级", "grade_before": "原等级", "widest_gap": "最大分差",
        "reconciliation": "会商记录",
        "reason": "定级依据", "lowering_evidence": "降级证据", "exemption": "重点领域豁免理由",
        "approved_by": "审定人", "approved_on": "审定日期", "basis": "审定依据", "state": "状态", "version": "版本",
    }  # fmt: skip

    number: str
    risk: str
    round: int
    rule_version: str
    least_raters: int = 3
    open_gap: int = 2
    importance: int | None = None
    probability: int | None = None
    harm: int | None = None
    table_grade: Grade | None = None
    floors: tuple[str, ...] = ()
    grade: Grade | None = None
    grade_before: Grade | None = None
    widest_gap: int | None = None
    reconciliation: str = ""
    reason: str = ""
    lowering_evidence: str = ""
    exemption: str = ""
    approved_by: str = ""
    approved_on: datetime.date | None = None
    basis: str = ""
    state: GradingState = GradingState.OPEN
    version: int = 1

    @property
    def title(self) -> str:
        """Shown by its number, which names the risk point and the round."""
        return self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class PostGradeRow:
    """One line of the 岗位风险等级清单 (S30, alias 岗位风险登记清单): a post and the grade that a list states for it.

    The system derives a post's grade; this is what a unit submitted, published or imported, to be held against it.
    ``number`` is the post's.
    """

    kind: ClassVar[str] = "post_grades"
    label: ClassVar[str] = "岗位风险等级"
    headings: ClassVar[dict[str, str]] = {
        "number": "岗位编号", "unit": "单位编号", "post": "岗位名称", "grade": "岗位风险等级", "listed_on": "清单日期",
    }  # fmt: skip

    number: str
    unit: str
    grade: Grade
    post: str = ""
    listed_on: datetime.date | None = None
