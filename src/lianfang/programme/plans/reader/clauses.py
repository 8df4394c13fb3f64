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
    is_sure_paper,
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
    begins: int | None = None
    """Where the item stands that names what is due, when the day is told apart from it."""


_VERB = re.compile(
    r"(?<![通简情日周月年专快电警预海公申移外转缴运赠举汇填])(?:"
    r"(?P<sent>发(?=至|到|给))|(?P<long>报送|上报|呈报|呈送|报备|递交|提交|报告(?=[市县区省局镇院校]|国务院|上级|本级|同级)|送交|送达|上交|反馈|寄送|邮寄|寄(?=[至到给往])|汇总(?=[至到给])|递送|分送|发送|抄送|抄报|填报(?!单位|部门|人|范围|要求|工作|信息|内容|说明|格式|指导|口径|质量)|报请|移交)"
    r"|报(?![告表刊道名纸社警销价废考批关审经文])|(?<![递])送(?![审检])|(?<![提上递移社成])交(?![通易流由叉付换汇谈]|办(?!公室)))(?!的|时间|时限|期限|日期|方式|地址)(?P<to>至|到|给|往|于)?"
)
_TOWARDS = re.compile(r"向(?P<body>[^,。;:]{2,60}?)(?:书面|及时|分别|统一|集中|如实|专题|正式|逐级|全面|各|再)*\Z")
_TELLS = re.compile(r"(?:报告|汇报|反映|备案)(?![、,。和及并》”的]|\Z)")
_TAKEN = re.compile(r"(?:将|把)(?!于|要|会(?![签议计])|在\d)(?P<what>[^。;]{2,120})\Z")
_MADE = re.compile(
    r"(?:形成|制定|制订|编制|撰写|填写|填报(?!单位|部门|工作|信息|内容|说明|格式|指导|口径|质量)|填妥|起草|拟定|拟订|写出|汇总|建立|提出|提供|完成|出具|填好|做好|报送|梳理|编写|签订|签署|认真总结)(?!情况)"
    rf"(?:出|好|了)?(?P<what>[^,。;:]{{0,60}}?(?:{PAPERS})[》”]?)(?:的?(?:编制|制定|修订|填报|梳理|清理|更新|审核|绘制|起草)(?:工作)?)?"
    r"(?=并|后|[,、(]|\Z|及时|一并|统一|报(?![告表])|连同|以书面|逐级)"
)
_BECOMES = re.compile(rf"\A[^《》]{{2,60}}(?:形成|写成|整理成|汇总成|汇编成)(?=[^,、]{{0,20}}(?:{PAPERS})[》”]?\Z)")
"""“将检查情况形成书面报告”: what is handed in is the report."""
_MANNER = re.compile(
    r"(?:以[^,。;]{1,20}?(?:形式|方式)|通过[^,。;]{1,16}?(?:系统|平台|邮箱|邮件|方式|渠道|形式)|按[^,。;]{0,12}?(?:关系|要求|程序|规定)|加盖公章后?|经[^,。;]{2,24}?后|由[^,。;]{2,16}?(?:收齐|汇总|审核|整理)后?"
    r"|书面|统一|一并|及时|集中|分别|对口|直接|正式|如实|逐级|汇总后,?|一式.份|各|再)+\Z"
)
_NAMED_RECEIVER = re.compile(r"(?:接收|受理|报送|上报|收件)(?:单位|部门|对象|机关)(?:是|为|:)(?P<body>[^,。;]{2,60})")
_SENT_TO = re.compile(
    rf"(?P<what>[^,。;]{{2,60}}?(?:{PAPERS})[》”]?)(?:至|到|给)(?P<body>[\u4e00-\u9fff“”()]{{2,40}})\Z"
)
_HANDS_ON = re.compile(r"(?:汇总|审核|整理|初审|审定|把关|审签|收齐)(?:后|并|,){0,2}(?:于|在|应|须|统一|一并|集中)*\Z")
_ADDRESS = re.compile(
    r"(?:指定|以下|如下|专用|工作|电子|公共|本|联系人)?的?(?:邮箱|信箱|电子邮件|微信群?|工作群|QQ群?|系统|平台)"
    r"|联系人\Z|[A-Za-z\d._-]{1,40}@"
)
"""Where papers go that is no body."""
_BOX_OF = re.compile(r"(?<=[\u4e00-\u9fff]{2})的?(?:工作|专用|公共|指定|电子){0,2}(?:邮箱|信箱)\Z")
"""“报监察室邮箱”: whose box it is receives the paper."""
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


_BESIDE = re.compile(r"[,;](?:同时|并|另|并同时|另外)(?=(?:将|把)[^,。;]{2,60}?[报送交寄发])[^,。;]{4,80}")


def read_beside(right: str) -> list[Clause]:
    """Further papers that go elsewhere on the same day: “于D前将Y报Z,同时将Y2报Z2”."""
    found = (read_clause("", match.group().lstrip(",;")) for match in _BESIDE.finditer(right))
    return [clause for clause in found if clause and clause.receivers and clause.deliverables]


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
    if _ADDRESS.match(segment):
        named = _things_before(left, before)
        return _clause(named, "") if named else None
    relayed = "后" in segment and first_body(segment)
    two_verbs = not relayed and (_SENT_TO.match(segment) or _receiver_after(segment))
    body = "" if two_verbs else first_body(segment if match["to"] else _BOX_OF.sub("", segment))
    if body:
        named = _things_before(left, before)
        return _clause(named, body) if named or _HANDS_ON.search(before or left) else None
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
        segment = _STOP.split(text[verb.end() :], maxsplit=1)[0]
        if not _ADDRESS.match(segment) and (body := body_in(segment)):
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
            return _made_together(text, made)
        topic = _topic(text)
        if topic:
            return topic
    return []


def _made_together(text: str, made: list[re.Match[str]]) -> list[str]:
    """The last paper that is made, and those that the clauses right before it make: “完成报告,填写表格,于D前报Z”.

    “梳理事项,填写表格” makes but one: the first clause names what is gone through.
    """
    first = len(made) - 1
    while first and text[made[first - 1].end() : made[first].start()] in {",", ",并", "并"}:
        if not is_sure_paper(made[first - 1]["what"]):
            break
        first -= 1
    return [name for match in made[first:] for name in papers_in(match["what"])]


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
        kept = [tidy(_SENTENCE_SUBJECT.sub("", part).lstrip("的")) for part in papers_in(_handed_in(segment))]
        named = [part for part in kept if is_paper(part) and len(part) > 1]
        if named:
            return named
    return []


def _handed_in(segment: str) -> str:
    """“提交总结报告” that the clause before asks for is the 总结报告."""
    told = _up_to_verb(segment)
    verb = _VERB.match(told)
    return told[verb.end() :] if verb and verb["long"] and is_sure_paper(told[verb.end() :]) else told


_JOINT_WORDS = re.compile(
    r"(?:(?<!一)并|[,、\s]|(?:在|于)规定的?(?:时间|时限|期限)内|要|应当?|须|请|务必|必须|按时|按期)+\Z"
)
