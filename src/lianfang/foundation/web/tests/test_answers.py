"""Every failure has one answer in three forms, in Chinese, with what to do next."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import Client

from lianfang.foundation.accounts.models import User
from lianfang.foundation.web.tests.addresses import ERRORS
from lianfang.kernel.errors import LianfangError

HOUSE = {kind: error for kind, error in ERRORS.items() if isinstance(error, LianfangError)}


@pytest.fixture
def visitor() -> Client:
    """Somebody who is not logged in; failures come back as responses, as in production."""
    return Client(raise_request_exception=False)


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "error"), HOUSE.items())
def test_a_page_says_what_happened_and_what_to_do(visitor: Client, kind: str, error: LianfangError) -> None:
    response = visitor.get(f"/fail/{kind}/")

    text = response.content.decode()
    assert response.status_code == error.status
    assert error.message in text
    assert error.remedy in text
    assert all(line in text for line in error.details)
    assert 'data-page="error"' in text


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "error"), HOUSE.items())
def test_a_fragment_request_gets_a_toast_beside_the_page(visitor: Client, kind: str, error: LianfangError) -> None:
    response = visitor.get(f"/fail/{kind}/", headers={"HX-Request": "true"})

    assert response.status_code == error.status
    assert response["HX-Retarget"] == "#toasts"
    assert response["HX-Reswap"] == "beforeend"
    assert "<html" not in response.content.decode()
    assert error.message in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "error"), HOUSE.items())
def test_the_api_gets_the_stable_code(visitor: Client, kind: str, error: LianfangError) -> None:
    answer = visitor.get(f"/api/fail/{kind}/").json()

    assert (answer["status"], answer["code"], answer["message"]) == (error.status, error.code, error.message)
    assert answer["details"] == list(error.details)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/fail/denied/", 403, "您没有打开这个页面的权限。"),
        ("/fail/tampered/", 400, "服务器不能接受这次提交的内容。"),
        ("/nowhere/", 404, "没有这个页面"),
        ("/fail/unforeseen/", 500, "系统没有完成这次操作"),
    ],
)
def test_what_django_refuses_is_said_in_the_words_of_the_house(
    visitor: Client, path: str, status: int, words: str
) -> None:
    response = visitor.get(path)

    assert response.status_code == status
    assert words in response.content.decode()


@pytest.mark.django_db
def test_what_a_constraint_of_the_database_refuses_is_a_conflict_and_the_log_has_the_cause(
    visitor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    response = visitor.get("/fail/contradicting/")

    assert response.status_code == 409
    assert "与已有的记录矛盾，没有保存" in response.content.decode()
    assert "secret_table" not in response.content.decode()
    assert "secret_table" in caplog.text


@pytest.mark.django_db
def test_an_unforeseen_failure_shows_the_number_that_the_log_has_and_not_the_cause(
    visitor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    response = visitor.get("/fail/unforeseen/")

    logged = next(record for record in caplog.records if record.name == "lianfang.foundation.web.answers")
    incident = str(logged.args[0]) if isinstance(logged.args, tuple) else ""
    assert incident in response.content.decode()
    assert logged.exc_info is not None
    assert "secret cause" not in response.content.decode()


def test_an_unforeseen_failure_needs_no_database_for_its_page(visitor: Client) -> None:
    assert visitor.get("/fail/unforeseen/").status_code == 500


def broken_database(*_: object) -> None:
    """What every query meets once the file of the database has gone."""
    raise OperationalError("unable to open database file")


@pytest.mark.parametrize("path", ["/", "/things/1/", "/login/"])
def test_a_database_that_is_gone_is_said_so_with_what_to_do_and_logged_once(
    clerk: User, visitor: Client, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    visitor.force_login(clerk)

    with connection.execute_wrapper(broken_database):
        response = visitor.get(path)

    page = response.content.decode()
    incidents = [record for record in caplog.records if record.getMessage().startswith("incident ")]
    assert response.status_code == 503
    assert "打不开数据库文件。这次操作没有办成，没有写入任何内容。" in page
    assert "系统管理员：请检查 LIANFANG_HOME 所指的文件夹" in page
    assert f'href="{path}">' in page, "a way to try again"
    assert len(incidents) == 1
    assert incidents[0].getMessage().split()[1].rstrip(":") in page
    assert "unable to open" in caplog.text
    assert "unable to open" not in page


@pytest.mark.django_db
def test_a_sentence_of_the_database_that_nobody_foresaw_stays_a_failure_of_the_system(visitor: Client) -> None:
    response = visitor.get("/fail/misspelt/")

    assert response.status_code == 500
    assert "secret_column" not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/things/?page=2", "/things/?page=2"),
        ("http://elsewhere.example/things/", ""),
        ("http://testserver//elsewhere.example/", ""),
        ("", ""),
    ],
)
def test_a_failure_leads_back_to_the_page_of_this_site_from_which_one_came(
    visitor: Client, came_from: str, back: str
) -> None:
    page = visitor.get("/fail/absent/", headers={"host": "testserver", "referer": came_from}).content.decode()

    assert ("返回上一页" in page) == bool(back)
    assert (f'href="{back}" data-back' in page) == bool(back)


@pytest.mark.django_db
def test_a_stale_form_is_told_apart_from_a_forbidden_one() -> None:
    response = Client(enforce_csrf_checks=True).post("/login/", {"username": "x"})

    assert response.status_code == 403
    assert "页面停留时间过长" in response.content.decode()


def test_somebody_logged_in_keeps_the_navigation_on_a_failure_page(clerk: User, client: Client) -> None:
    client.force_login(clerk)

    assert 'id="navigation"' in client.get("/fail/absent/").content.decode()


@pytest.mark.django_db
def test_a_fragment_asked_for_after_the_session_ended_sends_the_browser_to_log_in(visitor: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/things/?state=draft"}

    response = visitor.get("/away/", headers=headers)

    assert response.status_code == 200
    assert response["HX-Redirect"] == "/login/?next=%2Fthings%2F%3Fstate%3Ddraft"


@pytest.mark.django_db
def test_other_redirects_pass_unchanged(visitor: Client) -> None:
    assert visitor.get("/moved/", headers={"HX-Request": "true"})["Location"] == "/elsewhere/"
    assert visitor.get("/away/")["Location"] == "/login/?next=/part/"
