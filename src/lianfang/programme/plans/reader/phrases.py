"""The nouns of a reporting clause: bodies that send or receive, and papers that are sent."""

from __future__ import annotations

import re

_BODY_END = (
    "办公室|领导小组|工作组|小组|委员会|党委|党组|党工委|纪委|监委|政府|机关|部门|单位|中心|总站|大队|支队|总队|中队|公司|集团|学校|学院"
    "|国务院|人大|政协|馆|党校|法院|检察院|纪检组|监察组|办|委|局|厅|部|处|科|股|室|院|组|站|队|所|司|会|市|县|区|省|上级|镇|乡|街道|企业|秘书处|团|专班|支部|总支|指挥部|机构"
)
SENDER_END = (
    _BODY_END
    + "|党组织|团组织|地区|科室|乡镇|村|社区|系统|班(?!组)|班组|人员|党员|干部|高校|园区|成员|支部|处室|负责人"
    "|院校|医院|地方|行业|机构"
)
PAPERS = (
    "方案|报告|总结|材料|清单|情况|台账|计划|汇总表|统计表|名单|意见|结果|信息|小结|目录|汇报|记录|数据|资料|简报|电子版|电子文档|文件|制度"
    "|办法|流程图|手册|承诺书|责任书|公函|回执|名册|纪要|规划|细则|档案|案件|公示|职权|事项|表|图|书|件|稿|经验|做法|体会|建议|报表|册|函|样本|(?<![简菜])单|指标|成果|预案|照片|作品|心得|论文|档|问卷|试卷|申请|汇编|台帐|证明|票|样表|议题|线索|进展|表格|版|标准|基准|文稿|文本|联系人|联络员|联系方式"
)
_SURE_PAPER = re.compile(
    r"(?:方案|报告|总结|材料|清单|情况|台账|计划|表格?|名单|意见|结果|信息|小结|目录|汇报|记录|数据|简报|版|稿|册|(?<![简菜])单|书|函|纪要|档案|照片|预案|办法|细则|规划|制度|标准|汇编)[》”]?\Z"
)
_BODY = re.compile(rf"(?:{_BODY_END})(?:\([^()]{{1,12}}\))?\Z")
_SENDER = re.compile(rf"(?:{SENDER_END})(?:\([^()]{{1,12}}\))?\Z")
_PAPER = re.compile(rf"(?:{PAPERS})[》”\"]?\Z")
_CONTACT = re.compile(
    r"\([^()]{0,80}?(?:联系|电话|邮箱|传真|地址|附件|见附|@|电子邮|收件|\d+ ?[室号楼]|大楼)[^()]{0,80}\)"
)
_ATTACHED = re.compile(
    r"\((?:[^()]{0,30}?[,、])?(?:同时附|并附|附|含|包括)(?:送|上|有)?(?P<what>[^(),、]{2,30})[^()]{0,30}\)"
)
_OUTCOME_WORDS = (
    "备案|备查|存档|归档|(?:留|保|备)存|留[档底]|存[查底]|保管|审核|审定|审批|审查|审阅|审议|汇总|研究|确认|批准|批复|签收"
    "|登记|统计|公示|核定|把关|后实施"
)
_OUTCOME = re.compile(rf"(?:,|、)?(?:进行|予以)?(?:统一|合法性)?(?:{_OUTCOME_WORDS})+\Z")
_OWN = "地区|部门|单位|系统|级|辖区|行业|县区|科室|处室|乡镇|省|市|县|区|镇|乡|局|校|院"
_LEADING = re.compile(
    rf"\A(?:[、,:和及与并的]|各?一份|请|要|应|须|需|同时附|同时|连同|出具|附(?![件表录])|一并|及时|分别|将|把|对(?![照策标比外口应])"
    rf"|本[省市县区](?:\([^()]{{1,12}}\))的?|本(?:{_OWN})[、和]?的?|本(?=[\u4e00-\u9fff]{{1,4}}[、的])|其(?![他它余中次])|所属|各自|关于(?=[^《》]{{0,6}}《))+"
)
_TRAILING = re.compile(
    r"(?:\((?:附件|加盖|盖章|见|详见|签字|一式|须|需|要求)[^()]{0,20}\)|一式[一二三四五六七八九十两\d]{1,2}份|各一份"
    r"|,?并?(?:加盖|盖)(?:单位)?公?章后?,?|等(?:材料|资料|内容)?|以书面形式|书面|统一|一并|及时|分别|集中|[、,:])+\Z"
)


def is_body(phrase: str) -> bool:
    """Whether ``phrase`` ends like the name of an office, a commission or a unit."""
    return 1 < len(phrase) <= 60 and bool(_BODY.search(phrase)) and not is_paper(phrase)


def is_sender(phrase: str) -> bool:
    """Like :func:`is_body`, and also groups of people who can be asked for a paper."""
    return 1 < len(phrase) <= 60 and bool(_SENDER.search(phrase)) and phrase != "全部"


def is_paper(phrase: str) -> bool:
    """Whether ``phrase`` ends like something that can be handed in."""
    return bool(_PAPER.search(phrase))


def is_sure_paper(phrase: str) -> bool:
    """Whether ``phrase`` ends like a paper and like nothing else."""
    return bool(_SURE_PAPER.search(phrase))


_WORK = re.compile(
    r"(?<=[\u4e00-\u9fff》])(?:编制|制定|制订|修订|编写|起草|审查|审核|梳理|清理|填报|更新|绘制|汇总)+(?:工作)?\Z"
)


def is_work_on_paper(phrase: str) -> bool:
    """Whether ``phrase`` names a paper, or the work on one: 管理办法编制, 方案审查工作."""
    return is_sure_paper(_WORK.sub("", phrase))


