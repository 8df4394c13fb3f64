"""The life of a 制度: evaluated → drafted → legality-checked → adopted → in force → evaluated again."""

from __future__ import annotations

from lianfang.kernel.lifecycle import Lifecycle, Move
from lianfang.kernel.vocabulary import Word


class RegulationState(Word):
    """States of a regulation."""

    EVALUATED = "evaluated", "已评估", "待起草"
    DRAFTED = "drafted", "待合法性审核"
    CHECKED = "checked", "待审议"
    ADOPTED = "adopted", "待施行", "已审议通过"
    IN_FORCE = "in-force", "施行中", "现行有效"
    REPEALED = "repealed", "已废止"


E = RegulationState
REGULATION = Lifecycle(
    "regulations",
    E.EVALUATED,
    (
        Move("draft", E.EVALUATED, E.DRAFTED, "提交草案"),
        Move("keep", E.EVALUATED, E.IN_FORCE, "保留"),
        Move("return", E.DRAFTED, E.EVALUATED, "退回"),
        Move("return", E.CHECKED, E.EVALUATED, "退回"),
        Move("check", E.DRAFTED, E.CHECKED, "审核通过"),
        Move("adopt", E.CHECKED, E.ADOPTED, "审议通过"),
        Move("enforce", E.ADOPTED, E.IN_FORCE, "施行"),
        Move("evaluate", E.IN_FORCE, E.EVALUATED, "重新评估"),
        Move("repeal", E.IN_FORCE, E.REPEALED, "废止"),
        Move("repeal", E.EVALUATED, E.REPEALED, "废止"),
    ),
)
