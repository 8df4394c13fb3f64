"""A button pressed twice acts once and answers kindly; what changed since it was looked at is not decided on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from lianfang.conftest import Cast
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.web import once
from lianfang.foundation.web.models import Press
from lianfang.foundation.web.tests.sending import SignIn, form_on, press
from lianfang.registers.controls.models import Snapshot
from lianfang.registers.powers import actions
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION

ONCE = "系统只办理了一次"
CONTENT = "对危险废物产生单位的现场检查"


@pytest.fixture
def drafted(cast: Cast) -> PowerRow:
    return actions.create_power(actor=cast.clerk, row=INSPECTION)


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    """Uploads lie in a folder of this test."""
    settings.HOME = tmp_path


def twice(client: Client, page: Any, action: str, **said: object) -> tuple[Any, Any]:
    """The answers to two clicks on one button."""
    return press(client, page, action, **said), press(client, page, action, **said)


def verbs(number: str) -> list[str]:
    return list(Entry.objects.filter(kind="powers", number=number).order_by("id").values_list("verb", flat=True))


def test_a_power_is_created_once(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.clerk)

    first, second = twice(client, client.get("/powers/new/"), "", unit="LH-WRF", name=CONTENT)

    assert Power.objects.count() == 1
    assert (first.status_code, second.status_code) == (200, 200)
    assert ONCE in second.content.decode()
    assert ONCE not in first.content.decode()
    assert second.request["PATH_INFO"] == "/powers/LH-WRF-P001/"


def test_the_same_content_from_a_page_opened_anew_is_a_second_wish(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.clerk)

    for _ in range(2):
        press(client, client.get("/powers/new/"), unit="LH-WRF", name=CONTENT)

    assert Power.objects.count() == 2


def test_a_power_is_submitted_once(cast: Cast, sign_in: SignIn, drafted: PowerRow) -> None:
    client = sign_in(cast.clerk)

    _, second = twice(client, client.get(f"/powers/{drafted.number}/"), "/do/submit/", note="请审")

    assert verbs(drafted.number) == ["record:created", "record:submitted"]
    assert second.status_code == 200
    assert ONCE in second.content.decode()


def test_a_power_is_confirmed_once(cast: Cast, sign_in: SignIn, drafted: PowerRow) -> None:
    row = actions.submit_power(actor=cast.clerk, number=drafted.number, expected_version=drafted.version)
    row = actions.clear_power(actor=cast.head, number=row.number, expected_version=row.version)
    row = actions.check_power(actor=cast.legal, number=row.number, expected_version=row.version)
    client = sign_in(cast.secretary)

    _, second = twice(client, client.get(f"/powers/{row.number}/"), "/do/confirm/", note="局党组会纪要〔2026〕7号")

    assert verbs(row.number).count("power:confirmed") == 1
    assert (second.status_code, ONCE in second.content.decode()) == (200, True)


def test_a_ledger_is_generated_once(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)

    _, second = twice(client, client.get("/controls/ledger/?unit=LH"), "/ledger/generate/LH/")

    assert Snapshot.objects.count() == 1
    assert second.request["PATH_INFO"].startswith("/controls/ledger/")


def uploaded(client: Client, text: str) -> Any:
    file = SimpleUploadedFile("清单.csv", text.encode())
    return client.post("/import/", {"file": file, "unit": "LH-WRF"}, follow=True)


def test_a_file_is_imported_once(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.head)
    page = uploaded(client, f"职权名称,职权内容\n{CONTENT},检查\n")

    first, second = twice(client, page, "/store/")

    assert Power.objects.count() == 1
    assert "新增 1 条" in first.content.decode()
    assert (second.status_code, ONCE in second.content.decode()) == (200, True)


def test_two_files_of_one_name_and_size_are_two_files(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.head)
    page = client.get("/import/")

    shown = [
        press(
            client,
            page,
            file=SimpleUploadedFile("清单.csv", f"职权名称,职权内容\n{name},检查\n".encode()),
            unit="LH-WRF",
        )
        for name in ("对甲厂的检查", "对乙厂的检查")
    ]

    assert ["对甲厂的检查" in page.content.decode() for page in shown] == [True, False]
    assert "对乙厂的检查" in shown[1].content.decode()


def test_what_was_done_is_known_though_the_first_answer_never_left_the_house(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(cast.clerk)
    page = client.get("/powers/new/")
    monkeypatch.setattr(once, "PAUSE", 0)
    with monkeypatch.context() as cut_off:
        cut_off.setattr(once, "_settled", lambda _request, _sending, response: response)
        press(client, page, unit="LH-WRF", name=CONTENT)
    Press.objects.update(at=timezone.now() - 2 * once.GIVEN_UP)

    again = press(client, page, unit="LH-WRF", name=CONTENT)

    assert Power.objects.count() == 1
    assert ONCE in again.content.decode()
    assert again.request["PATH_INFO"] == "/powers/LH-WRF-P001/"


def test_what_was_refused_may_be_sent_again(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.clerk)
    page = client.get("/powers/new/")

    faulty = press(client, page, unit="LH-WRF", name="")
    again = press(client, page, unit="LH-WRF", name="")

    assert (faulty.status_code, again.status_code) == (422, 422)
    assert not Press.objects.exists()


def test_a_press_is_its_owners_alone(cast: Cast, sign_in: SignIn, drafted: PowerRow) -> None:
    client = sign_in(cast.clerk)
    address, fields = form_on(client.get(f"/powers/{drafted.number}/"), "/do/submit/")
    client.post(address, fields)

    answer = sign_in(cast.head).post(address, fields)

    assert answer.status_code == 409


def test_while_the_first_press_is_under_way_the_second_waits_and_then_says_so(
    cast: Cast, sign_in: SignIn, drafted: PowerRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(cast.clerk)
    page = client.get(f"/powers/{drafted.number}/")
    press(client, page, "/do/submit/")
    Press.objects.update(address="", kind="", number="")
    monkeypatch.setattr(once, "PAUSE", 0)

    waiting = press(client, page, "/do/submit/")
    Press.objects.update(at=timezone.now() - 2 * once.GIVEN_UP)
    abandoned = press(client, page, "/do/submit/")

    assert (waiting.status_code, abandoned.status_code) == (409, 409)
    assert "正在办理" in waiting.content.decode()
    assert "正在办理" not in abandoned.content.decode()
    assert verbs(drafted.number) == ["record:created", "record:submitted"]


def test_who_decides_on_what_changed_meanwhile_is_shown_every_change(
    cast: Cast, sign_in: SignIn, drafted: PowerRow
) -> None:
    row = actions.submit_power(actor=cast.clerk, number=drafted.number, expected_version=drafted.version)
    client = sign_in(cast.head)
    page = client.get(f"/powers/{row.number}/")
    row = actions.withdraw_power(actor=cast.clerk, number=row.number, expected_version=row.version)
    row = actions.edit_power(
        actor=cast.clerk, row=replace(row, conditions="只要一人到场。"), expected_version=row.version
    )
    row = actions.edit_power(actor=cast.clerk, row=replace(row, duties="不必记录。"), expected_version=row.version)
    actions.submit_power(actor=cast.clerk, number=row.number, expected_version=row.version)

    answer = press(client, page, "/do/clear/")

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "只要一人到场。" in text
    assert "不必记录。" in text
    assert Power.objects.get().state == "submitted"


def test_a_file_that_touches_what_changed_meanwhile_is_shown_again_and_names_the_change(
    cast: Cast, sign_in: SignIn, drafted: PowerRow
) -> None:
    other = actions.create_power(actor=cast.clerk, row=replace(INSPECTION, name="另一项职权"))
    client = sign_in(cast.head)
    text = f"编号,职权名称,行使条件\n{drafted.number},{drafted.name},四人到场\n{other.number},{other.name},四人到场\n"
    page = uploaded(client, text)
    actions.edit_power(actor=cast.clerk, row=replace(drafted, conditions="三人到场"), expected_version=drafted.version)

    answer = press(client, page, "/store/")

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "有 1 条被改动过" in shown
    assert f"{drafted.number}：" in shown
    assert "由小李修改" in shown
    assert "→ 三人到场" in shown
    assert f"{other.number}：" not in shown
    assert {power.conditions for power in Power.objects.all()} == {"三人到场", INSPECTION.conditions}

    agreed = press(client, answer, "/store/")

    assert agreed.status_code == 200
    assert {power.conditions for power in Power.objects.all()} == {"四人到场"}


def test_a_file_nobody_looked_at_is_not_stored(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.head)
    address, _ = form_on(uploaded(client, f"职权名称,职权内容\n{CONTENT},检查\n"), "/store/")

    answer = client.post(address)

    assert answer.status_code == 409
    assert not Power.objects.exists()
