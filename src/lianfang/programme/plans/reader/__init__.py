"""The plan reader: the text of an official implementation plan becomes a :class:`PlanRow`, with every place kept."""

from __future__ import annotations

from lianfang.programme.plans.reader.reading import read_plan
from lianfang.programme.plans.reader.report import as_json

__all__ = ["as_json", "read_plan"]
