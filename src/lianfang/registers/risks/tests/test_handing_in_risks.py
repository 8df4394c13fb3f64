"""What a risk point must say to be handed up: honest short entries of many trades pass, hollow ones are refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lianfang.registers.risks.rows import RiskRow
from lianfang.registers.risks.rules.handing_in import hollow_risk_fields
from lianfang.registers.risks.tests.conftest import DRAFT

HONEST = {
    "statement": (
        "司机虚报油费", "公章外借", "采购员吃回扣", "食堂买菜虚开发票", "验收不去现场", "出纳挪用备用金",
        "虚报加班", "泄露标底", "档案被抽换", "窗口岗压件", "公车私用", "考勤造假", "值班脱岗", "食堂库管多报损耗",
        "会计白条入账", "执法人员收红包", "审批岗收受礼金", "用公款买礼品", "评委打招呼", "空白介绍信盖章",
        "打探标底", "漏登处罚案件", "小金库", "拖欠货款", "私存罚没款", "超标准接待", "坐收坐支", "冒名领补助",
        "人事科改档案年龄", "检查前通风报信", "收钱办证", "白条抵库", "门卫收停车费不入账", "采购拆单",
        "虚开会议费", "安排亲属吃空饷", "保管员偷卖废旧", "派人情车", "公务接待超标", "代签字", "给企业透题",
        "用公车接送子女", "培训费套现", "印章盖空白纸", "考官泄题", "人为压低评估价", "截留补贴", "借调人员领双薪",
        "厨师带走食材", "收受商家代金券", "干部考察走过场", "关系户先办", "报销假发票", "培训走过场吃回扣",
        "私车公养", "虚增工程量", "泄露举报人", "篡改监测数据", "优先安排熟人看病", "收家长礼", "违规发津补贴",
        "倒卖号源", "替人代考", "挪用党费", "门卫私放车辆", "多开加油票", "伪造签名", "化验员改数据",
        "先办证后补材料",
    ),
    "manifestation": (
        "有举报", "油费偏高", "一人签字", "签字笔迹相同", "台账无登记", "发票连号", "用印簿空白", "里程对不上",
        "总是同一家中标", "现场照片重复", "超期未办", "价格高于市场", "材料缺页", "没有会议记录", "有投诉",
        "无验收单", "单价高", "同一供应商", "批示先于申请", "采购不招标", "没有记录", "投诉多", "无预算", "未公示",
        "未登记", "签字", "合同没有日期", "缺审批单", "案卷不全", "账实不符", "票据手写", "夜间用车",
        "加班表一人填", "盖章无审批", "分数集中", "发票抬头不符", "反复补材料", "只查一家", "群众反映",
        "家里有礼品", "记录雷同", "评分一致", "验收单倒签", "没有台账", "工资表有生人", "请客", "时间对不上",
        "补签", "与老板来往", "没有回避", "发票号相同", "家属在企业任职", "车停在小区", "变更多", "结算价超合同",
        "笔录一样", "深夜加油", "同一人三次中标", "退件无理由", "数据突变", "请假不报", "报价接近", "先用印后审批",
        "图纸没改而金额变",
    ),
    "causes": (
        "一人经办", "签字", "验收不去现场", "没有台账", "公章一人保管", "出纳兼会计", "没有轮岗", "熟人多",
        "裁量无基准", "价格不公开", "无复核", "缺少监控", "制度没有规定时限", "人手少", "岗位多年不轮换",
        "信息不对称", "工资低", "无人检查", "审批权集中", "没有公示", "未设AB岗", "同一人采购和验收", "无制度",
        "没有审核", "无人监督", "审批一人说了算", "没有流程", "不公开", "没有标准", "没人管", "领导说了算",
        "钥匙一把", "没装摄像头", "系统不留痕", "流程不上网", "没有第二人", "权力集中在科长", "临时工办理",
        "不懂法", "外聘人员多", "考核只看数量", "经费紧张", "没有培训", "轮岗少", "没有监督", "制度空白",
        "两人是亲戚", "系统没有权限控制", "钥匙不登记", "公章放抽屉", "现场没人陪同", "定价一人说了算", "评委固定",
        "底价提前告知", "供应商少", "无第三方复测", "会计兼采购", "不回访", "没人核对里程", "工资外收入不查",
        "长期一个岗位",
    ),
}  # fmt: skip
HOLLOW = {
    "statement": (
        "以权谋私", "收受好处", "滥用职权、玩忽职守", "廉政风险", "思想认识不到位", "可能存在廉政风险", "风险点",
        "工作中不负责任，影响单位形象", "利用职务便利谋取私利", "吃拿卡要", "违规审批，造成不良影响",
        "存在廉政隐患", "滥用自由裁量权", "不廉洁行为", "违法违纪", "滥用权力谋私", "玩忽职守、徇私舞弊",
        "可能发生腐败问题", "不作为慢作为乱作为", "利用职权为他人谋利",
    ),
    "manifestation": (
        "有时出现", "违规操作", "收受礼品礼金", "不作为、乱作为", "表现形式", "可能发生违纪违法行为", "工作不认真",
        "优亲厚友", "存在问题", "工作作风不实", "作风不正", "违反规定", "不按程序办事", "服务态度不好",
        "以权谋私行为",
    ),
    "causes": (
        "思想认识不高", "监督不到位", "制度不健全", "责任心不强", "学习不够", "监管不力", "廉洁自律意识淡薄",
        "思想松懈", "法律意识淡薄", "制度执行不严", "监督机制不完善", "宗旨意识不强", "主观原因", "思想认识不足",
        "制度落实不到位", "缺乏有效监督", "法治观念不强", "自律意识差", "素质不高",
    ),
}  # fmt: skip


def changed(field: str, text: str) -> RiskRow:
    given: dict[str, Any] = {field: (text,) if field == "causes" else text}
    return replace(DRAFT, **given)


@pytest.mark.parametrize(("field", "text"), [(field, text) for field, texts in HONEST.items() for text in texts])
def test_an_honest_short_entry_passes(field: str, text: str) -> None:
    assert list(hollow_risk_fields(changed(field, text))) == []


@pytest.mark.covers("S84")
@pytest.mark.parametrize(("field", "text"), [(field, text) for field, texts in HOLLOW.items() for text in texts])
def test_a_hollow_entry_is_refused_in_one_sentence_with_an_example(field: str, text: str) -> None:
    (fault,) = hollow_risk_fields(changed(field, text))

    assert fault.heading == RiskRow.headings[field]
    assert fault.sentence.startswith(f"{RiskRow.headings[field]}“{text}”没有写出这件事本身的内容。请")
    assert "例如：“" in fault.sentence
