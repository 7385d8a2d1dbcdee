"""All tables, imported once so that relationships by name are found."""

from tracker.models import account, action_item, attachment, audit, authority, bloc, conference, course, unit

__all__ = ["account", "action_item", "attachment", "audit", "authority", "bloc", "conference", "course", "unit"]
