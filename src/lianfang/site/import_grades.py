"""Grades of a list of risk points that nobody adopts: they are decided by grading, so none of them bars the list."""

from __future__ import annotations

import dataclasses

from lianfang.foundation.documents.notices import Notice
from lianfang.foundation.documents.register_reading import Reading
from lianfang.kernel.findings import Finding, Severity

_FIELD = "grade"
_UNREAD = {notice.code for notice in (Notice.BAD_CELL, Notice.GRADES_AMBIGUOUS, Notice.GRADES_COUNTED)}
_WHY = "等级由评级决定，表里的不采用，不妨碍导入；承接已审定的清单才要改正。"


def without_grades(reading: Reading) -> Reading:
    """The reading, in which a grade that could not be read is a thing to look at and no error of form."""
    return dataclasses.replace(reading, findings=[_looked_at(found) for found in reading.findings])


def _looked_at(found: Finding) -> Finding:
    if found.field != _FIELD or found.code not in _UNREAD:
        return found
    return dataclasses.replace(found, severity=Severity.WARNING, message=found.message + _WHY)
