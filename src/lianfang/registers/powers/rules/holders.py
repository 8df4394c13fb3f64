"""Whether those who are said to exercise a power exist, and whether the power is theirs at all."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lianfang.foundation.lint.material import Material, is_live
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.lint.wording import is_placeholder, plain
from lianfang.foundation.organisation.rows import PostRow, UnitRow
from lianfang.foundation.parameters.words import BureauLevel
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.registers.powers.rows import PowerCategory, PowerRow
from lianfang.registers.powers.rules.examples import BUREAU, PENALTY, POST, SEAL, SECTION
from lianfang.registers.powers.states import PowerState


@dataclass(frozen=True, slots=True)
class ReservedPower:
    """A fact of law: since ``since`` only bureaus of ``level`` or above hold a power of this class and wording."""

    category: PowerCategory
    words: tuple[str, ...]
    level: BureauLevel
    since: datetime.date
    source: str


RESERVED_POWERS = (
    ReservedPower(
        PowerCategory.PERMIT,
        ("排污许可",),
        BureauLevel.CITY,
        datetime.date(2021, 3, 1),
        "《排污许可管理条例》第六条",
    ),
)


@dataclass(frozen=True, slots=True)
class AbolishedPower:
    """A fact of law: since ``since`` no bureau holds a power of this class and wording, and what became of it."""

    category: PowerCategory
    words: tuple[str, ...]
    since: datetime.date
    instead: str


ABOLISHED_POWERS = (
    AbolishedPower(
        PowerCategory.PERMIT,
        (
            "环境保护设施验收",
            "环境保护设施竣工验收",
            "环保设施验收",
            "环保设施竣工验收",
            "竣工环境保护验收",
            "竣工环保验收",
        ),
        datetime.date(2017, 10, 1),
        "《建设项目环境保护管理条例》第十七条改由建设单位自行验收",
    ),
    AbolishedPower(
        PowerCategory.LEVY,
        ("排污费",),
        datetime.date(2018, 1, 1),
        "《环境保护税法》第二十七条停征排污费，改由税务机关征收环境保护税",
    ),
)
_COLLECTIVE = re.compile(r"党组|局务会|办公会|领导班子|委员会|审议会|集体|合议")
_DELEGATED = re.compile(r"委托|受托|授权|初审|转报")
_PARTS = re.compile(r"[、，,；;/\n（(）)]|及其|以及|或者")


class _Holders:
    """Names under which live and abolished units and posts are known."""

    def __init__(self, material: Material) -> None:
        units = material.of(UnitRow)
        live = [unit for unit in units if is_live(unit, material.today)]
        self.live = {plain(name) for unit in live for name in (unit.number, unit.name, *unit.aliases)}
        self.gone = {plain(name) for unit in units for name in (unit.number, unit.name)} - self.live
        for post in material.of(PostRow):
            open_post = post.closed_on is None or material.today < post.closed_on
            (self.live if open_post else self.gone).update((plain(post.number), plain(post.name)))
        self._judged: dict[str, str] = {}

    def fault(self, holder: str) -> str:
        """Why nobody of that description exercises anything today, or empty; each wording is judged once."""
        if holder not in self._judged:
            self._judged[holder] = self._judge(holder)
        return self._judged[holder]

    def _judge(self, holder: str) -> str:
        parts = [plain(part) for part in (holder, *_PARTS.split(holder)) if plain(part)]
        if _COLLECTIVE.search(holder) or any(self._is_known(part, self.live) for part in parts):
            return ""
        return "已撤销" if any(part in self.gone for part in parts) else "不是登记在册的单位或岗位"

    @staticmethod
    def _is_known(part: str, names: set[str]) -> bool:
        """Equal, or one is the long form of the other (某市生态环境局某分局 and 某分局)."""
        return part in names or any(len(name) > 2 and (name in part or part.endswith(name)) for name in names)


def holder_not_entitled(material: Material) -> Iterator[Finding]:
    """PWR007.

    检查什么：行使主体是否是现存的单位、岗位（按名称、别名或编号，全称简称都认）或集体决策机构；
    本机关层级以上才能行使的职权（如排污许可证核发归设区的市级以上），是否登记成了本机关的职权。
    法律已经取消的职权（建设项目环保设施验收审批、排污费征收）是否还列为现行职权。写明受委托、负责初审或转报的，以及行使主体写明是上级局的，不算越级。
    为什么：机构改革以后，职权随机构上收、划转，清单里的行使主体常常还是旧名称；越级行使的决定会被撤销。
    怎么改：改为承接该职权的单位或岗位；越级的职权取消，保留的监督检查职责另立条目。
    来源：C1（垂直管理改革）、C2（环境保护税）、C3（排污许可管理条例第六条）、C4（建设项目环境保护管理条例），
    参数 bureau_level。
    """
    holders = material.derived(_Holders)
    for power in material.of(PowerRow):
        if power.state is PowerState.RETIRED:
            continue
        fault = "" if is_placeholder(power.holder) else holders.fault(power.holder)
        if fault:
            yield Finding(power.number, "holder", f"职权“{power.title}”的行使主体“{power.holder}”{fault}。")
        reserved = _beyond_level(power, material)
        if reserved:
            message = f"职权“{power.title}”依{reserved.source}由{reserved.level.label}以上机关行使，本机关不能行使。"
            yield Finding(power.number, "holder", message)
        abolished = _abolished(power, material.today)
        if abolished:
            message = f"职权“{power.title}”自{abolished.since.isoformat()}起已不存在：{abolished.instead}。"
            yield Finding(power.number, "name", message)


def _abolished(power: PowerRow, today: datetime.date) -> AbolishedPower | None:
    for abolished in ABOLISHED_POWERS:
        fits = power.category is abolished.category and any(word in power.name for word in abolished.words)
        if fits and abolished.since <= today:
            return abolished
    return None


def _beyond_level(power: PowerRow, material: Material) -> ReservedPower | None:
    wording = f"{power.name}{power.sub_name}{power.content}{power.remark}"
    if _DELEGATED.search(wording) or re.search(r"[市省]生态环境[局厅](?!.*分局)", power.holder):
        return None
    for reserved in RESERVED_POWERS:
        fits = power.category is reserved.category and any(word in power.name for word in reserved.words)
        if fits and reserved.since <= material.today and material.parameters.bureau_level.rank < reserved.level.rank:
            return reserved
    return None


RULES: tuple[Rule, ...] = (
    Rule(
        code="PWR007",
        severity=Severity.ERROR,
        dimension=Dimension.ACCURACY,
        title="行使主体不存在、越级或职权已取消",
        check=holder_not_entitled,
        subject=PowerRow,
        reads=(PowerRow, UnitRow, PostRow),
        sources=("C1", "C2", "C3", "C4"),
        fails=(BUREAU, SECTION, POST, replace(PENALTY, holder="监察大队")),
        passes=(BUREAU, SECTION, POST, PENALTY, SEAL, replace(PENALTY, number="QL-003", holder="局案件审议委员会")),
    ),
)
