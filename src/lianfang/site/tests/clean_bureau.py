"""A small bureau that did everything carefully: eleven powers, their risks, measures, regulations, searches and ledger.

Written sentence by sentence as a careful clerk would, so that every rule has something to look at and nothing to say.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from lianfang.foundation.organisation.rows import PersonRow, PostRank, PostRow, TenureRow, UnitKind, UnitRow
from lianfang.kernel.areas import KeyArea
from lianfang.kernel.levels import Grade
from lianfang.kernel.rows import Row
from lianfang.kernel.sectors import Sector
from lianfang.registers.controls.rows import (
    BasisType,
    ControlFamily,
    ControlKind,
    ControlRow,
    ControlTestRow,
    Frequency,
    LedgerRow,
    Verdict,
)
from lianfang.registers.controls.states import ControlState
from lianfang.registers.laws.rows import LawLevel, LawRow
from lianfang.registers.powers.rows import PowerCategory, PowerRow, PowerStep, TimeLimit, Visibility
from lianfang.registers.powers.states import PowerState
from lianfang.registers.regulations.rows import ChangeKind, Mechanism, RegulationRow
from lianfang.registers.regulations.rows import TestResult as Outcome
from lianfang.registers.regulations.states import RegulationState
from lianfang.registers.risks.rows import (
    REQUIRED_DIMENSIONS,
    GradingRow,
    MajorHead,
    NegativeRow,
    PostGradeRow,
    RaterCapacity,
    RiskDimension,
    RiskRow,
    ScoreRow,
    SearchRow,
    Tier,
)
from lianfang.registers.risks.states import GradingState, NegativeState, RiskState

TODAY = datetime.date(2026, 10, 30)
SINCE, GRADED, TESTED = datetime.date(2022, 3, 1), datetime.date(2026, 6, 1), datetime.date(2026, 9, 1)
HELD = datetime.date(2026, 5, 10)
UNITS = (
    UnitRow(number="U01", name="生态环境分局", unit_kind=UnitKind.BRANCH, aliases=("分局",), sector=Sector.ENVIRONMENT),
    UnitRow(number="U02", name="审批科", unit_kind=UnitKind.SECTION, parent="U01"),
    UnitRow(number="U03", name="执法大队", unit_kind=UnitKind.BRIGADE, parent="U01"),
    UnitRow(number="U04", name="监测站", unit_kind=UnitKind.STATION, parent="U01"),
    UnitRow(number="U05", name="办公室", unit_kind=UnitKind.SECTION, parent="U01"),
)
HEADS = {"U02": "科长", "U03": "大队长", "U04": "站长", "U05": "主任"}
CLERKS = {"U02": "受理审查岗", "U03": "现场执法岗", "U04": "采样分析岗", "U05": "财务采购岗"}
LAWS = (
    LawRow(number="L1", title="中华人民共和国行政许可法", level=LawLevel.LAW),
    LawRow(number="L2", title="中华人民共和国行政处罚法", level=LawLevel.LAW),
    LawRow(number="L3", title="生态环境法典", level=LawLevel.LAW, in_force_from=datetime.date(2026, 8, 15)),
    LawRow(number="L4", title="中华人民共和国环境保护税法", short_titles=("环境保护税法",), level=LawLevel.LAW),
    LawRow(number="L5", title="分局内部管理规定", level=LawLevel.NORMATIVE, document_number="分局〔2024〕12号"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """One power with everything that hangs on it; ``risk`` is the sentence, ``sign`` how it shows."""

    unit: str
    name: str
    basis: str
    area: KeyArea | None
    category: PowerCategory | None
    limit: str
    risk: str
    sign: str
    causes: tuple[str, str]
    before: str
    after: str


P, E = PowerCategory, KeyArea
CASES = (
    Case("U02", "建设项目环境影响报告表审批", "《行政许可法》第四十二条",
         E.PERMIT, P.PERMIT, "自收到报告表之日起，30日",
         "审查人员暗示申请人委托特定中介编制报告表，对不符合条件的项目放宽要求，收取介绍费",
         "同一中介编制的报告表占比异常；专家意见未采纳而无说明",
         ("中介由申请人自选但窗口可以推荐", "审查意见没有第二人复核"),
         "报告表由系统随机分派两名审查人员分别出具意见", "法规岗每月抽查一成审批案卷，比对专家意见与审批结论"),
    Case("U02", "固体废物贮存设施拆除审批", "《行政许可法》第四十二条",
         E.PERMIT, P.PERMIT, "20个工作日（自受理之日起）",
         "受理人员反复要求补正、无故压件，迫使申请人请客送礼后才予受理",
         "同一申请补正三次以上；受理时间集中在月末",
         ("补正要求口头告知", "受理时限没有系统提醒"),
         "补正事项由窗口一次性书面告知，系统记录告知时间", "科长每周核对超过五日未受理的申请，逐件填写原因"),
    Case("U03", "对超标排放污染物的处罚", "《行政处罚法》第五十七条",
         E.ENFORCEMENT, P.PENALTY, "90日（自立案之日起）",
         "案件承办人编造从轻情节压低罚款幅度，对涉嫌犯罪的案件不移送公安，帮助相熟企业逃避追究",
         "罚款集中在裁量下限；移送标准表没有填写",
         ("裁量理由由承办人一人填写", "移送与否没有集体审议"),
         "罚款幅度由案件审议会集体讨论，裁量表三方签字", "法规岗每季度抽取已结案卷，对照裁量基准和移送标准复核"),
    Case("U03", "对拒不改正违法行为的处罚执行", "《行政处罚法》第六十六条",
         E.ENFORCEMENT, P.PENALTY, "60日（自决定生效之日起）",
         "执行人员不提请立案催告，私自同意当事人缓缴罚款，换取好处",
         "缓缴没有申请书；逾期罚款没有加处记录",
         ("缓缴由经办人口头答复", "财务与执行台账不对账"),
         "缓缴、分期一律由分管领导书面批准", "会计每月与银行核对罚款到账，逐案列出逾期清单"),
    Case("U03", "排污单位现场检查", "《生态环境法典》第五十一条",
         E.ENFORCEMENT, P.INSPECTION, "按年度检查计划",
         "执法人员不按随机抽取的名单检查，并在检查前向企业透露时间，让企业得以临时停产",
         "检查当日排放量明显低于前后三日；检查人员长期固定搭档",
         ("抽取结果可以人工替换", "出发时间提前一天报备"),
         "检查人员和对象由系统随机抽取，替换须大队长批准并留痕", "监控中心每月比对检查日与前后三日的在线数据"),
    Case("U04", "执法监测与数据出具", "《生态环境法典》第八十条",
         E.MONITORING, P.CONFIRMATION, "10个工作日（自采样完成之日起）",
         "采样人员与分析人员固定搭档，修改原始记录后出具失实报告，使超标企业免于处罚",
         "原始记录有涂改；平行样相对偏差长期为零",
         ("采样、分析可以由同两人完成", "原始记录可以事后补录"),
         "样品由质控室统一编号盲样流转，采样与分析不得为同一人", "质量负责人每月抽取一成报告，用平行样复测"),
    Case("U02", "涉税排放数据交送", "《环境保护税法》第十五条",
         E.FEE, P.OTHER, "15日（自收到复核请求之日起）",
         "数据岗对企业少报的应税排放量不复核即交送税务机关，帮助企业少缴税款",
         "在线数据与申报量相差超过两成而无说明",
         ("复核与交送由一人完成", "差异没有预警阈值"),
         "交送前由另一名人员对照在线数据逐户核对", "税务机关退回的差异每季度汇总，由科长逐户说明"),
    Case("U05", "环保专项资金项目分配", "《分局内部管理规定》",
         E.FUNDS, None, "30个工作日（自申报截止之日起）",
         "评审组织人员向申报单位泄露评分标准，使不合条件的项目获得资金",
         "申报书用语与评分表一致；同一单位连续三年获得资金",
         ("评分表提前在处室流转", "评审专家由经办人选定"),
         "评审专家由评审前一日在两人监督下随机抽取", "项目验收由未参加评审的人员承担，每半年回访一次"),
    Case("U05", "物资设备采购", "《分局内部管理规定》",
         E.PROCUREMENT, None, "20个工作日（自批准之日起）",
         "采购经办人把同类设备拆分采购规避招标，并与供应商串通验收不合格设备，收取回扣",
         "九十日内同类采购多笔；验收单与送货日期倒置",
         ("需求、采购、验收没有分开", "同类采购没有合并提示"),
         "需求、采购、验收由三个岗位分别办理并签字", "会计每季度汇总同类采购，核对是否达到招标限额"),
    Case("U05", "科级干部任免", "《分局内部管理规定》",
         E.APPOINTMENT, None, "按年度工作计划",
         "领导成员在推荐前打招呼圈定人选，考察人员泄露考察情况，为亲友谋取职务",
         "推荐票高度集中；考察材料早于谈话日期",
         ("推荐前没有报备说情", "考察组由一人指定"),
         "任免由党组会票决，说情一律登记报备", "派驻纪检监察组逐次核查推荐、考察、公示材料"),
    Case("U05", "公章使用审批", "《分局内部管理规定》",
         None, None, "当场办结",
         "印章保管人未经批准私自用印，为亲友开具虚假证明",
         "用印登记与存底份数不符",
         ("保管与审批由一人承担", "空白纸可以盖章"),
         "公章由两人分别保管柜钥匙和登记簿，凭批件用印", "办公室每月清点用印登记簿与存底文件"),
)  # fmt: skip


def organisation() -> Iterator[Row]:
    """Units, a leader, a deputy, four heads and four clerks, all in post."""
    yield from UNITS
    yield from _post(
        "P00", "U01", "局长", PostRank.LEADER, "主持局党组会议和全面工作。", "每半年听取一次廉政情况报告。"
    )
    yield from _post("P01", "U01", "副局长", PostRank.DEPUTY, "分管审批和执法。", "每季度抽查分管科室案卷。")
    for place, unit in enumerate(UNITS[1:], start=2):
        head = HEADS[unit.number]
        duty = f"主持{unit.name}工作，审核{unit.name}的决定。"
        integrity = f"每月与{unit.name}人员谈话一次，登记说情。"
        yield from _post(f"P{place}0", unit.number, head, PostRank.HEAD, duty, integrity)
        yield from _post(
            f"P{place}1", unit.number, CLERKS[unit.number], PostRank.STAFF, f"承办{unit.name}的具体事项。", ""
        )


def _post(number: str, unit: str, name: str, rank: PostRank, duty: str, integrity: str) -> Iterator[Row]:
    yield PostRow(number=number, unit=unit, name=name, rank=rank, duty=duty, integrity_duty=integrity)
    yield PersonRow(number=f"M{number}", name=f"{name}{number}", unit=unit)
    yield TenureRow(number=f"T{number}", person=f"M{number}", post=number, start=SINCE)


def registers() -> Iterator[Row]:
    """Everything that hangs on the eleven powers."""
    yield from LAWS
    for place, case in enumerate(CASES, start=1):
        yield from _power(f"{place:02}", case)
        yield from _risk(f"{place:02}", case)
    yield from _leaders_risk()
    for place, mechanism in enumerate(Mechanism):
        yield _regulation(f"J{place}", f"{mechanism.label}办法", (), mechanism)


def _post_of(case: Case) -> str:
    return f"P{int(case.unit[1:])}1"


def _power(number: str, case: Case) -> Iterator[Row]:
    external = case.category is not None
    yield PowerRow(
        number=f"Q{number}", unit=case.unit, name=case.name,
        content=f"承办{case.name}，作出决定并归档。",
        holder=next(unit.name for unit in UNITS if unit.number == case.unit),
        basis=(case.basis,), conditions=f"{case.name}的申请或者事实成立，材料齐全。",
        steps=(
            PowerStep("受理", CLERKS[case.unit]),
            PowerStep("审核", HEADS[case.unit], case.causes[0]),
            PowerStep("决定", "局长"),
        ),
        time_limit=TimeLimit.read(case.limit),
        supervision="派驻纪检监察组，举报电话0371-68000000；办公室每半年评查案卷。",
        category=case.category, visibility=Visibility.EXTERNAL if external else Visibility.INTERNAL,
        key_area=case.area, discretion=3, duties=f"依法办理{case.name}。", state=PowerState.CONFIRMED,
    )  # fmt: skip
    yield _regulation(number, f"{case.name}管理办法", (f"Q{number}",), None)


def _regulation(number: str, title: str, powers: tuple[str, ...], mechanism: Mechanism | None) -> RegulationRow:
    passed = Outcome(True, "对照近三年的案卷")
    return RegulationRow(
        number=f"Z{number}", unit="U01", title=title, change=ChangeKind.KEEP, powers=powers, mechanism=mechanism,
        integrity_test=passed, reason_test=passed, effect_test=passed, basis=("分局〔2024〕12号",),
        accountability="违反本办法的，由党组会给予通报批评，并调离本岗位。", state=RegulationState.IN_FORCE,
    )  # fmt: skip


def _risk(number: str, case: Case, post: str = "") -> Iterator[Row]:
    held_by = post or _post_of(case)
    power = "" if post else f"Q{number}"
    medium = number[-1] in "13579"
    scores = (4, 3, 3) if medium else (4, 4, 4)
    grade = Grade.MEDIUM if medium else Grade.HIGH
    risk = RiskRow(
        number=f"F{number}", tier=Tier.POST, unit=case.unit, statement=case.risk + "。", post=held_by, power=power,
        step="审核", dimension=RiskDimension.EXERCISE, manifestation=case.sign + "。", causes=case.causes,
        finder=f"M{held_by}", importance=scores[0], probability=scores[1], harm=scores[2], grade=grade,
        grade_reason="对照评分标准，近两年有一起投诉。", raters=3, widest_gap=1, graded_on=GRADED, graded_by="党组会",
        state=RiskState.LIVE,
    )  # fmt: skip
    yield risk
    yield from _grading(risk)
    controls = tuple(_controls(risk, case))
    for control in controls:
        yield control
        yield ControlTestRow(
            number=f"Y{control.number}", control=control.number, tested_on=TESTED, tester="MP01",
            verdict=Verdict.EFFECTIVE, design=2, operation=2, note="抽看十件，均有记录。", evidence="检验记录表",
        )  # fmt: skip
    yield LedgerRow(
        number=number, unit=case.unit, post=held_by, duty="承办具体事项", risk=risk.number, statement=risk.statement,
        manifestation=risk.manifestation, grade=grade, controls=tuple(control.action for control in controls),
        owners=tuple(dict.fromkeys(control.owner for control in controls)),
    )  # fmt: skip


def _grading(risk: RiskRow) -> Iterator[Row]:
    yield GradingRow(
        number=f"G{risk.number}", risk=risk.number, round=1, rule_version="D-2026", importance=risk.importance,
        probability=risk.probability, harm=risk.harm, table_grade=risk.grade, grade=risk.grade, widest_gap=1,
        reason=risk.grade_reason, approved_by="党组会", approved_on=GRADED, state=GradingState.APPROVED,
    )  # fmt: skip
    for rater, capacity in zip(("甲", "乙", "丙"), RaterCapacity, strict=True):
        yield ScoreRow(
            number=f"S{risk.number}{rater}", risk=risk.number, round=1, rater=rater, capacity=capacity,
            importance=risk.importance or 1, probability=risk.probability or 1, harm=risk.harm or 1,
            importance_note="影响相对人权利", probability_note="两年一起投诉", harm_note="可能处分", scored_on=HELD,
        )  # fmt: skip


def _controls(risk: RiskRow, case: Case) -> Iterator[ControlRow]:
    head = f"MP{int(case.unit[1:])}0" if case.unit != "U01" else "MP00"
    for place, (action, kind) in enumerate(((case.before, ControlKind.PREVENT), (case.after, ControlKind.DETECT))):
        yield ControlRow(
            number=f"C{risk.number}{place}", risk=risk.number, unit=case.unit, action=action + "。",
            family=ControlFamily.SEPARATION if place == 0 else ControlFamily.AUTHORISATION, control_kind=kind,
            actor="审核岗", frequency=Frequency.EVERY_CASE if place == 0 else Frequency.MONTHLY, evidence="核对记录表",
            owner=head, supervisor="MP00" if head != "MP00" else "派驻纪检监察组", grade_at_design=risk.grade,
            basis_type=BasisType.DUTY, state=ControlState.IN_FORCE,
        )  # fmt: skip


def _leaders_risk() -> Iterator[Row]:
    case = Case(
        "U01", "重大事项决策", "", None, None, "",
        "主要负责人不经集体讨论决定大额支出，为特定单位谋取利益", "会议纪要晚于付款日期；议题未提前送达",
        ("议题由主要负责人一人确定", "纪要没有会后核对"),
        "大额支出须经党组会票决，末位表态并全程记录", "派驻纪检监察组每季度核对会议纪要与付款凭证",
    )  # fmt: skip
    yield from _risk("90", case, post="P00")


def lists() -> Iterator[Row]:
    """Negative lists of the three levels, the searches behind them, and the list of post grades."""
    posts = [row for row in organisation() if isinstance(row, PostRow)]
    for post in posts:
        for place, dimension in enumerate(REQUIRED_DIMENSIONS[Tier.POST]):
            yield _entry(f"N{post.number}{place}", Tier.POST, post.unit, dimension, post=post.number)
        yield PostGradeRow(number=post.number, unit=post.unit, grade=Grade.HIGH, post=post.name)
    for unit in UNITS[1:]:
        for place, dimension in enumerate(REQUIRED_DIMENSIONS[Tier.SECTION]):
            yield _entry(f"N{unit.number}{place}", Tier.SECTION, unit.number, dimension)
        members = tuple(f"M{post.number}" for post in posts if post.unit == unit.number)
        yield SearchRow(
            number=f"K{unit.number}", tier=Tier.SECTION, unit=unit.number, held_on=HELD, participants=members
        )
    for place, head in enumerate(MajorHead):
        dimension = REQUIRED_DIMENSIONS[Tier.UNIT][place % 3]
        yield _entry(f"NU{place}", Tier.UNIT, "U01", dimension, head=head)


def _entry(
    number: str, tier: Tier, unit: str, dimension: RiskDimension, post: str = "", head: MajorHead | None = None
) -> NegativeRow:
    return NegativeRow(
        number=number, tier=tier, unit=unit, post=post, dimension=dimension, major_head=head,
        prohibited=f"不得在{dimension.label}方面以权谋私。", duty="承办本岗位事项", risk="谋取私利", control="两人办理",
        finders=("本岗位人员",), state=NegativeState.APPROVED,
    )  # fmt: skip


def clean_bureau() -> list[Row]:
    """All rows of the bureau."""
    return [*organisation(), *registers(), *lists()]
