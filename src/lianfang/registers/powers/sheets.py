"""The power list as a table: headings, the spellings that bureaus use for them, and how cells become values."""

from __future__ import annotations

from lianfang.foundation.documents.columns import Column, Kind, Sheet
from lianfang.kernel.areas import KeyArea
from lianfang.registers.powers.rows import PowerCategory, PowerStep, TimeLimit, Visibility


def _read_steps(text: str) -> tuple[PowerStep, ...]:
    return tuple(PowerStep.read(line) for line in text.splitlines() if line.strip())


def _write_steps(value: object) -> str:
    steps = value if isinstance(value, tuple) else ()
    return "\n".join(f"{number}.{step}" for number, step in enumerate(steps, start=1))


_INTERNAL = (
    "内部", "内部管理", "内部管理权", "内部管理权力", "内部管理职权", "内部管理事项", "内部权力", "内部职权",
    "内部事项", "内部管理类", "内部权力事项",
)  # fmt: skip
"""What lists write as the class of a power and is none of the ten: that it is exercised inside (S37)."""

POWERS = Sheet(
    "powers",
    "权力清单",
    (
        Column("number", "编号", kind=Kind.REFERENCE, width=16, example="LH-WRF-P001", note="留空由系统编号"),
        Column("unit", "单位编号", ("科室编号", "承办科室编号"), kind=Kind.REFERENCE, width=12, example="LH-WRF"),
        Column("code", "职权编码", ("项目编码", "权力编码"), kind=Kind.REFERENCE, width=14),
        Column("name", "职权名称", ("权力名称", "事项名称", "权力事项"), required=True, width=24,
               example="对排污单位的现场检查"),
        Column("sub_name", "子项名称", ("子项",), width=16),
        Column("content", "职权内容", ("权力内容",), width=32,
               example="对辖区内排污单位执行排污许可证和环境保护制度的情况进行现场检查"),
        Column("holder", "行使主体", ("实施主体", "责任主体", "法定主体"), width=18, example="临江分局综合执法大队"),
        Column("basis", "法律依据", ("设定依据", "实施依据", "职权依据"), kind=Kind.ITEMS, width=32,
               example="《排污许可管理条例》第二十五条", note="每行一条，写明条号"),
        Column("conditions", "行使条件", ("条件",), width=24, example="两名以上持证执法人员，出示证件"),
        Column("steps", "行使程序", ("程序", "办理程序", "流程", "运行程序", "运行流程", "权力运行程序"),
               kind=Kind.OWN, read=_read_steps, write=_write_steps,
               width=36, example="1.制定方案（大队长）\n2.现场检查（执法员）【薄弱环节：检查前泄露行程】",
               note="每行一步：步骤（岗位）【薄弱环节：原因】"),
        Column("time_limit", "办理期限", ("法定时限", "承诺时限", "办理时限", "期限"), kind=Kind.OWN,
               read=TimeLimit.read, write=str, width=18,
               units=("个工作日", "工作日", "自然日", "小时", "个月", "日", "天"),
               example="20个工作日（自受理之日起）"),
        Column("supervision", "监督方式", ("监督途径", "监督电话"), width=20,
               example="区纪委监委派驻组，举报电话公布于公开栏"),
        Column("category", "职权类别", ("权力类型", "职权类型", "权力类别"), kind=Kind.WORD, words=PowerCategory,
               implies=tuple((text, "visibility", Visibility.INTERNAL) for text in _INTERNAL)),
        Column("visibility", "内外部", ("权力性质", "内部/外部"), kind=Kind.WORD, words=Visibility, width=8),
        Column("key_area", "重点领域", ("重点公开领域",), kind=Kind.WORD, words=KeyArea, width=16),
        Column("discretion", "裁量程度", ("自由裁量程度",), kind=Kind.WHOLE, width=8, example="3",
               note="1 最小，5 最大"),
        Column("three_major", "三重一大", kind=Kind.YES, width=8, example="否"),
        Column("final_decision", "最终决定权", kind=Kind.YES, width=8, example="否"),
        Column("duties", "责任事项", ("职责",), width=28),
        Column("liability", "追责情形", ("责任追究情形",), width=28),
        Column("no_weak_link", "无薄弱环节理由", width=20),
        Column("remark", "备注", width=16),
        Column("state", "状态", kind=Kind.TEXT, width=10, note="只供查阅，导入时不采用"),
    ),
)  # fmt: skip
