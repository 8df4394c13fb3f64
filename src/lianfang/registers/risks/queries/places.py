"""Where an entry belongs: its unit, and whether post and power really lie there."""

from __future__ import annotations

from collections.abc import Iterable

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import within
from lianfang.foundation.organisation.demands import path_of
from lianfang.foundation.organisation.models import Post
from lianfang.foundation.organisation.queries import own_reach, person_names
from lianfang.foundation.organisation.strangers import strangers_at
from lianfang.kernel.errors import Invalid
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.queries import nameable_powers
from lianfang.registers.powers.states import PowerState
from lianfang.registers.risks.rows import Tier

OFFERED = 200
"""Posts, or powers, that one form offers at most before it asks for the unit first."""


def people_named(texts: Iterable[str]) -> dict[str, str]:
    """``text → name`` where a text is the number of a person; lists name people either way."""
    return person_names(text for text in texts if text)


def post_options(paths: Iterable[str]) -> list[tuple[str, str]]:
    """``(number, unit · name)`` of the open posts under ``paths``: the choices of a form, told apart by their unit."""
    wanted = within(tuple(paths))
    posts = Post.objects.filter(wanted, closed_on__isnull=True).order_by("unit_path", "number")
    return [(number, f"{unit} · {name}") for number, unit, name in posts.values_list("number", "unit__name", "name")]


def power_options(paths: Iterable[str]) -> list[tuple[str, str]]:
    """``(number, number name)`` of the powers under ``paths`` that are not retired: the choices of a form."""
    powers = Power.objects.filter(within(tuple(paths))).exclude(state=PowerState.RETIRED.value)
    ordered = powers.order_by("unit_path", "number").values_list("number", "name")
    return [(number, f"{number} {name}") for number, name in ordered]


def step_options(powers: Iterable[str]) -> list[tuple[str, str]]:
    """``(step, number name of its power)`` of the procedures of ``powers``, in their order: what a form suggests."""
    found = Power.objects.filter(number__in=list(powers)).order_by("unit_path", "number")
    named = found.values_list("number", "name", "steps")
    return [(step["name"], f"{number} {name}") for number, name, steps in named for step in steps if step.get("name")]


def crowded(paths: Iterable[str]) -> bool:
    """Whether more posts or powers lie under ``paths`` than one form can offer; no more than so many are looked at."""
    wanted = within(tuple(paths))
    posts = Post.objects.filter(wanted, closed_on__isnull=True).order_by()[: OFFERED + 1].count()
    return posts > OFFERED or Power.objects.filter(wanted).order_by()[: OFFERED + 1].count() > OFFERED


def within_bureau(unit: str, paths: Iterable[str]) -> tuple[str, ...]:
    """Those of ``paths`` that lie in the bureau of ``unit``, or its path where one of them is wider."""
    top = own_reach(path_of(unit))
    return tuple(
        dict.fromkeys(max(path, top, key=len) for path in paths if path.startswith(top) or top.startswith(path))
    )


def own_name(actor: User) -> str:
    """How an actor signs as finder: the name of the person behind the account, or the account's title."""
    return person_names([actor.person]).get(actor.person, actor.title)


def fitting_place(tier: Tier, unit: str, post: str) -> str:
    """The path of ``unit``, when ``post`` is one of its posts.

    Raises:
        Invalid: the post lies elsewhere, or the post level names none (S7: the post is the base).
    """
    path = path_of(unit)
    if tier is Tier.POST and not post:
        raise Invalid("岗位级的内容必须落到一个岗位。", "请选择岗位；不属于某个岗位的，请登记为部门级或单位级。")
    if post and not Post.objects.filter(number=post, unit_path=path).exists():
        raise Invalid(f"岗位“{post}”不在该单位。", "请从该单位的岗位中选择。")
    return path


def demand_own_power(actor: User, power: str, path: str) -> None:
    """Let an entry at ``path`` hang on a power of its bureau that is confirmed or that the actor reads, or on none.

    Raises:
        Invalid: there is none of that number; a draft of another section answers as if it never was.
    """
    if power and not nameable_powers(actor, own_reach(path)).filter(number=power).exists():
        raise Invalid(f"职权“{power}”不在本局的权力清单里。", "请从权力清单中选择，或先登记该职权。")


def demand_own_finder(finder: str, path: str) -> None:
    """Let a risk point name its finder by name, or by the number of somebody of the own bureau or of a body above it.

    Raises:
        Invalid: the number is that of somebody of another bureau.
    """
    if strangers_at(path, [finder] if finder else []):
        raise Invalid(f"查找人 {finder} 不是本局的人员。", "请从本局人员中选，或者填写姓名。")
