"""The day that a bracket behind an item gives it: “编制目录。…(完成时限:6月底前)” (S17, S50)."""

from __future__ import annotations

import re
from dataclasses import replace

from lianfang.programme.plans.reader.clauses import Clause, read_clause
from lianfang.programme.plans.reader.dates import Mention
from lianfang.programme.plans.reader.outline import Node, enclosing
from lianfang.programme.plans.reader.page import Page
from lianfang.programme.plans.reader.phrases import is_paper, papers_in
from lianfang.programme.plans.reader.sections import Purpose, purpose_of
from lianfang.programme.plans.rows import Due

_LIMIT = re.compile(r"\((?:[^()。\n]{0,40}[;,、 ])?完成(?:时限|时间|期限)[:为]? {0,2}\Z")
_LABEL = re.compile(r"(?:完成|办结|整改|落实)(?:时限|时间|期限)[:为] {0,2}\Z")
_CHARGED = re.compile(
    r"(?:责任|牵头|承办|主办)(?:单位|部门|科室|股室|处室|人)[:为] {0,2}(?P<who>[^:。;\n]{2,60}?)"
    r"(?=[。;\n ]{0,3}(?:配合|责任|牵头|协办|参与|完成|办结|整改|落实)"
    r"(?:单位|部门|科室|股室|处室|人|时限|时间|期限)[:为])"
)
_LABELS = re.compile(r"[。;\n ]*(?:责任|牵头|承办|主办|配合)(?:单位|部门|科室|股室|处室|人)[:为]")
_FINISHES = re.compile(r"(?:之?前|底前)?完成(?P<what>[^,。;:\n]{3,30})")
_BY_WHOM = re.compile(r"(?<=.{4})由[^,。;]{2,16}?(?:按照|根据|开展|完成|负责|组织|牵头)")
_TREATED = re.compile(r"将(?P<what>[^,。;]{2,40}?)(?=以|下发|印发|公示|公开|公布|报|向|在)")
_MADE = re.compile(r"(?:列出|理出|形成|编制|制定|制订|建立|绘制|填写|提出|修订|出台)(?P<what>[^,。;]{2,30})")
_LONGEST_BRACKET = 60
_FARTHEST = 400


def read_time_limit(page: Page, mention: Mention) -> Clause | None:
    """What the item before the bracket has to bring, where steps or stages are listed; ``None`` without a bracket."""
    before = page.source.text[max(0, mention.start - _LONGEST_BRACKET) : mention.start]
    if not _LIMIT.search(before):
        return _labelled(page, mention) if _LABEL.search(before) and before.count("(") <= before.count(")") else None
    node = enclosing(page.nodes, mention.start)
    if node is None or not (page.stage_at(mention.start) or _in_steps(node)):
        return None
    bracket = page.source.text.rindex("(", 0, mention.start)
    body = page.source.text[max(node.head, bracket - _FARTHEST) : bracket].rstrip("。 \n")
    sentence = body.rpartition("。")[2]
    handed_in = read_clause("", sentence)
    if handed_in and handed_in.receivers and handed_in.deliverables:
        return replace(handed_in, begins=node.start)
    named = _made_in(node.title) or _made_in(sentence) or [node.title.partition("。")[0]]
    return Clause(Due.COMPLETE, tuple(named), (), begins=node.start)


def _labelled(page: Page, mention: Mention) -> Clause | None:
    """“(1)编制目录:…责任单位:法规股 完成时限:6月底前”: the item is due, from whom the label names."""
    node = enclosing(page.nodes, mention.start)
    text = page.source.text
    if node is None or mention.start - node.head > _FARTHEST:
        return None
    charged = _CHARGED.search(text, node.head, mention.start)
    finishes = _FINISHES.match(text, mention.end)
    title = _LABELS.split(node.title, maxsplit=1)[0].strip("。 ")
    name = finishes["what"] if finishes else re.split(r"[,。]", _BY_WHOM.split(title, maxsplit=1)[0], maxsplit=1)[0]
    who = charged["who"].strip(" 、,。") if charged else ""
    return Clause(Due.COMPLETE, (name,), (), who, node.start) if len(name) > 1 and not _LABEL.match(name) else None


def _in_steps(node: Node) -> bool:
    return any(purpose_of(above.title) is Purpose.STEPS for above in node.above())


def _made_in(text: str) -> list[str]:
    """The papers that the last deed of ``text`` makes or makes known."""
    deeds = (*_TREATED.finditer(text), *reversed(list(_MADE.finditer(text))))
    found = (papers_in(deed["what"]) for deed in deeds)
    return next((named for named in found if named and all(map(is_paper, named))), [])
