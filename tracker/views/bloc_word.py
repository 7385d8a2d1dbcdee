"""The word for the bloc at hand: "khối" in a khối, "cụm" in a cụm, in the sentences of the program itself."""

from flask import g

from tracker import guard
from tracker.domain.blocs import BlocKind, small_word
from tracker.models.account import Account
from tracker.queries import bloc as queries


def own_blocs(account: Account) -> list[tuple[str, str, BlocKind]]:
    """(public id, name, kind) of the blocs the reader's unit belongs to today. Asked once a request."""
    if account.unit_id is None:
        return []
    if "own_blocs" not in g:
        g.own_blocs = queries.current_blocs(account, guard.today())
    found: list[tuple[str, str, BlocKind]] = g.own_blocs
    return found


def bloc_word() -> str:
    """khối or cụm: of the page's bloc, else of the reader's own; "khối, cụm" where neither tells.

    For messages with a place for it: `_('Thường trực %(bloc)s', bloc=bloc_word())`.
    """
    shown = getattr(g, "bloc", None)
    if shown is not None:
        return small_word([shown.kind])
    account = guard.signed_in()
    return small_word(kind for _key, _name, kind in own_blocs(account)) if account else small_word([])
