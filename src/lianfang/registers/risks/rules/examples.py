"""A post, its power and one well-written risk, of which the examples of the rules about risks are made."""

from __future__ import annotations

import datetime

from lianfang.foundation.organisation.rows import PersonRow, PostRank, PostRow, TenureRow, UnitKind, UnitRow
from lianfang.kernel.areas import KeyArea
from lianfang.kernel.levels import Grade
from lianfang.registers.powers.rows import PowerCategory, PowerRow, Visibility
from lianfang.registers.powers.states import PowerState
from lianfang.registers.risks.rows import GradingRow, NegativeRow, RaterCapacity, RiskDimension, RiskRow, ScoreRow, Tier
from lianfang.registers.risks.states import GradingState, NegativeState, RiskState

BUREAU = UnitRow(number="U01", name="生态环境分局", unit_kind=UnitKind.BRANCH)
SECTION = UnitRow(number="U02", name="执法大队", unit_kind=UnitKind.BRIGADE, parent="U01")
LEADER = PostRow(
    number="P000",
    unit="U01",
    name="局长",
    rank=PostRank.LEADER,
    duty="主持全面工作。",
    integrity_duty="每半年听取一次廉政情况报告。",
)
POST = PostRow(number="P001", unit="U02", name="现场执法岗", duty="开展现场检查，制作检查笔录。")
LEAD_PERSON = PersonRow(number="M000", name="李局长", unit="U01")
PERSON = PersonRow(number="M001", name="张队员", unit="U02")
SINCE = datetime.date(2020, 1, 1)
TENURES = (
    TenureRow(number="T000", person="M000", post="P000", start=SINCE),
    TenureRow(number="T001", person="M001", post="P001", start=SINCE),
)
ORGANISATION = (BUREAU, SECTION, LEADER, POST, LEAD_PERSON, PERSON, *TENURES)

POWER = PowerRow(
    number="QL-001",
    unit="U02",
    name="对排污单位的现场检查",
    category=PowerCategory.INSPECTION,
    visibility=Visibility.EXTERNAL,
    key_area=KeyArea.ENFORCEMENT,
    discretion=3,
    state=PowerState.CONFIRMED,
)
RISK = RiskRow(
    number="FX-001",
    tier=Tier.POST,
    unit="U02",
    post="P001",
    power="QL-001",
    step="现场检查",
    dimension=RiskDimension.EXERCISE,
    statement="执法人员收受企业礼金后，在检查笔录中隐瞒超标排放事实，帮助企业逃避处罚。",
    manifestation="笔录与在线监测数据不一致；检查当天未拍摄排放口照片；同一企业连续三次检查均无问题。",
    causes=("两名执法人员长期固定搭档", "检查笔录没有与在线数据比对的环节"),
    misconduct="违反廉洁纪律",
    finder="张队员",
    importance=4,
    probability=3,
    harm=4,
    grade=Grade.MEDIUM,
    grade_reason="三年内本局有一起同类投诉，经核查轻微。",
    raters=3,
    widest_gap=1,
    graded_on=datetime.date(2026, 6, 1),
    graded_by="分管副局长",
    state=RiskState.LIVE,
)
NEGATIVE = NegativeRow(
    number="FM-001",
    tier=Tier.POST,
    unit="U02",
    dimension=RiskDimension.EXERCISE,
    prohibited="不得收受被检查单位的礼金、礼品和宴请。",
    post="P001",
    power="QL-001",
    duty="现场检查",
    risk="收受礼金后隐瞒违法事实",
    control="两人以上检查并全程录像",
    finders=("张队员",),
    state=NegativeState.APPROVED,
)
GRADING = GradingRow(
    number="PJ-001",
    risk="FX-001",
    round=1,
    rule_version="D-2026",
    importance=4,
    probability=3,
    harm=4,
    table_grade=Grade.MEDIUM,
    grade=Grade.MEDIUM,
    widest_gap=1,
    reason="三年内本局有一起同类投诉。",
    approved_by="分管副局长",
    approved_on=datetime.date(2026, 6, 1),
    state=GradingState.APPROVED,
)


def score(rater: str, capacity: RaterCapacity) -> ScoreRow:
    """One rater's scores in the first round."""
    return ScoreRow(
        number=f"PF-{rater}",
        risk="FX-001",
        round=1,
        rater=rater,
        capacity=capacity,
        importance=4,
        probability=3,
        harm=4,
        importance_note="直接影响是否立案",
        probability_note="三年一起投诉",
        harm_note="涉及处罚是否公正",
        scored_on=datetime.date(2026, 5, 20),
    )


SCORES = tuple(score(rater, capacity) for rater, capacity in zip(("甲", "乙", "丙"), RaterCapacity, strict=True))
