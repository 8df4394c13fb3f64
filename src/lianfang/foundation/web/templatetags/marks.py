"""Small signs inside a line: icon, state, grade, severity, due date, number, progress, and words for values."""

from __future__ import annotations

import datetime
import functools
from importlib import resources

from django.template import Context, Library
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lianfang.foundation.journal.wording import NOTHING, words
from lianfang.foundation.parameters.values import Parameters
from lianfang.foundation.web import tones
from lianfang.kernel.findings import Severity

register = Library()


@functools.cache
def known_icons() -> frozenset[str]:
    """Names in ``icons.txt``, the list from which the sprite is built."""
    listed = resources.files("lianfang.foundation.web").joinpath("icons.txt").read_text(encoding="utf-8")
    return frozenset(listed.split())


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; silent to screen readers unless ``label`` gives it a meaning of its own.

    Raises:
        ValueError: the name is not in ``icons.txt``, so the sprite would not hold it.
    """
    if name not in known_icons():
        raise ValueError(f"图标“{name}”没有列入 icons.txt。")
    address = f"{static('vendor/icons.svg')}#{name}"
    if not label:
        return format_html(
            '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', address
        )
    return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, address)


@register.simple_tag
def state(value: object, tone: str = "", stale: bool = False) -> SafeString:
    """A state as a quiet badge: dot and word; ``stale`` adds that the entry changed after its approval."""
    mood = tone or tones.tone_of(str(getattr(value, "value", value)))
    badge = format_html('<span class="state state-{}">{}</span>', mood, words(value))
    if not stale:
        return badge
    return format_html('{} <span class="state state-{}">审定后已变动</span>', badge, tones.REOPENED)


@register.simple_tag
def grade(value: str | None) -> SafeString:
    """A risk grade: shape, word, colour (S28); ``None`` or "" reads 未定级."""
    mark = tones.grade_mark(value)
    return format_html(
        '<span class="grade {}"><span aria-hidden="true">{}</span>{}</span>', mark.css, mark.shape, mark.word
    )


@register.simple_tag
def severity(value: str) -> SafeString:
    """The severity of a finding (E, W, I): icon, word, colour."""
    mark = tones.SEVERITY_MARKS[Severity(value)]
    return format_html('<span class="severity {}">{}{}</span>', mark.css, icon(mark.shape), mark.word)


@register.simple_tag(takes_context=True)
def due(context: Context, day: datetime.date | None, done: bool = False, tracked: bool = True) -> SafeString:
    """A due date with the natural days left or passed, in words; nothing is counted once the work is ``done``.

    How near is near, the frame of the page says (``chrome.soon_days``); without a frame the parameter's default holds.
    Where nobody records whether the work came (``tracked`` is false), a day that has passed is not called late.
    """
    if day is None:
        return format_html('<span class="text-muted">{}</span>', "未定期限")
    left = (day - timezone.localdate()).days
    date = format_html('<time class="due" datetime="{}">{}</time>', day.isoformat(), day.isoformat())
    if done or (left > 0 and left > _soon_days(context)):
        return date
    if left < 0 and not tracked:
        return format_html('{} <span class="text-muted">期限已过</span>', date)
    tone = "late" if left < 0 else "soon"
    said = f"已逾期 {-left} 天" if left < 0 else "今天到期" if left == 0 else f"还有 {left} 天"
    return format_html('{} <span class="due-{}">{}</span>', date, tone, said)


def _soon_days(context: Context) -> int:
    return int(getattr(context.get("chrome"), "soon_days", Parameters().due_soon_days))


@register.simple_tag
def moment(value: datetime.datetime | None) -> SafeString:
    """A point in time as 2017-06-21 10:32, in the bureau's time zone."""
    if value is None:
        return format_html("{}", NOTHING)
    return format_html('<time class="num" datetime="{}">{}</time>', value.isoformat(), words(value))


@register.simple_tag
def badge(text: object, tone: str = "") -> SafeString:
    """A short word beside another, such as 外部 or 三重一大; ``tone``: "" quiet, ``accent`` or ``warn``."""
    return format_html('<span class="word-badge {}">{}</span>', f"word-badge-{tone}" if tone else "", words(text))


@register.simple_tag
def number(value: str, url: str = "") -> SafeString:
    """A public number in figures of equal width, as a link where ``url`` is given."""
    if url:
        return format_html('<a class="number row-link" href="{}">{}</a>', url, value)
    return format_html('<span class="number">{}</span>', value)


@register.simple_tag
def progress(done: int, total: int, label: str = "") -> SafeString:
    """How much of something is done, as a bar and as figures; nothing to do reads 无任务."""
    if total <= 0:
        return format_html('<span class="progress-line text-muted">{} 无任务</span>', label)
    return format_html(
        '<span class="progress-line">{0} <progress max="{2}" value="{1}" aria-label="{0}">{1}/{2}</progress>'
        '<span class="num">{1}/{2}</span></span>',
        label,
        done,
        total,
    )


@register.filter(name="words")
def words_filter(value: object) -> str:
    """A value of a Row as a person reads it; nothing reads —."""
    return words(value) or NOTHING
