"""Headings of real practice, in spellings of our own, find their register and their fields."""

from collections.abc import Iterator

import pytest
from _pytest.mark import ParameterSet

from lianfang.foundation.documents.columns import Column, Sheet
from lianfang.foundation.documents.recognise import map_headings, recognise, register_of
from lianfang.registers.powers.sheets import POWERS as POWER_SHEET
from lianfang.registers.risks.sheets import RISKS as RISK_SHEET

RISKS = """
序号=number 单位/科室=unit 风险类别（岗位职责/业务流程）=category 风险点=risk 主要内容及表现形式=manifestation
风险等级=level 防控措施=measures 部门负责人=unit_head 责任领导=leader

序号=number 内设机构=unit 岗位(职务)=post 岗位职责=- 风险点描述=risk 风险表现形式=manifestation 等级=level
防范措施=measures 防控责任人=owner

编号=number 部门=unit 岗位=post 职权=power 廉政风险点=risk 可能产生的后果=- 风险级别=level 防范措施=measures
责任领导=leader 责任人=owner

岗位名称=post 姓名=owner 职务=- 岗位风险点=risk 风险等级=level 防控措施=measures 监督责任人=-

序号=number 业务名称=power 业务流程=step 风险点=risk 风险描述=manifestation 风险等级=level 控制措施=measures
责任科室=unit 责任岗位=post

序号=number 权力事项=power 运行环节=step 风险点及表现形式=risk 风险等级(高、中、低)=level 防控措施及责任=measures
责任部门=unit 责任人=owner 分管领导=deputy

处室=unit 涉险职权=power 风险点数=risk_count 风险等级=level 第一责任人=leader

序号=number 职权名称=power 职权类别=power_category 职权编号=power_code 风险环节=step 风险情形=manifestation
风险等次=level 预警指标=indicator 防控举措=measures 承办人=owner

科室名称=unit 风险岗位=post 廉洁风险点=risk 风险等级评定=level 防控措施=measures 完成时限=- 备注=-

序号=number 风险领域=category 风险事项=risk 具体表现=manifestation 防控等级=level 防控对策=measures
牵头领导=leader 责任单位=unit 完成时间=-

类别=category 风险点=risk 表现=manifestation 成因=- 级别=level 措施=measures 科室负责人=unit_head 分管局长=deputy

项目=power 环节=step 廉政风险内容=risk 风险级别=level 防控办法=measures 责任主体=owner

重点岗位=post 权力行使=power 存在的廉政风险=risk 防控措施=measures 防控责任领导=leader 防控责任人=owner

所在部门=unit 岗位=post 风险名称=risk 风险具体描述=manifestation 风险定级=level 风险应对措施=measures
责任人（签字）=owner

序号=number 负责股室=unit 廉政风险点=risk 风险等级=level 预防措施=measures 主要领导=leader 分管领导=deputy
直接责任人=owner

风险点名称=risk 风险点等级=level 防控措施=measures 防控责任单位=unit 防控责任人=owner 监督部门=-

职权名称=power 岗位=post 风险点=risk 表现形式=manifestation 等级=level 前期预防措施=measures
中期监控措施=measures 后期处置措施=measures 责任人=owner

序号=number 廉政风险点位=risk 风险内容=manifestation 风险等级=level 防控措施=measures 责任领导=leader
责任科室=unit

部门=unit 岗位=post 权力类型=power_category 风险点数量=risk_count 高=- 中=- 低=-

单位名称=unit 岗位=post 廉政风险点描述=manifestation 等级=level 制度防控措施=measures 责任人及职务=owner

序号=number 风险环节=step 风险点=risk 风险等级=level 监控指标=indicator 防控措施=measures 监控责任人=owner

权力运行流程=step 廉政风险点=risk 风险等级=level 预防腐败措施=measures 责任岗位=post 主管领导=leader

业务领域=power 关键环节=step 主要风险点=risk 主要防控措施=measures 责任部门=unit 配合部门=-

重点领域=category 风险点=risk 具体表现形式=manifestation 防控措施=measures 责任单位=unit 责任人=owner 完成时限=-

类别=category 岗位=post 思想道德风险=risk 防控措施=measures

序号=number 岗位=post 职责权限=- 廉政风险点=risk 风险等级=level 防控措施=measures 监督电话=-

序号=number 事项=power 环节=step 潜在风险=risk 等级=level 防范措施=measures 责任人=owner 监督人=-

风险编号=number 流程名称=step 风险点=risk 风险描述=manifestation 可能性=- 影响程度=- 风险等级=level
控制措施=measures 责任部门=unit

序号=number 内设机构名称=unit 权力清单=power 廉政风险点=risk 风险等级=level 防控措施=measures 责任人=owner

序号=number 防控责任主体=unit 用权事项=power 风险点=risk 风险等级=level 防控措施=measures 责任人=owner

一级流程=power 二级流程=step 风险点=risk 风险情况描述=manifestation 控制活动=measures 控制方式=- 控制频率=-

二级业务流程=power 三级业务流程=step 风险因素描述=manifestation 控制目标=- 控制活动内容=measures

关键环节=step 廉洁风险点及等级=risk 防控措施=measures 责任主体=owner

风险编号=number 风险描述=manifestation 风险类型=category 风险等级=level 风险策略=- 防控措施=measures
"""

