"""A ranking for its papers: an edition from its frozen copy, or the order as it stands, with the periods before it."""

from itertools import groupby
from zoneinfo import ZoneInfo

from tracker.domain.periods import Period
from tracker.domain.ranking_paper import EarlierLine, EarlierRanking, RankingPaper, RankingStamp
from tracker.domain.reporting import PeriodState
from tracker.models.period import ReportingPeriod
from tracker.models.ranking import Ranking
from tracker.queries import ranking, ranking_history
from tracker.queries.scoring import ScoringPeriod

#: How many earlier periods the line chart shows.
MOST_EARLIER = 11


def live(period: ReportingPeriod, loaded: ScoringPeriod | None = None) -> RankingPaper:
    """The order as it stands, without a stamp; of `loaded` where a reader sees only a part. Constant queries."""
    return RankingPaper(ranking.collect(period, loaded), None, earlier(period), period.bloc.kind)


def of_edition(edition: Ranking) -> RankingPaper:
    """An edition as it was frozen, whatever was changed since."""
    return RankingPaper(ranking.shown_of(edition), _stamp(edition), earlier(edition.period), edition.period.bloc.kind)


def published(period: ReportingPeriod) -> RankingPaper | None:
    """The edition in force; None before publication and for a period without points."""
    if not period.scored or period.state not in PeriodState.shown_to_all():
        return None
    edition = ranking.published(period)
    return of_edition(edition) if edition is not None else None


def earlier(period: ReportingPeriod) -> tuple[EarlierRanking, ...]:
    """What was published of the bloc's periods that ended before this one, oldest first."""
    known = [each for each in ranking_history.results(period.bloc) if _order(each.period) < _order(period.period)]
    known.sort(key=lambda each: _order(each.period))
    found = [
        EarlierRanking(of, tuple(EarlierLine(each.unit.public_id, each.rank, each.points) for each in rows))
        for of, rows in groupby(known, key=lambda each: each.period)
    ]
    return tuple(found[-MOST_EARLIER:])


def _order(period: Period) -> tuple[object, ...]:
    """By the last day, a half before the year that ends with it."""
    return period.last_day, -period.first_day.toordinal()


def _stamp(edition: Ranking) -> RankingStamp:
    zone = ZoneInfo(edition.period.bloc.authority.time_zone)
    return RankingStamp(
        edition=edition.edition,
        code=edition.code,
        sha256=edition.sha256,
        published_at=edition.published_at.astimezone(zone) if edition.published_at else None,
        decision_number=edition.decision_number,
        decided_on=edition.decided_on,
        reason=edition.reason,
        revoked=edition.revoked_at is not None,
    )
