"""RSK001 and RSK003 stop reading once the question is settled; what they say is what reading to the end would say."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from lianfang.foundation.lint.concreteness import CLAUSE, specific_length
from lianfang.foundation.lint.wording import plain
from lianfang.registers.risks.rows import RiskRow, Tier
from lianfang.registers.risks.rules import statements
from lianfang.registers.risks.rules.deeds import deeds_told
from lianfang.registers.risks.rules.examples import RISK

SENTENCES = Path(__file__).parent / "statements"
DEMO = Path(__file__).parents[3] / "site" / "demo" / "content" / "risks"


def _risks() -> list[RiskRow]:
    paths = [*sorted(SENTENCES.glob("*.csv")), *sorted(DEMO.glob("*.csv"))]
    written = [line["风险点"] for path in paths for line in csv.DictReader(path.read_text("utf-8").splitlines())]
    clauses = [clause for text in written for clause in CLAUSE.split(text)]
    count = len(clauses)
    made = [
        "，".join(clauses[place * stride % count] for stride in (1, 7, 31, 101)[: 1 + place % 4])
        for place in range(3_000)
    ]
    tiers = (Tier.POST, Tier.SECTION, Tier.UNIT)
    return [
        replace(RISK, statement=text, tier=tier, post="P001" if tier is Tier.POST and place % 2 else "")
        for place, text in enumerate([*written, *made, "", "，", "。"])
        for tier in tiers
    ]


def _missing_when_read_to_the_end(risk: RiskRow) -> list[str]:
    clauses = CLAUSE.split(risk.statement)
    lengths = [specific_length(clause) for clause in clauses]
    act = max(lengths) >= 5 or sum(lengths) >= 6
    first = next((place for place, length in enumerate(lengths) if length >= 3), len(clauses))
    told = sum(length >= 3 for length in lengths)
    if not act and deeds_told(clauses):
        act, told, first = True, max(told, deeds_told(clauses)), min(first, len(clauses) - 1)
    outcome = act and told > 1
    found = {
        "行为人": (risk.tier is Tier.POST and risk.post) or statements._ACTOR.search("，".join(clauses[: first + 1])),
        "具体行为": act,
        "得利者或后果": outcome or statements._BENEFIT.search(risk.statement),
    }
    return [part for part, seen in found.items() if not seen]


def test_a_statement_misses_the_same_parts_as_when_it_is_read_to_the_end() -> None:
    risks = _risks()

    wrong = [risk.statement for risk in risks if statements._missing(risk) != _missing_when_read_to_the_end(risk)]

    assert len(risks) > 9_000
    assert wrong == []
    assert 500 < sum(bool(statements._missing(risk)) for risk in risks) < len(risks) - 500


def test_a_copy_is_known_by_its_characters_whatever_the_signs() -> None:
    pairs = [
        ("收受礼金，隐瞒不报。", "收受礼金隐瞒不报"),
        (" 收受礼金", "收受礼金"),
        ("“收受”礼金", "收受礼金"),
        ("收受礼金", "索要礼金"),
        ("１收受礼金", "1收受礼金"),
        ("", ""),
        ("豈有此理", "豈有此理"),
    ]

    for text, original in pairs:
        assert statements._is_copied(text, original) == (
            len(text) < 2 * len(original) and plain(text) == plain(original)
        ), text
