"""The stage of this room's tests: a power with weak links, and raters with accounts of their own."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from pytest_django.fixtures import Settings

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.accounts.roles import Role
from lianfang.foundation.journal.models import Entry
from lianfang.kernel.rows import plain
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.rows import PowerStep
from lianfang.registers.risks.actions.gradings import Proposal, approve_grade, open_grading, propose_grade
from lianfang.registers.risks.actions.risks import accept_risk, create_risk, submit_risk
from lianfang.registers.risks.actions.scores import Given, score_risk
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.queries.evidence import Tested
from lianfang.registers.risks.rows import GradingRow, RaterCapacity, RiskDimension, RiskRow, Tier

RATERS = {
    "LH-M04": RaterCapacity.HOLDER,
    "LH-M03": RaterCapacity.HEAD,
    "LH-M05": RaterCapacity.REVIEWER,
}
TESTED = "措施检验 LH-WRF-C001/1 为有效。"
"""Evidence for a lower grade; ``tested`` has that test stand behind it."""
DRAFT = RiskRow(
    number="",
    tier=Tier.POST,
    unit="LH-WRF",
    post="LH-WRF-02",
    power="LH-WRF-P001",
    step="现场检查",
    dimension=RiskDimension.EXERCISE,
    statement="监管岗人员收受处置单位礼金，检查时对超期贮存危险废物隐瞒不报，帮助企业逃避处罚。",
    manifestation="检查笔录与转移联单数量不符；同一企业连续三次检查均无问题；只有一人在场签字。",
    causes=("检查人员长期固定搭档", "笔录与联单没有比对环节"),
    finder="小李",
)


@pytest.fixture
def power(cast: Cast) -> Power:
    """现场检查 of hazardous waste, confirmed, with two steps."""
    steps = (PowerStep("制定检查方案", "污染防治科科长"), PowerStep("现场检查", "危险废物监管岗", "只有一人到场"))
    return Power.objects.create(
        number="LH-WRF-P001",
        unit_id="LH-WRF",
        unit_path="JW/LH/LH-WRF/",
        name="对危险废物经营单位的现场检查",
        category="inspection",
        discretion=3,
        steps=plain(steps),
        state="confirmed",
    )


@pytest.fixture
def reviewer(cast: Cast) -> User:
    """王大队长 of the other section, who reviews and otherwise sees nothing of 污染防治科."""
    user = User.objects.create(login="reviewer", title="王大队长", person="LH-M05", password="!")
    Grant.objects.create(user=user, role=Role.HEAD.value, scope="JW/LH/LH-ZF/", start="2020-01-01")
    return user


def given(importance: int = 3, probability: int = 3, harm: int = 3) -> Given:
    """Scores with evidence."""
    return Given(
        importance=importance,
        probability=probability,
        harm=harm,
        importance_note="直接影响企业是否受罚",
        probability_note="邻区有一起通报",
        harm_note="可能造成土壤污染",
    )


@dataclass
class Round:
    """What a test needs of a grading on its way."""

    cast: Cast
    reviewer: User

    def accepted(self, row: RiskRow = DRAFT) -> RiskRow:
        """A risk point that waits for its grading."""
        row = create_risk(actor=self.cast.clerk, row=row)
        row = submit_risk(actor=self.cast.clerk, number=row.number, expected_version=row.version)
        return accept_risk(actor=self.cast.head, number=row.number, expected_version=row.version)

    def opened(self, row: RiskRow) -> GradingRow:
        """A round with the three usual raters."""
        return open_grading(actor=self.cast.head, number=row.number, expected_version=row.version, raters=RATERS)

    def scored(self, row: RiskRow, *scores: tuple[int, int, int]) -> GradingRow:
        """A round in which all three have scored; three equal opinions unless given."""
        grading = self.opened(row)
        triples = scores or ((3, 3, 3),) * 3
        for rater, triple in zip((self.cast.clerk, self.cast.head, self.reviewer), triples, strict=True):
            grading = score_risk(actor=rater, number=grading.number, given=given(*triple))
        return grading

    def proposed(self, row: RiskRow, *scores: tuple[int, int, int]) -> GradingRow:
        """A round whose grade waits for approval."""
        grading = self.scored(row, *scores)
        return propose_grade(
            actor=self.cast.coordinator,
            number=grading.number,
            expected_version=grading.version,
            proposal=Proposal(reason="近两年有一起投诉，三人评分一致。"),
        )

    def live(self, row: RiskRow = DRAFT, *scores: tuple[int, int, int]) -> RiskRow:
        """A risk point with an approved grade."""
        grading = self.proposed(self.accepted(row), *scores)
        approve_grade(
            actor=self.cast.secretary,
            number=grading.number,
            expected_version=grading.version,
            basis="局党组会纪要〔2026〕7号",
        )
        return Risk.objects.get(number=grading.risk).to_row()


@pytest.fixture
def round_of(cast: Cast, power: Power, reviewer: User) -> Round:
    """Carries a risk point through its grading, as far as asked."""
    return Round(cast, reviewer)


@pytest.fixture
def journal() -> Callable[[str, str], list[str]]:
    """A function that gives the verbs recorded about one thing, oldest first."""

    def verbs(kind: str, number: str) -> list[str]:
        return list(Entry.objects.filter(kind=kind, number=number).order_by("id").values_list("verb", flat=True))

    return verbs


def effective_tests(_risk: str) -> tuple[Tested, ...]:
    """One effective test against whatever risk point; the room of measures has real ones, and tests with them."""
    return (Tested("LH-WRF-C001/1", datetime.date(2026, 9, 1), "有效", is_effective=True),)


@pytest.fixture
def tested(settings: Settings) -> None:
    """Measures against every risk point were tested and found effective."""
    settings.TESTS_OF_A_RISK = f"{__name__}.effective_tests"
