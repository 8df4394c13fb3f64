"""Rules about the list as a whole: its classes, its internal half, and the seven key areas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.organisation.rows import UnitRow
from lianfang.kernel.areas import KeyArea
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.kernel.sectors import Sector
from lianfang.registers.powers.rows import PowerCategory, PowerRow, Visibility
from lianfang.registers.powers.rules.examples import BUREAU, PENALTY, SEAL
from lianfang.registers.powers.rules.sectors import PROFILES
from lianfang.registers.powers.states import PowerState

INTERNAL_TOPICS: dict[str, str] = {
    "选人用人": "人事|干部|任免|选拔|任用|招聘|录用|聘用|调配|职级|职称|晋升|评聘|考核|用人",
    "资金管理": "资金|经费|预算|财务|报销|支付|支出|账户|拨付|收费|票据|结算|薪酬|工资",
    "资产采购": "资产|采购|招标|物资|设备|车辆|公车|装备|基建|修缮|维修|耗材|药品|教材|后勤",
    "印章管理": "印章|公章|用印|印鉴|盖章|签章",
}
"""What every bureau does inside, whatever its field: people, money, things, seals; and the words that name it."""


def _present(material: Material) -> list[PowerRow]:
    return [power for power in material.of(PowerRow) if power.state is not PowerState.RETIRED]


def category_outside_the_ten(material: Material) -> Iterator[Finding]:
    """PWR005.

    检查什么：对外职权是否归入十类职权之一；全部对外职权中“其他职权”是否超过上限
    （参数，默认 30%，职权不足 10 项时不计算）。内部职权不属于十类，不检查。
    为什么：类别决定程序和期限。归不进类的职权多半没有依据；“其他”过多说明没有认真归类。
    怎么改：按依据的条文判断类别，例如“备案”属其他职权，“登记”要看是许可还是确认。
    来源：N3（权力清单制度指导意见）、参数 other_share、other_least。
    """
    external = [power for power in _present(material) if power.visibility is not Visibility.INTERNAL]
    for power in external:
        if power.category is None:
            yield Finding(power.number, "category", f"职权“{power.title}”没有归入十类职权中的任何一类。")
    others = sum(power.category is PowerCategory.OTHER for power in external)
    enough = len(external) >= max(1, material.parameters.other_least)
    if enough and 100 * others > material.parameters.other_share * len(external):
        message = (
            f"对外职权 {len(external)} 项中有 {others} 项归为“其他职权”，超过 {material.parameters.other_share}%。"
        )
        yield Finding(material.bureau(), "category", message, kind=UnitRow.kind)


def internal_topic_missing(material: Material) -> Iterator[Finding]:
    """PWR012.

    检查什么：全局的内部职权中是否有选人用人、资金管理、资产采购、印章管理四方面的职权，按名称、内容的用词和重点领域判断；
    没有写明内外部的职权也算在内，不能因为没有写明就说没有。一项也没有的（例如只对外公布的那一半清单），合并报告一次。
    哪个行业都有这四方面，所以不分行业领域。只是一个科室的清单，不据此判断全局，入库后另查。
    为什么：方案要求权力清单分外部、内部两部分。人财物和印章是每个单位都有的权力，也是案件最集中的地方；清单里没有，是漏了。
    怎么改：由办公室对照内部制度补登，写明谁提出、谁审核、谁决定。
    来源：S37、S40。
    """
    internal = [power for power in _present(material) if power.visibility is not Visibility.EXTERNAL]
    wording = " ".join(f"{power.name} {power.sub_name} {power.content}" for power in internal)
    areas = {power.key_area for power in internal}
    named = {"选人用人": KeyArea.APPOINTMENT, "资产采购": KeyArea.PROCUREMENT}
    missing = [
        topic
        for topic, words in INTERNAL_TOPICS.items()
        if not re.search(words, wording) and named.get(topic) not in areas - {None}
    ]
    if len(missing) == len(INTERNAL_TOPICS) and all(power.visibility is None for power in internal):
        none = "没有一项写明是内部职权" if internal else "没有内部职权"
        message = f"权力清单{none}，{'、'.join(missing)}等方面都是空白。"
        yield Finding(material.bureau(), "visibility", message, kind=UnitRow.kind)
        return
    for topic in missing:
        message = f"内部职权清单中没有“{topic}”方面的职权。"
        yield Finding(material.bureau(), "visibility", message, kind=UnitRow.kind)


def key_area_without_power(material: Material) -> Iterator[Finding]:
    """PWR013.

    检查什么：单位信息里选定了行业领域的局，该行业的重点领域是否各有至少一项职权。生态环境部门是方案点名的七个（干部选拔任用、
    环境行政许可、环保执法、涉税数据交送与复核即原排污收费、环境监测、环保资金项目分配、物资设备采购），缺少报错误；其他行业按同类
    机关通常握有的职权列出，缺少报警告。没有选定行业领域或选“其他”的不检查。已取消的职权不算。
    为什么：方案点名这些领域重点公开。哪个领域没有职权，要么漏登，要么没有标注领域，公开和定级都会落空。
    怎么改：补登职权，或在已有职权上选定重点领域；确实没有该项职能的，按豁免程序说明。
    来源：S40、C2（环境保护税）。
    """
    profile = PROFILES.get(material.sector() or Sector.OTHER)
    if profile is None:
        return
    held = {power.key_area for power in _present(material)}
    for area, name in profile.areas.items():
        if area not in held:
            message = f"重点领域“{name}”没有对应的职权。"
            yield Finding(material.bureau(), "key_area", message, severity=profile.severity, kind=UnitRow.kind)


_READS = (PowerRow,)
_BUREAU_OF_A_FIELD = replace(BUREAU, sector=Sector.ENVIRONMENT)
_INTERNAL = tuple(
    replace(SEAL, number=f"QL-1{place}", name=name)
    for place, name in enumerate(("干部任免", "预算资金支付审批", "物资采购审批", "公章使用审批"))
)
RULES: tuple[Rule, ...] = (
    Rule(
        code="PWR005",
        severity=Severity.WARNING,
        dimension=Dimension.ACCURACY,
        title="类别不在十类之内或“其他”过多",
        check=category_outside_the_ten,
        subject=PowerRow,
        reads=_READS,
        whole=True,
        sources=("N3",),
        fails=(BUREAU, replace(PENALTY, category=None)),
        passes=(BUREAU, PENALTY, SEAL),
    ),
    Rule(
        code="PWR012",
        severity=Severity.ERROR,
        dimension=Dimension.COMPLETENESS,
        title="缺少内部职权",
        check=internal_topic_missing,
        subject=PowerRow,
        reads=_READS,
        whole=True,
        sources=("S37", "S40"),
        fails=(BUREAU, PENALTY, *_INTERNAL[1:]),
        passes=(BUREAU, PENALTY, *_INTERNAL),
    ),
    Rule(
        code="PWR013",
        severity=Severity.ERROR,
        dimension=Dimension.COMPLETENESS,
        title="重点领域没有职权",
        check=key_area_without_power,
        subject=PowerRow,
        reads=(PowerRow, UnitRow),
        whole=True,
        sources=("S40", "C2"),
        fails=(_BUREAU_OF_A_FIELD, PENALTY),
        passes=(
            _BUREAU_OF_A_FIELD,
            *(replace(PENALTY, number=f"QL-2{place}", key_area=area) for place, area in enumerate(KeyArea)),
        ),
    ),
)