POWERS = """
序号=number 权力类别=category 项目名称=name 子项=sub_name 设定依据=basis 行使主体=holder 承办机构=unit
责任事项=duties 追责情形=liability 备注=remark

序号=number 事项编码=code 事项名称=name 事项类型=category 实施机关=holder 行使层级=authority_level
法定时限=time_limit 承诺时限=time_limit 是否收费=fee 监督电话=phone

编码=code 职权名称=name 职权类型=category 行使依据=basis 责任科室=unit 办理时限=time_limit 收费依据及标准=fee
咨询电话=phone 投诉电话=phone

序号=number 行政职权名称=name 法律依据=basis 实施对象=- 承办科室=unit 办结时限=time_limit 收费情况=fee
备注=remark

权力名称=name 权力来源=basis 权力行使层级=authority_level 权力主体=holder 责任清单=duties 问责依据=liability
联系电话=phone

序号=number 权责类型=category 权责事项=name 权责依据=basis 责任事项=duties 追责情形及依据=liability

部门=unit 类别=category 职权事项名称=name 职权依据=basis 实施层级=authority_level 追责对象范围=liability

基本编码=code 主项名称=name 子项名称=sub_name 权力属性=category 实施主体=holder 设立依据=basis
权限划分=authority_level

序号=number 行政许可事项=name 许可依据=basis 实施机关=holder 审批条件=- 申请材料=- 审批时限=time_limit
收费标准=fee

序号=number 职权类别=category 职权名称-主项=name 职权名称-子项=sub_name 办理时限-法定时限=time_limit
办理时限-承诺时限=time_limit 监督方式-电话=phone

序号=number 执法事项名称=name 职权类型=category 实施依据=basis 法定实施主体=holder
第一责任层级建议=authority_level

处罚事项=name 违法行为=- 处罚依据=basis 处罚种类=- 执法主体=holder 承办机构=unit 自由裁量标准=-

序号=number 部门名称=unit 职权名称=name 类别=category 实施依据=basis 公开范围=- 收费（征收）依据和标准=fee
承办机构=holder 实施对象=-

项目编码=code 项目名称=name 实施机关=holder 法律依据=basis 承诺时间=time_limit 收费标准=fee 备注=remark

序号=number 职权类别=category 职权名称=name 实施主体=holder 承办机构=unit 实施依据=basis 办理时限=time_limit
收费依据和标准=fee 责任事项=duties 追责情形=liability 廉政风险点=- 风险等级=-

权力编码=code 权力名称=name 子项名称=sub_name 权力类型=category 权力基本信息=- 法定办结期限=time_limit
承诺办结期限=time_limit 监督投诉方式=phone

序号=number 项目名称=name 设定依据=basis 共同实施部门=holder 审批对象=- 备注=remark

事项名称=name 事项类别=category 法定依据=basis 责任主体=holder 责任事项=duties 监督方式=supervision

序号=number 权力事项=name 权力类型=category 行使主体=holder 行使内容=- 责任单位=unit 行使依据=basis

序号=number 权责事项-名称=name 权责事项-子项=sub_name 权力类型=category 依据-法律法规=basis 依据-条款=basis
实施主体=holder

序号=number 检查领域=- 检查事项=name 发起部门=holder 配合部门=- 参检单位=- 检查依据=basis 实施层级=authority_level

职权名称=name 职权类别=category 法定依据=basis 具体条款=basis 实施机构=holder 执法岗位=-

序号=number 处室=unit 行政权力事项名称=name 事项类型=category 设定依据=basis 行使层级=authority_level
廉政风险防控措施=-
"""


