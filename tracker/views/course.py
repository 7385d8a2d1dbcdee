"""The course of a conference: one blueprint, its pages in three modules by what they show."""

from tracker.views.course_minutes import minutes
from tracker.views.course_parts import bp
from tracker.views.course_rows import new
from tracker.views.course_sheets import roster

__all__ = ["bp", "minutes", "new", "roster"]
