"""How powers like these were abused elsewhere: patterns that a bureau holding the power should have thought of.

Each pattern was written for this library from the duties and bans in the cited norms and from publicly reported kinds
of cases; it names no person and no bureau. ``signs`` are groups of words: a risk *considers* the pattern when its text
has a word of every group.
"""

from __future__ import annotations

from dataclasses import dataclass

from lianfang.kernel.areas import KeyArea
from lianfang.registers.powers.rows import PowerCategory, PowerRow

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePattern:
    """A known way to abuse powers of a class (``category``) or key area (``area``), narrowed by words in the name."""

    number: str
    title: str
    candidate: str
    signs: tuple[Words, ...]
    source: str
    category: PowerCategory | None = None
    area: KeyArea | None = None
    names: Words = ()

    def concerns(self, power: PowerRow) -> bool:
        """Whether the pattern is about powers like this one."""
        in_class = self.category is None or power.category is self.category
        in_area = self.area is None or power.key_area is self.area
        wording = power.name + power.sub_name
        return in_class and in_area and (not self.names or any(name in wording for name in self.names))

    def is_considered_in(self, text: str) -> bool:
        """Whether a risk's text shows that somebody thought of the pattern."""
        return all(any(word in text for word in group) for group in self.signs)


PERMIT, PENALTY = PowerCategory.PERMIT, PowerCategory.PENALTY
CASE_PATTERNS: tuple[CasePattern, ...] = (
    CasePattern(
        number="CP01",
        title="指定或介绍中介机构",
        candidate="受理人员指定或暗示申请人委托特定中介机构编制材料，从中收取介绍费。",
        category=PERMIT,
        signs=(("中介", "环评机构", "代理", "编制单位", "咨询", "第三方"),),
        source="SOD01、EW04",
    ),
    CasePattern(
        number="CP02",
        title="放宽条件或越过技术审查通过审批",
        candidate="审批人员明知材料不符合条件，仍放宽标准予以通过，为申请人谋取利益。",
        category=PERMIT,
        signs=(("放宽", "降低", "不符合", "违规", "虚假", "不实", "越权"),),
        source="N22、EW06",
    ),
    CasePattern(
        number="CP03",
        title="压件、反复补正逼迫申请人",
        candidate="受理人员无故压件、反复要求补正，迫使申请人请托送礼。",
        category=PERMIT,
        signs=(("压件", "压案", "拖延", "拖办", "超时", "超期", "补正", "刁难", "一次性告知"),),
        source="EW01、EW03",
    ),
    CasePattern(
        number="CP04",
        title="应移送涉嫌犯罪案件而以罚代刑",
        candidate="案件负责人以行政罚款了结应当移送公安机关的案件，帮助当事人逃避刑事追究。",
        category=PENALTY,
        signs=(("移送", "以罚代刑", "涉嫌犯罪", "公安"),),
        source="N23、SOD15、EW15",
    ),
    CasePattern(
        number="CP05",
        title="滥用裁量，同案不同罚",
        candidate="承办人员编造从轻情节，对相熟企业压低罚款幅度。",
        category=PENALTY,
        signs=(("裁量", "从轻", "减轻", "罚款幅度", "同案", "压低", "畸轻"),),
        source="N21（行政处罚法第三十四条）、EW08、EW09、EW10",
    ),
    CasePattern(
        number="CP06",
        title="发现问题不立案",
        candidate="检查人员发现违法行为后收受好处，不提请立案。",
        category=PENALTY,
        signs=(("立案", "不查处", "压案", "瞒案", "隐瞒"),),
        source="SOD11、EW07",
    ),
    CasePattern(
        number="CP07",
        title="罚款缓缴、减免和不执行",
        candidate="执行人员私自同意缓缴、分期或者不申请强制执行，使企业逃避缴纳罚款。",
        category=PENALTY,
        signs=(("缓缴", "分期", "减免", "不执行", "强制执行", "收缴", "拖欠", "执行"),),
        source="SOD08、SOD10、EW17",
    ),
    CasePattern(
        number="CP08",
        title="检查前通风报信",
        candidate="执法人员在突击检查前向企业泄露检查时间，帮助企业临时停产逃避查处。",
        category=PowerCategory.INSPECTION,
        signs=(("通风报信", "泄露", "透露", "跑风", "走漏", "提前告知", "泄密"),),
        source="EW16",
    ),
    CasePattern(
        number="CP09",
        title="人为挑选检查对象和检查人员",
        candidate="检查人员绕过随机抽取，长期由固定人员检查特定企业，形成利益关系。",
        category=PowerCategory.INSPECTION,
        signs=(("随机", "抽取", "选择性", "固定", "多头", "重复检查", "频次", "挑选"),),
        source="SOD13、C10、EW05、EW11、EW12",
    ),
    CasePattern(
        number="CP10",
        title="查封扣押物品被调换、挪用或提前发还",
        candidate="保管人员私自发还、调换被查封扣押的设施物品，收受当事人财物。",
        category=PowerCategory.COERCION,
        signs=(("查封", "扣押", "解除", "发还", "保管"),),
        source="SOD14、N22（行政强制法第二十四至二十七条）",
    ),
    CasePattern(
        number="CP11",
        title="篡改、伪造监测数据",
        candidate="监测人员修改原始记录或选取点位，出具失实报告，帮助企业逃避处罚。",
        area=KeyArea.MONITORING,
        signs=(
            ("数据", "原始记录", "报告", "样品", "采样"),
            ("篡改", "伪造", "修改", "删改", "造假", "虚假", "失实", "调换"),
        ),
        source="C8、EW21、EW23",
    ),
    CasePattern(
        number="CP12",
        title="采样、分析、审核由一人包办",
        candidate="采样人员与分析人员固定搭档，相互代签，调换样品后无人发现，使企业超标结果变为合格。",
        area=KeyArea.MONITORING,
        signs=(
            ("采样", "分析", "审核", "签发", "样品"),
            ("一人", "代签", "固定", "兼", "同一", "搭档", "包办", "调换"),
        ),
        source="SOD17—SOD20、EW24",
    ),
    CasePattern(
        number="CP13",
        title="专项资金评审倾斜、虚报项目",
        candidate="评审组织人员泄露评分标准、打招呼，使不合条件的项目获得资金。",
        area=KeyArea.FUNDS,
        signs=(("评审", "分配", "申报", "立项", "验收", "拨付", "项目"),),
        source="SOD23—SOD25、EW25、EW26",
    ),
    CasePattern(
        number="CP14",
        title="拆分采购、规避招标",
        candidate="采购经办人将同类采购化整为零，规避公开招标，交给特定供应商。",
        area=KeyArea.PROCUREMENT,
        signs=(("拆分", "化整为零", "规避", "单一来源", "围标", "串通", "量身", "指定供应商", "特定供应商"),),
        source="N25（政府采购法）、EW27、EW28",
    ),
    CasePattern(
        number="CP15",
        title="采购验收走过场、以次充好",
        candidate="验收人员与供应商串通，对不合格设备签字验收，收取回扣。",
        area=KeyArea.PROCUREMENT,
        signs=(("验收", "以次充好", "质量", "付款"),),
        source="SOD28、SOD29、EW26",
    ),
    CasePattern(
        number="CP16",
        title="选人用人中打招呼、跑官要官",
        candidate="领导人员授意圈定人选、泄露考察情况，收受当事人财物。",
        area=KeyArea.APPOINTMENT,
        signs=(("打招呼", "说情", "圈定", "授意", "内定", "泄露", "亲属", "个人决定", "跑官", "任人唯亲", "提名"),),
        source="N18、SOD36、EW29",
    ),
    CasePattern(
        number="CP17",
        title="涉税数据漏送、错送不复核",
        candidate="经办人员少报、迟报应税污染物数据，帮助企业少缴税款。",
        area=KeyArea.FEE,
        signs=(("数据", "申报", "核定", "复核", "税", "排污量"), ("少", "漏", "迟", "瞒", "不复核", "压低", "虚")),
        source="C2、SOD22、EW20",
    ),
    CasePattern(
        number="CP18",
        title="印章管理与用印审批一人办理",
        candidate="印章保管人未经批准私自用印，为他人出具虚假证明谋利。",
        names=("印章", "公章", "用印"),
        signs=(("用印", "盖章", "印章", "公章"), ("未经", "私自", "擅自", "空白", "一人", "代", "虚假")),
        source="SOD33",
    ),
)
