"""What is asked of a risk point when it is handed up: a deed, a sign, and causes that say something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lianfang.foundation.lint.concreteness import CLAUSE
from lianfang.foundation.lint.entries import TOLD, Fault, Field, entry_faults
from lianfang.registers.risks.rows import RiskRow
from lianfang.registers.risks.rules.deeds import deeds_told

_ANY = re.compile("")
_TAKEN = re.compile("(?:私分|侵占|挪用|截留|套取|骗取|冒领|虚报|克扣|变卖|倒卖|私用)[\u4e00-\u9fff]{2}")
"""A deed in two words, without anybody who does it: RSK001 warns of it, and it may be handed up."""


def hollow_risk_fields(risk: RiskRow) -> Iterator[Fault]:
    """A fault for every field that tells nothing of this risk; causes count together (S42, S54, S84).

    A deed in common words (司机虚报油费) is heard as RSK001 hears it.
    """
    heard = deeds_told(CLAUSE.split(risk.statement))
    statement = Field(
        "风险点",
        risk.statement,
        "写清谁、在哪个环节、做了什么、谁得了好处",
        "验收岗收受施工方购物卡，把未完工的管网按合格签收",
        own_share=TOLD,
        enough=_ANY if heard else _TAKEN,
    )
    sign = Field(
        "表现形式",
        risk.manifestation,
        "写监督的人从材料、数据、时间上能看到的迹象",
        "验收照片与现场不符",
        own_share=TOLD,
    )
    causes = Field(
        "成因",
        "\n".join(risk.causes),
        "写清哪个制度、哪道流程给了机会；说不出的先空着，不写“无”",
        "验收由一人签字，没有复核",
        own_share=TOLD,
    )
    yield from entry_faults((statement, sign, causes))
