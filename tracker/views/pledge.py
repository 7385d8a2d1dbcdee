"""The bloc's pledge: one blueprint, its pages in three modules by what they show."""

from tracker.views.pledge_parts import bp
from tracker.views.pledge_progress import progress
from tracker.views.pledge_rows import new_row
from tracker.views.pledge_year import index

__all__ = ["bp", "index", "new_row", "progress"]
