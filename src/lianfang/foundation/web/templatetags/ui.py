"""All tags and filters of the house in one library, which the settings build into every template."""

from __future__ import annotations

from django.template import Library
from django.templatetags import static

from lianfang.foundation.web.templatetags import fields, layout, marks, records, tables

register = Library()
for part in (static, marks, layout, tables, fields, records):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
