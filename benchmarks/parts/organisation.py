"""Units and posts that the samples refer to."""

from __future__ import annotations

from benchmarks.parts.samples import POSTS_A_UNIT, unit_numbers
from benchmarks.parts.stage import HOME
from lianfang.foundation.accounts.console import console_actor
from lianfang.foundation.accounts.models import User
from lianfang.foundation.organisation.models import Post, Unit


def settle() -> User:
    """Make the units and posts in the deployment at ``HOME``; return the account that may do everything there."""
    if not HOME.is_dir():
        raise FileNotFoundError(HOME)
    root = Unit.objects.create(number="JW", name="区纪委监委", unit_kind="commission", path="JW/")
    bureaus: dict[str, Unit] = {}
    for number in unit_numbers():
        bureau = number.split("-")[0]
        if bureau not in bureaus:
            bureaus[bureau] = Unit.objects.create(
                number=bureau, name=f"{bureau}局", unit_kind="branch", parent=root, path=f"JW/{bureau}/"
            )
        path = f"JW/{bureau}/{number}/"
        Unit.objects.create(number=number, name=f"{number}科", unit_kind="section", parent=bureaus[bureau], path=path)
        posts = (f"{number}-{place + 1:02d}" for place in range(POSTS_A_UNIT))
        Post.objects.bulk_create(Post(number=post, unit_id=number, unit_path=path, name=f"{post}岗") for post in posts)
    return console_actor()
