"""What the power list of a bureau can be expected to hold, by its field of work: data, to be extended line by line."""

from __future__ import annotations

from dataclasses import dataclass

from lianfang.kernel.areas import KeyArea
from lianfang.kernel.findings import Severity
from lianfang.kernel.sectors import Sector


@dataclass(frozen=True, slots=True)
class Profile:
    """Key areas in which a bureau of a field holds powers, each in the words of that field, and how sure we are.

    The founding plan names the seven of the environment (S40), so their absence is an error. The others are our own
    list of what such bureaus usually hold: a warning, to be waived with a reason where it does not fit.
    """

    areas: dict[KeyArea, str]
    severity: Severity = Severity.WARNING


_PEOPLE = {KeyArea.APPOINTMENT: "干部选拔任用"}
_THINGS = {KeyArea.PROCUREMENT: "物资设备采购"}
PROFILES: dict[Sector, Profile] = {
    Sector.ENVIRONMENT: Profile({area: area.label for area in KeyArea}, Severity.ERROR),
    Sector.WATER: Profile(
        {
            **_PEOPLE,
            KeyArea.PERMIT: "涉水行政许可",
            KeyArea.ENFORCEMENT: "水行政执法",
            KeyArea.FEE: "取用水量核定与涉税信息交送",
            KeyArea.FUNDS: "水利资金项目分配",
            **_THINGS,
        }
    ),
    Sector.HEALTH: Profile({**_PEOPLE, KeyArea.PROCUREMENT: "药品、耗材和设备采购"}),
    Sector.EDUCATION: Profile({**_PEOPLE, KeyArea.FUNDS: "教育资金项目分配", **_THINGS}),
    Sector.POLICE: Profile(
        {**_PEOPLE, KeyArea.PERMIT: "治安、出入境、交通管理许可", KeyArea.ENFORCEMENT: "公安执法办案", **_THINGS}
    ),
    Sector.MARKET: Profile(
        {
            **_PEOPLE,
            KeyArea.PERMIT: "登记注册和生产经营许可",
            KeyArea.ENFORCEMENT: "市场监管执法",
            KeyArea.MONITORING: "抽样检验和检测",
            **_THINGS,
        }
    ),
    Sector.LAND: Profile(
        {**_PEOPLE, KeyArea.PERMIT: "用地、规划、矿业许可", KeyArea.ENFORCEMENT: "自然资源执法", **_THINGS}
    ),
    Sector.HOUSING: Profile(
        {**_PEOPLE, KeyArea.PERMIT: "施工和资质许可", KeyArea.ENFORCEMENT: "住房城乡建设执法", **_THINGS}
    ),
    Sector.TRANSPORT: Profile(
        {**_PEOPLE, KeyArea.PERMIT: "运输和涉路许可", KeyArea.ENFORCEMENT: "交通运输执法", **_THINGS}
    ),
    Sector.CIVIL_AFFAIRS: Profile({**_PEOPLE, KeyArea.FUNDS: "救助和福利资金分配", **_THINGS}),
}
"""A field that is not listed, and a bureau that states none, is asked for no key area."""
