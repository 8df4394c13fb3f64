"""Checks of posts that need nothing but posts: two duties on every leader's post, and a first responsible person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lianfang.foundation.organisation.rows import PostRow
from lianfang.kernel.findings import Finding


def leader_without_both_duties(posts: Iterable[PostRow]) -> Iterator[Finding]:
    """ORG001.

    检查什么：领导岗位和科室负责人岗位是否同时写明岗位职责和廉政职责，且两者不是同一段话。已撤销的岗位和未列入防控范围的岗位不检查。
    为什么：方案要求落实“一岗双责”。只写业务职责的岗位，出了廉政问题无从问责，考核时也没有对照的依据。
    怎么改：补写缺少的一项；廉政职责写本岗位管谁、查什么、多久一次，不要照抄岗位职责。
    来源：S8、S72。
    """
    for post in posts:
        if not post.is_leader or not post.in_scope or post.closed_on:
            continue
        missing = [
            name for name, text in (("岗位职责", post.duty), ("廉政职责", post.integrity_duty)) if not text.strip()
        ]
        field = "duty" if not post.duty.strip() else "integrity_duty"
        if missing:
            yield Finding(post.number, field, f"领导岗位“{post.name}”未写明{'和'.join(missing)}，不符合“一岗双责”。")
        elif "".join(post.duty.split()) == "".join(post.integrity_duty.split()):
            yield Finding(post.number, field, f"领导岗位“{post.name}”的廉政职责与岗位职责是同一段话，应分别写明。")
