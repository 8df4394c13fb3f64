"""The reference of the components renders whole, is hidden on ordinary deployments, and agrees with the icon list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

import lianfang
from lianfang.foundation.accounts.models import User
from lianfang.foundation.web.styleguide import SECTIONS
from lianfang.foundation.web.templatetags import ui
from lianfang.foundation.web.templatetags.marks import known_icons

PACKAGE = Path(lianfang.__file__).parent
WEB = PACKAGE / "foundation" / "web"
SPRITE = WEB / "static" / "vendor" / "icons.svg"


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_renders_with_every_variable_defined(clerk: User, client: Client, section: str) -> None:
    client.force_login(clerk)

    response = client.get(f"/styleguide/{section}/")

    assert response.status_code == 200
    assert SECTIONS[section] in response.content.decode()


def test_a_faulty_form_is_part_of_the_reference(clerk: User, client: Client) -> None:
    client.force_login(clerk)

    assert "处需要修改" in client.get("/styleguide/form/?faulty=1").content.decode()


@pytest.mark.django_db
def test_an_ordinary_deployment_has_no_reference(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LIANFANG_STYLEGUIDE")

    assert client.get("/styleguide/").status_code == 404
    assert client.get("/styleguide/errors/conflict/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "status"), [("refused", 403), ("absent", 404), ("invalid", 422), ("conflict", 409), ("broken", 500)]
)
def test_each_of_the_five_errors_can_be_looked_at(client: Client, code: str, status: int) -> None:
    assert client.get(f"/styleguide/errors/{code}/").status_code == status


@pytest.mark.django_db
def test_the_log_in_page_has_labels_and_says_whom_to_ask(client: Client) -> None:
    html = client.get("/login/?next=/things/").content.decode()

    assert '<label class="form-label" for="id_username">登录名</label>' in html
    assert 'autocomplete="current-password"' in html
    assert 'name="next" value="/things/"' in html


def test_the_locked_page_says_what_to_do() -> None:
    html = render_to_string("registration/locked.html", {"failure_limit": 5}, RequestFactory().get("/login/"))

    assert "密码连续输错 5 次" in html
    assert "安全管理员" in html


def test_every_icon_that_a_template_names_is_listed() -> None:
    named = {
        name
        for template in PACKAGE.rglob("*.html")
        for name in re.findall(r'\{%[^%]*\bicon(?: |=)"([^"]+)"', template.read_text(encoding="utf-8"))
    }

    assert named
    assert named <= known_icons()


def test_the_icon_list_is_in_order_and_names_nothing_twice() -> None:
    listed = (WEB / "icons.txt").read_text(encoding="utf-8").split()

    assert listed == sorted(set(listed))


@pytest.mark.skipif(not SPRITE.exists(), reason="图标文件尚未生成，请先运行安装步骤。")
def test_the_sprite_holds_every_listed_icon() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")))

    assert known_icons() <= drawn


def test_the_component_list_names_every_tag() -> None:
    listed = (WEB / "COMPONENTS.md").read_text(encoding="utf-8")
    tags = {name for name in ui.register.tags if not name.startswith("get_")}

    assert {name for name in tags if not re.search(rf"\{{% {name}\b|`{name}\b", listed)} == set()
