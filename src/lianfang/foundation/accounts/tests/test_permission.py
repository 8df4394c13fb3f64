"""Who may do what, where, and from when to when."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from lianfang.conftest import LONG_AGO, Cast
from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.accounts.permission import allow, allow_at, visible, within
from lianfang.foundation.accounts.roles import ADMINISTRATORS, EVERYBODY, MATRIX, Permission, Role, incompatible
from lianfang.foundation.organisation.models import Post
from lianfang.kernel.errors import Absent, Refused
from lianfang.registers.powers.models import Power

P = Permission


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_a_grant_reaches_its_subtree_and_nothing_beside_it(cast: Cast) -> None:
    assert cast.head.may(P.POWERS_CLEAR, "JW/LH/LH-WRF/")
    assert not cast.head.may(P.POWERS_CLEAR, "JW/LH/LH-ZF/")
    assert not cast.head.may(P.POWERS_CLEAR, "JW/LH/")
    assert cast.deputy.may(P.POWERS_RETURN, "JW/LH/LH-ZF/")


def test_a_unit_number_that_begins_like_another_is_not_inside_it(cast: Cast) -> None:
    assert not cast.head.may(P.POWERS_CLEAR, "JW/LH/LH-WRF2/")


def test_a_grant_ends_on_its_last_day(cast: Cast) -> None:
    today = timezone.localdate()
    Grant.objects.filter(user=cast.head).update(end=today)
    assert fresh(cast.head).may(P.POWERS_CLEAR, "JW/LH/LH-WRF/")

    Grant.objects.filter(user=cast.head).update(end=today - datetime.timedelta(days=1))
    assert not fresh(cast.head).may_anywhere(P.POWERS_CLEAR)


def test_a_grant_does_not_begin_early(cast: Cast) -> None:
    Grant.objects.filter(user=cast.head).update(start=timezone.localdate() + datetime.timedelta(days=1))

    assert not fresh(cast.head).roles


def test_absent_and_not_yours_look_the_same(cast: Cast) -> None:
    seen = visible(cast.outsider, Post.objects.all(), P.ORGANISATION_READ)

    with pytest.raises(Absent) as hidden:
        allow(cast.outsider, P.ORGANISATION_EDIT, seen, "LH-WRF-01")
    with pytest.raises(Absent) as missing:
        allow(cast.outsider, P.ORGANISATION_EDIT, seen, "NO-SUCH-1")

    assert hidden.value.message.replace("LH-WRF-01", "X") == missing.value.message.replace("NO-SUCH-1", "X")


def test_seen_but_not_permitted_is_refused_with_what_is_missing(cast: Cast) -> None:
    seen = visible(cast.clerk, Post.objects.all(), P.ORGANISATION_READ)

    with pytest.raises(Refused, match="维护单位、岗位和人员"):
        allow(cast.clerk, P.ORGANISATION_EDIT, seen, "LH-WRF-01")
    with pytest.raises(Refused):
        allow_at(cast.clerk, P.POWERS_CLEAR, "JW/LH/LH-WRF/")


def test_no_path_shows_nothing_and_the_root_shows_everything(cast: Cast) -> None:
    assert Post.objects.filter(within(())).count() == 0
    assert Post.objects.filter(within(("",))).count() == Post.objects.count()


def test_the_whole_tree_under_read_is_not_narrowed_by_read_approved(cast: Cast) -> None:
    Grant.objects.create(user=cast.coordinator, role=Role.COMMISSION.value, scope="JW/QT/", start=LONG_AGO)
    Grant.objects.filter(user=cast.coordinator, role=Role.COORDINATOR.value).update(scope="")

    seen = visible(fresh(cast.coordinator), Power.objects.all(), P.POWERS_READ, P.POWERS_READ_APPROVED)

    Power.objects.create(number="LH-WRF-P001", unit_id="LH-WRF", unit_path="JW/LH/LH-WRF/", name="检查", state="draft")
    assert seen.count() == 1


def test_every_role_has_a_line_in_the_matrix_and_every_permission_somebody() -> None:
    assert set(MATRIX) == set(Role)
    assert EVERYBODY.union(*MATRIX.values()) == set(Permission)


def test_the_three_administrators_are_apart_from_each_other_and_from_business() -> None:
    for administrator in ADMINISTRATORS:
        for other in set(Role) - {administrator}:
            assert incompatible({administrator}, other) is administrator
            assert incompatible({other}, administrator) is other
    assert incompatible({Role.HEAD}, Role.LEGAL) is None


def test_administrators_see_no_business_content() -> None:
    business = {p for p in Permission if p.split(":")[0] in {"powers", "risks", "controls", "grading", "ledger"}}

    for administrator in ADMINISTRATORS:
        assert not MATRIX[administrator] & business
