"""The table of all parameters: every quantity that the plan or a norm leaves open, with the default used until decided.

A number that the founding document or a statute states is no parameter; it stays in the rule that applies it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lianfang.foundation.parameters.definitions import COMMISSION, LEGALITY, PER_CENT, Definition, by_code
from lianfang.foundation.parameters.words import AccountabilityScale, BureauLevel, DisclosureForm, Pace, Subject

_POWERS = (
    Definition(
        code="bureau_level", name="本机关层级", subject=Subject.POWERS, default=BureauLevel.COUNTY, words=BureauLevel,
        meaning="职权最低须由哪一级机关行使，拿它与本机关的层级比较。", sources=("C1", "C3"), used_by=("PWR007",),
        deciders=LEGALITY,
    ),
    Definition(
        code="power_similarity", name="职权重复相似度", subject=Subject.POWERS, default=90, unit=PER_CENT, least=50,
        most=100, meaning="名称和依据相似到什么程度，就提示两项职权可能重复。", sources=("S19",), used_by=("PWR011",),
        deciders=LEGALITY,
    ),
    Definition(
        code="other_share", name="“其他职权”占比上限", subject=Subject.POWERS, default=30, unit=PER_CENT, most=100,
        meaning="对外职权归为“其他”的超过多大比例，就提示归类可能不准。", sources=("N3",), used_by=("PWR005",),
        deciders=LEGALITY,
    ),
    Definition(
        code="other_least", name="核算“其他职权”占比的最少职权数", subject=Subject.POWERS, default=10, unit="项",
        most=1_000, meaning="对外职权少于这个数，占比说明不了什么，不核算。", sources=("N3",), used_by=("PWR005",),
        deciders=LEGALITY,
    ),
)  # fmt: skip
_SEARCHES = (
    Definition(
        code="attendance_share", name="科室排查参加率", subject=Subject.SEARCHES, default=100, unit=PER_CENT, least=50,
        most=100, meaning="组织全体人员排查，实到人数至少要占多大比例。", sources=("S25",), used_by=("NEG004",),
    ),
    Definition(
        code="make_up_days", name="科室排查补课天数", subject=Subject.SEARCHES, default=60, unit="天", most=365,
        meaning="缺席的人在最近一次排查以前多少天内参加过，也算到场。", sources=("S25",), used_by=("NEG004",),
    ),
    Definition(
        code="leader_compare_least", name="比较领导岗位条目数的最少岗位数", subject=Subject.SEARCHES, default=3,
        unit="个", most=100, meaning="其他岗位少于这个数，中位数说明不了什么，不比较。", sources=("S24", "S72"),
        used_by=("NEG007",),
    ),
    Definition(
        code="risk_similarity", name="风险点雷同相似度", subject=Subject.SEARCHES, default=85, unit=PER_CENT, least=50,
        most=100, meaning="两段风险点文字相似到什么程度，就当作同一段。", sources=("S84",), used_by=("RSK002",),
    ),
    Definition(
        code="risk_copies", name="风险点雷同的岗位或单位数", subject=Subject.SEARCHES, default=3, unit="个",
        least=2, most=100, meaning="同一段文字出现在多少个岗位或单位，就提示没有逐岗查找。", sources=("S84",),
        used_by=("RSK002",),
    ),
    Definition(
        code="causes_least", name="高、中风险最少成因层数", subject=Subject.SEARCHES, default=2, unit="层", most=5,
        meaning="高、中风险的成因至少要追问几层，才算找得深。", sources=("S54",), used_by=("RSK004",),
    ),
)  # fmt: skip
_GRADING = (
    Definition(
        code="least_raters", name="最少评分人数", subject=Subject.GRADING, default=3, unit="人", least=3, most=15,
        meaning="一轮评级至少要几个人互不知情地打分。", sources=("S27",), used_by=("启动评级", "RSK008"),
    ),
    Definition(
        code="open_gap", name="须会商的分差", subject=Subject.GRADING, default=2, unit="分", most=4,
        meaning="同一项上最高分和最低分相差多少，就要会商。", sources=("S27",), used_by=("会商", "RSK008"),
    ),
    Definition(
        code="regrade_months", name="风险等级有效月数", subject=Subject.GRADING, default=12, unit="个月", most=12,
        meaning="审定多久以后须重新评级；内部控制规范要求每年至少评估一次，所以不能超过 12 个月。", term="定期",
        sources=("S69", "N2"), used_by=("RSK011",),
    ),
    Definition(
        code="months_clean", name="高风险点销号前须平稳的月数", subject=Subject.GRADING, default=12, unit="个月",
        most=60, meaning="高风险点审定以后至少平稳多久，才能销号。", sources=("S66",), used_by=("销号",),
    ),
    Definition(
        code="flat_least", name="判断等级雷同的最少风险点数", subject=Subject.GRADING, default=8, unit="个", least=2,
        most=100, meaning="一个单位有多少个风险点以上，等级全部相同才提示没有差别。", sources=("S77", "S84"),
        used_by=("RSK009",),
    ),
)  # fmt: skip


def _by_grade(code: str, name: str, *, defaults: Sequence[int | Pace], **given: Any) -> tuple[Definition, ...]:
    """The same parameter for each grade; ``defaults`` are the values for high, medium and low."""
    words = {"high": "高", "medium": "中", "low": "低"}
    return tuple(
        Definition(
            code=f"{code}_{grade}",
            name=f"{word}风险{name}",
            subject=Subject.CONTROLS,
            sources=("S77",),
            default=default,
            **given,
        )
        for (grade, word), default in zip(words.items(), defaults, strict=True)
    )


_CONTROLS = (
    *_by_grade("measures", "最少措施条数", defaults=(2, 1, 1), unit="条", most=10,
               meaning="这一等级的风险点至少要几条措施。", used_by=("差别化要求",)),
    *_by_grade("pace", "措施最低频次", defaults=(Pace.MONTHLY, Pace.QUARTERLY, Pace.YEARLY), words=Pace,
               meaning="这一等级的风险点至少要有一条措施多久执行一次。", used_by=("差别化要求",)),
    *_by_grade("test_months", "措施检验周期", defaults=(3, 6, 12), unit="个月", most=24, term="定期",
               meaning="这一等级的措施多久检验一次。", used_by=("CTL009",)),
    Definition(
        code="test_periods", name="措施检验可容忍的缺失周期数", subject=Subject.CONTROLS, default=2, unit="个", most=6,
        meaning="连续几个周期没有检验凭证，就提示措施没有检验。", sources=("S55",), used_by=("CTL009",),
    ),
    Definition(
        code="control_similarity", name="措施雷同相似度", subject=Subject.CONTROLS, default=90, unit=PER_CENT, least=50,
        most=100, meaning="高风险和低风险的措施相似到什么程度，就提示没有差别化管理。", sources=("S77",),
        used_by=("CTL008",),
    ),
)  # fmt: skip
_CHECKS = (
    Definition(
        code="waiver_days", name="豁免最长天数", subject=Subject.CHECKS, default=366, unit="天", most=366,
        meaning="一条检查结果最长可以豁免多久；到期重新报告，所以每一轮至少再看一次。", sources=("S84",),
        used_by=("豁免检查结果",),
    ),
)  # fmt: skip
_PLAN = (
    Definition(
        code="red_events", name="同一岗位连续出现的次数", subject=Subject.PLAN, default=2, unit="次", least=2, most=10,
        meaning="同一个岗位出现几次漏洞或负面信息，就算“连续”，研究发红牌纠错卡。", term="连续", sources=("S48",),
        deciders=COMMISSION,
    ),
    Definition(
        code="red_months", name="连续出现的计算期", subject=Subject.PLAN, default=12, unit="个月", most=36,
        meaning="在多长时间内出现，才算“连续”。", term="连续", sources=("S48",), deciders=COMMISSION,
    ),
    Definition(
        code="referral_cases", name="追究领导责任的案件数", subject=Subject.PLAN, default=2, unit="起", least=2,
        most=10, meaning="措施落实不到位导致几起违纪违法案件，就算“连续多次”，研究追究相关领导责任。", term="连续多次",
        sources=("S64",), deciders=COMMISSION,
    ),
    Definition(
        code="accountability_scale", name="问责的考虑方式", subject=Subject.PLAN, default=AccountabilityScale.CASE,
        words=AccountabilityScale, meaning="收到红牌纠错卡的单位，问责按什么考虑；由区纪委决定，系统只记录结果。",
        term="视不同情况", sources=("S49",), deciders=COMMISSION,
    ),
    Definition(
        code="disclosure_form", name="权力清单公开的形式", subject=Subject.PLAN, default=DisclosureForm.BOTH,
        words=DisclosureForm, meaning="权力清单通过哪些渠道向社会公开。", term="一定形式", sources=("S37",),
    ),
    Definition(
        code="review_workdays", name="内容、等级和措施的调整时限", subject=Subject.PLAN, default=20, unit="个工作日",
        most=60, meaning="法规、职责等发生变化以后，多久之内调整完毕才算“及时”。", term="及时", sources=("S66",),
    ),
    Definition(
        code="due_soon_days", name="提示“快到期”的天数", subject=Subject.PLAN, default=7, unit="天", most=60,
        meaning="离最后一天还有多少个自然日，期限就标为快到期。", sources=("S31", "S50"), used_by=("快到期提示",),
    ),
    Definition(
        code="analysis_months", name="分析评估周期", subject=Subject.PLAN, default=3, unit="个月", most=12,
        meaning="新出现的岗位廉政风险和新问题，多久集中分析一次。", term="定期", sources=("S69",),
    ),
    Definition(
        code="self_check_months", name="自查周期", subject=Subject.PLAN, default=3, unit="个月", most=12,
        meaning="各单位多久自查一次各阶段任务的落实情况。", term="定期", sources=("S75",),
    ),
)  # fmt: skip

PARAMETERS: tuple[Definition, ...] = (*_POWERS, *_SEARCHES, *_GRADING, *_CONTROLS, *_CHECKS, *_PLAN)
"""In the order in which pages and reference show them."""
BY_CODE = by_code(PARAMETERS)