def cases(kind: str, text: str) -> Iterator[ParameterSet]:
    for case in text.strip().split("\n\n"):
        pairs = [pair.partition("=") for pair in case.split()]
        yield pytest.param(
            kind,
            [heading for heading, _, _ in pairs],
            tuple(None if field == "-" else field for _, _, field in pairs),
            id=case[:24],
        )


@pytest.mark.parametrize(("kind", "headings", "fields"), [*cases("risks", RISKS), *cases("powers", POWERS)])
def test_headings_of_practice_name_their_fields(kind: str, headings: list[str], fields: tuple[str | None, ...]) -> None:
    recognition = recognise(headings)

    assert recognition.register is not None
    assert recognition.register.kind == kind
    assert recognition.fields == fields


@pytest.mark.parametrize(
    "headings",
    [
        ["类别", "名称"],
        ["业务大类", "序号", "业务事项", "页码"],
        ["等级", "别称", "判定标准"],
        ["单位", "总数", "行政许可", "行政处罚", "行政检查"],
        ["序号", "主要职责", "备注"],
        ["序号", "公开事项", "公开内容", "公开依据", "公开时限", "公开主体"],
        ["姓名", "性别", "出生年月", "政治面貌", "电话"],
        ["日期", "地点", "参加人员", "会议内容"],
        ["序号", "决策事项名称", "决策依据", "承办处室", "会同处室", "决策时间"],
        ["序号", "重大行政决策事项", "承办单位", "法律政策依据", "履行程序"],
    ],
)
def test_tables_that_are_no_register_are_told_so_with_a_reason(headings: list[str]) -> None:
    recognition = recognise(headings)

    assert recognition.register is None
    assert "认不出" in recognition.reason


@pytest.mark.parametrize(
    ("printed", "field"),
    [
        ("风险防 控责任\n领 导", "leader"),
        ("*风险等级：", "level"),
        ("（三）防控措施", "measures"),
        ("4.责任人", "owner"),
        ("风 险 点", "risk"),
        ("防　控　措　施", "measures"),
        ("风险等圾", "level"),
    ],
)
def test_broken_decorated_and_misread_headings_are_still_understood(printed: str, field: str) -> None:
    recognition = recognise(["廉政风险点", "岗位", printed] if field != "risk" else ["岗位", "风险等级", printed])

    assert recognition.fields[2] == field


def test_a_column_without_heading_is_told_by_its_grades() -> None:
    recognition = recognise(["风险点", "防控措施", ""], [["甲"], ["乙"], ["高", "低", "中"]])

    assert recognition.fields == ("risk", "measures", "level")


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (["综合科", "监测站"], "unit"),
        (["科长", "值班员"], None),
        (["1、项目法人\n2、监督部门", "1、业主\n2、代理机构"], None),
    ],
)
def test_a_weak_word_for_a_unit_is_believed_where_units_stand_below(cells: list[str], field: str | None) -> None:
    headings = ["责任主体", "风险点", "责任人"]

    assert recognise(headings, [cells, ["甲", "乙"], ["某某", "某某"]]).fields == (field, "risk", "owner")


def test_a_column_that_no_register_keeps_does_not_stand_in_for_a_required_one() -> None:
    register = register_of(POWER_SHEET)

    assert recognise(["序号", "决策事项名称", "决策依据", "承办处室"], registers=(register,)).register is None
    assert recognise(["序号", "职权事项名称", "职权依据", "承办处室"], registers=(register,)).register is register


