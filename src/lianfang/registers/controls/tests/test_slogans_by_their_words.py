"""A slogan is refused by its words: what CTL003 merely does not recognise is not (docs/decisions/0022)."""

from __future__ import annotations

import pytest

from lianfang.registers.controls.rules.checkable import is_slogan
from lianfang.registers.controls.rules.handing_in import hollow_control_fields
from lianfang.registers.controls.tests.test_handing_in_controls import changed

SLOGANS = (
    "不断完善内控机制，筑牢拒腐防变思想防线", "进一步健全长效机制，扎紧制度笼子", "强化源头治理，压紧压实责任链条",
    "坚持问题导向，抓早抓小，防微杜渐", "营造风清气正的政治生态", "推动全面从严治党向纵深发展", "时刻绷紧廉洁这根弦",
    "始终做到心有所畏、言有所戒、行有所止", "把权力关进制度的笼子", "加大力度，多措并举，务求实效",
    "切实转变工作作风，提高服务水平", "牢固树立正确的权力观、地位观、利益观", "警钟长鸣",
    "弘扬清正廉洁之风", "提高政治站位，压实主体责任", "加强队伍建设，提升服务效能",
)  # fmt: skip
UNRECOGNISED = (
    "村里的账请镇里代管", "处罚幅度按裁量基准套算", "取水口装远程水表", "加油只认车牌", "大额支出上会",
    "招聘面试请外单位考官", "档案柜钥匙不带回家", "低保户上门看一遍", "来访由值班领导接待", "分房结果贴在楼道",
    "采样瓶贴封条", "数据改动留系统日志", "系统权限离岗即收", "一把手末位表态", "一把手不直接分管财务",
    "重大事项先征求意见再上会", "窗口叫号不能插队", "加班餐费由工会核", "差旅按实际天数报", "监理日志与照片对得上",
)  # fmt: skip
"""What CTL003 warns of, because it knows none of the verbs; nobody is kept from handing it up."""
URGING = (
    "坚持局务会先征求意见再表态", "完善派车单上的里程一栏", "规范试卷从印厂到考场的交接", "推动会计搬离出纳室",
    "坚持把试卷锁在铁柜里", "完善钥匙领用手续和登记本", "规范公章外借手续", "坚持首问负责和一次告知",
    "推行网上审批和电子监察", "落实村财乡管", "坚持民主集中制和末位表态", "落实两人到窗口收件",
    "营造风清气正的政治生态，分房结果贴在楼道",
)  # fmt: skip


@pytest.mark.covers("S55", "S84")
@pytest.mark.parametrize("action", SLOGANS)
def test_a_slogan_is_refused(action: str) -> None:
    (fault,) = hollow_control_fields(changed("action", action))

    assert fault.sentence.startswith(f"具体措施“{action}”没有写出这件事本身的内容。")


@pytest.mark.parametrize("action", SLOGANS)
def test_a_slogan_that_somebody_answers_for_may_go(action: str) -> None:
    assert list(hollow_control_fields(changed("action", action), waived=True)) == []


@pytest.mark.parametrize("action", UNRECOGNISED)
def test_an_action_in_unknown_words_is_warned_of_and_goes(action: str) -> None:
    assert is_slogan(action)
    assert list(hollow_control_fields(changed("action", action))) == []


@pytest.mark.parametrize("action", URGING)
def test_an_action_that_begins_as_slogans_do_goes(action: str) -> None:
    assert list(hollow_control_fields(changed("action", action))) == []
