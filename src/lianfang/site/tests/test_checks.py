"""The checks in the browser: run, stored, listed, scored, waived, explained; drafts stay hidden from the commission."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from typer.testing import CliRunner

from lianfang.conftest import Cast
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.lint.models import CheckFinding, CheckRun, Waiver
from lianfang.foundation.lint.queries import readable_findings
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.errors import Absent, Invalid, Refused
from lianfang.kernel.findings import Severity
from lianfang.registers.powers.actions import create_power
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION, confirm
from lianfang.site.checks import running
from lianfang.site.checks.queries import Sought, findings_page, score_lines
from lianfang.site.checks.rule_pages import READING_NOTICES
from lianfang.site.checks.running import READERS, check_bureau, check_in_browser
from lianfang.site.cli.commands import app
from lianfang.site.rules import RULES


@pytest.fixture
def faulty(cast: Cast) -> PowerRow:
    """A drafted power without basis."""
    return create_power(actor=cast.clerk, row=replace(INSPECTION, name="无依据的检查", basis=()))


def code_of(number: str) -> set[str]:
    return set(CheckFinding.objects.filter(number=number).values_list("code", flat=True))


@pytest.mark.covers("S54")
def test_a_check_keeps_its_findings_counts_and_scores(cast: Cast, faulty: PowerRow) -> None:
    row, report = check_bureau(cast.coordinator, "LH")

    run = CheckRun.objects.get()
    assert run.to_row() == row
    assert CheckFinding.objects.count() == len(report.findings)
    assert row.errors == CheckFinding.objects.filter(severity="E").count()
    assert "PWR001" in code_of(faulty.number)
    assert {score["dimension"] for score in run.scores} >= {"准", "全", "深"}
    assert Entry.objects.get(verb=Verb.CHECKS_RUN.value).number == row.number


def test_the_next_check_replaces_the_findings_and_keeps_the_counts(cast: Cast, faulty: PowerRow) -> None:
    first, _ = check_bureau(cast.coordinator, "LH")
    second, report = check_bureau(cast.coordinator, "LH")

    assert CheckRun.objects.count() == 2
    assert first.errors == second.errors
    assert CheckFinding.objects.count() == len(report.findings)
    assert set(CheckFinding.objects.values_list("run__number", flat=True)) == {second.number}


def test_a_head_has_the_whole_bureau_checked_and_sees_only_the_own_section(cast: Cast, faulty: PowerRow) -> None:
    check_bureau(cast.head, "LH-WRF")

    mine = findings_page(cast.head, Sought())

    assert CheckRun.objects.get().unit_id == "LH"
    assert mine.total > 0
    assert {line.finding.unit for line in mine.lines} == {"LH-WRF"}
    assert {line.unit for line in score_lines(mine.runs, ("JW/LH/LH-WRF/",))} == {"LH-WRF"}


@pytest.mark.parametrize("part", ["clerk", "deputy", "legal", "commission", "outsider"])
def test_whoever_may_not_check_is_refused_and_nothing_is_stored(cast: Cast, part: str) -> None:
    with pytest.raises(Refused):
        check_bureau(getattr(cast, part), "LH")

    assert not CheckRun.objects.exists()


def test_a_unit_outside_every_bureau_cannot_be_checked(cast: Cast) -> None:
    with pytest.raises(Absent):
        check_bureau(cast.coordinator, "JW")


def test_too_large_a_bureau_is_sent_to_the_command_line(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    create_power(actor=cast.clerk, row=INSPECTION)
    monkeypatch.setattr(running, "MOST_IN_BROWSER", 0)

    with pytest.raises(Invalid) as caught:
        check_in_browser(cast.coordinator, "LH")

    assert "lianfang lint --unit LH --store" in caught.value.remedy
    assert not CheckRun.objects.exists()


def test_the_command_line_stores_every_bureau_one_after_another(cast: Cast, faulty: PowerRow) -> None:
    answer = CliRunner().invoke(app, ["lint", "--store", "--format", "json"])

    assert answer.exit_code == 1
    assert {run.unit.number for run in CheckRun.objects.all()} == {"LH", "QT"}
    assert len(json.loads(answer.stdout)) == CheckFinding.objects.filter(waiver="").count()


def test_findings_in_files_cannot_be_stored(cast: Cast, tmp_path: Path) -> None:
    answer = CliRunner().invoke(app, ["lint", str(tmp_path / "清单.xlsx"), "--store"])

    assert answer.exit_code == 1
    assert not CheckRun.objects.exists()


def test_the_commission_reads_findings_of_approved_entries_only(cast: Cast, faulty: PowerRow) -> None:
    approved = confirm(cast, create_power(actor=cast.clerk, row=replace(INSPECTION, discretion=None, no_weak_link="")))
    check_bureau(cast.coordinator, "LH")

    seen = set(readable_findings(cast.commission, READERS).values_list("number", flat=True))
    everything = set(CheckFinding.objects.values_list("number", flat=True))

    assert faulty.number in everything
    assert faulty.number not in seen
    assert approved.number in seen or approved.number not in everything


def test_the_list_filters_and_links_to_record_rule_and_finding(cast: Cast, sign_in: SignIn, faulty: PowerRow) -> None:
    check_bureau(cast.coordinator, "LH")
    client = sign_in(cast.head)

    page = client.get(reverse("checks:list"), {"code": "PWR001", "severity": "E", "unit": "LH-WRF"}).content.decode()
    none = client.get(reverse("checks:list"), {"code": "PWR001", "severity": "I"}).content.decode()

    assert reverse("powers:detail", args=[faulty.number]) in page
    assert reverse("checks:rule", args=["PWR001"]) in page
    assert "没有符合条件的检查结果" in none


def test_before_the_first_check_the_page_teaches(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.clerk).get(reverse("checks:list")).content.decode()

    assert "还没有检查过" in page
    assert "请科室负责人或廉政办" in page


def test_the_button_checks_and_shows_what_was_found(cast: Cast, sign_in: SignIn, faulty: PowerRow) -> None:
    answer = sign_in(cast.coordinator).post(reverse("checks:run"), {"unit": "LH"}, follow=True)

    assert "检查完成" in answer.content.decode()
    assert "无依据的检查" in answer.content.decode()


def test_the_scores_add_weights_and_never_average_shares(cast: Cast, sign_in: SignIn, faulty: PowerRow) -> None:
    check_bureau(cast.coordinator, "LH")
    run = CheckRun.objects.get()
    accuracy = [score for score in run.scores if score["dimension"] == "全"]

    summed = findings_page(cast.coordinator, Sought()).scores
    page = sign_in(cast.coordinator).get(reverse("checks:scores")).content.decode()

    whole = next(line for line in summed if line.dimension == "全")
    assert whole.objects == sum(score["objects"] for score in accuracy)
    assert whole.clean == sum(score["clean"] for score in accuracy)
    shares = sum(score["clean_weight"] for score in accuracy) * 100 // sum(score["weight"] for score in accuracy)
    assert whole.per_cent == shares
    assert f"{accuracy[0]['objects']} 条中" in page


def waive(client: Client, finding: CheckFinding, **said: str) -> object:
    return client.post(reverse("checks:finding", args=[finding.pk]), said)


def test_a_waiver_takes_the_finding_off_the_list_until_it_is_revoked(
    cast: Cast, sign_in: SignIn, faulty: PowerRow
) -> None:
    check_bureau(cast.coordinator, "LH")
    finding = CheckFinding.objects.get(number=faulty.number, code="PWR001", field="basis")
    until = timezone.localdate() + datetime.timedelta(days=90)
    client = sign_in(cast.deputy)

    waive(client, finding, reason="依据正在报市局核定，已列入整改。", expires=until.isoformat())
    listed = findings_page(cast.deputy, Sought(code="PWR001"))
    again, report = check_bureau(cast.coordinator, "LH")
    waiver = Waiver.objects.get()
    client.post(reverse("checks:revoke", args=[waiver.number]), {"note": "已过核定期"})

    assert finding.number not in {line.finding.number for line in listed.lines}
    assert listed.counts.waived >= 1
    assert again.waived == len(report.waived) >= 1
    assert not Waiver.objects.get().to_row().holds_on(timezone.localdate())
    assert CheckFinding.objects.filter(number=faulty.number, code="PWR001", waiver="").exists()


@pytest.mark.parametrize(
    ("reason", "days", "said"),
    [("", 30, "请填写豁免理由。"), ("短", 30, "没有写出可以核对的事实"), ("依据正在报市局核定", 400, "366 天之内")],
)
def test_a_waiver_without_reason_or_longer_than_allowed_is_said_in_the_form(
    cast: Cast, sign_in: SignIn, faulty: PowerRow, reason: str, days: int, said: str
) -> None:
    check_bureau(cast.coordinator, "LH")
    finding = CheckFinding.objects.filter(number=faulty.number).first()
    assert finding is not None
    expires = timezone.localdate() + datetime.timedelta(days=days)

    answer = sign_in(cast.deputy).post(
        reverse("checks:finding", args=[finding.pk]), {"reason": reason, "expires": expires.isoformat()}
    )

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Waiver.objects.exists()


def test_who_may_not_waive_sees_no_form_and_is_refused(cast: Cast, sign_in: SignIn, faulty: PowerRow) -> None:
    check_bureau(cast.coordinator, "LH")
    finding = CheckFinding.objects.filter(number=faulty.number).first()
    assert finding is not None
    address = reverse("checks:finding", args=[finding.pk])
    client = sign_in(cast.head)

    assert "批准豁免" not in client.get(address).content.decode()
    assert client.post(address, {"reason": "我自己豁免自己", "expires": "2026-12-31"}).status_code == 403


@pytest.mark.parametrize("extension", ["docx", "pdf", "xlsx", "csv", "json"])
def test_the_self_check_is_exported(cast: Cast, sign_in: SignIn, faulty: PowerRow, extension: str) -> None:
    check_bureau(cast.coordinator, "LH")

    answer = sign_in(cast.coordinator).get(reverse("checks:export"), {"unit": "LH", "format": extension})

    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    assert len(answer.content) > 500


def test_every_rule_has_a_page_with_its_four_parts_and_both_examples(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.clerk)
    parts = ("检查什么", "为什么", "怎么改", "来源", "不合格的例子", "合格的例子", "系统报告")

    pages = {rule.code: client.get(reverse("checks:rule", args=[rule.code])).content.decode() for rule in RULES}

    assert len(pages) == len(RULES)
    assert {code: [part for part in parts if part not in page] for code, page in pages.items()} == {
        code: [] for code in pages
    }


def test_every_code_of_reading_a_file_has_a_page(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.clerk)

    pages = [client.get(reverse("checks:rule", args=[code])) for code in READING_NOTICES]
    index = client.get(reverse("checks:rules")).content.decode()

    assert {page.status_code for page in pages} == {200}
    assert all(code in index for code in (*READING_NOTICES, *(rule.code for rule in RULES)))
    assert client.get(reverse("checks:rule", args=["XYZ999"])).status_code == 404


def test_the_list_asks_the_database_as_often_for_thirty_as_for_three(cast: Cast, sign_in: SignIn) -> None:
    def queries(rows: int) -> int:
        for n in range(rows):
            create_power(actor=cast.clerk, row=replace(INSPECTION, name=f"第{n}项检查", basis=()))
        check_bureau(cast.coordinator, "LH")
        client = sign_in(cast.head)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("checks:list")).status_code == 200
        return len(captured)

    assert queries(3) == queries(27)


def test_weights_put_errors_before_warnings_before_hints(cast: Cast, faulty: PowerRow) -> None:
    check_bureau(cast.coordinator, "LH")

    order = [line.severity for line in findings_page(cast.coordinator, Sought()).lines]

    assert order == sorted(order, key=list(Severity).index)
