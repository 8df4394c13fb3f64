"""The cast and the stage of all tests: a commission, two bureaus, a few sections, and people with named parts."""

from __future__ import annotations

import datetime
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker

from lianfang.foundation.accounts.middleware import BEGAN, SEEN
from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.accounts.roles import Role
from lianfang.foundation.journal.append_only import allow_changes, forbid_changes
from lianfang.foundation.organisation.models import Person, Post, Tenure, Unit
from lianfang.foundation.organisation.rows import PostRank, UnitKind
from lianfang.foundation.parameters.actions import approve_adjustment, propose_adjustment
from lianfang.foundation.parameters.inventory import BY_CODE
from lianfang.foundation.parameters.rows import AdjustmentRow

PASSWORD = "only-for-tests-1"
LONG_AGO = datetime.date(2020, 1, 1)

UNITS = (
    ("JW", "临江区纪委监委", UnitKind.COMMISSION, ""),
    ("LH", "临江分局", UnitKind.BRANCH, "JW"),
    ("LH-LD", "局领导班子", UnitKind.LEADERSHIP, "LH"),
    ("LH-WRF", "污染防治科", UnitKind.SECTION, "LH"),
    ("LH-ZF", "综合执法大队", UnitKind.BRIGADE, "LH"),
    ("QT", "清潭分局", UnitKind.BRANCH, "JW"),
    ("QT-BG", "办公室", UnitKind.SECTION, "QT"),
)
POSTS = (
    ("LH-LD-01", "LH-LD", "党组书记、局长", PostRank.LEADER),
    ("LH-LD-02", "LH-LD", "分管污染防治副局长", PostRank.DEPUTY),
    ("LH-WRF-01", "LH-WRF", "污染防治科科长", PostRank.HEAD),
    ("LH-WRF-02", "LH-WRF", "危险废物监管岗", PostRank.STAFF),
    ("LH-ZF-01", "LH-ZF", "综合执法大队大队长", PostRank.HEAD),
)
PEOPLE = (
    ("LH-M01", "周书记", "LH-LD", "LH-LD-01"),
    ("LH-M02", "李副局长", "LH-LD", "LH-LD-02"),
    ("LH-M03", "张科长", "LH-WRF", "LH-WRF-01"),
    ("LH-M04", "小李", "LH-WRF", "LH-WRF-02"),
    ("LH-M05", "王大队长", "LH-ZF", "LH-ZF-01"),
)


@dataclass(frozen=True)
class Cast:
    """Everybody who appears in tests; each is a signed-up user with one part."""

    clerk: User
    head: User
    deputy: User
    secretary: User
    coordinator: User
    legal: User
    commission: User
    outsider: User
    system: User
    security: User
    auditor: User


PARTS = {
    "clerk": ("小李", Role.POST, "JW/LH/LH-WRF/", "LH-M04"),
    "head": ("张科长", Role.HEAD, "JW/LH/LH-WRF/", "LH-M03"),
    "deputy": ("李副局长", Role.DEPUTY, "JW/LH/", "LH-M02"),
    "secretary": ("周书记", Role.SECRETARY, "JW/LH/", "LH-M01"),
    "coordinator": ("廉政办吴主任", Role.COORDINATOR, "JW/LH/", ""),
    "legal": ("郑审核员", Role.LEGAL, "JW/LH/", ""),
    "commission": ("纪委陈干部", Role.COMMISSION, "", ""),
    "outsider": ("清潭分局孙科长", Role.HEAD, "JW/QT/", ""),
    "system": ("系统管理员", Role.SYSTEM, "", ""),
    "security": ("安全管理员", Role.SECURITY, "", ""),
    "auditor": ("安全审计员", Role.AUDITOR, "", ""),
}


@pytest.fixture(scope="module")
def emptied_afterwards(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """For modules with tests that really commit: the journal lets itself be emptied between them, and only there."""
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        allow_changes(None, editor)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        forbid_changes(None, editor)


@pytest.fixture
def stage(db: None) -> dict[str, Unit]:
    """Units, posts, people and tenures of a small organisation; returns the units by number."""
    units: dict[str, Unit] = {}
    for number, name, kind, parent in UNITS:
        path = f"{units[parent].path if parent else ''}{number}/"
        units[number] = Unit.objects.create(
            number=number, name=name, unit_kind=kind.value, parent=units.get(parent), path=path
        )
    for number, unit, name, rank in POSTS:
        Post.objects.create(
            number=number,
            unit_id=unit,
            unit_path=units[unit].path,
            name=name,
            rank=rank.value,
            duty=f"负责{name}的业务工作。",
            integrity_duty="" if rank is PostRank.STAFF else f"对{name}分管范围的廉政建设负责。",
        )
    for number, name, unit, post in PEOPLE:
        Person.objects.create(number=number, name=name, unit_id=unit, unit_path=units[unit].path, party_member=True)
        Tenure.objects.create(
            number=f"{number}/{post}", person_id=number, post_id=post, unit_path=units[unit].path, start=LONG_AGO
        )
    return units


@pytest.fixture
def cast(stage: dict[str, Unit]) -> Cast:
    """The people of the tests, with their grants in force."""
    found = {}
    for part, (title, role, scope, person) in PARTS.items():
        user = User.objects.create(login=part, title=title, person=person, password=_PASSWORD_HASH)
        Grant.objects.create(user=user, role=role.value, scope=scope, start=LONG_AGO)
        found[part] = user
    return Cast(**found)


@pytest.fixture
def sign_in(client: Client) -> Callable[[User], Client]:
    """A function that signs a user in and returns the browser-less client."""

    def enter(user: User) -> Client:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        # As after a first click, so that no page of a test pays for noting when the log-in began.
        session = client.session
        session[BEGAN] = session[SEEN] = int(time.time())
        session.save()
        return client

    return enter


@pytest.fixture
def decide(cast: Cast) -> Callable[[str, str], AdjustmentRow]:
    """A function that has a parameter (code, value) decided for 临江分局: one proposes, the secretary approves."""

    def decided(code: str, value: str) -> AdjustmentRow:
        legal = BY_CODE[code].deciders.owners == (Role.LEGAL,)
        row = AdjustmentRow(number="", unit="LH", parameter=code, value=value, reason="按本局实际情况调整。")
        proposed = propose_adjustment(actor=cast.legal if legal else cast.coordinator, row=row)
        basis = "局党组会纪要〔2026〕7号"
        return approve_adjustment(actor=cast.secretary, number=proposed.number, expected_version=1, basis=basis)

    return decided


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a module.

    Playwright keeps an event loop in this thread, which Django takes for a reason to refuse the database.
    """
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        browser.close()


_PASSWORD_HASH = make_password(PASSWORD)
