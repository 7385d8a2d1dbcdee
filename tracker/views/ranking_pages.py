"""What the pages of a ranking share: the frame around a period's ranking, who put it forward and who confirmed it."""

from dataclasses import replace
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from tracker import guard, policy
from tracker.domain.ranking_words import grouped
from tracker.domain.vietnamese import short_date
from tracker.models.account import Account
from tracker.models.period import ReportingPeriod
from tracker.models.ranking import Ranking
from tracker.models.submission import Submission
from tracker.queries import bloc as blocs
from tracker.queries import ranking as queries
from tracker.queries import scoring as scorings
from tracker.queries.scoring import ScoringPeriod
from tracker.views import head

TAB = "scores"


def live_url(period: ReportingPeriod) -> str:
    return url_for("ranking.live", public_id=period.public_id)


def show_url(ranking: Ranking) -> str:
    return url_for("ranking.show", public_id=ranking.public_id)


def title_of(period: ReportingPeriod) -> str:
    """Xếp hạng năm 2025, Xếp hạng 6 tháng đầu năm 2026."""
    name = period.period.label
    return _("Xếp hạng %(period)s", period=name[0].lower() + name[1:])


def framed(period: ReportingPeriod) -> dict[str, Any]:
    """The head and the period, for every template here."""
    return {"head": head.of(period.bloc, TAB, period.year), "bloc": period.bloc, "period": period}


def loaded_for_reader(period: ReportingPeriod) -> tuple[ScoringPeriod, str]:
    """The period without the reader's own unit while its points are not shared, and that unit's name; blank: whole.

    Whoever leads or deputises sees its own points when the others see theirs (decisions/0022), so until then the order
    is drawn without it: a place among the others would tell its points.
    """
    loaded, own = scorings.load(period), own_not_shared(period)
    if own is None:
        return loaded, ""
    others = tuple(each for each in loaded.submissions if each is not own)
    name = own.unit.named_on(period.period.last_day).name
    return replace(loaded, submissions=others, left_out=int(own.id not in loaded.apart)), name


def own_not_shared(period: ReportingPeriod) -> Submission | None:
    """The report of the reader's own unit while its points are not open to it."""
    unit = guard.current_account().unit_id
    if unit is None or period.points_shared_at is not None:
        return None
    own = next((each for each in period.submissions if each.unit_id == unit), None)
    return None if own is None or guard.may(policy.may_see_judged_points, own) else own


def person(account: Account | None, period: ReportingPeriod) -> str:
    """Nguyễn Văn A, Sở Công Thương; the authority's name for the board. Blank for nobody."""
    if account is None:
        return ""
    unit = account.unit
    body = unit.named_on(period.period.last_day).name if unit is not None else account.authority.name
    return f"{account.full_name}, {body}"


def paper_of(ranking: Ranking) -> str:
    """The paper that the edition goes by; blank when none was named."""
    day = _("ngày %(day)s", day=short_date(ranking.decided_on)) if ranking.decided_on else ""
    return " ".join(part for part in (ranking.decision_number or "", day) if part)


def edition_page(ranking: Ranking) -> dict[str, Any]:
    """What the stamp of an edition says, and its siblings that were published."""
    period = ranking.period
    return {
        "ranking": ranking,
        "shown": queries.shown_of(ranking),
        "paper": paper_of(ranking),
        "prepared_by": person(ranking.prepared_by, period),
        "published_by": person(ranking.published_by, period),
        "hash_text": grouped(ranking.sha256),
        "editions": [each for each in queries.editions(period) if each.published_at and each.id != ranking.id],
    }


def bloc_name(period: ReportingPeriod) -> str:
    return blocs.load(period.bloc).named_on(period.period.last_day).name
