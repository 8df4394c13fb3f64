"""One reporting clause: who hands in what to whom, in the many word orders that plans use (S17, S31, S70)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice

from lianfang.programme.plans.reader.phrases import (
    PAPERS,
    bodies_in,
    body_in,
    first_body,
    is_body,
    is_paper,
    is_sender,
    is_work_on_paper,
    papers_in,
    tidy,
    without_contacts,
)
from lianfang.programme.plans.rows import Due


@dataclass(frozen=True, slots=True)
class Clause:
    """What a clause asks for; empty where it is silent."""

    kind: Due
    deliverables: tuple[str, ...]
    receivers: tuple[str, ...]
    submitter: str = ""


_VERB = re.compile(
    r"(?<![通简情日周月年专快电警预海公申移外转缴运赠举汇填])(?:"
    r"(?P<sent>发(?=至|到|给))|(?P<long>报送|上报|呈报|呈送|报备|递交|提交|报告(?=[市县区省局镇院校]|国务院|上级|本级|同级)|送交|送达|上交|反馈|寄送|邮寄|寄(?=[至到给往])|递送|分送|发送|抄送|抄报|填报(?!单位|部门|人|范围|要求)|报请|移交)"
    r"|报(?![告表刊道名纸社警销价废考批关审经])|(?<![递])送(?![审检])|(?<![提上递移社成])交(?![通易流由办叉付换汇谈]))(?!的|时间|时限|期限|日期)(?P<to>至|到|给|往|于)?"
)
_TOWARDS = re.compile(r"向(?P<body>[^,。;:]{2,60}?)(?:书面|及时|分别|统一|集中|如实|专题|正式|逐级|全面|各|再)*\Z")
_TELLS = re.compile(r"(?:报告|汇报|反映|备案)(?![、,。和及并》”的]|\Z)")
_TAKEN = re.compile(r"(?:将|把)(?!于|要|会(?![签议计])|在\d)(?P<what>[^。;]{2,120})\Z")
_MADE = re.compile(
    r"(?:形成|制定|制订|编制|撰写|填写|填报(?!单位|部门)|填妥|起草|拟定|拟订|写出|汇总|建立|提出|提供|完成|出具|填好|做好|报送|梳理|编写|签订|签署|认真总结)(?!情况)"
    rf"(?:出|好|了)?(?P<what>[^,。;:]{{0,60}}?(?:{PAPERS})[》”]?)(?:的?(?:编制|制定|修订|填报|梳理|清理|更新|审核|绘制|起草)(?:工作)?)?"
    r"(?=并|后|[,、(]|\Z|及时|一并|统一|报(?![告表])|连同|以书面|逐级)"
)
_BECOMES = re.compile(rf"\A[^《》]{{2,60}}(?:形成|写成|整理成|汇总成|汇编成)(?=[^,、]{{0,20}}(?:{PAPERS})[》”]?\Z)")
"""“将检查情况形成书面报告”: what is handed in is the report."""
_MANNER = re.compile(
    r"(?:以[^,。;]{1,20}?(?:形式|方式)|通过[^,。;]{1,16}?(?:系统|平台|邮箱|邮件)|按[^,。;]{0,12}?(?:关系|要求|程序|规定)|加盖公章后?|经[^,。;]{2,24}?后|由[^,。;]{2,16}?(?:收齐|汇总|审核|整理)后?"
    r"|书面|统一|一并|及时|集中|分别|对口|直接|正式|如实|逐级|汇总后,?|一式.份|各|再)+\Z"
)
_NAMED_RECEIVER = re.compile(r"(?:接收|受理|报送|上报|收件)(?:单位|部门|对象|机关)(?:是|为|:)(?P<body>[^,。;]{2,60})")
_SENT_TO = re.compile(
    rf"(?P<what>[^,。;]{{2,60}}?(?:{PAPERS})[》”]?)(?:至|到|给)(?P<body>[\u4e00-\u9fff“”()]{{2,40}})\Z"
)
_HANDS_ON = re.compile(r"(?:汇总|审核|整理|初审|审定|把关|审签|收齐)(?:后|并|,){0,2}(?:于|在|应|须|统一|一并|集中)*\Z")
_ADDRESS = re.compile(
    r"(?:指定|以下|如下|专用|工作|电子|公共|本)?的?(?:邮箱|信箱|电子邮件|微信群?|工作群|QQ群?|系统|平台)"
)
_COPIES = re.compile(r"[\d一二三四五六七八九十]{1,3}份(?:\([^()]*\))?\Z")
_TIMED = re.compile(
    r"(?P<what>[^,。;:]{2,60}?)的?(?:[\u4e00-\u9fff]{2}、)?(?:报送|上报|提交|报)(?:截止)?(?:时间|时限|期限|日期)(?:为|是|:)?\Z"
)
"""“月末数据上报时间为” before the date."""
_STOP = re.compile(r"[,。;!?…\n]")
_LONGEST_LEAD = 140
_MOST_VERBS = 12
"""No sentence of a plan hands in more often; the limit keeps hostile texts cheap."""


def read_clause(left: str, right: str) -> Clause | None:
    """The hand-in that stands around a date: ``left`` of it and ``right`` of it in the same sentence."""
    left, right = without_contacts(left), without_contacts(right)
    for match in islice(_VERB.finditer(right, 0, _LONGEST_LEAD * 2), _MOST_VERBS):
        found = _at_verb(left, right, match)
        if found:
            return _with_copies(found, right[match.end() :])
    return _told(right)


def read_time_of_handing_in(left: str) -> Clause | None:
    """“Y的上报时间为D”: the papers whose time the date is said to be."""
    timed = _TIMED.search(left)
    named = timed["what"].strip() if timed else ""
    return _clause([tidy(named)], "") if named else None


def _told(right: str) -> Clause | None:
    """“向Z报告Y”: 报告 is a verb only behind 向Z."""
    for match in _TELLS.finditer(right, 0, _LONGEST_LEAD * 2):
        towards = _TOWARDS.search(right[: match.start()])
        named = _objects(right[match.end() :]) if towards and is_body(towards["body"]) else []
        if towards and named:
            return _clause(named, towards["body"])
    return None


def _with_copies(clause: Clause | None, text: str) -> Clause | None:
    """“…,并抄送Z”: a second receiver."""
    copied = _COPIED.search(text)
    body = body_in(copied["body"]) if copied else ""
    if clause is None or not body or body in clause.receivers:
        return clause
    return replace(clause, receivers=(*clause.receivers, *bodies_in(body)))


def _at_verb(left: str, right: str, match: re.Match[str]) -> Clause | None:
    before, after = right[: match.start()], right[match.end() :]
    segment = _STOP.split(after, maxsplit=1)[0]
    towards = _TOWARDS.search(before) or _TOWARDS.search(left if not before.strip(" ,") else "")
    if towards and is_body(towards["body"]):
        named = _objects(after) or _things_before(left, before[: towards.start()] if towards.string is before else "")
        return _clause(named, towards["body"]) if named else None
    relayed = "后" in segment and first_body(segment)
    two_verbs = not relayed and (_SENT_TO.match(segment) or _receiver_after(segment))
    body = "" if two_verbs else first_body(segment)
    if body:
        named = _things_before(left, before)
        return _clause(named, body) if named or _HANDS_ON.search(before or left) else None
    if match["to"] and _ADDRESS.match(segment):
        named = _things_before(left, before)
        return _clause(named, "") if named else None
    if match["to"] and segment:
        named = _things_before(left, before)
        return _clause(named, segment) if named and len(segment) <= 40 else None
    return _object_follows(left, before, after, match)


def _object_follows(left: str, before: str, after: str, match: re.Match[str]) -> Clause | None:
    """“提交Y”, “提交Y报Z”, “送Y,接收单位是Z”."""
    segment = _STOP.split(after, maxsplit=1)[0]
    inner = _receiver_after(segment)
    if inner:
        return _clause(papers_in(segment[: inner.start()]), body_in(segment[inner.end() :]))
    if sent_to := _SENT_TO.match(segment):
        return _clause(papers_in(sent_to["what"]), body_in(sent_to["body"]) or sent_to["body"])
    named = _objects(after)
    if not named and (taken := _TAKEN.search(_MANNER.sub("", before))):
        named = papers_in(taken["what"])
    if not named and not segment.strip():
        named = _things_before(left, before)
    if named and not is_paper(named[0]) and segment:
        topic = _things_before(left, before)
        if topic and is_paper(topic[0]) and not is_paper(_COPIES.sub("", segment.strip())):
            return _clause(topic, segment.strip())
    short_of_paper = not match["long"] and not (named and is_paper(named[0]))
    return None if short_of_paper or not named else _clause(named, receiver_later(after))


def _receiver_in(text: str) -> re.Match[str] | None:
    """A verb inside ``text`` that is followed by a receiver."""
    verbs = (verb for verb in islice(_VERB.finditer(text), _MOST_VERBS) if verb.start())
    return next((verb for verb in verbs if body_in(_STOP.split(text[verb.end() :], maxsplit=1)[0])), None)


def _receiver_after(segment: str) -> re.Match[str] | None:
    """The second verb of “提交Y报Z”."""
    verbs = (verb for verb in islice(_VERB.finditer(segment), _MOST_VERBS) if verb.start())
    return next((verb for verb in verbs if body_in(segment[verb.end() :])), None)


_OTHER_MATTER = re.compile(
    r"[,;](?=[^,;]{2,20}(?:汇总|审核)后|[^,;]{0,12}(?:随时|及时|每[月季周年]|定期|重大|紧急|特殊))"
)
_COPIED = re.compile(r"(?:并|同时)?(?:抄送|抄报)(?P<body>[^,。;]{2,40})")


def receiver_later(text: str) -> str:
    """The receiver that the rest of a sentence names: “…,并报Z”, “材料统一报送Z”, “接收单位是Z”."""
    text = _OTHER_MATTER.split(text, maxsplit=1)[0]
    named = _NAMED_RECEIVER.search(text)
    if named:
        return body_in(named["body"])
    for verb in _VERB.finditer(text, 0, _LONGEST_LEAD * 2):
        body = body_in(_STOP.split(text[verb.end() :], maxsplit=1)[0])
        if body:
            return body
    return ""


def _clause(named: list[str], body: str) -> Clause:
    return Clause(Due.SUBMIT, tuple(named), bodies_in(body))


def _objects(after: str) -> list[str]:
    """The papers after a verb, over commas as long as nothing but papers follows."""
    segments = re.split(r"[,]", _STOP_SENTENCE.split(after, maxsplit=1)[0])
    first = re.sub(r"\A(?:一次|各一次|有关|相关|一份)(?=.{2})", "", segments[0].strip(" :"))
    if not first:
        return []
    named = papers_in(_cut_verb(first))
    for segment in segments[1:]:
        if not _is_paper_list(segment):
            break
        named += papers_in(segment)
    return named


_STOP_SENTENCE = re.compile(r"[。;!?\n]")
_FRESH_START = re.compile(
    r"\A(?:并|要|应|由|对|将|把|请|各|认真|及时|按|以|经|逐|不|须|需|确保|做到|实行|接收|逾期|同时(?!附))"
)


def _is_paper_list(segment: str) -> bool:
    segment = segment.strip()
    return (
        1 < len(segment) <= 40 and is_paper(segment) and not _FRESH_START.match(segment) and not _VERB.search(segment)
    )


def _cut_verb(text: str) -> str:
    return re.split(
        r"(?<=[\u4e00-\u9fff》])(?:并(?=[^、]{0,4}(?:报|送|做|组织|进行|按))|由(?=[\u4e00-\u9fff]{2,20}(?:汇总|审核)))",
        text,
        maxsplit=1,
    )[0]


def _things_before(left: str, before: str) -> list[str]:
    """The papers of a clause whose verb is followed by the receiver: “将Y”, “形成Y并”, or the topic before the date."""
    for around in (before, _after_hand_in(left), left):
        text = _MANNER.sub("", _JOINT_WORDS.sub("", around))
        taken = _TAKEN.search(text)
        if taken:
            return papers_in(_BECOMES.sub("", _up_to_verb(taken["what"])))
        made = [match for match in _MADE.finditer(text) if not _in_title(text, match.start())]
        if made:
            return papers_in(made[-1]["what"])
        topic = _topic(text)
        if topic:
            return topic
    return []


def _in_title(text: str, place: int) -> bool:
    """Whether a verb is but a part of a paper's title: 汇总 of 《汇总表》."""
    return text.count("《", 0, place) > text.count("》", 0, place)


