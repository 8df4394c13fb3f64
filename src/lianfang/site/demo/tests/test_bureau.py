"""The demo's written content: complete, consistent, readable, and without a single real person."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any

import pytest

from lianfang.foundation.organisation.rows import PersonRow, PostRank, PostRow, TenureRow, UnitRow
from lianfang.kernel.areas import KeyArea
from lianfang.kernel.levels import Grade
from lianfang.kernel.responsibilities import Responsibility
from lianfang.registers.controls.rows import ControlFamily, ControlKind, ControlRow, ControlTestRow
from lianfang.registers.laws.rows import LawRow
from lianfang.registers.laws.rules import citations, title_key
from lianfang.registers.powers.rows import PowerCategory, PowerRow, Visibility
from lianfang.registers.powers.states import PowerState
from lianfang.registers.regulations.rows import Mechanism, RegulationRow
from lianfang.registers.risks.grading import final_grade, gap, post_grade, settle, table_grade
from lianfang.registers.risks.rows import (
    REQUIRED_DIMENSIONS,
    GradingRow,
    MajorHead,
    NegativeRow,
    PostGradeRow,
    RiskRow,
    ScoreRow,
    SearchRow,
    Tier,
)
from lianfang.site.demo import bureau
from lianfang.site.demo.bureau import TODAY, Written
from lianfang.site.demo.tests.bureaus import MAIN_BUREAU, all_rows, of_bureau

_ROLE_NAME = re.compile(
    r"[\u4e00-\u9fff](?:副?局长|主任|组长|科长|站长|队长|大队长|中队长|干事|会计|出纳|采购|审核员|办事员|审查员|监管员|队员|内勤"
    r"|接线员|管理员|工程师|采样员|分析员|高工)"
)
_PHONE_OR_IDENTITY = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|\d{7,8}|\d{17}[\dXx])(?!\d)")


Demo = dict[type, list[Any]]


@pytest.fixture(scope="module")
def written() -> Written:
    """The clean content as text."""
    return bureau.clean()


@pytest.fixture(scope="module")
def demo(written: Written) -> Demo:
    """All Rows of both bureaus by class."""
    found: defaultdict[type, list[Any]] = defaultdict(list)
    for row in all_rows(written):
        found[type(row)].append(row)
    return found


def _of_main(rows: list[Any]) -> list[Any]:
    return [row for row in rows if row.number.startswith(MAIN_BUREAU)]


def test_every_table_has_exactly_the_headings_of_its_row(written: Written) -> None:
    for table in bureau.TABLES:
        records = written.records(table)

        assert records, table.folder
        assert all(list(record) == list(table.row.headings.values()) for record in records), table.folder


def test_no_number_is_given_twice(demo: Demo) -> None:
    for register, rows in demo.items():
        repeated = [number for number, count in Counter(row.number for row in rows).items() if count > 1]

        assert repeated == [], register


def test_the_demo_is_as_large_as_a_real_branch(demo: Demo) -> None:
    powers = _of_main(demo[PowerRow])
    external = [power for power in powers if power.visibility is Visibility.EXTERNAL]

    assert len([unit for unit in demo[UnitRow] if unit.parent == MAIN_BUREAU]) >= 8
    assert len(_of_main(demo[PostRow])) >= 36
    assert len(_of_main(demo[PersonRow])) >= 40
    assert len(demo[LawRow]) >= 30
    assert len(powers) >= 85
    assert len(external) >= 55
    assert len(powers) - len(external) >= 20
    assert len(_of_main(demo[RiskRow])) >= 210
    assert len(_of_main(demo[NegativeRow])) >= 120
    assert len(_of_main(demo[ControlRow])) >= 250
    assert len(_of_main(demo[RegulationRow])) >= 30


def test_every_reference_between_units_posts_people_and_tenures_holds(demo: Demo) -> None:
    units = {unit.number for unit in demo[UnitRow]}
    posts = {post.number for post in demo[PostRow]}
    people = {person.number for person in demo[PersonRow]}

    assert all(unit.parent in units | {""} for unit in demo[UnitRow])
    assert all(re.fullmatch(r"[A-Z0-9-]{2,20}", number) for number in units)
    assert all(post.unit in units for post in demo[PostRow])
    assert all(person.unit in units for person in demo[PersonRow])
    assert all(tenure.post in posts and tenure.person in people for tenure in demo[TenureRow])


def test_every_post_in_scope_is_held_today(demo: Demo) -> None:
    held = {tenure.post for tenure in demo[TenureRow] if tenure.holds_on(TODAY)}

    assert [post.number for post in demo[PostRow] if post.in_scope and post.number not in held] == []


@pytest.mark.covers("S8")
def test_leading_posts_carry_two_duties_that_differ_from_post_to_post(demo: Demo) -> None:
    leading = [post for post in demo[PostRow] if post.is_leader]

    assert all(post.duty and post.integrity_duty for post in leading)
    assert len({post.integrity_duty for post in leading}) == len(leading)


def test_people_are_named_by_role(demo: Demo) -> None:
    odd = [person.name for person in demo[PersonRow] if not _ROLE_NAME.fullmatch(person.name)]

    assert odd == []


def test_no_text_holds_a_phone_or_identity_number(written: Written) -> None:
    cells = (
        (name, text)
        for name, records in written.files.items()
        for record in records
        for text in record.values()
        if _PHONE_OR_IDENTITY.search(text)
    )

    assert list(cells) == []
    assert _PHONE_OR_IDENTITY.search(bureau.PLAN.read_text(encoding="utf-8")) is None


@pytest.mark.covers("S20", "S21")
def test_every_power_fills_the_eight_fields_and_names_posts_that_exist(demo: Demo) -> None:
    posts = {post.name for post in demo[PostRow]}

    for power in demo[PowerRow]:
        fields = (power.content, power.holder, power.basis, power.conditions, power.supervision)
        assert all(fields), power.number
        assert 3 <= len(power.steps) <= 7, power.number
        assert {step.post for step in power.steps} <= posts, power.number
        assert any(step.is_weak for step in power.steps), power.number
        assert power.time_limit.is_typed or "《" in power.time_limit.text, power.number


def test_every_cited_article_stands_in_the_law_table(demo: Demo) -> None:
    known = {
        title_key(title): {article.article for article in law.articles}
        for law in demo[LawRow]
        for title in (law.title, *law.short_titles)
    }

    for power in demo[PowerRow]:
        for citation in citations(power.basis):
            assert set(citation.articles) <= known[title_key(citation.title)], (power.number, citation.text)


def test_ten_laws_are_repealed_by_the_code_and_no_successor_article_claims_to_be_verified(demo: Demo) -> None:
    code = next(law for law in demo[LawRow] if law.title.endswith("生态环境法典"))
    repealed = [law for law in demo[LawRow] if law.replaced_by == code.number]

    assert len(repealed) == 10
    assert {law.repealed_on for law in repealed} == {code.in_force_from}
    assert not any(article.verified for law in repealed for article in law.articles)


@pytest.mark.covers("S37", "S40")
def test_external_powers_spread_over_the_classes_and_the_seven_areas(demo: Demo) -> None:
    powers = [power for power in _of_main(demo[PowerRow]) if power.state is not PowerState.RETIRED]
    external = [power for power in powers if power.is_external]
    others = [power for power in external if power.category is PowerCategory.OTHER]

    assert len({power.category for power in external}) >= 8
    assert 4 * len(others) <= len(external)
    assert {power.key_area for power in powers} >= set(KeyArea)


@pytest.mark.covers("S36", "S80")
def test_every_power_has_a_regulation_and_every_mechanism_exists(demo: Demo) -> None:
    covered = {number for regulation in demo[RegulationRow] for number in regulation.powers}
    powers = {power.number for power in demo[PowerRow] if power.state is not PowerState.RETIRED}

    assert powers - covered == set()
    assert {regulation.mechanism for regulation in demo[RegulationRow]} >= set(Mechanism)


@pytest.mark.covers("S24", "S25", "S26")
def test_every_required_dimension_was_searched_on_every_post_section_and_unit(demo: Demo) -> None:
    considered = defaultdict(set)
    for entry in (*demo[NegativeRow], *demo[RiskRow]):
        considered[entry.tier, entry.post or entry.unit].add(entry.dimension)
    for search in demo[SearchRow]:
        place = considered[search.tier, search.post or search.unit]
        place.update(none.dimension for none in search.none_found)

    posts = {post.number for post in demo[PostRow] if post.in_scope}
    assert {place for tier, place in considered if tier is Tier.POST} == posts
    assert all(dimensions >= set(REQUIRED_DIMENSIONS[tier]) for (tier, _), dimensions in considered.items())


@pytest.mark.covers("S26")
def test_the_unit_list_has_all_four_heads_of_the_collective_decisions(demo: Demo) -> None:
    heads = {entry.major_head for entry in _of_main(demo[NegativeRow]) if entry.tier is Tier.UNIT}

    assert heads >= set(MajorHead)


@pytest.mark.covers("S27", "S28")
def test_every_grade_follows_from_three_independent_raters_the_table_and_the_floors(demo: Demo) -> None:
    scores = defaultdict(list)
    for score in demo[ScoreRow]:
        scores[score.risk].append(score)

    for risk in demo[RiskRow]:
        given = scores[risk.number]
        medians = [
            settle([getattr(score, scale) for score in given]) for scale in ("importance", "probability", "harm")
        ]
        assert len({score.rater for score in given}) == risk.raters == 3
        assert medians == [risk.importance, risk.probability, risk.harm], risk.number
        assert risk.grade is final_grade(table_grade(*medians), risk.floors), risk.number
        widest = max(gap([getattr(score, scale) for score in given]) for scale in ("importance", "probability", "harm"))
        assert widest == risk.widest_gap


def test_every_risk_has_one_approved_grading_that_agrees_with_it(demo: Demo) -> None:
    approved = {grading.risk: grading for grading in demo[GradingRow] if grading.state == "approved"}

    for risk in demo[RiskRow]:
        grading = approved[risk.number]
        assert (grading.grade, grading.floors, grading.widest_gap) == (risk.grade, risk.floors, risk.widest_gap)


@pytest.mark.covers("S29")
def test_the_list_of_post_grades_is_the_maximum_of_live_risks(demo: Demo) -> None:
    grades = defaultdict(list)
    for risk in demo[RiskRow]:
        if risk.post:
            grades[risk.post].append(risk.grade)

    assert {line.number: line.grade for line in demo[PostGradeRow]} == {
        post: post_grade(found) for post, found in grades.items()
    }


@pytest.mark.covers("S77", "S78", "S79")
def test_high_risks_have_a_preventive_and_a_detective_measure_and_divided_or_authorised_duties(demo: Demo) -> None:
    measures = defaultdict(list)
    for control in demo[ControlRow]:
        measures[control.risk].append(control)

    for risk in demo[RiskRow]:
        assert measures[risk.number], risk.number
        if risk.grade is Grade.HIGH:
            kinds = {control.control_kind for control in measures[risk.number]}
            families = {control.family for control in measures[risk.number]}
            assert {ControlKind.PREVENT, ControlKind.DETECT} <= kinds, risk.number
            assert families & {ControlFamily.SEPARATION, ControlFamily.AUTHORISATION}, risk.number


@pytest.mark.covers("S42", "S55")
def test_every_measure_is_owned_supervised_by_somebody_else_and_tested(demo: Demo) -> None:
    people = {person.number for person in demo[PersonRow] if person.left_on is None}
    tested = {test.control for test in demo[ControlTestRow]}

    for control in demo[ControlRow]:
        assert {control.owner, control.supervisor} <= people, control.number
        assert control.owner != control.supervisor, control.number
        assert control.number in tested


def test_no_two_measures_and_no_two_bans_share_their_text(demo: Demo) -> None:
    for register, field in ((ControlRow, "action"), (NegativeRow, "prohibited"), (RiskRow, "statement")):
        texts = Counter(getattr(row, field) for row in demo[register])

        assert [text for text, count in texts.items() if count > 1] == []


@pytest.mark.covers("S22")
def test_both_responsibilities_are_divided_and_only_the_discipline_body_supervises(demo: Demo) -> None:
    posts = {post.number: post for post in demo[PostRow]}
    supervisory = {post.name for post in posts.values() if post.responsibility is Responsibility.SUPERVISORY}
    measures = [control for control in demo[ControlRow] if control.responsibility is Responsibility.SUPERVISORY]

    assert all((post.responsibility is not None) == post.is_leader for post in posts.values())
    assert {post.unit for post in posts.values() if post.name in supervisory} == {"JW"}
    assert {measure.actor for measure in measures} == {"派驻纪检监察组组长"} <= supervisory
    assert all(control.responsibility for control in demo[ControlRow])


@pytest.mark.covers("S72")
def test_the_secretary_leads_with_risks_and_measures_of_his_own(demo: Demo) -> None:
    secretary = next(post for post in _of_main(demo[PostRow]) if post.rank is PostRank.LEADER)
    holder = next(tenure.person for tenure in demo[TenureRow] if tenure.post == secretary.number)

    assert [risk for risk in demo[RiskRow] if risk.post == secretary.number]
    assert [control for control in demo[ControlRow] if control.owner == holder]


def test_one_bureau_alone_holds_nothing_of_the_other(written: Written) -> None:
    main = list(all_rows(of_bureau(written, "CH")))
    neighbour = list(all_rows(of_bureau(written, "SW")))

    assert not [row.number for row in main if row.number.startswith("SW")]
    assert not [row.number for row in neighbour if row.number.startswith("CH")]
    assert len(neighbour) < len(main) / 4
