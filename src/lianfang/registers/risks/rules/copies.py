"""Risks that were copied from post to post."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.lint.similarity import repeated
from lianfang.foundation.lint.wording import listed, plain
from lianfang.foundation.organisation.rows import PostRow
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.registers.risks.rows import RiskRow
from lianfang.registers.risks.rules.examples import BUREAU, POST, RISK, SECTION
from lianfang.registers.risks.rules.statements import ENDED


def risk_copied_from_post_to_post(material: Material) -> Iterator[Finding]:
    """RSK002.

    检查什么：同一段风险点文字是否出现在参数规定个数（默认 3 个）以上的岗位或单位，
    相似度达到参数（默认 85%）即视为同一段。相似度按相邻两字计算（两段共有的字对占比），标点和数字不计。
    同一单位里职责相同的几个岗位算一个岗位，例如同队的三个执法岗共用一条风险，不算雷同。
    为什么：方案要求防止走过场。不同岗位的权力不同，风险不会一字不差；成批相同说明没有逐岗查找。
    怎么改：各岗位写自己经手的环节和对象；确实是全单位共有的风险，上升为单位级，写一条。
    来源：S84、参数 risk_similarity、risk_copies。
    """
    risks = [risk for risk in material.of(RiskRow) if risk.state not in ENDED]
    posts = material.by_number(PostRow)
    entries = [(_owner(risk, posts.get(risk.post)), risk.statement) for risk in risks]
    parameters = material.parameters
    found = repeated(entries, threshold=parameters.risk_similarity, owners=parameters.risk_copies)
    for place, others in found.items():
        copies = listed([risks[other].number for other in others])
        message = f"风险点与 {copies} 等其他岗位或单位的文字相同或几乎相同，没有体现本岗位的特点。"
        yield Finding(risks[place].number, "statement", message)


def _owner(risk: RiskRow, post: PostRow | None) -> str:
    """The post, or one name for all posts of a unit that have the same duty; the unit where there is no post."""
    if post and post.duty:
        return f"{post.unit}/{plain(post.duty)}"
    return risk.post or risk.unit


def _on_posts(statements: tuple[str, ...]) -> tuple[RiskRow, ...]:
    return tuple(
        replace(RISK, number=f"FX-{place}", post=f"P{place}", statement=statement)
        for place, statement in enumerate(statements, start=1)
    )


_POSTS = tuple(
    replace(POST, number=f"P{place}", name=name, duty=f"负责{name}的日常工作。")
    for place, name in enumerate(("受理岗", "审核岗", "档案岗"), start=1)
)
_TWINS = tuple(replace(post, duty=POST.duty) for post in _POSTS)
RULES: tuple[Rule, ...] = (
    Rule(
        code="RSK002",
        severity=Severity.WARNING,
        dimension=Dimension.ACCURACY,
        title="风险点雷同",
        check=risk_copied_from_post_to_post,
        subject=RiskRow,
        reads=(RiskRow, PostRow),
        whole=True,
        sources=("S84",),
        fails=(BUREAU, SECTION, *_POSTS, *_on_posts((RISK.statement,) * 3)),
        passes=(BUREAU, SECTION, *_TWINS, *_on_posts((RISK.statement,) * 3)),
    ),
)