def _after_hand_in(left: str) -> str:
    """What follows a hand-in that the sentence has finished: “将电子版发至办公室,纸质版” → 纸质版."""
    done = [verb for verb in islice(_VERB.finditer(left), _MOST_VERBS) if _has_receiver(left, verb)]
    return left[done[-1].end() :].partition(",")[2] if done else ""


def _has_receiver(text: str, verb: re.Match[str]) -> bool:
    """Whether a body follows the verb, or stands before it: “向党办报送进展”."""
    towards = _TOWARDS.search(text[: verb.start()])
    return bool(body_in(_STOP.split(text[verb.end() :], maxsplit=1)[0]) or (towards and is_body(towards["body"])))


def _up_to_verb(text: str) -> str:
    """“排查表交镇纪委,由镇纪委汇总后” → 排查表."""
    sent = _receiver_in(text)
    return text[: sent.start()] if sent else text


_SENTENCE_SUBJECT = re.compile(r"\A(?:请|由)?(?:各|局属|全|市|县|区|被)[^,。;]{0,30}?(?=全面|认真|及时|的|对|要|应)")


_NO_TOPIC = re.compile(r"\A(?:在|由|经|通过|向)")


def _topic(text: str) -> list[str]:
    """“书面材料(附电子版)”, “联系人清单”: the last part before the date that names a paper."""
    for segment in reversed(re.split(r"[,;:。]", text)[-3:]):
        if _NO_TOPIC.match(segment):
            continue
        kept = [tidy(_SENTENCE_SUBJECT.sub("", part).lstrip("的")) for part in papers_in(_up_to_verb(segment))]
        named = [part for part in kept if is_paper(part) and len(part) > 1]
        if named:
            return named
    return []


