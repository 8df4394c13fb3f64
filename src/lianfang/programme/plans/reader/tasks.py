"""Numbered tasks: those a stage lists, and those of a section of tasks or measures (S13 to S16, S19, S34)."""

from __future__ import annotations

import re

from lianfang.programme.plans.reader.outline import Node, Style, stage_after_torn_steps
from lianfang.programme.plans.reader.page import Page
from lianfang.programme.plans.reader.phrases import is_body, is_sender
from lianfang.programme.plans.reader.sections import Purpose, is_aim, purpose_of, section_of
from lianfang.programme.plans.reader.stage import Stage
from lianfang.programme.plans.reader.table_items import table_tasks
from lianfang.programme.plans.rows import TaskRow

_SUBJECT = re.compile(
    r"(?P<who>各[^,。;:]{1,60}?|[^,。;:]{2,24}?)(?:牵头负责|牵头|负责|要|应|须|组织)?(?=召开|制定|制订|开展|组织|完成|建立|成立|填报|编制|报送|梳理|下发|印发|公布)"
)
_ADVERBIAL = re.compile(
    r"\A(?:对照|按照|根据|依据|结合|围绕)(?:本)?[^,。;]{0,10}?(?:方案|意见|通知|要求|规定|实际|附件\d?)[,、]?"
)
_LIST_LEAD = re.compile(r"(?:对象|范围|包括|情形|之一|标准|原则|以下单位|条件|问题)[^。\n]{0,6}:\s*\Z")
_INLINE = re.compile(
    r"(?:\A|(?<=[。;:,\n)、])) {0,8}(?:第?[一二三四五六七八九]是|首先|其次|再次|最后)[,要]?(?P<name>[^。;\n]{2,80})"
)
_UNTIL_DATE = re.compile(r"[,、(](?:请|并|于|在|须|要){0,3}(?=(?:\d{4}年)?\d{1,2}月)")
"""“签订承诺书,9月12日前交人事处”: the task ends where its deadline begins."""
_BY_DATE = re.compile(
    r"\A(?P<who>[^,。;]{0,16}?)(?:于|在|应|须|要|请)?(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[初底末]|[上中下]旬)?之?前,?"
    r"(?:向[^,。;]{2,30}?(?=提交|报送|上报|报告))?"
)
"""“各支部4月10日前上交心得体会”, “7月15日前向纠风办提交报告”: the task begins behind the date."""
_PARALLEL = re.compile(r"[^,:(]+,(?![按并由对经])[^,:(]+")
_ANNOUNCES = re.compile(r"[\u4e00-\u9fff]{0,4}(?:措施|任务|内容|事项|举措)")
_STEPS = re.compile(r"(?:方法|工作|实施)步骤\Z")
_MEASURES = re.compile(r"(?:工作|具体|主要)?措施")
_DAY = r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[初底末]|[上中下]旬)?"
_WHEN = re.compile(rf"\A{_DAY}(?:[-—–~至到]{{1,2}}(?:{_DAY}|\d{{1,2}}日))?,(?=.{{2}})")
"""“8月20日~24日,股室下发通知”: what is done in the days that the item begins with."""
_SHORT_FOR = re.compile(r"\(以下简称[^()]{1,20}\)")
_BRACKET_LEFT_OPEN = re.compile(r"\((?:责任|牵头|完成|时限|承办|配合|主办)[^()]*\Z")
"""“建立制度(责任科室:质管科;完成时限:6月底)”: a heading ends at the first stop, which may stand in the bracket."""
_CHARGED = re.compile(r"(?P<who>(?:各|全)[^,。;:]{1,30}?)(?:必须|务必|要|应当?|须|需)(?=[\u4e00-\u9fff])")
_GROUNDED = re.compile(r"(?P<who>(?:各|全)[^,。;:]{1,30}?)(?=按照|根据|结合|围绕|对照|针对|依据)")
_GROUND = re.compile(r"(?:通过|根据|按照|结合|围绕|对照|针对|依据|采取|以)")
_COMMA = re.compile(r",(?![^“《(”》)]*[”》)])")
_LONGEST_PHRASE = 16
_SHORTEST_TEXT = 8
_LONGEST = 40
_AND = re.compile(r"[、,和及与](?![^(]*\))")
_ACT = re.compile(r"召开|举行|开展|组织(?!部)|建立|成立|设立|健全|完善|加强|推进|明确|落实")
_DEED = re.compile(
    r"(?:并|依法|及时|认真|切实|全面|抓紧|进一步)*(?:召开|举行|举办|开展|组织|建立|成立|组建|设立|健全|完善|制定|制订|起草|印发|下发|编制"
    r"|实施|推进|办理|签订|公布|公示|填写|填报|上报|报送|梳理|查找|形成)"
)
_UNSAID = re.compile(r"(?:在|根据|按照|结合)[^,]{0,40}(?:基础上|前提下|要求|规定|精神|实际|同时)(?:\([^()]*\))?\Z")


