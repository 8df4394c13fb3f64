"""Official wording: what is mended, and what only looks wrong."""

from __future__ import annotations

import pytest

from lianfang.foundation.lint.typography import corrected, slips
from lianfang.foundation.lint.wording import is_placeholder


@pytest.mark.covers("S87")
@pytest.mark.parametrize(
    ("written", "better"),
    [
        ("上纪[2017]31号", "上纪〔2017〕31号"),
        ("上纪（2017）31号", "上纪〔2017〕31号"),
        ("上纪〔2017〕第031号", "上纪〔2017〕31号"),
        ("上纪【2017】31 号", "上纪〔2017〕31号"),
        ("于2017.6.21印发", "于2017年6月21日印发"),
        ("于2017-06-21印发", "于2017年6月21日印发"),
        ("2017年06月05日前", "2017年6月5日前"),
        ("先受理,后审核;再决定", "先受理，后审核；再决定"),
        ("污染防治科(水)负责", "污染防治科（水）负责"),
        ("汇总岗位风险登记清单", "汇总岗位风险等级清单"),
        ("按授权审批执法控制的要求", "按授权审批控制的要求"),
    ],
)
def test_a_slip_with_one_right_form_is_mended(written: str, better: str) -> None:
    assert corrected(written) == better
    assert list(slips(better)) == []


@pytest.mark.parametrize(
    "written", ["由某某同志负责", "××科受理", "XX企业", "{{unit}}办理", "此处填写职责", "二〇一七年六月二十一日"]
)
def test_a_blank_or_a_date_in_words_is_pointed_out_and_left_to_a_person(written: str) -> None:
    assert list(slips(written))
    assert corrected(written) == written


@pytest.mark.parametrize(
    "written",
    [
        "上纪〔2017〕31号",
        "（2017）豫01行终5号判决",
        "国务院令第682号",
        "执行GB/T 9704-2012和GB 3838-2002",
        "每日8:30至12:00受理",
        "举报电话0371-68921234,68925678",
        "网址https://example.gov.cn/2017/6/21",
        "2017年6月中旬完成",
        "自2017年10月1日起施行",
        "检测COD(化学需氧量)浓度",
        "版本2017.6",
        "占比10.5%，共3.2万元",
        "化学式H2O、CO2",
        "公开〔依申请〕",
    ],
)
def test_what_only_looks_wrong_is_left_alone(written: str) -> None:
    assert list(slips(written)) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "无",
        "／",
        "同上",
        "按相关规定执行",
        "依法依规办理",
        "按照国家有关法律法规的规定执行",
        "待定",
        "暂无",
        "XX",
        "略",
        "详见附件",
        "见附件",
        "详见",
        "详见附表2",
        "见流程图",
        "详见办事指南",
        "视情况而定",
        "根据工作需要",
        "参照执行",
        "同左",
        "按需",
        "按法律规定的期限",
        "依法定程序",
        "以上级文件为准",
        "未填写",
        "待核实",
    ],
)
def test_placeholders_say_nothing(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        "无偿提供",
        "按《行政处罚法》第五十七条的规定执行",
        "当场办结",
        "法律未规定期限",
        "法规科",
        "按季度抽查",
        "无组织排放企业",
        "一般程序",
        "处理办法",
        "见证开标",
        "见证开标过程",
        "按需方计划发货",
        "参照基准裁量",
        "同左邻地块核对",
        "视频核验",
        "期限届满前十日",
        "未定级风险",
    ],
)
def test_short_texts_that_say_something_are_no_placeholders(text: str) -> None:
    assert not is_placeholder(text)
