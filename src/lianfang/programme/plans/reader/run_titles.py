"""The title at the head of a text that has lost its line breaks, glued to letterhead, number and addressees (S1)."""

from __future__ import annotations

import re

from lianfang.programme.plans.reader.phrases import is_sender

KIND = "方案|通知|意见|办法|计划|规定|要点|规划|通报|决定|报告|细则|制度|公告|通告|函|批复"
"""The last word of an official document's title."""
_HEAD = 600
_NUMBER = re.compile(r"\A.{0,60}?号(?!召)")
_MARKS = re.compile(r"\A.{0,40}?(?:内部事项|普通事项|特急|加急|急件|机密|秘密)(?=[\u4e00-\u9fff])")
"""What a letterhead says of the paper itself, before the title begins."""
_ANNEX = re.compile(r"\A附件[:：]?\d{0,2}?(?=(?:19|20)\d{2}年|[\u4e00-\u9fff“])")
_ABOUT = re.compile(
    rf"(?P<title>(?:[\u4e00-\u9fff* ]{{2,40}}?)?关于(?:《[^》\n]{{2,60}}》|[^。;:\n《]){{2,90}}?的(?:{KIND}))"
    r"(?P<then>[^。\n]{0,300})"
)
_OWN = re.compile(
    r"(?P<title>[\u4e00-\u9fff*×Xx()\d“”、]{4,50}?(?:实施|工作|行动|活动|整治|评选|推进|治理|建设)方案)"
    r"(?=[各为根按局市县区一现依\n]|国务院|\Z)"
)
_GOES_ON = re.compile(r"\A(?:[各为根按局市县区一现依\n]|国务院|\Z)")
_NO_ADDRESS = re.compile(r"现将|如下|根据|按照|为了|通知|精神|要求")
_BETWEEN = re.compile(r"[、,]")


def run_title(head: str) -> str:
    """The title in the run-together ``head`` of a document; empty where none can be told from the text around it."""
    text = _ANNEX.sub("", _MARKS.sub("", _NUMBER.sub("", head[:_HEAD]).lstrip()))
    about = next((match for match in _ABOUT.finditer(text) if _ends_title(match)), None)
    own = _OWN.search(text)
    if about and own:
        return min(about, own, key=lambda match: match.start())["title"].strip()
    found = about or own
    return found["title"].strip() if found else ""


def _ends_title(match: re.Match[str]) -> bool:
    """Whether the body, or those whom the paper addresses, begin behind the title."""
    return bool(_GOES_ON.match(match["then"])) or _is_address(match["then"])


def _is_address(text: str) -> bool:
    names, colon, _ = text.partition(":")
    if not colon or len(names) < 2 or _NO_ADDRESS.search(names):
        return False
    parts = _BETWEEN.split(names)
    return is_sender(parts[-1]) or 2 * sum(map(is_sender, parts)) >= len(parts) or len(parts) == 1
