"""Rules about one power at a time: its eight fields, its class, its procedure, its supervision."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.lint.wording import is_placeholder
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.registers.powers.rows import PowerRow, Visibility
from lianfang.registers.powers.rules.examples import PENALTY, SEAL
from lianfang.registers.powers.states import PowerState

_BODY = re.compile(
    r"纪委|监委|纪检|监察组|机关党委|党组|人大|人民政府|司法局|审计局|信访局|上级|市局|省厅|生态环境厅|领导|工会|派驻机构|内审|书记"
    r"|[局站队科处院校所](?:长|主要负责人)|(?!有关|相关|其他|各个|多个|职能|业务)[\u4e00-\u9fff]{2}(?<![由经请向与和及各本该])(?:部门|机构|机关)"
    r"|[\u4e00-\u9fff]{2}(?:科|股|室|办|处|委|局|厅|组|中心|大队|支部)(?![理罚置分法公事案织托成学研限])"
)
_CHANNEL = re.compile(
    r"电话|热线|信箱|邮箱|网站|网址|来信|来访|信访|公开栏|公示|二维码|微信|平台|窗口|小程序|举报箱"
    r"|抽查|评查|检查|专项|审计|督察|督查|巡察|述职|报告|备案|复核|回访|通报|考核|暗访|核查|监控|\d{5}"
)


def power_with_empty_fields(powers: Iterable[PowerRow]) -> Iterator[Finding]:
    """PWR001.

    检查什么：职权名称、内容、行使主体、法律依据、行使条件、行使程序、办理期限、监督方式八项是否都填写，
    并且不是“按相关规定执行”“无”“同上”一类的空话；“见流程图”“视情况而定”“参照执行”也是空话。写明出处的“按《行政处罚法》第五十七条执行”不算空话。
    已取消的职权不检查。
    为什么：方案要求清权确权时写明职权的八项要素。缺一项，权力的边界就说不清，后面的风险和措施也就没有落点。
    怎么改：逐项补全；法定没有期限的，写明“法律未规定期限”并说明本单位的控制时限。
    来源：S20。
    """
    for power in powers:
        if power.state is PowerState.RETIRED:
            continue
        missing = empty_fields(power)
        if missing:
            names = "、".join(PowerRow.headings[field] for field in missing)
            yield Finding(power.number, missing[0], f"职权“{power.title}”的{names}为空或只是套话。")


def empty_fields(power: PowerRow) -> list[str]:
    """Names of those of the eight fields (S20) that are empty or a placeholder."""
    return [field for field, empty in _emptiness(power) if empty]


def _emptiness(power: PowerRow) -> Iterator[tuple[str, bool]]:
    for field in ("name", "content", "holder", "conditions", "supervision"):
        yield field, is_placeholder(getattr(power, field))
    yield "basis", all(is_placeholder(basis) for basis in power.basis)
    yield "steps", all(is_placeholder(step.name) for step in power.steps)
    yield "time_limit", not power.time_limit.is_typed and is_placeholder(power.time_limit.text)


def external_power_without_steps(powers: Iterable[PowerRow]) -> Iterator[Finding]:
    """PWR008.

    检查什么：对外行使的职权是否列出两个以上的流程环节。内部职权和已取消的职权不检查。
    为什么：薄弱环节是在流程里找的。没有流程，或者只有“办理”一个环节，就无从判断风险出在受理、审核还是决定。
    怎么改：按实际经手的顺序列出环节，每个环节写明由哪个岗位办理；流程图可以另附。
    来源：S21。
    """
    for power in powers:
        if power.is_external and power.state is not PowerState.RETIRED and len(power.steps) < 2:
            count = "只有一个环节" if power.steps else "没有流程环节"
            yield Finding(power.number, "steps", f"对外职权“{power.title}”{count}，无法查找薄弱环节。")


def steps_without_weak_link(powers: Iterable[PowerRow]) -> Iterator[Finding]:
    """PWR009.

    检查什么：列出了流程环节的职权，是否标出至少一个薄弱环节；确实没有的，是否写明理由。
    为什么：方案要求找出行权过程中的薄弱环节。不标也不说明，等于没有找过。
    怎么改：逐个环节问三句话：谁一个人说了算、什么可以不留痕、谁能因此得好处；有答案的环节写上薄弱环节，没有的写明理由。
    来源：S21。
    """
    for power in powers:
        if not power.steps or power.state is PowerState.RETIRED:
            continue
        if not any(step.is_weak for step in power.steps) and is_placeholder(power.no_weak_link):
            yield Finding(power.number, "steps", f"职权“{power.title}”的流程没有标出薄弱环节，也没有说明理由。")


def supervision_without_body_or_channel(powers: Iterable[PowerRow]) -> Iterator[Finding]:
    """PWR010.

    检查什么：监督方式是否既写明由谁监督（机关、科室、组织），又写明怎么监督或怎么找到它（电话、信箱、抽查、评查等）。
    监督方式为空或只是套话的，由 PWR001 报告。
    为什么：“接受社会监督”没有对象也没有渠道，办事人遇到问题不知道找谁，监督也就不会发生。
    怎么改：写明监督机构和渠道，例如“派驻纪检监察组，举报电话……；法规科每半年评查案卷”。
    来源：S20。
    """
    for power in powers:
        if power.state is PowerState.RETIRED or is_placeholder(power.supervision):
            continue
        missing = unnamed_in_supervision(power)
        if missing:
            yield Finding(power.number, "supervision", f"职权“{power.title}”的监督方式没有写明{'和'.join(missing)}。")


def unnamed_in_supervision(power: PowerRow) -> list[str]:
    """What its supervision does not name: who supervises, how that body is reached or looks."""
    named = (("监督机构", _BODY), ("监督渠道", _CHANNEL))
    return [name for name, found in named if not found.search(power.supervision)]


RULES: tuple[Rule, ...] = (
    Rule(
        code="PWR001",
        severity=Severity.ERROR,
        dimension=Dimension.COMPLETENESS,
        title="职权八要素缺项",
        check=power_with_empty_fields,
        subject=PowerRow,
        sources=("S20",),
        fails=(replace(PENALTY, conditions="按相关规定执行"),),
        passes=(PENALTY, SEAL),
    ),
    Rule(
        code="PWR008",
        severity=Severity.WARNING,
        dimension=Dimension.DEPTH,
        title="对外职权没有流程",
        check=external_power_without_steps,
        subject=PowerRow,
        sources=("S21",),
        fails=(replace(PENALTY, steps=()),),
        passes=(PENALTY, replace(SEAL, steps=SEAL.steps[:1], visibility=Visibility.INTERNAL)),
    ),
    Rule(
        code="PWR009",
        severity=Severity.WARNING,
        dimension=Dimension.DEPTH,
        title="流程没有薄弱环节",
        check=steps_without_weak_link,
        subject=PowerRow,
        sources=("S21",),
        fails=(replace(SEAL, no_weak_link=""),),
        passes=(PENALTY, SEAL),
    ),
    Rule(
        code="PWR010",
        severity=Severity.WARNING,
        dimension=Dimension.COMPLETENESS,
        title="监督方式没有机构或渠道",
        check=supervision_without_body_or_channel,
        subject=PowerRow,
        sources=("S20",),
        fails=(replace(PENALTY, supervision="自觉接受社会各界监督"),),
        passes=(PENALTY, SEAL),
    ),
)
