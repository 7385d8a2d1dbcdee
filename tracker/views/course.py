"""The course of a conference: one blueprint, its pages in three modules by what they show."""

from tracker.views import course_minutes, course_rows, course_sheets
from tracker.views.course_parts import bp

__all__ = ["bp", "course_minutes", "course_rows", "course_sheets"]
