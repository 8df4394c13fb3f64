"""Units, posts, people and tenures as frozen values."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import ClassVar

from lianfang.kernel.areas import KeyArea
from lianfang.kernel.responsibilities import Responsibility
from lianfang.kernel.sectors import Sector
from lianfang.kernel.vocabulary import Word


class UnitKind(Word):
    """Types of unit (S1); a branch is a bureau that belongs to a higher bureau (domain.md C1)."""

    COMMISSION = "commission", "纪委监委", "纪委", "纪检监察机关"
    BUREAU = "bureau", "局", "单位", "机关"
    BRANCH = "branch", "分局"
    LEADERSHIP = "leadership", "领导班子", "局领导"
    SECTION = "section", "科室", "股室", "处室", "内设机构", "办公室"
    BRIGADE = "brigade", "大队", "执法大队", "监察大队", "支队"
    STATION = "station", "站", "监测站", "中心", "事业单位"


class PostRank(Word):
    """Where a post stands; a graded responsibility follows it (S74)."""

    LEADER = "leader", "主要负责人", "一把手", "党组书记", "局长"
    DEPUTY = "deputy", "分管领导", "班子成员", "副局长"
    HEAD = "head", "科室负责人", "部门负责人", "中层干部", "科长", "站长", "大队长"
    STAFF = "staff", "一般岗位", "工作人员", "岗位人员", "科员"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """A unit; renames keep its number (C1), a successor points back with ``successor_of``.

    ``sector`` is stated for a bureau or branch; its sections work in the field of their bureau.
    """

    kind: ClassVar[str] = "units"
    label: ClassVar[str] = "单位"
    headings: ClassVar[dict[str, str]] = {
        "number": "单位编号", "name": "单位名称", "unit_kind": "单位类型", "parent": "上级单位编号",
        "aliases": "其他名称", "valid_from": "设立日期", "valid_to": "撤销日期", "successor_of": "承接自",
        "sector": "行业领域",
    }  # fmt: skip

    number: str
    name: str
    unit_kind: UnitKind
    parent: str = ""
    aliases: tuple[str, ...] = ()
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    successor_of: str = ""
    sector: Sector | None = None

    @property
    def title(self) -> str:
        """Shown name."""
        return self.name

    @property
    def search_text(self) -> str:
        """Found by number, name and former names."""
        return " ".join((self.number, self.name, *self.aliases))


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRow:
    """A post (岗位), the base unit of the programme (S7); leader posts carry two duties (S8).

    ``responsibility`` says which of the two responsibilities (S22) the integrity duty of a leader post discharges.
    """

    kind: ClassVar[str] = "posts"
    label: ClassVar[str] = "岗位"
    headings: ClassVar[dict[str, str]] = {
        "number": "岗位编号", "unit": "单位编号", "name": "岗位名称", "rank": "岗位层级", "duty": "岗位职责",
        "integrity_duty": "廉政职责", "responsibility": "责任类型", "key_areas": "重点领域",
        "rotation_years": "轮岗年限", "in_scope": "列入防控范围", "closed_on": "撤销日期",
    }  # fmt: skip

    number: str
    unit: str
    name: str
    rank: PostRank = PostRank.STAFF
    duty: str = ""
    integrity_duty: str = ""
    responsibility: Responsibility | None = None
    key_areas: tuple[KeyArea, ...] = ()
    rotation_years: int | None = None
    in_scope: bool = True
    closed_on: datetime.date | None = None

    @property
    def is_leader(self) -> bool:
        """Leaders and heads answer for business and integrity alike (S8)."""
        return self.rank is not PostRank.STAFF

    @property
    def title(self) -> str:
        """Shown name."""
        return self.name

    @property
    def search_text(self) -> str:
        """Found by number, name and duty."""
        return " ".join((self.number, self.name, self.duty))


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A person; demo people are named by their role."""

    kind: ClassVar[str] = "people"
    label: ClassVar[str] = "人员"
    headings: ClassVar[dict[str, str]] = {
        "number": "人员编号", "name": "姓名", "unit": "单位编号", "party_member": "中共党员", "left_on": "离开日期",
    }  # fmt: skip

    number: str
    name: str
    unit: str = ""
    party_member: bool | None = None
    """None where nobody said so; a list without the column says nothing."""
    left_on: datetime.date | None = None

    @property
    def title(self) -> str:
        """Shown name."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class TenureRow:
    """Who held which post from when to when; ``acting`` for 主持工作 or 代理."""

    kind: ClassVar[str] = "tenures"
    label: ClassVar[str] = "任职"
    headings: ClassVar[dict[str, str]] = {
        "number": "任职编号", "person": "人员编号", "post": "岗位编号", "start": "任职日期", "end": "离任日期",
        "acting": "代理",
    }  # fmt: skip

    number: str
    person: str
    post: str
    start: datetime.date
    end: datetime.date | None = None
    acting: bool = False

    def holds_on(self, day: datetime.date) -> bool:
        """Whether the tenure covers ``day`` (both ends included)."""
        return self.start <= day and (self.end is None or day <= self.end)
