"""Work that has to be done by a day: what “完成Y” names, before the day or behind it (S50)."""

from __future__ import annotations

import re

from lianfang.programme.plans.reader.clauses import Clause
from lianfang.programme.plans.reader.phrases import (
    bodies_in,
    body_in,
    is_paper,
    is_sender,
    is_work_on_paper,
    tidy,
)
from lianfang.programme.plans.rows import Due

_STOP_SENTENCE = re.compile(r"[。;!?\n]")
_DONE = re.compile(
    r"(?:全面|基本|全部|及时|认真|抓紧|初步|按时|切实|集中|组织|研究|汇总|梳理|整理|要|应|须|需|必须|务必|向社会|,| )*"
    r"(?P<verb>完成|建立健全|建立|制定出台|制定|制订|出台|拿出|形成|编制|修订|召开|公布|公示)"
)
_WORK = re.compile(
    r"\A(?:并|同时|,|、)*(?:(?:全面|基本|全部|抓紧|认真)*"
    r"(?:完成|建立健全|建立|健全|制定|制订|出台|拿出|形成|编制|修订|召开|公布|公示)|将|把)(?P<what>.{2,60})\Z"
)
_TREATED = re.compile(
    r",?(?P<who>[^,。;]{2,30}?)(?:要|应|须)?对(?P<what>[^,。;]{2,70})进行(?:全面|集中|逐一|统一|认真)*"
    r"(?P<deed>汇总|审核|复核|清理|验收|评估|考核|公示)(?=[,。;]|\Z)"
)
_HANDED = re.compile(r",(?:并|及时|一并)*报(?:送|请)?(?P<body>[^,。;]{2,40})\Z")
_FINISHED = re.compile(r"(?:完毕|到位|完成|结束|工作任务|(?:分别|统一|集中|及时)+(?:公布|公示|公开))\Z")
_LEFT_DONE = re.compile(
    r"\A(?:,|要|应|须|全部|基本|全面|必须|务必)*(?:完成|结束|到位|整改到位)(?=[,。;]|并报|\Z)"
    r"(?:[,]?并报(?:送)?(?P<body>[^,。;]{2,40}))?"
)
_JOINT = re.compile(r"(?:于|在|要|应|须|需|必须|务必|最迟|并且?|但是?|且|同时|[,、])+\Z")
_CHARGED = re.compile(r"(?:请|由)?(?P<who>[^,。;]{2,24}?)(?:可以?|要|应当?|须|需|必须|负责|要求)(?=[\u4e00-\u9fff])")
_MANNER = re.compile(
    r"\A(?:分批|分步|分期|分组|逐步|逐一|逐项|及时|认真|切实|全面|抓紧|集中|依法|立即|组织|统一|自行)+(?=.{2})"
)
_WAY = re.compile(
    r"\A(?P<what>[^,。;]{2,16}?)(?:工作)?(?:可以?|应|要)?(?:采取|通过|以|按照?)[^。;]{2,30}?(?:方式|形式|办法)进行\Z"
)
_DEED = re.compile(
    r"(?:制作|制定|制订|张贴|悬挂|签订|填写|填报|整改|清理|排查|查找|梳理|编制|绘制|修订|修改|更换|更新|补办|安装|建立|健全"
    r"|明确|公布|公示|公开|完善|建成|购置|配备|调整|录入|登记|核对|核查|培训|开展|组织|审核|汇总|评估|验收|上线|移交)"
)


def read_completion(left: str, right: str) -> Clause | None:
    """Work that has to be done by the date: “完成Y”, “将Y公开到位,建立Y”, “Y于D前完成” (S50)."""
    if done := _LEFT_DONE.match(right):
        told = _said_before(_JOINT.sub("", left))
        receivers = bodies_in(body_in(done["body"])) if done["body"] else ()
        return Clause(Due.COMPLETE, tuple(told), receivers) if told else None
    if treated := _TREATED.match(right):
        named = treated["what"].rpartition("的")[2] + treated["deed"]
        return Clause(Due.COMPLETE, (tidy(named),), ()) if is_sender(treated["who"]) else None
    started = _start_of_work(right)
    return _works(right[started:]) if started is not None else None


def _said_before(left: str) -> list[str]:
    """What is to be finished: the topic before the day, or the deeds that the sentence has told of before it."""
    if way := _WAY.match(re.split(r"[;:。]", left)[-1]):
        return [way["what"]]
    clauses = re.split(r"[,;:。](?![^“《(]*[”》)])", left)
    deeds: list[str] = []
    for clause in reversed(clauses):
        charged = _CHARGED.match(clause)
        said = _MANNER.sub("", clause[charged.end() :] if charged and is_sender(charged["who"]) else clause)
        if not _DEED.match(said):
            break
        deeds.insert(0, said)
        if said != clause:
            return deeds
    topic = tidy(clauses[-1])
    return [topic] if len(topic) > 1 else []


def _works(text: str) -> Clause | None:
    """What “完成Y,建立Y” lists, and who is told of it at the end: “完成审查、确认工作,报Z”."""
    named: list[str] = []
    handed = _HANDED.search(text)
    sentence = _STOP_SENTENCE.split(text[: handed.start()] if handed else text, maxsplit=1)[0]
    for part in _whole_work(sentence) or re.split(
        r"[,、](?![^“《(]*[”》)]|[\u4e00-\u9fff]{2,6}工作(?:[,。]|\Z))", sentence
    ):
        work = _WORK.match(part)
        if work:
            named += _works_on_papers(_FINISHED.sub("", tidy(work["what"])))
        elif not named or not is_paper(part):
            break
        else:
            named.append(tidy(part))
    receivers = bodies_in(body_in(handed["body"])) if handed else ()
    return Clause(Due.COMPLETE, tuple(name for name in named if len(name) > 1), receivers) if named else None


def _whole_work(sentence: str) -> list[str]:
    """“完成先进集体、先进个人人选的评选、审核工作,…”: one work, though its objects are listed."""
    first = sentence.partition(",")[0]
    listed = [part for part in first.split("、") if not is_work_on_paper(part)]
    return [first] if first.endswith("工作") and len(listed) > 1 and "的" in listed[-1] + first[-24:] else []


def _works_on_papers(name: str) -> list[str]:
    """“清单和方案编制工作” are two, where each of them is a paper."""
    parts = re.split(r"和|及|与|以及", name)
    return [tidy(part) for part in parts] if all(map(is_work_on_paper, parts)) else [name]


_LEAD_TO_WORK = re.compile(
    r",?(?P<who>[^,。;]{2,40}?)(?:要|应|须)?(?:(?:结合|按照?|根据|对照|围绕|依据|参照)[^,。;]{2,40},(?:要|应|须)?)?"
    r"(?:全面|基本|全部|抓紧)*(?=完成|制定|建立|召开|将[^,。;]{2,40}?(?:分别|统一|集中)+(?:公布|公示|公开)(?:[,。;]|\Z))"
)
"""“各站结合清单,完成Y”: who, by what, and then the work."""


_WHERE = re.compile(r",?在[^,。;]{2,40}?(?:平台|系统|网站|栏目?|公示栏|专栏)(?:上|中|内)?(?=完成|公布|公示)")


def _start_of_work(right: str) -> int | None:
    place = _WHERE.match(right)
    done = _DONE.match(right, place.end() if place else 0)
    if done:
        return done.start("verb")
    lead = _LEAD_TO_WORK.match(right)
    return lead.end() if lead and is_sender(lead["who"]) else None
