"""What a measure must say to be handed up: honest short entries of many trades pass, hollow ones are refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lianfang.registers.controls.rows import ControlRow
from lianfang.registers.controls.rules.handing_in import hollow_control_fields
from lianfang.registers.controls.tests.test_controls_actions import MEASURE

HONEST = {
    "action": (
        "双人验收", "每月轮岗", "油卡对账", "用印登记", "票据公示", "入户抽查", "随机抽签", "派车单留底",
        "发票逐张核", "食材双人签收", "车辆装定位", "借阅登记", "公章双人保管", "会计出纳分开", "档案编页码",
        "标书密封", "考勤公示", "罚没款当日入库", "超过5000元局务会定", "招聘面试录像", "现场拍照", "季度盘点",
        "审计", "加锁", "签字", "验收去现场", "轮岗", "公示", "三家询价", "案件会审", "回访", "定期盘点",
        "集体研究", "双人执法", "监督抽查", "随机派单", "摇号", "录像", "轮流值班", "每周查油卡", "换锁",
        "三人开标", "政务公开", "填审批单", "民主评议", "网上办理", "票据联审", "分管领导审批", "公开栏公布",
        "回避", "每季度通报", "纪检旁站", "谈心谈话", "专人保管", "限额报销",
    ),
    "actor": (
        "出纳", "司机班", "办公室", "验收岗", "局长", "纪检员", "库管", "厨师长", "法规科", "档案员", "工会",
        "两名执法员", "分管领导", "物业", "第三方机构", "科长", "质监员", "门卫", "保安", "信息中心", "后勤",
        "财务", "人事", "采购员", "局党组", "值班人员", "收费员", "评审专家", "驾驶员", "财务人员", "窗口人员",
        "执法人员", "审核人", "科室负责人", "班子成员", "经办人", "采购人员", "检查组", "会计和出纳", "食堂管理员",
        "各股室", "两人", "局长办公会", "审批窗口", "驻局纪检组", "主管", "承办人", "监督员", "值班长", "工程师",
        "管理员", "法律顾问", "全体执法人员", "部门负责人", "责任科室负责人",
    ),
    "evidence": (
        "签字", "台账", "登记簿", "会议纪要", "照片", "派车单", "用印登记表", "签字表", "对账单", "验收单",
        "监控录像", "登记表", "审批单", "谈话记录", "检查记录", "培训签到", "审核表", "审批表", "审批记录",
        "考核表", "公示材料", "工作记录", "合同", "案卷", "发票", "回执", "记录", "截图", "系统日志", "批示",
        "抽签结果", "审计报告", "会议签到表", "油卡流水", "批示件", "公示截图", "资料清单", "案卷材料", "监督记录",
        "管理台账", "留痕照片", "工作日志", "附件", "报告", "声明书",
    ),
    "basis": (
        "岗位职责", "三定方案", "《行政处罚法》第四十七条", "局财务制度第三条", "会计法", "岗位分工", "局务会决定",
        "内控手册", "用印制度", "《公务用车管理办法》", "出纳岗位职责", "党组会纪要", "采购管理规定", "考勤制度",
        "财务制度", "局长办公会纪要", "政府采购法", "八项规定", "行业标准", "操作规程", "中央八项规定精神",
        "公务员法第五十九条", "岗位说明书", "任务书",
    ),
}  # fmt: skip
HOLLOW = {
    "action": (
        "加强教育", "提高思想认识", "严格执行制度", "加强监督管理", "认真履行职责，自觉接受监督", "具体措施",
        "严格遵守法律法规，依法行政", "强化廉洁意识", "完善制度机制", "落实责任", "加强学习教育，提高廉洁自律意识",
        "规范权力运行",
    ),
    "actor": (
        "有关人员", "相关部门", "责任人员", "具体经办人员", "各相关科室", "责任人", "有关单位", "相关责任人员",
        "各有关部门",
    ),
    "evidence": (
        "相关材料", "工作留痕", "有关资料", "留痕凭证", "按规定留痕", "相关记录", "资料", "按要求留痕",
        "有关证明材料",
    ),
    "basis": (
        "有关规定", "相关法律法规", "工作需要", "上级要求", "法律法规规定", "相关规定", "国家法律法规",
        "上级有关文件精神", "按规定",
    ),
}  # fmt: skip


def changed(field: str, text: str) -> ControlRow:
    given: dict[str, Any] = {field: text}
    return replace(MEASURE, **given)


@pytest.mark.parametrize(("field", "text"), [(field, text) for field, texts in HONEST.items() for text in texts])
def test_an_honest_short_entry_passes(field: str, text: str) -> None:
    assert list(hollow_control_fields(changed(field, text))) == []


@pytest.mark.covers("S84")
@pytest.mark.parametrize(("field", "text"), [(field, text) for field, texts in HOLLOW.items() for text in texts])
def test_a_hollow_entry_is_refused_in_one_sentence_with_an_example(field: str, text: str) -> None:
    (said,) = hollow_control_fields(changed(field, text))

    assert said.startswith(f"{ControlRow.headings[field]}“{text}”没有写出这件事本身的内容。请")
    assert "例如：“" in said
