"""Names of lists and ledgers in a plan, so that one list under two names can be seen (S30, S31, S41)."""

from __future__ import annotations

import re

from lianfang.programme.plans.reader.source import Source
from lianfang.programme.plans.rows import NamedText

_HEAD = re.compile(r"清单|台账|目录|名册|登记表|公示牌")
_RUN = re.compile(r"[\u4e00-\u9fff]{2,14}\Z")
_LEADS = (
    "制定|制订|建立健全|建立|提交|列出|形成|公开|编制|填写|填报|确定|完善|梳理|查找|报送|上报|公布|审核|确认|健全|印发|落实|根据|按照|对照"
    "|依据|包括|以及|同时|并且|进而|开展|做好|汇总|更新|修订|调整|公示|张贴|悬挂|制作|放置|每个|各个|单位的|科室的|岗位的|本单位|本部门"
    "|全部|所有|一份|两份|统一|分别|定期|及时|纳入|列入|发布|推行|实行|实施|组织|出台|督查|检查|明确|作为|成为|围绕"
)
_CUT = re.compile(rf"{_LEADS}|[和及与或的把将对按是为等照份向给由在从于以了]")
_SHORTEST = 2


def find_lists(source: Source) -> tuple[NamedText, ...]:
    """Every mention of a named list, such as 岗位风险等级清单; bare 清单 or 台账 is no name."""
    found: list[NamedText] = []
    text = source.text
    for match in _HEAD.finditer(text):
        before = _RUN.search(text, max(0, match.start() - 14), match.start())
        if not before:
            continue
        start = before.start()
        for cut in _CUT.finditer(before.group()):
            if before.start() + cut.end() <= match.start() - _SHORTEST:
                start = before.start() + cut.end()
        if match.start() - start >= _SHORTEST:
            found.append(NamedText(text=text[start : match.end()], span=source.span(start, match.end())))
    return tuple(found)
