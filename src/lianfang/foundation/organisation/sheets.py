"""Units, posts, people and tenures as tables."""

from __future__ import annotations

from lianfang.foundation.documents.cells import close_name
from lianfang.foundation.documents.columns import Column, Kind, Sheet
from lianfang.foundation.organisation.rows import PostRank, UnitKind
from lianfang.kernel.areas import KeyArea
from lianfang.kernel.responsibilities import Responsibility
from lianfang.kernel.sectors import Sector

OF_UNIT = (
    "所属单位编号", "科室编号", "部门编号", "单位", "部门", "科室", "所属单位", "所属部门", "所属科室", "所在单位",
    "所在部门", "所在科室", "单位名称", "部门名称", "科室名称", "内设机构", "股室", "处室", "站所", "所属股室",
    "所在股室", "所属处室", "所在处室", "股室名称", "处室名称", "内设股室", "内设科室", "科室站所",
)  # fmt: skip
"""How lists head the column of the unit, given by number or by name."""
_STARTS = (
    "任职时间",
    "任现职日期",
    "任现职时间",
    "到任日期",
    "到任时间",
    "到岗日期",
    "到岗时间",
    "上任日期",
    "任职开始日期",
    "任职起止",
    "任职起止时间",
    "任职起止日期",
    "任职起止年月",
    "任现职起止时间",
    "任职期间",
    "任职时间段",
    "任期",
    "任期起止",
    "任期起止时间",
    "起止时间",
)
_ENDS = ("离任时间", "离岗日期", "离岗时间", "免职日期", "免职时间", "卸任日期", "卸任时间", "任职结束日期")
"""How the first and the last day in a post are headed; a cell of 任职起止 tells both."""

UNITS = Sheet(
    "units",
    "单位",
    (
        Column(
            "number",
            "单位编号",
            ("编号", "单位代码", "机构编号", "机构代码"),
            required=True,
            kind=Kind.REFERENCE,
            example="LH-WRF",
            note="定了就不再改",
        ),
        Column("name", "单位名称", ("科室名称", "部门名称", "机构名称"), required=True, width=24, example="污染防治科"),
        Column("unit_kind", "单位类型", ("类型",), required=True, kind=Kind.WORD, words=UnitKind),
        Column(
            "parent",
            "上级单位编号",
            ("上级单位", "上级单位名称", "上级部门", "主管单位", "隶属", "隶属单位", "所属单位"),
            kind=Kind.REFERENCE,
            example="LH",
            note="写编号或单位名称",
        ),
        Column("aliases", "其他名称", ("曾用名", "别名", "简称"), kind=Kind.NAMES, width=24),
        Column("valid_from", "设立日期", kind=Kind.DATE),
        Column("valid_to", "撤销日期", kind=Kind.DATE),
        Column("successor_of", "承接自", ("前身单位编号",), kind=Kind.REFERENCE),
        Column(
            "sector",
            "行业领域",
            ("行业", "领域", "所属行业"),
            kind=Kind.WORD,
            words=Sector,
            width=14,
            note="局、分局填写；按它核对重点领域有没有职权",
        ),
    ),
)
POSTS = Sheet(
    "posts",
    "岗位",
    (
        Column("number", "岗位编号", ("编号", "岗位代码"), required=True, kind=Kind.REFERENCE, example="LH-WRF-01"),
        Column("unit", "单位编号", OF_UNIT, required=True, kind=Kind.REFERENCE, example="LH-WRF"),
        Column("name", "岗位名称", ("岗位", "职务"), required=True, width=20, example="危险废物监管岗"),
        Column("rank", "岗位层级", ("层级",), required=True, kind=Kind.WORD, words=PostRank),
        Column("duty", "岗位职责", ("职责", "业务职责"), width=40),
        Column("integrity_duty", "廉政职责", ("廉洁职责", "一岗双责职责"), width=40, note="负责人岗位必填"),
        Column(
            "responsibility",
            "责任类型",
            ("两个责任", "责任类别"),
            kind=Kind.WORD,
            words=Responsibility,
            width=10,
            note="负责人岗位的廉政职责属于哪一个责任",
        ),
        Column("key_areas", "重点领域", kind=Kind.WORDS, words=KeyArea, width=20),
        Column("rotation_years", "轮岗年限", kind=Kind.WHOLE, example="5"),
        Column("in_scope", "列入防控范围", kind=Kind.YES, example="是"),
        Column("closed_on", "撤销日期", kind=Kind.DATE),
    ),
)
PEOPLE = Sheet(
    "people",
    "人员",
    (
        Column("number", "人员编号", ("编号", "工号"), required=True, kind=Kind.REFERENCE, example="LH-M01"),
        Column(
            "name", "姓名", ("人员", "名字"), required=True, kind=Kind.OWN, read=close_name, write=str, example="张科长"
        ),
        Column("unit", "单位编号", OF_UNIT, required=True, kind=Kind.REFERENCE, example="LH-WRF"),
        Column("party_member", "中共党员", ("党员",), kind=Kind.MAYBE, example="是", note="不知道的留空"),
        Column("left_on", "离开日期", ("离职日期", "离职时间", "调离日期", "调离时间"), kind=Kind.DATE),
    ),
)
TENURES = Sheet(
    "tenures",
    "任职",
    (
        Column("number", "任职编号", ("编号",), kind=Kind.REFERENCE, note="留空由系统编号"),
        Column("person", "人员编号", required=True, kind=Kind.REFERENCE, example="LH-M01"),
        Column("post", "岗位编号", required=True, kind=Kind.REFERENCE, example="LH-WRF-01"),
        Column("start", "任职日期", _STARTS, required=True, kind=Kind.DATE, example="2024-03-01"),
        Column("end", "离任日期", _ENDS, kind=Kind.DATE),
        Column("acting", "代理", ("主持工作",), kind=Kind.YES, example="否"),
    ),
)
