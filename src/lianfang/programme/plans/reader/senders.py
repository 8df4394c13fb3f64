"""Who is asked: the subject of a clause, or of an earlier sentence where the clause has none (S17, S31)."""

from __future__ import annotations

import re

from lianfang.programme.plans.reader.phrases import SENDER_END, is_body, is_sender

_FIRST = (
    "局属|各|全|市|县|区|省|本|你|贵|有关|相关|机关|下属|所属|试点|被|责任|牵头|成员|直属|地方|属地|领导小组|专项|工作"
    "|自治"
)
_FOLLOW = (
    "要|应|须|需|必须|务必|于|在|每|按|根据|结合|对|将|把|向|可|认真|及时|全面|完成|制定|填|报|提交|上报|组织"
    "|负责|成立|汇总|形成|再次|确定|动员|,|\\d|\\Z"
)
_SUBJECT = re.compile(rf"(?:\A|[,。;:])(?:请|由|要求)?(?P<who>(?:{_FIRST})[^,。;:]{{0,60}}?)(?={_FOLLOW})")
_NAME = re.compile(
    rf"(?:\A|[,。;:])(?:请|由|要求)?(?P<who>(?:{_FIRST})[^,。;:]{{0,40}}?(?:{SENDER_END})(?:\([^()]{{1,12}}\))?)"
    rf"(?![、和及与(的之内间]|{SENDER_END})"
)
"""A name at the head of a clause, up to where no further part of a name follows."""
_CHARGED = re.compile(
    r"(?:\A|[,。;:])(?:请|由)?(?P<who>(?:申报)?[^,。;:应须需要经报送交《》]{2,24}?)(?:应当?|须|需|要|必须|务必)(?=[\u4e00-\u9fff])"
)
"""“申报单位应填写…,加盖公章后报Z”: whoever the sentence charges with anything."""
_ACTS = re.compile(r"[报送交将把]|利用|发挥|依托")
_EDGE = re.compile(r"(?:请|由|并|[,、:\s]|同时|最后|要|应|须|于|在|将)+")


_PASSES_ON = re.compile(
    r"(?:\A|[,。;:])(?P<by>由)?(?P<who>[^,。;:经报送交]{2,20}?)(?P<work>汇总|收齐|审核|初审|把关)(?:后|并)[^,。;:]{0,6}\Z"
)
"""“甲汇总后于D前报Z”: 甲 hands in, whoever wrote the papers."""

DEED = re.compile(r"召开|开展|举行|举办|参加|组织召|成立|组建|设立|建立|健全|完成|进驻|深入|走访|抽调|经|报|送|交")
"""What begins so is a deed and no name, though it ends like one: 召开启动会, 成立工作组."""

_DONE_BEFORE = re.compile(r"(?<=[室科处股组办委队站所局])(?:组织)?(?:召开|举行|举办).*\Z")
"""“办公室召开启动会,于D前报Z”: the name ends where the deed begins."""


def stated_sender(left: str, right: str = "") -> str:
    """The sender that the clause itself names before or after its date; empty if none."""
    left = left.strip(" ,")
    whole = _trimmed(left)
    if whole and _all_senders(whole):
        return whole
    nearest = _passing_on(left) or _trimmed(re.split(r"[,;:。]", left)[-1])
    if nearest and _all_senders(nearest) and is_body(nearest) and not DEED.match(nearest):
        return nearest
    after = re.match(
        r"[,、 ]?(?P<who>[^,。;:]{2,40}?)(?:要|应|须|将|把|向|按|对|结合|根据|完成|制定|签|填|报|送|提交|上报)", right
    )
    if (
        after
        and is_sender(after["who"])
        and not after["who"].startswith(("向", "将", "把", "由", "经", "并", "报", "送"))
    ):
        return after["who"]
    found = [match["who"] for match in _SUBJECT.finditer(left) if _is_whole(match["who"])]
    found = found or [match["who"] for match in _NAME.finditer(left) if _is_whole(match["who"])]
    found = found or [match["who"] for match in _CHARGED.finditer(left) if is_body(match["who"])]
    return found[-1] if found else ""


def _is_whole(who: str) -> bool:
    """Whether a subject is a sender and none of its brackets is cut off."""
    return is_sender(who) and who.count("(") == who.count(")")


def _passing_on(left: str) -> str:
    """Whoever collects the papers of others; 由 before a check only says who signs: “由负责人审核后报Z”."""
    found = _PASSES_ON.search(left)
    signs_only = found and found["by"] and found["work"] not in ("汇总", "收齐")
    return found["who"] if found and not signs_only else ""


def earlier_sender(sentences: list[str]) -> str:
    """The nearest subject of the sentences before, read backwards."""
    for sentence in reversed(sentences):
        who = stated_sender(sentence[:120])
        if who:
            return who
    return ""


_COUNTED_BY = re.compile(r"\A以(?P<who>[^,。;:]{2,24})为单位(?=[,、]?\Z)")
"""“以县区为单位,于D前上报”: each of them hands in."""


def _trimmed(text: str) -> str:
    text = text[-60:] if len(text) > 60 else text
    start = _EDGE.match(text)
    text = text[start.end() :] if start else text
    text = _COUNTED_BY.sub(r"\g<who>", text)
    text = _DONE_BEFORE.sub("", text)
    return re.sub(r"(?:[,、:\s]|要|应|须|请|于|在|将|必须|务必|牵头(?:负责)?)+\Z", "", text)


def _all_senders(text: str) -> bool:
    return not _ACTS.search(text) and all(is_sender(part) for part in re.split(r"[,、和及](?![^(]*\))", text))
