"""The rank of a post, told from what a staff list calls it and its holder: 党组书记、局长 is 主要负责人."""

from __future__ import annotations

import re

from lianfang.foundation.organisation.rows import PostRank

_PARTS = re.compile(r"[、，,；;/\s]|兼任?")
_AROUND = re.compile(r"[（(][^（）()]*[）)]|(?<=.)岗位?$")
_RANKS: tuple[tuple[PostRank, re.Pattern[str]], ...] = (
    (
        PostRank.LEADER,
        re.compile(
            r"(?:^|[^副])(?:局长|党[组委工]+书记|院长|校长|园长|县长|区长|市长|镇长|乡长|厅长|检察长|厂长|总经理|董事长"
            r"|[村居]委会主任|管委会主任)$|主要负责人$|一把手$"
        ),
    ),
    (
        PostRank.DEPUTY,
        re.compile(
            r"副(?:局长|书记|院长|校长|园长|县长|区长|市长|镇长|乡长|厅长|检察长|厂长|总经理)$|党[组委]成员$|党[组委]委员$"
            r"|班子成员$|分管领导$|(?:纪检|监察)组?组长$|纪检监察组组长$|纪委书记$|局长助理$|总(?:工程师|会计师|经济师)$"
        ),
    ),
    (
        PostRank.HEAD,
        re.compile(
            r"(?:^|[^副])(?:(?<!局)(?<!院)(?<!校)(?:科|股|处|室|队|所|站|组|部|班组)长|(?<!班)主任|(?:科|股|处|室|队|所|站|部门|中心)负责人"
            r"|部门经理)$|中层干部$"
        ),
    ),
)
"""The ranks, highest first, and how those are called who hold one; deputies of a section are no heads of it."""


def rank_told(*names: str) -> PostRank | None:
    """The rank that the first telling one of ``names`` means; of several titles in one name the highest counts."""
    for name in names:
        titles = [title for part in _PARTS.split(name) if (title := _AROUND.sub("", part))]
        for rank, called in _RANKS:
            if any(called.search(title) for title in titles):
                return rank
        if PostRank.read(name):
            return PostRank.read(name)
    return None
