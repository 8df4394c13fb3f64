"""Rules about the legal basis of a power: known, in force, and high enough for what it allows."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.lint.wording import is_placeholder
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.registers.laws.rows import Citation, LawLevel, LawRow
from lianfang.registers.laws.rules import LawIndex, citations, local_citations, title_key, why_not_in_force
from lianfang.registers.powers.rows import PowerCategory, PowerRow
from lianfang.registers.powers.rules.examples import LAWS, PENALTY, SEAL
from lianfang.registers.powers.states import PowerState

_NEEDS_LAW = frozenset({PowerCategory.PENALTY, PowerCategory.PERMIT, PowerCategory.COERCION, PowerCategory.LEVY})
_BELOW_RULES = re.compile(r"(?:通知|意见|方案|纪要|函|批复|规划|计划|请示|要点|三定规定|简报)$")
"""Endings of titles that no law and no 规章 bears; 办法, 规定 and 细则 may be either and prove nothing."""
_WITH_ARTICLES = frozenset({LawLevel.LAW, LawLevel.ADMINISTRATIVE, LawLevel.LOCAL, LawLevel.RULE})


def _cited(material: Material) -> Iterator[tuple[PowerRow, tuple[Citation, ...]]]:
    """Powers that are not retired and name at least one document."""
    for power in material.of(PowerRow):
        if power.state is not PowerState.RETIRED:
            found = citations(basis for basis in power.basis if not is_placeholder(basis))
            if found:
                yield power, found


def basis_not_in_force(material: Material) -> Iterator[Finding]:
    """PWR002.

    检查什么：职权引用的法律、法规、规章在检查当日是否施行。同名的几个版本只要有一个施行即可；
    法规库里没有的名称由 PWR004 报告；已取消的职权不检查。
    为什么：职权法定。依据废止而清单不动，就是无依据行权；法律修改是启动动态管理的第一个原因。
    怎么改：改引替代的法律和条款。“建议”一栏给出法规库登记的对应条款，标“未核验”的必须先核对官方文本；
    依据消失而没有替代的，取消该职权。
    来源：S65、S19；生态环境法典对照见法规库。
    """
    laws = material.derived(LawIndex)
    for power, cited in _cited(material):
        for citation in cited:
            law = laws.fault(citation, material.today)
            if law:
                message = f"职权“{power.title}”的依据《{law.title}》{why_not_in_force(law, material.today)}。"
                yield Finding(power.number, "basis", message, suggestion=laws.successor(law, citation.articles))


def basis_below_rule_level(material: Material) -> Iterator[Finding]:
    """PWR003.

    检查什么：行政处罚、许可、强制、征收四类职权，引用的依据是否全部在规章以下（规范性文件、党内文件，
    或名称以“通知”“意见”“方案”等结尾的文件）。有一件法律、法规或规章即可；名称以“办法”“规定”结尾而法规库没有的，不下结论。
    为什么：规范性文件不得设定行政处罚、许可、强制和征收。只有文件作依据的职权，行使一次就违法一次。
    怎么改：补引设定该职权的法律、法规或规章的具体条款；找不到的，报法制机构审核后取消。
    来源：S19、N22（行政许可法、行政强制法）、N21（行政处罚法）。
    """
    laws = material.derived(LawIndex)
    for power, cited in _cited(material):
        if power.category in _NEEDS_LAW and all(_is_below(laws, citation) for citation in cited):
            kind = power.category.label if power.category else ""
            message = f"{kind}职权“{power.title}”只以规章以下的文件为依据，不能设定{kind}。"
            yield Finding(power.number, "basis", message)


def _is_below(laws: LawIndex, citation: Citation) -> bool:
    editions = laws.editions(citation)
    if editions:
        return not any(law.level.may_create_penalties for law in editions)
    return _BELOW_RULES.search(title_key(citation.title)) is not None


def basis_not_precise(material: Material) -> Iterator[Finding]:
    """PWR004.

    检查什么：引用的文件名称是否在法规库中；引用法律、法规、规章时是否写到条。规范性文件可以不写条；
    写明文号的本地文件可以不在法规库中。
    为什么：写不到条的依据无法核对，名称写错的依据查不到，法律修改时也不会被发现。
    怎么改：补条款号；名称按法规库的全称或登记的简称书写；确有其文而法规库没有的，先在法规库登记。
    来源：S20。
    """
    laws = material.derived(LawIndex)
    for power, cited in _cited(material):
        local = local_citations(power.basis)
        for citation in cited:
            editions = laws.editions(citation)
            if not editions and citation in local:
                continue
            if not editions:
                nearest = laws.nearest(citation)
                message = f"职权“{power.title}”的依据“{citation.title}”不在法规库中。"
                yield Finding(power.number, "basis", message, suggestion=f"《{nearest}》" if nearest else "")
            elif _lacks_article(citation, editions):
                yield Finding(power.number, "basis", f"职权“{power.title}”的依据《{citation.title}》没有写到条。")


def _lacks_article(citation: Citation, editions: Sequence[LawRow]) -> bool:
    return not citation.articles and any(law.level in _WITH_ARTICLES for law in editions)


def basis_gap(power: PowerRow, laws: LawIndex, day: datetime.date) -> str:
    """Why no basis of a power is an article of a law in force on ``day``, as a clause; empty where one is.

    A local document with its number, which the register need not know, is as good.

    One that holds is enough; what is wrong with the others is the matter of PWR002 and PWR004.
    """
    cited = citations(basis for basis in power.basis if not is_placeholder(basis))
    known = [citation for citation in cited if laws.editions(citation)]
    if any(citation not in known for citation in local_citations(power.basis)):
        return ""
    if not known:
        return f"“{cited[0].title}”不在法规库中" if cited else "没有写出文件名称"
    holding = [citation for citation in known if laws.fault(citation, day) is None]
    if not holding:
        ended = laws.fault(known[0], day)
        return f"《{ended.title}》{why_not_in_force(ended, day)}" if ended else ""
    if all(_lacks_article(citation, laws.editions(citation)) for citation in holding):
        return f"《{holding[0].title}》没有写到条"
    return ""


_READS = (PowerRow, LawRow)
RULES: tuple[Rule, ...] = (
    Rule(
        code="PWR002",
        severity=Severity.ERROR,
        dimension=Dimension.ACCURACY,
        title="依据不在施行期内",
        check=basis_not_in_force,
        subject=PowerRow,
        reads=_READS,
        sources=("S65", "C9"),
        fails=(*LAWS, replace(PENALTY, basis=("《示例旧法》第十条",))),
        passes=(
            *LAWS,
            PENALTY,
            replace(PENALTY, number="QL-003", basis=("《示例旧法》第十条",), state=PowerState.RETIRED),
        ),
    ),
    Rule(
        code="PWR003",
        severity=Severity.ERROR,
        dimension=Dimension.ACCURACY,
        title="依据层级不足",
        check=basis_below_rule_level,
        subject=PowerRow,
        reads=_READS,
        sources=("S19", "N22"),
        fails=(*LAWS, replace(PENALTY, basis=("《关于加强执法工作的通知》",))),
        passes=(*LAWS, replace(PENALTY, basis=(*PENALTY.basis, "《关于加强执法工作的通知》")), SEAL),
    ),
    Rule(
        code="PWR004",
        severity=Severity.WARNING,
        dimension=Dimension.ACCURACY,
        title="依据写得不准",
        check=basis_not_precise,
        subject=PowerRow,
        reads=_READS,
        sources=("S20",),
        fails=(*LAWS, replace(PENALTY, basis=("《行政处罚法》",))),
        passes=(
            *LAWS,
            PENALTY,
            SEAL,
            replace(SEAL, number="QL-009", basis=("《示例印章办法》（示例办〔2025〕3号）第六条",)),
        ),
    ),
)
