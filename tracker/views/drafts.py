"""What someone typed when the session had ended: carried, signed, through the sign-in page, and given back."""

import json
from dataclasses import dataclass

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.exceptions import HTTPException

LONGEST = 1_000_000
KEPT_SECONDS = 24 * 3600
BOOKKEEPING = frozenset({"csrf_token"})
#: A posted value no longer than this is a choice, an id or a version, and no text somebody would miss.
LONGEST_CODE = 24


@dataclass(frozen=True)
class Opened:
    """What came back: the form's path, its whole address, and what was typed as JSON pairs."""

    path: str
    address: str
    draft: str


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="typed-draft")


def carry(account_id: str | None) -> str | None:
    """The posted form as one signed text for a hidden field, for the account whose session ended. None if too long."""
    typed = [(key, value) for key, value in request.form.items(multi=True) if key not in BOOKKEEPING]
    query = request.query_string.decode("utf-8", "replace")
    text = _signer().dumps({"path": request.path, "query": query, "typed": typed, "account": account_id})
    return str(text) if len(text) <= LONGEST else None


def open_carried(text: str, account_id: str) -> Opened | None:
    """What the hidden field carried, when it is ours, fresh, and was typed by the same account."""
    try:
        carried = _signer().loads(text, max_age=KEPT_SECONDS)
    except BadData:
        return None
    if carried["account"] not in (None, account_id):
        return None
    path, query = carried["path"], carried["query"]
    return Opened(path, f"{path}?{query}" if query else path, json.dumps(carried["typed"], ensure_ascii=False))


def fields(draft: str) -> list[tuple[str, str]]:
    return [(str(key), str(value)) for key, value in json.loads(draft)]


def is_a_page(path: str) -> bool:
    """Whether a path can be opened by GET: a form's own page can, a button's address cannot."""
    try:
        endpoint, _arguments = current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return False
    return bool(endpoint)


def local_path(path: str | None) -> str | None:
    """`path` when it is one of our own pages, else None: redirects go nowhere else."""
    if not path or not path.startswith("/") or path.startswith("//") or "\\" in path:
        return None
    return path if is_a_page(path.partition("?")[0]) else None


