"""What a power must say to be handed up: honest short entries of many trades pass, hollow ones are refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lianfang.registers.powers.rows import PowerRow, PowerStep, TimeLimit
from lianfang.registers.powers.rules.handing_in import hollow_power_fields
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION

HONEST = {
    "name": (
        "公章使用", "公务用车派车", "食堂原料采购", "合同签订", "发票报销", "职称评审推荐", "取水许可", "档案查阅",
        "双随机检查", "固定资产报废", "印章管理", "车辆管理", "财务管理", "人事管理", "档案管理", "采购管理",
        "行政处罚", "行政许可审批", "考勤管理", "公务接待", "行政检查", "资金审批", "用印审批", "公务卡报销",
        "加油卡发放", "食堂招标", "临时用工招录", "驾驶员调度", "教师资格认定", "餐饮检查", "罚款收缴", "借阅审批",
        "干部考察", "补贴发放", "信息公开", "安全监管", "会议费审批", "介绍信开具", "物资领用", "加班审批",
        "驾驶证审验", "卫生许可", "集体备课评优", "宅基地审批", "低保认定", "工程变更签证", "差旅报销",
        "出入库管理", "保密检查", "行政强制", "绩效考核", "值班安排",
    ),
    "content": (
        "盖公章", "派车", "买菜", "报销审核", "开介绍信", "对取水单位发证", "现场核查", "保管公章", "审核发票",
        "调阅人事档案", "采购办公用品", "管理食堂", "审批加班", "招聘编外人员", "检查加油站", "给车辆加油",
        "发补贴", "验收货物", "查封设施", "考察干部", "借出档案", "定供应商", "公开政务信息", "办理入职",
        "审批请假", "开具证明", "给食堂付款", "现场抽样", "派人出差", "审查图纸", "登记来访", "核定水费",
        "年检车辆", "封存账册", "安排值班",
    ),
    "conditions": (
        "有举报", "有预算", "凭派车单", "科长签字", "借阅须审批", "超标", "材料齐全", "合同到期", "库存不足",
        "岗位空缺", "经局长批准", "列入年度计划", "收到申请", "单位申请", "有发票", "持证", "接到任务单",
        "达到报废年限", "符合报废标准", "年满18周岁", "有空编", "三人以上", "有批文", "已付款", "有举报线索",
        "公示期满", "有病假条", "出差", "领导批示", "工程完工", "提出书面申请", "达到一定年限", "损坏", "职工申请",
        "视水情调度", "施工情况复杂", "每天每班交接",
        "办公会通过", "签订合同后", "缺货", "遇突发事件", "有任务书", "满三年", "持介绍信", "群众来访", "发票齐全",
        "上级交办",
    ),
    "time_limit": (
        "当日", "随到随办", "法律未规定期限，本局15日内", "三天", "一周内", "月底前", "下班前", "用车前一天",
        "长期", "年底前", "随时", "没有法定期限", "法律没有规定", "会后公布", "收到后马上办", "2小时", "当天下午",
        "上班时间", "每周五", "合同约定", "年度内", "按合同", "公示5日", "立即", "无期限", "一个季度内", "节前",
        "15:00前", "工作时间随到随办", "合同期内", "开学前", "次日", "48小时", "三个月", "当月",
    ),
    "supervision": (
        "纪检组抽查", "财务公开", "职工代表评议", "票据公示", "审计", "上级审计", "电话12345", "纪委监督",
        "局纪检组", "机关党委", "办公室监督", "分管领导监督", "公示栏", "会计复核", "派驻监督", "人大监督",
        "信访举报", "政务公开", "局长信箱", "12345", "纪检监察室", "上级主管部门检查", "举报箱", "工会",
        "财政局检查", "社会公示", "支部监督", "家长委员会", "监督电话", "双人复核", "会计监督", "巡察", "审计局",
        "业主大会", "家长", "公开栏", "值班领导", "监察室", "信访办", "局务公开", "财政评审", "职代会",
    ),
    "duties": (
        "不得超标用印", "当场开收据", "登记借阅人", "盖章前登记", "两人到场", "出示证件", "派车单留存", "及时归档",
        "妥善保管", "保密", "告知", "按时发工资", "不得拖延", "一次性告知", "及时送达", "据实报销", "不收现金",
        "如实登记", "开具票据", "当面清点", "不吃请", "保管钥匙", "及时告知", "回避", "负责保管公章",
        "履行告知义务", "按规定存档", "三日内入账", "不收好处", "对号入座", "双人签字", "公布结果", "钥匙分管",
        "留底", "核对身份", "说明理由", "按时归还",
        "天天对账", "人人签字", "公正摇号", "逐件逐件核对",
    ),
}  # fmt: skip
HOLLOW = {
    "name": (
        "职权名称", "履行职责", "依法行政", "各项管理工作", "略", "待定", "行政权力", "职责履行", "相关工作",
        "管理服务", "依法监督管理", "依法履职", "行政职能", "负责有关事务",
    ),
    "content": (
        "依法履行职责", "按有关规定办理", "做好本职工作", "完成领导交办的任务", "职权内容",
        "行使法律法规规定的职权", "依法依规行使职权", "贯彻执行法律法规", "负责相关管理工作",
        "按照上级要求开展工作", "认真落实各项规定", "按照职能开展各项工作", "履行法律赋予的职责",
        "严格依法行政，搞好服务",
        "围绕中心服务大局，扎实推进各项工作", "啊啊啊", "哈哈哈哈哈", "aaa", "1111",
    ),
    "conditions": (
        "符合法定条件", "符合有关规定", "具备条件", "同上", "依法依规", "满足相关要求", "依照法律法规规定",
        "符合规定的条件", "按规定执行", "达到要求", "依据法律法规的有关规定", "符合条件的", "满足规定要求",
        "视情况而定", "视具体情况确定", "工作需要时", "酌情办理", "测试测试",
    ),
    "time_limit": (
        "按规定期限", "及时办理", "尽快办结", "法定时限内", "按时限要求办理", "按规定时间", "规定时限内完成",
        "按要求及时完成", "依法定时限", "规定期限内", "按程序及时办结",
    ),
    "supervision": (
        "接受监督", "自觉接受社会监督", "内部监督和外部监督相结合", "加强监督管理", "监督方式", "内部监督",
        "群众监督", "接受各方面监督", "依法接受监督检查", "全面监督", "接受上级和群众监督", "加强内部监督",
        "多管齐下、齐抓共管", "略略略",
    ),
    "duties": (
        "认真履行职责", "依法行政", "尽职尽责", "严格依法办事", "按照职责要求做好各项工作", "依法履职", "认真负责",
        "做好相关工作", "严格按规定办理", "遵守法律法规", "依法办事，廉洁自律", "认真完成任务",
        "公平公正、热情服务", "同上同上", "同上，同上。", "文明服务，公开公平公正",
    ),
}  # fmt: skip


def changed(field: str, text: str) -> PowerRow:
    given: dict[str, Any] = {field: TimeLimit.read(text) if field == "time_limit" else text}
    return replace(INSPECTION, **given)


@pytest.mark.parametrize(("field", "text"), [(field, text) for field, texts in HONEST.items() for text in texts])
def test_an_honest_short_entry_passes(field: str, text: str) -> None:
    assert list(hollow_power_fields(changed(field, text))) == []


@pytest.mark.covers("S84")
@pytest.mark.parametrize(("field", "text"), [(field, text) for field, texts in HOLLOW.items() for text in texts])
def test_a_hollow_entry_is_refused_in_one_sentence_with_an_example(field: str, text: str) -> None:
    (fault,) = hollow_power_fields(changed(field, text))

    assert fault.heading == PowerRow.headings[field]
    assert fault.sentence.startswith(f"{PowerRow.headings[field]}“{text}”没有写出这件事本身的内容。请")
    assert "例如：“" in fault.sentence


@pytest.mark.parametrize(
    "names",
    [
        ("申请", "审核", "盖章", "登记"), ("受理", "审查", "决定", "送达"), ("报单", "派车", "收车"), ("验货", "入库"),
        ("申请", "审批"), ("询价", "签合同", "付款"), ("立案", "调查", "处罚决定"),
    ],
)  # fmt: skip
def test_a_short_procedure_passes(names: tuple[str, ...]) -> None:
    assert list(hollow_power_fields(replace(INSPECTION, steps=tuple(map(PowerStep, names))))) == []


@pytest.mark.parametrize(
    "names",
    [("办理",), ("启动", "实施", "完成"), ("按规定程序办理",), ("研究", "处理", "结束"), ("依法办理", "按要求执行")],
)
def test_a_procedure_that_says_nothing_is_refused(names: tuple[str, ...]) -> None:
    (fault,) = hollow_power_fields(replace(INSPECTION, steps=tuple(map(PowerStep, names))))

    assert fault.sentence.startswith("行使程序“")
    assert "例如：“" in fault.sentence
