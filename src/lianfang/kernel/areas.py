"""The seven priority areas of disclosure and review (S40), and what C2 made of the fourth."""

from __future__ import annotations

from lianfang.kernel.vocabulary import Word


class KeyArea(Word):
    """Seven key areas; the fee area of 2017 lives on as data exchange with the tax office (domain.md C2)."""

    APPOINTMENT = "appointment", "干部选拔任用", "选人用人", "人事任免"
    PERMIT = "permit", "环境行政许可", "行政许可", "环评审批"
    ENFORCEMENT = "enforcement", "环保执法", "环境执法", "行政执法", "行政处罚"
    FEE = "fee", "涉税数据交送与复核", "排污收费", "排污费征收"
    MONITORING = "monitoring", "环境监测", "监测"
    FUNDS = "funds", "环保资金项目分配", "专项资金", "资金项目分配"
    PROCUREMENT = "procurement", "物资设备采购", "政府采购", "采购"
