"""Powers that stand in the list twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.lint.similarity import repeated, similarity
from lianfang.foundation.lint.wording import listed, plain
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.registers.laws.rules import citations, title_key
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.rules.examples import PENALTY, SEAL
from lianfang.registers.powers.states import PowerState

_EMPTY_WORDS = re.compile(r"中华人民共和国|行政|进行|予以|的|对|之|等")
_OTHER_SCOPE = re.compile(
    r"[一二三四五六七八九十\d]|[甲乙丙丁]|初次|首次|变更|延续|注销|重新|临时|重大|一般|轻微|[不未无非]"
)
"""Words that make another power of the same sentence when they are added or left out."""


def powers_listed_twice(material: Material) -> Iterator[Finding]:
    """PWR011.

    检查什么：名称（含子项）与依据合在一起相似度达到参数（默认 90%）、名称本身也达到、且引用的条款相同的职权。
    相似度按相邻两字计算（两项共有的字对占比），“的”“对”“行政”等不计。只差一个实词的并列职权（报告书与报告表、首次与变更、水与大气）不算重复：
    名称中有一处实词互换，或者多出序数、否定、“变更”“重大”一类限定词的，都不报告。已取消的职权不比较。
    为什么：同一职权登记两次，会被两个科室各行使一次，风险和措施也会各写一套。
    怎么改：合并为一条，保留编码在前的一条，另一条取消并注明并入编号。
    来源：S19、参数 power_similarity。
    """
    powers = [power for power in material.of(PowerRow) if power.state is not PowerState.RETIRED]
    threshold = material.parameters.power_similarity
    cited = [_articles(power) for power in powers]

    def alike(one: int, other: int) -> bool:
        first, second = _essence(powers[one].title), _essence(powers[other].title)
        return cited[one] == cited[other] and similarity(first, second) >= threshold and not _parallel(first, second)

    entries = [(power.number, _wording(power)) for power in powers]
    for place, others in repeated(entries, threshold=threshold, owners=2, alike=alike).items():
        twins = listed([powers[other].number for other in others])
        message = f"职权“{powers[place].title}”与 {twins} 的名称和依据几乎相同，疑为重复登记。"
        yield Finding(powers[place].number, "name", message)


def _wording(power: PowerRow) -> str:
    """Numerals in Han characters, so that the comparison does not take 12 for 13."""
    return (_essence(power.title) + "".join(power.basis)).translate(str.maketrans("0123456789", "零一二三四五六七八九"))


def _essence(name: str) -> str:
    """A name without words that change nothing."""
    return _EMPTY_WORDS.sub("", plain(name))


def _articles(power: PowerRow) -> frozenset[tuple[str, tuple[str, ...]]]:
    return frozenset((title_key(citation.title), citation.articles) for citation in citations(power.basis))


def _parallel(first: str, second: str) -> bool:
    """Whether two names that look alike name different things."""
    for edit in Levenshtein.opcodes(first, second):
        if edit.tag == "replace":
            return True
        changed = first[edit.src_start : edit.src_end] + second[edit.dest_start : edit.dest_end]
        if edit.tag != "equal" and _OTHER_SCOPE.search(changed):
            return True
    return False


RULES: tuple[Rule, ...] = (
    Rule(
        code="PWR011",
        severity=Severity.WARNING,
        dimension=Dimension.ACCURACY,
        title="职权重复登记",
        check=powers_listed_twice,
        subject=PowerRow,
        reads=(PowerRow,),
        whole=True,
        sources=("S19",),
        fails=(PENALTY, replace(PENALTY, number="QL-009", name="对拒绝现场检查的行政处罚")),
        passes=(
            PENALTY,
            SEAL,
            replace(PENALTY, number="QL-009", name="对拒绝在线检查的处罚"),
        ),
    ),
)