def find_tasks(page: Page) -> list[TaskRow]:
    """Tasks in the order of the text."""
    tasks: list[TaskRow] = []
    for stage in page.stages:
        tasks += _of_stage(page, stage)
    tasks += _outside(page, bool(tasks))
    known = {task.name for task in tasks}
    tasks += [task for task in table_tasks(page) if task.name not in known]
    return sorted(tasks, key=lambda task: task.span.start)


def _of_stage(page: Page, stage: Stage) -> list[TaskRow]:
    children = stage.node.children if stage.node else []
    if children and not _is_plain_list(page, children):
        return [task for child in children if (task := _task(page, child, stage))]
    if children:
        return []
    text = page.source.text
    found = list(_INLINE.finditer(text, _heading_end(stage), stage.end))
    return [_inline(page, stage, match) for match in found] if len(found) > 1 else []


def _heading_end(stage: Stage) -> int:
    """A heading may run on into its first sentence; then the tasks begin right behind its dates."""
    inside = stage.window is not None and stage.start <= stage.window.end <= stage.head_end
    return stage.window.end if stage.window and inside else stage.head_end


def _is_plain_list(page: Page, children: list[Node]) -> bool:
    """A list of objects or cases (“检查对象:1.…的;”) is no list of tasks."""
    lead = page.source.text[max(0, children[0].start - 40) : children[0].start]
    descriptive = sum(child.title.endswith(("的", "等")) for child in children)
    return bool(_LIST_LEAD.search(lead)) or descriptive * 2 > len(children)


def _task(page: Page, node: Node, stage: Stage | None) -> TaskRow | None:
    name = _name(node.title)
    alone = node.own_end - node.head_end <= len("。\n")
    if alone and (len(name) > _LONGEST_PHRASE or _GROUND.match(name)):
        name = _main_clause(name)
    if len(name) < 2 or _says_nothing(name) or _is_unit(name):
        return None
    section = _section_title(node)
    return TaskRow(
        stage=stage.ordinal if stage else None,
        name=name,
        section=section[:_LONGEST],
        span=page.source.span(node.start, max(node.head_end, node.head)),
    )


def _main_clause(sentence: str) -> str:
    """What a whole sentence asks for: its first clause that is no mere way of doing it; or all, where all are deeds."""
    clauses = _after_grounds(sentence)
    whole = ",".join(clauses)
    return whole if len(whole) <= _LONGEST and all(map(_DEED.match, clauses)) else clauses[0]


def _after_grounds(sentence: str) -> list[str]:
    clauses = _COMMA.split(sentence)
    while len(clauses) > 1 and _GROUND.match(clauses[0]):
        del clauses[0]
    return clauses


def _says_nothing(name: str) -> bool:
    """“各单位在…的基础上”: the text breaks off before it says what to do."""
    unsaid = _UNSAID.search(name)
    return bool(unsaid and (not unsaid.start() or is_sender(name[: unsaid.start()])))


def _is_unit(name: str) -> bool:
    """“区县政府和街道办事处。…”: a heading that lists units says whose duties follow."""
    parts = [part for part in _AND.split(name) if part]
    return (len(parts) > 1 or name.startswith("各")) and all(is_body(part) and not _ACT.search(part) for part in parts)


def _name(title: str) -> str:
    """The task without its subject; a whole sentence is cut at its first comma."""
    title = _BRACKET_LEFT_OPEN.sub("", title)
    title = re.sub(r"\((?:[^()]{0,20}(?:责任|牵头|完成|时限|\d月)[^()]{0,40})\)", "", title).strip()
    title = _WHEN.sub("", _SHORT_FOR.sub("", title))
    by_date = _BY_DATE.match(title)
    if by_date and (not by_date["who"] or is_sender(by_date["who"])):
        title = title[by_date.end() :]
    title = _UNTIL_DATE.split(title, maxsplit=1)[0] or title
    charged = _CHARGED.match(title)
    if charged and is_sender(charged["who"]):
        return _main_clause(title[charged.end() :])
    title = _without_grounds(title)
    subject = _SUBJECT.match(title)
    if subject and is_sender(subject["who"]) and "并" not in subject["who"]:
        return _main_clause(title[subject.end() :])
    return _main_clause(title) if len(title) > _LONGEST else title


def _without_grounds(title: str) -> str:
    """“各股按照方案要求,结合实际,制订计划” → 制订计划."""
    who = _GROUNDED.match(title)
    return ",".join(_after_grounds(title[who.end("who") :])) if who and is_sender(who["who"]) else title