_REMARK = re.compile(r"\((?:其中|包括|含|注|具体)[^()]{0,60}[,;:。][^()]{0,120}\)")


def without_contacts(text: str) -> str:
    """``text`` without brackets that hold telephone numbers, mail boxes, the number of an annex or a remark."""
    return _REMARK.sub("", _CONTACT.sub("", text))


_NO_BODY = re.compile(r"(?:并|和|及|与|后|的|完|了|[各本](?=科室|单位|部门|股室|处室)|经|由|在|按|对)")


_RELAYED = re.compile(r"(?:统一)?(?:汇总|审核|初审|审定|审批|审查|审签|备案|登记|统计|把关|整理)后|后由")
"""“报县法制办汇总后报县政府”: the papers are handed to the first of the two."""


def first_body(segment: str) -> str:
    """Like :func:`body_in`, for a segment that goes on to say who passes the papers on."""
    return body_in(_RELAYED.split(segment, maxsplit=1)[0])


_LONGEST_SEGMENT = 100
_COPIES = re.compile(r"\((?:一式|加盖|盖章)[^()]{0,20}\)")


def body_in(segment: str) -> str:
    """The receiving body that a whole segment names, such as 国务院办公厅 in 国务院办公厅备案; empty if none."""
    if len(segment) > _LONGEST_SEGMENT:
        return ""
    phrase = _OUTCOME.sub("", _COPIES.sub("", segment.strip(" ,、:"))).strip(" ,、:")
    phrase = re.sub(r"\A(?:至|到|给|于|本级)(?=.{2})", "", phrase) if not phrase.startswith("本级") else phrase
    return phrase if is_body(phrase) and not _NO_BODY.match(phrase) else ""


_OWNER = re.compile(rf"\A(?:[^,。;:和]{{0,4}}本级[、和及与])?各[^,。;:和]{{0,14}}?(?:{SENDER_END})(?=[^、的和及]{{2}})")


_OWNERS = re.compile(r"(?:各|局属|全[局市县区院校]|本[局单部县市区镇乡院校])")
_AND = re.compile(r"[、和及与]")


def _is_owner(part: str) -> bool:
    """“本县(市)、区和本部门”: a level of government may stand alone in a row of owners."""
    return is_sender(part) or part in {"县", "市", "区", "镇", "乡"}


_WORKED_ON = re.compile(
    r"\A(?:经[^,、。]{0,8}?)?(?:清理|编制|审核|确定|确认|汇总|梳理|整理|填写|填报|核定|审定)+好?的(?=.{2})"
)
"""“经审核确定的目录”: the paper is the 目录."""


def tidy(phrase: str) -> str:
    """A paper's name without what leads up to it and what trails after it."""
    phrase = _WORKED_ON.sub("", phrase)
    whose, of, what = phrase.partition("的")
    owner = _OWNER.match(phrase)
    if of and is_paper(what) and _OWNERS.match(whose) and all(map(_is_owner, _AND.split(whose))):
        phrase = what
    elif owner and is_paper(phrase):
        phrase = phrase[owner.end() :]
    before = None
    while before != phrase:
        before = phrase
        phrase = _TRAILING.sub("", _LEADING.sub("", phrase.strip(" ")))
    return phrase


_SPLIT = re.compile(r"[、,]|(?<=》)(?=《)|(?:以及|同时附|并附|连同|和|及|与|并)(?=[\u4e00-\u9fff《“])")


def without_owner(phrase: str, owner: str) -> str:
    """“县局总结” that 县局 hands in is its 总结."""
    rest = phrase.removeprefix(owner) if owner else phrase
    return rest if len(rest) > 1 and is_paper(rest) else phrase


def papers_in(text: str) -> list[str]:
    """The papers that a phrase lists; quotation marks, titles and brackets stay whole."""
    text = text.strip(" ,、")
    attached = [match["what"] for match in _ATTACHED.finditer(text) if is_paper(match["what"])]
    text = _ATTACHED.sub("", text)
    parts: list[str] = []
    start = 0
    for match in _SPLIT.finditer(text):
        left, right = text[start : match.start()], text[match.end() :]
        if _may_split(left, match.group(), right):
            parts.append(left)
            start = match.end()
    parts.append(text[start:])
    names = [tidy(part) for part in (*parts, *attached)]
    return list(dict.fromkeys(name for name in names if len(name) > 1))


_CONTENTS = re.compile(r"[\u4e00-\u9fff]{2}内容(?:一并|统一|同时|一起)?\Z")
"""“方案和承诺内容”: 内容 is a paper only beside one."""


def _may_split(left: str, mark: str, right: str) -> bool:
    if _open(left):
        return False
    if mark in "、,":
        return is_paper(left.rstrip(" )")) or mark == ","
    if not mark:
        return True
    following = right.partition("、")[0]
    return bool(_SURE_PAPER.search(left) or left.endswith("》")) and (
        is_paper(following) or bool(_CONTENTS.search(following))
    )


def _open(text: str) -> bool:
    return any(text.count(a) > text.count(b) for a, b in ("《》", "“”", "()"))


_BODY_SPLIT = re.compile(r"[、,]|和|及|并抄送|同时抄送|并抄报")


def bodies_in(phrase: str) -> tuple[str, ...]:
    """One receiver, or several where every part names a body of its own."""
    phrase = phrase if phrase.count("(") >= phrase.count(")") else phrase.partition(")")[0].rstrip("( ")
    parts = [part.strip() for part in _BODY_SPLIT.split(phrase)]
    if len(parts) > 1 and not _open(parts[0]) and all(is_body(part) for part in parts):
        return tuple(parts)
    return (phrase,) if phrase else ()
