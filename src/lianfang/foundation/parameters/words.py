"""Words that a parameter may be set to, and the headings under which parameters are shown."""

from __future__ import annotations

from lianfang.kernel.vocabulary import Word


class Subject(Word):
    """What a parameter is about; the pages and the reference list them in this order."""

    POWERS = "powers", "职权"
    SEARCHES = "searches", "排查和风险点"
    GRADING = "grading", "风险评级"
    CONTROLS = "controls", "防控措施"
    CHECKS = "checks", "检查"
    PLAN = "plan", "方案用语"


class Measure(Word):
    """What kind of quantity a parameter is."""

    COUNT = "count", "个数"
    DAYS = "days", "天数"
    WORKDAYS = "workdays", "工作日数"
    MONTHS = "months", "月数"
    SHARE = "share", "百分比"
    CHOICE = "choice", "选项"


class BureauLevel(Word):
    """Administrative level of the bureau itself, which decides what powers it may hold (PWR007)."""

    COUNTY = "county", "县区级", "县级", "区级", "派出分局"
    CITY = "city", "设区的市级", "市级"
    PROVINCE = "province", "省级"

    @property
    def rank(self) -> int:
        """1 for county, 2 for city, 3 for province."""
        return {"county": 1, "city": 2, "province": 3}[self.value]


class Pace(Word):
    """How seldom a measure may be carried out at most (S77)."""

    MONTHLY = "monthly", "每月"
    QUARTERLY = "quarterly", "每季度", "每季"
    HALF_YEARLY = "half-yearly", "每半年"
    YEARLY = "yearly", "每年"


class DisclosureForm(Word):
    """The form in which the power list is made public where the plan says 一定形式 (S37)."""

    BOTH = "both", "政府网站和公开栏"
    WEBSITE = "website", "政府网站"
    BOARD = "board", "公开栏"


class AccountabilityScale(Word):
    """What the commission goes by where the plan says 视不同情况 (S49); the decision stays with the commission."""

    CASE = "case", "逐案研究，不设固定档次"
    NUMBER = "number", "按一年内红牌次数分档"
    HARM = "harm", "按后果轻重分档"
