"""Papers that have to be handed in and no day is said by when (S17, S31)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lianfang.programme.plans.reader.clauses import Clause, read_clause
from lianfang.programme.plans.reader.page import Page
from lianfang.programme.plans.reader.phrases import bodies_in, body_in, is_paper, papers_in
from lianfang.programme.plans.reader.sections import Purpose
from lianfang.programme.plans.reader.senders import earlier_sender, stated_sender
from lianfang.programme.plans.reader.stage import Stage
from lianfang.programme.plans.rows import DeadlineRow, Due

_LEFT_MOST = 200
_OPENING = 25
_LINE = 120
_SHORT_NAME = 6
_MOST_ASKED = 500
"""No plan asks for more papers without a day; the limit keeps hostile texts cheap."""
_REPEATED = re.compile(
    r"每(?:隔?[一二两三四六\d]{0,2}个?)(?=[年半季月旬周星日天学次])|定期|及时|随时|按期|按时|适时|按月|按季|经常|不定期|必要时|重大"
)
_HIDDEN_DAY = re.compile(r"(?:(?:务必|务)?(?:于|在))?\d{0,2}[ ×xX*_○〇]{0,4}月[ ×xX*_○〇]{1,4}日之?前")
"""The place of a day that a copy leaves blank: “于 月 日前”, “X月XX日前”."""
_TOWARDS = re.compile(
    r"(?:(?:向[^,。;]{2,50}?|汇总后,?[^,。;]{0,20}?)(?:报送|提交|上报|呈报|报)|报送|上报|提交给|并报(?![告表])"
    r"|(?<=[果案告料单表总]),在?经[^,。;]{2,40}?后,(?:报送|上报|报(?![告表]))"
    r"|(?<!,)经[^,。;]{2,40}?后,(?:报送|上报|报(?![告表]))"
    r"|(?<=[章字签成核写齐告])后,?(?:报送|上报|提交|报(?![告表道刊名备])|送交|交)(?=[^,。;]{2,40})"
    r"|(?:汇总|报送|递送|寄送|邮寄|发送|送交|上报)(?:至|到|给)(?=[^,。;]{2,40})"
    r"|(?<=[》)])报(?:送|请)?(?=[^,。;告表]{2,40})"
    r"|报请(?=[^,。;]{2,30}?(?:确认|审核|审定|审批|批准|备案))"
    rf"|{_HIDDEN_DAY.pattern}(?=[^,。;]{{0,6}}[报交送])"
    r"|(?:将|把)[^,。;]{2,60}?(?:(?<![汇申通简情填举])报(?![告表道刊名备])|送交|提交|交(?=[^,。;通流易]{2,20}(?:办|室|局|科|委))))"
)


_DELIBERATES = re.compile(r"会议?(?:讨论|审议|研究|审定|审核|决定|审批|通过)\Z")
"""“提交常务会议讨论”: what a meeting decides on is not handed in there."""


def find_undated(page: Page) -> list[DeadlineRow]:
    """Papers that a stage asks for without saying when, and those due outside the stages within a set time."""
    found: dict[int, DeadlineRow] = {}
    done = 0
    for match in islice(_asked(page), _MOST_ASKED):
        first, end = _sentence(page, match.start())
        if match.start() < done:
            continue
        stage = page.stage_at(match.start())
        behind = _behind_window(page, stage, first, match.start())
        start = stage.head_end if stage else max(0, first - _LEFT_MOST)
        first, start = (behind, behind) if behind else (first, start)
        clause = _undated_clause(page.source.text, start, first, end, match) if first >= start else None
        deliberated = _DELIBERATES.search(page.source.text[first:end]) is not None
        if clause and clause.receivers and not deliberated:
            done = end
            found.setdefault(first, _without_date(page, stage, clause, first, end, match.start()))
    return list(found.values())


def _asked(page: Page) -> Iterator[re.Match[str]]:
    """The hand-ins whose sentence names no day, no term and no rhythm."""
    text = page.source.text
    for match in _TOWARDS.finditer(text):
        first, end = _sentence(page, match.start())
        said_when = _says_when(page, first, end) or _WITHIN.search(text, first, match.end())
        if said_when or _REPEATED.search(text, first, match.end()):
            continue
        if page.stage_at(match.start()) or _is_set(page, first, match) or _asks_for_form(page, first, end, match):
            yield match


def _behind_window(page: Page, stage: Stage | None, first: int, place: int) -> int:
    """“第三阶段,从D1至D2,各站将Y报Z。”: where a heading goes on into what it asks for; 0 where it does not."""
    window = stage.window if stage and stage.start <= first < stage.head_end else None
    if not window or not window.is_window or not first <= window.start < window.end <= place:
        return 0
    return window.end + (page.source.text[window.end : window.end + 1] in {",", ":"})


def _says_when(page: Page, start: int, end: int) -> bool:
    """Whether a day stands in the sentence; the window of a stage from one day to another is no last day."""
    days = (mention.start not in page.windows for mention in page.dated.between(start, end))
    return bool(_LIMIT_BEHIND.match(page.source.text, end)) or any(days)


_LIMIT_BEHIND = re.compile(r"[。;]?\((?:[^()。]{0,40}[;,、 ])?完成(?:时限|时间|期限)")
"""The day of an item may stand in a bracket behind its sentence."""


_PASSED_ON = re.compile(r",由[^,。;]{2,24}?(?:汇总|审核|收齐|初审)后,?(?:于|在)?(?=\d)")
"""“将Y报甲,由甲汇总后,于D前报乙”: the day is the one on which 甲 passes the papers on."""


def _sentence(page: Page, place: int) -> tuple[int, int]:
    """The sentence around ``place``, up to where somebody else passes the papers on."""
    first, end = page.sentence(place)
    passed_on = _PASSED_ON.search(page.source.text, place, end)
    return first, passed_on.start() if passed_on else end


_WITHIN = re.compile(r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})个?(?:工作)?(?:日|天|周|月)之?内")
"""A term that runs from an event, “结束后5日内”: no day, and not undated either."""
_SET_TIME = re.compile(r"规定的?(?:时间|时限|期限)内")


def _is_set(page: Page, start: int, match: re.Match[str]) -> bool:
    """Outside the stages a paper is due that is asked for “within the set time”, or in a torn-off piece of steps."""
    if _SET_TIME.search(match.string, start, match.end()):
        return True
    return (
        match.group().startswith(("将", "把", ",", "经", "汇总后"))
        and page.purpose_at(match.start()) is Purpose.UNKNOWN
    )


_FORM = re.compile(r"《[^》]{2,40}(?:表|书|单|综述|报告|方案|清单|总结|台账|意见)》")
_CASE = re.compile(
    r"发现|发生|如有|如需|如遇|若|遇有|凡|必要|特殊|方可|才能|[^,。;]{4}的,|(?:对于?|涉及|需要)[^,。;]{2,30}的(?=[,。;]|应|要|由)"
)
"""A sentence that says what is done in one case only asks nobody now."""


_FORMAL = re.compile(r"经[^,。;]{2,40}后,?\S{0,2}\Z|(?:汇总|递送|寄送|邮寄)[至到给]\Z|[将把].*\Z")


def _asks_for_form(page: Page, start: int, end: int, match: re.Match[str]) -> bool:
    """Outside the stages a paper is due that is asked for by the title of its form, whatever the case."""
    if page.purpose_at(start) is Purpose.AIMS or _CASE.search(page.source.text, start, end):
        return False
    return bool(_FORM.search(page.source.text, start, end) or _FORMAL.match(match.group()))


_PASSED = re.compile(
    r"(?P<what>[^,。;:]{2,40}?)经[^,。;]{2,40}?(?:审核|讨论|研究|审定|审批|同意|通过)[^,。;]{0,6}后,(?:报送|上报|报(?![告表]))"
    r"(?P<body>[^,。;]{2,40})"
)
"""“查找出的风险点经支部审核后,报办公室”."""


_SENT_TO = re.compile(r"(?:递送|寄送|邮寄)[至到给]\Z")


def _passed(sentence: str) -> Clause | None:
    passed = _PASSED.match(sentence)
    named = papers_in(passed["what"].rpartition("的")[2]) if passed else []
    body = body_in(passed["body"]) if passed else ""
    return Clause(Due.SUBMIT, tuple(named), bodies_in(body)) if named and body else None


def _undated_clause(text: str, start: int, first: int, end: int, match: re.Match[str]) -> Clause | None:
    if match.group().endswith("前"):
        return read_clause(text[first : match.start()], text[match.end() : end])
    if passed := _passed(text[first:end]):
        return passed
    opening = text.rfind(",", first, match.start()) + 1 if _SENT_TO.search(match.group()) else 0
    clause = read_clause("", _HIDDEN_DAY.sub("", text[max(first, opening) : end]))
    if clause and match.group().startswith(("将", "把")):
        return clause
    if (clause is None or not clause.deliverables) and match.start() - first <= _OPENING:
        clause = read_clause(_line_before(text, start, first), text[first:end])
    return clause if clause and clause.deliverables and all(map(_is_named_paper, clause.deliverables)) else None


def _is_named_paper(name: str) -> bool:
    return is_paper(name) or name.endswith("》")


_GROUND = re.compile(r"(?:根据|按照|参照|依据|依照)[^,。;]{0,40}?《[^》]*》(?:\([^()]*\))?(?:的?(?:要求|规定|精神))?,?")


def _line_before(text: str, start: int, place: int) -> str:
    """The sentence before ``place`` in the same line: “编制目录。经初审,报送上级机构。” sends what it makes."""
    before = text[start:place].rpartition("\n")[2].rstrip("。 ")
    return _GROUND.sub("", before[before.rfind("。") + 1 :])[-_LINE:]


def _without_date(page: Page, stage: Stage | None, clause: Clause, start: int, end: int, verb: int) -> DeadlineRow:
    text = page.source.text
    stated = stated_sender(text[start:verb]) or page.charged_in_row(start)
    before = text[stage.head_end if stage else max(0, start - _LEFT_MOST) : start]
    named = tuple(_full_name(before, name) for name in clause.deliverables)
    return DeadlineRow(
        date=None,
        date_text="",
        stage=stage.ordinal if stage else None,
        kind=clause.kind,
        submitter=stated or earlier_sender(page.sentences_before(start)),
        submitter_stated=bool(stated),
        deliverables=named,
        receivers=clause.receivers,
        span=page.source.span(start, end),
        date_span=None,
    )


def _full_name(before: str, name: str) -> str:
    """“方案” stands for the longer name the stage has used before."""
    full = re.search(rf"(?:制定|制订|编制|形成|起草|撰写)(?P<full>[^,。;:]{{0,40}}{re.escape(name)})", before[-600:])
    return full["full"] if full and len(name) <= _SHORT_NAME else name