_JOINT_WORDS = re.compile(
    r"(?:(?<!一)并|[,、\s]|(?:在|于)规定的?(?:时间|时限|期限)内|要|应当?|须|请|务必|必须|按时|按期)+\Z"
)
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
_FINISHED = re.compile(r"(?:完毕|到位|完成|结束|工作任务)\Z")
_LEFT_DONE = re.compile(r"\A(?:,|要|应|须|全部|基本|全面|必须|务必)*(?:完成|结束|到位|整改到位)(?=[,。;]|\Z)")


def read_completion(left: str, right: str) -> Clause | None:
    """Work that has to be done by the date: “完成Y”, “将Y公开到位,建立Y”, “Y于D前完成” (S50)."""
    if _LEFT_DONE.match(right):
        topic = tidy(re.split(r"[,;:。]", re.sub(r"(?:于|在|要|应|[,、])+\Z", "", left))[-1])
        return Clause(Due.COMPLETE, (topic,), ()) if len(topic) > 1 else None
    if treated := _TREATED.match(right):
        named = treated["what"].rpartition("的")[2] + treated["deed"]
        return Clause(Due.COMPLETE, (tidy(named),), ()) if is_sender(treated["who"]) else None
    started = _start_of_work(right)
    return _works(right[started:]) if started is not None else None


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
    r"(?:全面|基本|全部|抓紧)*(?=完成|制定|建立|召开)"
)
"""“各站结合清单,完成Y”: who, by what, and then the work."""


def _start_of_work(right: str) -> int | None:
    done = _DONE.match(right)
    if done:
        return done.start("verb")
    lead = _LEAD_TO_WORK.match(right)
    return lead.end() if lead and is_sender(lead["who"]) else None