def test_whole_phrases_are_no_grades_whatever_stands_above_them() -> None:
    headings = ["编号", "风险评价", "风险描述"]
    phrases = [["1", "2"], ["资金管理风险", "采购验收风险"], ["账外存放", "以次充好"]]
    grades = [["1", "2"], ["一级风险", "特高风险"], ["账外存放", "以次充好"]]

    assert recognise(headings, phrases).fields == ("number", "risk", "manifestation")
    assert recognise(headings, grades).fields == ("number", "level", "manifestation")


def test_a_column_that_says_outright_to_hold_grades_keeps_them_however_they_are_worded() -> None:
    recognition = recognise(["风险点", "风险等级"], [["甲"], ["视情况逐件确定"]])

    assert recognition.fields == ("risk", "level")


def test_a_room_sheet_reads_its_own_synonyms_before_the_general_words() -> None:
    sheet = Sheet(
        "risks",
        "风险点",
        (Column("number", "编号"), Column("supervisor", "监督人", ("责任人",)), Column("owner", "防控责任人")),
    )

    fields = map_headings(register_of(sheet), ["编号", "责任人", "具体责任人"])

    assert fields == ("number", "supervisor", "owner")


def test_no_field_is_given_to_two_columns_unless_it_joins_them() -> None:
    recognition = recognise(["风险点", "防控措施", "制度措施", "责任人", "具体责任人"])

    assert recognition.fields[1:3] == ("measures", "measures")
    assert sorted(filter(None, recognition.fields[3:])) == ["owner"]


@pytest.mark.parametrize(
    ("printed", "field"),
    [
        ("涉及的关键岗位", "post"),
        ("某分公司细化的防控措施", "measures"),
        ("防控措施清单", "measures"),
        ("廉洁风险点自查描述", "manifestation"),
        ("应对策略", "measures"),
        ("职务", "post"),
    ],
)
def test_words_around_the_thing_do_not_hide_it(printed: str, field: str) -> None:
    recognition = recognise(["风险名称", "责任单位", printed])

    assert recognition.fields[2] == field


def test_the_more_telling_of_two_agencies_holds_the_power() -> None:
    recognition = recognise(["职权名称", "承办机构", "设定依据", "实施机关"])

    assert recognition.fields == ("name", "unit", "basis", "holder")


def test_a_bare_name_is_enough_only_where_the_list_speaks_of_powers() -> None:
    power, goods = recognise(["权力类型", "名称", "处室"]), recognise(["类型", "名称", "部门"])

    assert power.register is not None
    assert power.fields == ("category", "name", "unit")
    assert goods.register is None


@pytest.mark.parametrize(
    "headings",
    [
        ["资产编号", "资产名称", "数量", "使用部门", "责任人"],
        ["任务名称", "工作内容", "责任单位", "完成时限", "责任领导"],
        ["项目名称", "责任单位", "完成时限"],
        ["采购项目名称", "采购方式", "预算金额", "供应商"],
    ],
)
def test_lists_of_goods_and_tasks_are_neither_powers_nor_risks(headings: list[str]) -> None:
    assert recognise(headings).register is None


@pytest.mark.parametrize("heading", ["风险表现", "主要风险表现", "廉政风险表现形式", "具体表现"])
def test_where_only_how_risks_show_is_said_that_is_the_risk_of_an_import(heading: str) -> None:
    register = register_of(RISK_SHEET)

    assert map_headings(register, ["岗位", heading, "风险等级"]) == ("post", "statement", "grade")
    assert map_headings(register, ["岗位", "风险点", heading]) == ("post", "statement", "manifestation")


def test_how_risks_show_and_a_number_suffice_where_the_list_speaks_of_risks() -> None:
    risks, children = recognise(["序号", "廉政风险表现"]), recognise(["序号", "表现"], titles=["学生在校情况"])

    assert risks.register is not None
    assert risks.fields == ("number", "manifestation")
    assert children.register is None
