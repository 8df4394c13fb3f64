"""What a person corrects in a reading takes along what depends on it: ticks, years, errors of the text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.accounts.console import console_actor
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.findings import Severity
from lianfang.programme.plans import actions
from lianfang.programme.plans.correcting import mended_slips, with_following_ticks, with_years
from lianfang.programme.plans.drafting import blocking, draft_findings, draft_of
from lianfang.programme.plans.models import Deliverable, Programme
from lianfang.programme.plans.programme_rows import DeadlineItem, ProgrammeRow, StageItem
from lianfang.programme.plans.queries.matrix import matrix_of
from lianfang.programme.plans.reader import read_plan
from lianfang.programme.plans.rules import findings_of
from lianfang.programme.plans.tests.posting import posted
from lianfang.programme.plans.tests.test_drafting import UNITS
from lianfang.programme.plans.tests.test_settling import CHOICES, ORIGIN

PLAN = """临江分局2027年值守工作方案
第一阶段：查找风险（2027年3月1日至3月32日）
3月26日前将值守意见报局党组会。
"""
READ = read_plan(PLAN, number="LH-F001")
DRAFT = draft_of(READ, ORIGIN)


def errors(draft: ProgrammeRow) -> list[str]:
    """The codes of the errors about a draft."""
    return [one.code for one in draft_findings(draft, READ, ORIGIN) if one.severity is Severity.ERROR]


def dated(end: str) -> ProgrammeRow:
    """The draft with the end of its stage typed."""
    return replace(DRAFT, stages=(replace(DRAFT.stages[0], end=end),))


@pytest.mark.covers("S31")
def test_a_text_that_does_not_say_who_hands_in_is_told_and_not_given_to_the_bureau_in_silence() -> None:
    assert DRAFT.deadlines[0].units == ("LH",)

    (told,) = [one for one in draft_findings(DRAFT, READ, ORIGIN) if one.code == "PRG005"]

    assert told.severity is Severity.WARNING
    assert "原文没有写“值守意见”由谁报送，暂时按本局报送" in told.message


@pytest.mark.parametrize(
    ("submitter", "units", "ticked"),
    [
        ("污染防治科", ("LH",), ("LH-WRF",)),
        ("污染防治科", ("LH-ZF",), ("LH-ZF",)),
        ("污染防治科", ("LH", "LH-ZF"), ("LH", "LH-ZF")),
        ("", ("LH",), ("LH",)),
        ("督察专班", ("LH",), ()),
    ],
)
def test_ticks_follow_a_retyped_name_unless_somebody_set_them(
    submitter: str, units: tuple[str, ...], ticked: tuple[str, ...]
) -> None:
    typed = replace(DRAFT, deadlines=(replace(DRAFT.deadlines[0], submitter=submitter, units=units),))

    assert with_following_ticks(typed, DRAFT, UNITS, "LH").deadlines[0].units == ticked


def test_a_line_added_by_hand_ticks_whom_it_names() -> None:
    added = DeadlineItem(due="2027-03-20", deliverables=("台账",), submitter="污染防治科")
    typed = replace(DRAFT, deadlines=(*DRAFT.deadlines, added))

    assert with_following_ticks(typed, DRAFT, UNITS, "LH").deadlines[1].units == ("LH-WRF",)


@pytest.mark.covers("S31", "S70")
def test_a_retyped_name_saved_on_the_page_is_who_the_matrix_asks(cast: Cast, sign_in: SignIn) -> None:
    draft = actions.start_plan(actor=cast.coordinator, unit="LH", text=PLAN.replace("32日", "31日"), source_name="a")
    sent = posted(draft, CHOICES, deadlines__0__submitter="污染防治科")

    sign_in(cast.coordinator).post(reverse("plans:reading", args=[draft.number]), sent)
    kept = Programme.objects.get().to_row()
    actions.confirm_plan(actor=cast.secretary, number=draft.number, expected_version=kept.version)

    owed = Deliverable.objects.get().to_row()
    assert (owed.submitters, owed.spared) == (("LH-WRF",), ())


@pytest.mark.covers("S12")
@pytest.mark.parametrize(
    ("year", "start", "end", "as_kept"),
    [
        (2027, "2027-03-01", "XXXX-03-31", ("2027-03-01", "2027-03-31")),
        (None, "2027-11-01", "XXXX-01-31", ("2027-11-01", "2028-01-31")),
        (None, "XXXX-11-01", "2027-01-31", ("2026-11-01", "2027-01-31")),
        (2027, "XXXX-03-01", "XXXX-06-mid", ("2027-03-01", "2027-06-mid")),
        (2027, "XXXX-02-29", "XXXX-03-31", ("XXXX-02-29", "2027-03-31")),
        (None, "XXXX-03-01", "", ("XXXX-03-01", "")),
    ],
)
def test_a_date_typed_without_a_year_takes_the_year_that_stands_beside_it(
    year: int | None, start: str, end: str, as_kept: tuple[str, str]
) -> None:
    stage = StageItem(ordinal=1, name="查找", start=start, end=end)

    kept = with_years(replace(DRAFT, cycle_year=year, stages=(stage,))).stages[0]

    assert (kept.start, kept.end) == as_kept


@pytest.mark.parametrize(("stage", "as_kept"), [(None, "2027-01-20"), (1, "2028-01-20")])
def test_a_due_day_typed_without_a_year_lies_in_its_stage(stage: int | None, as_kept: str) -> None:
    window = StageItem(ordinal=1, name="查找", start="2027-11-01", end="2028-02-10")
    item = DeadlineItem(due="XXXX-01-20", deliverables=("台账",), stage=stage)

    kept = with_years(replace(DRAFT, cycle_year=2027, stages=(window,), deadlines=(item,)))

    assert kept.deadlines[0].due == as_kept


@pytest.mark.covers("S12", "S87")
def test_every_error_that_is_shown_blocks_until_a_person_has_put_the_date_right() -> None:
    assert sorted(errors(DRAFT)) == ["DOC003", "PRG001"]
    assert len([one for one in blocking(draft_findings(DRAFT, READ, ORIGIN)) if one.severity is Severity.ERROR]) == 2
    assert mended_slips(findings_of(READ), DRAFT, READ) == ()

    mended = dated("2027-03-31")

    assert errors(mended) == []
    assert [one.code for one in mended_slips(findings_of(READ), mended, READ)] == ["DOC003"]


def test_an_impossible_date_on_which_nothing_hangs_is_a_warning() -> None:
    read = read_plan("值守方案\n一、背景\n去年2月30日以来进展平稳。\n", number="LH-F001")

    found = [one for one in draft_findings(draft_of(read, ORIGIN), read, ORIGIN) if one.code == "DOC003"]

    assert [one.severity for one in found] == [Severity.WARNING]


def test_the_page_says_of_a_mended_error_that_it_is_mended(cast: Cast, sign_in: SignIn) -> None:
    draft = actions.start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name="a")
    client, address = sign_in(cast.coordinator), reverse("plans:reading", args=[draft.number])
    assert "还有 2 个错误没有处理" in sign_in(cast.secretary).get(address).content.decode()

    client.post(address, posted(draft, CHOICES, stages__0__end="3月31日"))

    assert Programme.objects.get().to_row().stages[0].end == "2027-03-31"
    shown = client.get(address).content.decode()
    assert "原文的错误，已经由人改正 1 处" in shown
    assert "推不出年份" not in shown


def test_whoever_may_not_confirm_is_sent_to_a_person(cast: Cast, sign_in: SignIn) -> None:
    console_actor()
    draft = actions.start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name="a")

    shown = sign_in(cast.coordinator).get(reverse("plans:reading", args=[draft.number])).content.decode()

    assert "周书记办理" in shown
    assert "命令行" not in shown


def test_the_columns_of_the_matrix_stand_in_the_order_of_their_days(cast: Cast) -> None:
    text = (
        "临江分局2026年值守方案\n第一阶段：查找（2026年3月2日至4月30日）\n各科室于4月24日前将风险清单报局党组。\n"
        "综合执法大队于3月20日前将工作安排报局党组。\n各科室于4月24日前将措施台账报局党组。\n"
    )
    draft = actions.start_plan(actor=cast.coordinator, unit="LH", text=text, source_name="a")
    undated = DeadlineItem(deliverables=("简报",), submitter="各科室", units=("LH-WRF",))
    row = replace(draft, deadlines=(undated, *draft.deadlines))
    kept = actions.correct_plan(actor=cast.coordinator, row=row, expected_version=draft.version)
    actions.confirm_plan(actor=cast.secretary, number=draft.number, expected_version=kept.version)

    groups = matrix_of(cast.coordinator, draft.number).groups

    assert [(group.said, [one.name for one in group.deliverables]) for group in groups] == [
        ("2026年3月20日", ["工作安排"]),
        ("2026年4月24日", ["风险清单", "措施台账"]),
        ("未定期限", ["简报"]),
    ]
