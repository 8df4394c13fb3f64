"""A small bureau without fault, of which the examples of the rules about powers are made."""

from __future__ import annotations

import datetime

from lianfang.foundation.organisation.rows import PostRow, UnitKind, UnitRow
from lianfang.kernel.areas import KeyArea
from lianfang.registers.laws.rows import ArticleRow, LawLevel, LawRow
from lianfang.registers.powers.rows import (
    LimitUnit,
    PowerCategory,
    PowerRow,
    PowerStep,
    TimeLimit,
    Visibility,
)
from lianfang.registers.powers.states import PowerState

BUREAU = UnitRow(number="U01", name="生态环境分局", unit_kind=UnitKind.BRANCH)
SECTION = UnitRow(number="U02", name="法规科", unit_kind=UnitKind.SECTION, parent="U01")
POST = PostRow(number="P001", unit="U02", name="案件审查岗", duty="审查调查终结的行政处罚案件。")

PENALTY_LAW = LawRow(
    number="L001",
    title="中华人民共和国行政处罚法",
    short_titles=("行政处罚法",),
    level=LawLevel.LAW,
    in_force_from=datetime.date(2021, 7, 15),
)
CODE = LawRow(number="L002", title="示例环境法典", level=LawLevel.LAW, in_force_from=datetime.date(2020, 1, 1))
REPEALED_LAW = LawRow(
    number="L003",
    title="示例旧法",
    level=LawLevel.LAW,
    repealed_on=datetime.date(2020, 1, 1),
    replaced_by="L002",
    articles=(ArticleRow(article="第十条", topic="处罚", successor_law="L002", successor_article="第二十条"),),
)
NOTICE = LawRow(number="L004", title="关于加强执法工作的通知", level=LawLevel.NORMATIVE)
LAWS = (PENALTY_LAW, CODE, REPEALED_LAW, NOTICE)

PENALTY = PowerRow(
    number="QL-001",
    unit="U02",
    name="对拒绝现场检查的处罚",
    content="对拒绝、阻挠生态环境执法人员现场检查的单位作出行政处罚决定。",
    holder="法规科",
    basis=("《中华人民共和国行政处罚法》第五十七条",),
    conditions="有拒绝或者阻挠现场检查的事实，证据确凿。",
    steps=(
        PowerStep("立案", "案件审查岗"),
        PowerStep("法制审核", "法规科负责人", "审核意见由调查人员代拟，容易流于形式"),
        PowerStep("集体讨论", "局案件审议委员会"),
    ),
    time_limit=TimeLimit(90, LimitUnit.DAY, "自立案之日起"),
    supervision="区纪委监委派驻纪检监察组，举报电话12345；每半年由司法局开展案卷评查。",
    category=PowerCategory.PENALTY,
    visibility=Visibility.EXTERNAL,
    key_area=KeyArea.ENFORCEMENT,
    discretion=3,
    duties="依法立案、审核、告知、决定和送达。",
    state=PowerState.CONFIRMED,
)
SEAL = PowerRow(
    number="QL-002",
    unit="U02",
    name="公章管理和用印审批",
    content="保管单位公章，审核并登记每一次用印。",
    holder="法规科",
    basis=("关于加强执法工作的通知",),
    conditions="有经分管领导批准的用印申请。",
    steps=(PowerStep("申请"), PowerStep("批准"), PowerStep("用印登记")),
    no_weak_link="保管与审批由两个岗位分设，逐次登记并附用印文件复印件。",
    time_limit=TimeLimit.read("当场办结"),
    supervision="机关纪委每季度抽查用印登记簿，受理信箱设在一楼大厅。",
    visibility=Visibility.INTERNAL,
    discretion=1,
    state=PowerState.CONFIRMED,
)