def _inline(page: Page, stage: Stage, match: re.Match[str]) -> TaskRow:
    name = _ADVERBIAL.sub("", match["name"]) or match["name"]
    parallel = len(name) <= _LONGEST_PHRASE and _PARALLEL.fullmatch(name)
    name = name if parallel else re.split(r"[,:(]|并按", name, maxsplit=1)[0]
    return TaskRow(
        stage=stage.ordinal,
        name=name.strip(),
        section=stage.name,
        span=page.source.span(match.start("name"), match.start("name") + len(match["name"])),
    )


def _outside(page: Page, stages_have_tasks: bool) -> list[TaskRow]:
    free = [node for node in page.nodes if page.stage_at(node.start) is None]
    nodes = [node for node in free if node.style is Style.PAREN] or [node for node in free if _is_second_level(node)]
    nodes = nodes or _torn_list(page)
    nodes = [part for node in nodes for part in (node.children if _only_announces(node) else [node])]
    nodes = [node for node in nodes if not _is_torn_aim(page, node) and not _says_whose_duty(node)]
    if not page.stages and _runs_on(nodes):
        chosen = [node for node in nodes if section_of(node) is not Purpose.AIMS]
    else:
        chosen = [node for node in nodes if _is_task_section(node)]
        chosen = chosen or [node for node in nodes if section_of(node) is Purpose.OTHER and not is_aim(node.title)]
    chosen = _without_guarantees(page, chosen)
    if stages_have_tasks:
        chosen = [node for node in chosen if section_of(node) is Purpose.TASKS]
    torn = [node for node in _torn_steps(page) if node not in chosen]
    return [task for node in (*torn, *chosen) if (task := _task(page, node, None))]


def _torn_steps(page: Page) -> list[Node]:
    """The steps at the head of a torn-off text, of a stage whose own heading is lost."""
    stage = stage_after_torn_steps(page.nodes)
    return [node for node in page.nodes if stage and node.start < stage.start and node.parent is None]


def _without_guarantees(page: Page, nodes: list[Node]) -> list[Node]:
    """Where the tasks stand before the stages, a section 工作措施 behind them says how they are made sure of."""
    first = page.stages[0].start if page.stages else 0
    if not any(node.start < first for node in nodes):
        return nodes
    return [node for node in nodes if node.start < first or not _MEASURES.fullmatch(_section_title(node))]


def _section_title(node: Node) -> str:
    return next((above.title for above in node.above()), "")


def _only_announces(node: Node) -> bool:
    """“(二)工作措施。1.…;2.…”: a heading that says nothing but that measures follow."""
    bare = node.own_end - node.head_end <= len("。\n") and len(node.children) > 1
    return bare and bool(_ANNOUNCES.fullmatch(node.title) or _STEPS.search(node.title))


def _is_second_level(node: Node) -> bool:
    return node.style is Style.ARABIC and node.parent is not None and node.parent.style is Style.UPPER


def _torn_list(page: Page) -> list[Node]:
    """“3、开展分析。… 4、建立规则。…”: a page torn off in the middle of one list, each item with its own text."""
    first = page.nodes[0] if page.nodes and not page.stages else None
    if first is None or first.parent or first.style is not Style.ARABIC or first.ordinal < 2:
        return []
    items = [node for node in page.nodes if node.parent is None]
    told = all(node.style is Style.ARABIC and node.end - node.head_end > _SHORTEST_TEXT for node in items)
    return items if told and len(items) > 1 else []


def _is_torn_aim(page: Page, node: Node) -> bool:
    """“(四)统筹兼顾,稳步推进。…三、主要任务”: what a torn-off page has before the scope and the tasks is no task."""
    if node.parent or node.style is not Style.PAREN or not _SLOGAN.fullmatch(node.title):
        return False
    following = [other for other in page.nodes if other.style is Style.UPPER and other.start > node.start][:2]
    return any(purpose_of(other.title) is Purpose.AIMS or "任务" in other.title for other in following)


_SLOGAN = re.compile(r"[\u4e00-\u9fff]{4}(?:[,、][\u4e00-\u9fff]{4})+")
_DUTIES = re.compile(r"职责(?:分工)?\Z|责任分工\Z")


def _says_whose_duty(node: Node) -> bool:
    """“明确职责:(一)各县局督促…;(二)企业应…”: duties that bodies always have, told by their subjects."""
    subject = _DUTY_OF.match(node.title)
    return bool(_DUTIES.search(_section_title(node)) and subject and is_sender(subject["who"]))


_DUTY_OF = re.compile(r"(?P<who>[^,。;:]{2,24}?)(?:应当?|要|须|负责|督促|牵头|承担|协助|配合)")


def _is_task_section(node: Node) -> bool:
    return section_of(node) in {Purpose.TASKS, Purpose.UNKNOWN} and not is_aim(node.title)


def _runs_on(nodes: list[Node]) -> bool:
    """Whether one numbering runs through several sections, so that all of it is one list of measures."""
    parents = {id(node.parent) for node in nodes}
    numbers = [node.ordinal for node in nodes]
    return bool(nodes) and len(parents) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
