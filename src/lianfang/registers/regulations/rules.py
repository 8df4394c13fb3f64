"""Rules about the bureau's own regulations: coverage, evaluation, accountability, and the six mechanisms (RUL)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.lint.wording import is_placeholder, listed
from lianfang.foundation.organisation.rows import UnitKind, UnitRow
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.registers.laws.rows import LawLevel, LawRow
from lianfang.registers.laws.rules import LawIndex, citations, why_not_in_force
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.states import PowerState
from lianfang.registers.regulations.rows import BindingRow, CauseCode, ChangeKind, Mechanism, RegulationRow, TestResult
from lianfang.registers.regulations.states import RegulationState

_CHANGED = frozenset({ChangeKind.NEW, ChangeKind.REVISE})
_CONSEQUENCE = re.compile(
    r"退赔|赔偿|赔付|追回|追缴|退还|退回|上交|调离|调整(?:岗位|分工|职务)|离岗|待岗|停职|停岗|停止|暂停|免职|撤职|撤销|降职|降级|降低|引咎辞职|责令辞职|辞退|解聘|解除"
    r"|开除|除名|警告|记过|党纪|政务处分|纪律处分|行政处分|组织处理|通报|点名|曝光|公开道歉|检讨|书面检查|作出检查|诫勉|谈话|约谈|批评|取消|扣[减发除]?|减发|罚款|处罚"
    r"|移送|移交|作废|无效|重新|重做|补办|补课|限期(?!内|满|届满|到期|未)|责令|一票否决|年度考核|评优|评先|绩效|奖金|岗位津贴|资格|吊销|列入|黑名单|终身|连带"
)
"""What can happen to somebody; 追究责任, 严肃处理 and 相应处分 name nothing."""
_PROHIBITED = re.compile(
    r"(?:严禁|禁止|不得|不准|不许|不予|不再|杜绝|防止|避免)[^，。；;\n]*|行政处罚(?:程序|决定|案件?|权|裁量|文书)"
)
"""What nobody may do, and what the regulation is about: 不得截留罚款 fines nobody."""
_BARRED = re.compile(
    r"(?:[年月]内|当年|[年季]度|今后|永久)[^。；;\n]{0,30}(?:不得|不予|不再)[^，。；;\n]{2}"
    r"|[的者][，,、]?[^，。；;\n]{0,12}(?:不得|不予|不再)[^，。；;\n]{0,12}(?:评[优先选为]|先进|优秀|提拔|晋[升级]|任[职用]|[录聘]用|续聘|推荐|担任)"
)
"""What somebody loses who broke it: 三年内不得主持审议; a bare 不得 forbids and takes nothing away."""


def _present(material: Material) -> list[RegulationRow]:
    """Regulations that are not repealed and not about to be."""
    return [
        regulation
        for regulation in material.of(RegulationRow)
        if regulation.state is not RegulationState.REPEALED and regulation.change is not ChangeKind.REPEAL
    ]


def _in_effect(material: Material) -> list[RegulationRow]:
    """What binds today, each with the text that binds: no draft, nothing adopted for a later day, nothing repealed.

    The page of coverage counts the same (:mod:`coverage`); a list says it by the state 施行中.
    """
    binding = material.by_number(BindingRow)
    as_entered = (row for row in material.of(RegulationRow) if row.state is RegulationState.IN_FORCE)
    return [*(row for row in as_entered if row.number not in binding), *binding.values()]


def power_or_regulation_alone(material: Material) -> Iterator[Finding]:
    """RUL001.

    检查什么：每项没有取消的职权是否至少有一件施行中的制度覆盖（错误）；每件制度是否覆盖至少一项现存职权，
    或者属于六项机制之一（提示）；还没有施行的制度，覆盖的职权是不是只靠它（提示）。起草、审核、待施行的制度，施行以后才算数；
    施行中又在修订或者拟废止的，按施行的文本算，到修订稿施行或者废止为止。
    为什么：方案要求“一项权力配套一项制度”。没有制度的职权靠个人自觉，没有职权的制度管不到任何事；草案管不住任何人。
    怎么改：在制度的“覆盖职权”一栏选上对应职权；已有草案的，抓紧办完审核、审议和施行；确实没有的，按“新建”列入制度计划。
    来源：S36。
    """
    powers = {power.number: power for power in material.of(PowerRow) if power.state is not PowerState.RETIRED}
    in_effect = _in_effect(material)
    covered = {number for regulation in in_effect for number in regulation.powers}
    for number, power in powers.items():
        if number not in covered:
            yield Finding(number, "number", f"职权“{power.title}”没有施行中的配套制度。")
    binding = {regulation.number for regulation in in_effect}
    prepared = [regulation for regulation in _present(material) if regulation.number not in binding]
    for regulation in (*in_effect, *prepared):
        if regulation.mechanism is None and not any(number in powers for number in regulation.powers):
            yield _hint(regulation, "没有覆盖任何现存职权，也不属于六项机制。")
    for regulation in prepared:
        if waiting := [number for number in regulation.powers if number in powers and number not in covered]:
            yield _hint(regulation, f"还没有施行，施行以后才算{listed(waiting, 3)}的配套制度。")


def _hint(regulation: RegulationRow, said: str) -> Finding:
    message = f"制度《{regulation.title}》{said}"
    return Finding(regulation.number, "powers", message, severity=Severity.HINT, kind=RegulationRow.kind)


def evaluation_incomplete(material: Material) -> Iterator[Finding]:
    """RUL002.

    检查什么：评估结论为新建、修订的制度，是否选了失效原因（执行不到位、责任追究机制不健全、制度缺失）；
    评估结论为新建、修订、保留的，廉洁性、合理性、有效性三项是否都有结论，不通过的是否写明情况。
    还没有评估结论的和拟废止的不检查。
    为什么：方案要求先评估、再立改废。说不清为什么失效，改出来的制度还会失效。
    怎么改：补选失效原因；逐项写明三项检验的结论和看了什么。
    来源：S34、S35。
    """
    for regulation in _present(material):
        if regulation.change is None:
            continue
        missing = [] if regulation.cause or regulation.change not in _CHANGED else ["失效原因"]
        missing += [RegulationRow.headings[name] for name, test in _tests(regulation) if _is_open(test)]
        if missing:
            message = f"制度《{regulation.title}》的评估缺少{'、'.join(missing)}。"
            yield Finding(regulation.number, "cause" if "失效原因" in missing else "evaluation", message)


def _tests(regulation: RegulationRow) -> Iterator[tuple[str, TestResult]]:
    for name in ("integrity_test", "reason_test", "effect_test"):
        yield name, getattr(regulation, name)


def _is_open(test: TestResult) -> bool:
    """No verdict, or a failure without a word about it."""
    return test.passed is None or (test.passed is False and is_placeholder(test.note))


def regulation_without_teeth_or_basis(material: Material) -> Iterator[Finding]:
    """RUL003.

    检查什么：现存制度是否有责任追究条款，并且写出至少一种后果（退赔、调离、通报、诫勉、扣减绩效、移送等）；
    “按有关规定处理”“严肃追究责任”“给予相应处分”没有说后果是什么。制定依据中有没有已经废止或者尚未施行的法律。
    “严禁违规”“不得违反本办法”只是禁止，“一年内不得参加评审”才是后果。尚在评估、还没有起草的不检查责任追究条款。
    为什么：责任追究机制不健全是方案点名的三种失效原因之一；依据废止的制度，执行起来没有根据。
    怎么改：写明什么情形、由谁、给什么处理；依据按建议替换并核对条文。
    来源：S34、C9。
    """
    laws = material.derived(LawIndex)
    for regulation in _present(material):
        if regulation.state is not RegulationState.EVALUATED and not _has_teeth(regulation.accountability):
            yield Finding(regulation.number, "accountability", f"制度《{regulation.title}》没有具体的责任追究条款。")
        for citation in citations(regulation.basis):
            law = laws.fault(citation, material.today)
            if law:
                message = f"制度《{regulation.title}》的依据《{law.title}》{why_not_in_force(law, material.today)}。"
                yield Finding(regulation.number, "basis", message, suggestion=laws.successor(law, citation.articles))


def _has_teeth(clause: str) -> bool:
    """Whether it says what somebody loses or must bear, beside what is forbidden."""
    if is_placeholder(clause):
        return False
    return _BARRED.search(clause) is not None or _CONSEQUENCE.search(_PROHIBITED.sub("", clause)) is not None


def mechanism_without_regulation(material: Material) -> Iterator[Finding]:
    """RUL005.

    检查什么：风险教育、风险提示、风险预警、风险处置、风险信息收集、风险动态管理六项机制，是否各有一件施行中的制度。
    审议通过还没有施行的不算；施行中又在修订的，按施行的文本算。
    为什么：方案要求建立这六项制度。缺一项，风险管理的循环就断在那里。
    怎么改：在已有制度上选定机制类别；已经审议通过的，办理施行；确实没有的，起草后报局党组会审议。
    来源：S80。
    """
    held = {regulation.mechanism for regulation in _in_effect(material)}
    missing = [mechanism.label for mechanism in Mechanism if mechanism not in held]
    if missing:
        message = f"六项机制中还没有施行中的{listed(missing, 6)}制度。"
        yield Finding(material.bureau(), "mechanism", message, kind=UnitRow.kind)


_BUREAU = UnitRow(number="U01", name="生态环境分局", unit_kind=UnitKind.BRANCH)
_POWER = PowerRow(number="QL-001", unit="U01", name="对拒绝现场检查的处罚", state=PowerState.CONFIRMED)
_OLD_LAW = LawRow(number="L003", title="示例旧法", level=LawLevel.LAW, repealed_on=datetime.date(2020, 1, 1))
_PASSED = TestResult(True, "对照近三年案卷")
_REGULATION = RegulationRow(
    number="ZD-001",
    unit="U01",
    title="行政处罚案件集体审议办法",
    change=ChangeKind.REVISE,
    powers=("QL-001",),
    cause=CauseCode.NOT_EXECUTED,
    integrity_test=_PASSED,
    reason_test=_PASSED,
    effect_test=_PASSED,
    accountability="未经集体审议作出处罚决定的，由局党组对主持人通报批评，一年内不得主持审议。",
    state=RegulationState.IN_FORCE,
)
_MECHANISMS = tuple(
    replace(_REGULATION, number=f"ZD-1{place}", powers=(), mechanism=mechanism, title=f"{mechanism.label}办法")
    for place, mechanism in enumerate(Mechanism)
)
RULES: tuple[Rule, ...] = (
    Rule(
        code="RUL001",
        severity=Severity.ERROR,
        dimension=Dimension.COMPLETENESS,
        title="职权没有配套制度，或制度没有对应职权",
        check=power_or_regulation_alone,
        subject=PowerRow,
        reads=(PowerRow, RegulationRow),
        whole=True,
        sources=("S36",),
        fails=(_POWER, replace(_REGULATION, powers=())),
        passes=(_POWER, _REGULATION, *_MECHANISMS),
    ),
    Rule(
        code="RUL002",
        severity=Severity.WARNING,
        dimension=Dimension.ACCURACY,
        title="制度评估不完整",
        check=evaluation_incomplete,
        subject=RegulationRow,
        reads=(RegulationRow,),
        sources=("S34", "S35"),
        fails=(replace(_REGULATION, cause=None),),
        passes=(_REGULATION, replace(_REGULATION, number="ZD-002", change=ChangeKind.KEEP, cause=None)),
    ),
    Rule(
        code="RUL003",
        severity=Severity.WARNING,
        dimension=Dimension.ACCURACY,
        title="制度没有责任追究条款或依据失效",
        check=regulation_without_teeth_or_basis,
        subject=RegulationRow,
        reads=(RegulationRow, LawRow),
        sources=("S34", "C9"),
        fails=(
            _OLD_LAW,
            replace(_REGULATION, accountability="按有关规定处理"),
            replace(_REGULATION, basis=("《示例旧法》",)),
        ),
        passes=(_OLD_LAW, _REGULATION),
    ),
    Rule(
        code="RUL005",
        severity=Severity.ERROR,
        dimension=Dimension.COMPLETENESS,
        title="六项机制缺少制度",
        check=mechanism_without_regulation,
        subject=RegulationRow,
        reads=(RegulationRow,),
        whole=True,
        sources=("S80",),
        fails=(_BUREAU, *_MECHANISMS[:5]),
        passes=(_BUREAU, *_MECHANISMS),
    ),
)
