"""Rules about what lies below the registers: posts (ORG) and the wording of every text (DOC)."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Hashable, Iterable, Iterator
from typing import Any, cast

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.roster import Roster
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.lint.typography import ANYTHING_TO_SEE, corrected, slips
from lianfang.foundation.organisation.rows import PostRank, PostRow, UnitKind, UnitRow
from lianfang.foundation.organisation.rules import leader_without_both_duties
from lianfang.kernel.findings import Dimension, Finding, Place, Severity
from lianfang.kernel.rows import Row
from lianfang.kernel.sectors import Sector

_REFERENCES = frozenset(
    ("number", "unit", "code", "post", "power", "person", "parent", "aliases", "short_titles", "successor_of",
     "replaced_by", "replaces", "control", "floors", "rule_version", "entry", "rule", "holder", "programme",
     "deliverable", "submitters", "spared", "receiver_unit", "start", "end", "due", "text_digest",
     # Read from somebody's document and kept as it stands there (S87); its wording is judged when it is read.
     "upstream", "addressees", "submitter", "receiver", "source_name", "stages", "tasks", "deadlines", "duties")
)  # fmt: skip
"""Fields that hold numbers of other entries, codes of dates, or words as others gave them: not ours to correct."""


def text_departs_from_standard(rows: Iterable[Row]) -> Iterator[Finding]:
    """DOC001.

    检查什么：各清单文字中的发文字号（应为〔2017〕31号，不用方括号、圆括号，不加“第”，不编虚位）、日期（应为2017年6月21日）、
    汉字之间的半角标点、残留的占位文字（某某、××科、{{…}}），以及方案原文笔误的名称（岗位风险登记清单、授权审批执法控制）。
    法院案号、标准号、电话、网址、时刻不在此列；编号、引用和他人给定的名称不检查。
    为什么：清单要公开、要上报，也是公文的附件。字号写错就查不到原文，占位文字公开后有损公信力。
    怎么改：按“建议”一栏替换；占位文字由填报人补全。
    来源：S87、N16、N17（党政机关公文格式 GB/T 9704—2012）。
    """
    for row in rows:
        for field in _text_fields(type(row)):
            value = getattr(row, field)
            # Nearly all fields are plain texts with nothing to see: these must cost one look and nothing more.
            if type(value) is str:
                if ANYTHING_TO_SEE.search(value):
                    yield from _departures(row, field, value)
            elif value and _holds_words(cast("Hashable", type(value))):
                for text in _texts(value):
                    yield from _departures(row, field, text)


def _departures(row: Row, field: str, text: str) -> Iterator[Finding]:
    for slip in slips(text):
        place = Place(start=slip.start, end=slip.end)
        better = corrected(text) if slip.better else ""
        yield Finding(row.number, field, f"{slip.message}。", suggestion=better, place=place)


@functools.cache
def _holds_words(kind: Any) -> bool:
    """Whether values of this type may hold words inside: tuples and dataclasses do, vocabularies and dates do not."""
    return issubclass(kind, tuple) or dataclasses.is_dataclass(kind)


@functools.cache
def _text_fields(register: type) -> tuple[str, ...]:
    """Fields that hold words; found once for each register from its declaration."""
    wordless = ("int", "bool", "datetime.date", "Grade")
    return tuple(
        item.name
        for item in dataclasses.fields(register)
        if item.name not in _REFERENCES and not str(item.type).startswith(wordless)
    )


def _texts(value: object) -> Iterator[str]:
    if type(value) is str:
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for item in dataclasses.fields(value):
            yield from _texts(getattr(value, item.name))


def bureau_without_first_responsible(material: Material) -> Iterator[Finding]:
    """ORG002.

    检查什么：列入防控范围的岗位中，是否有“主要负责人”层级的岗位。
    为什么：方案明确局党组书记是第一责任人，带头查找风险、带头制定和落实措施。没有登记这个岗位，后续的带头要求都落不到人。
    怎么改：在岗位清单中登记党组书记（局长）岗位，岗位层级选“主要负责人”。
    来源：S72。
    """
    posts = material.derived(Roster).open_posts()
    if posts and not any(post.rank is PostRank.LEADER for post in posts):
        yield Finding(
            material.bureau(), "rank", "岗位清单中没有主要负责人岗位，第一责任人无从落实。", kind=UnitRow.kind
        )


def bureau_without_sector(material: Material) -> Iterator[Finding]:
    """ORG004.

    检查什么：局、分局是否选定了行业领域。已撤销的单位不检查。
    为什么：重点领域因行业而异。没有选定行业，系统就不核对重点领域有没有职权（PWR013），清单看上去没有问题，其实没有核对过。
    怎么改：在单位信息里选定行业领域；列表里没有的选“其他”。
    来源：S40；各行业的重点领域表。
    """
    for unit in material.derived(Roster).live_units():
        if unit.unit_kind in {UnitKind.BUREAU, UnitKind.BRANCH} and unit.sector is None:
            message = f"“{unit.name}”没有选定行业领域，重点领域没有核对。"
            yield Finding(unit.number, "sector", message)


_BUREAU = UnitRow(number="U01", name="生态环境分局", unit_kind=UnitKind.BRANCH)
_LEADER = PostRow(
    number="P001",
    unit="U01",
    name="党组书记、局长",
    rank=PostRank.LEADER,
    duty="主持全面工作，主持局党组会议。",
    integrity_duty="履行第一责任人职责，每半年听取一次班子成员廉政情况报告。",
)
_CLERK = PostRow(number="P002", unit="U01", name="受理岗", duty="受理申请材料。")

RULES: tuple[Rule, ...] = (
    Rule(
        code="ORG001",
        severity=Severity.ERROR,
        dimension=Dimension.COMPLETENESS,
        title="领导岗位缺少“一岗双责”",
        check=leader_without_both_duties,
        subject=PostRow,
        sources=("S8", "S72"),
        fails=(dataclasses.replace(_LEADER, integrity_duty=""),),
        passes=(_LEADER, _CLERK),
    ),
    Rule(
        code="ORG002",
        severity=Severity.ERROR,
        dimension=Dimension.COMPLETENESS,
        title="没有登记第一责任人岗位",
        check=bureau_without_first_responsible,
        subject=PostRow,
        reads=(PostRow, UnitRow),
        whole=True,
        sources=("S72",),
        fails=(_BUREAU, _CLERK),
        passes=(_BUREAU, _LEADER, _CLERK),
    ),
    Rule(
        code="ORG004",
        severity=Severity.HINT,
        dimension=Dimension.COMPLETENESS,
        title="没有选定行业领域",
        check=bureau_without_sector,
        subject=UnitRow,
        reads=(UnitRow,),
        sources=("S40",),
        fails=(_BUREAU,),
        passes=(dataclasses.replace(_BUREAU, sector=Sector.ENVIRONMENT),),
    ),
    Rule(
        code="DOC001",
        severity=Severity.WARNING,
        dimension=Dimension.ACCURACY,
        title="文字不合公文规范",
        check=text_departs_from_standard,
        subject=None,
        sources=("S87", "N16", "N17"),
        fails=(dataclasses.replace(_CLERK, duty="按照上纪[2017]31号文件受理申请材料,当场登记。"),),
        passes=(
            dataclasses.replace(
                _CLERK, duty="按照上纪〔2017〕31号文件，自2017年6月21日起受理申请（咨询时间8:30至12:00）。"
            ),
        ),
    ),
)
