"""Who scores, explains, publishes and sees points (rights.md). No unit judges itself (settled.md, rights)."""

from datetime import date

from tracker.domain.blocs import AccountRole
from tracker.domain.reporting import PeriodState
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.period import ReportingPeriod
from tracker.models.ranking import Ranking
from tracker.models.scoring import Explanation
from tracker.models.submission import Entry, Submission
from tracker.policy.periods import may_know_period, may_prepare_publication, may_see_period, may_see_year_of
from tracker.policy.submissions import may_check_submission, may_know_submission
from tracker.policy.terms import in_secretariat, is_board_of, is_leaders_head


def may_see_scores_of(account: Account, bloc: Bloc, day: date) -> bool:
    """The bloc's tab of points and rankings: whoever sees its year."""
    return may_see_year_of(account, bloc, day)


def may_see_scoring(account: Account, period: ReportingPeriod, day: date) -> bool:
    """The desk, the live order, what if: the secretariat and the board."""
    if not may_see_period(account, period, day):
        return False
    return is_board_of(account, period.bloc) or in_secretariat(account, period.bloc, day)


def may_score_bloc(account: Account, submission: Submission, day: date) -> bool:
    """Bloc points and the second look: the secretariat, the leader's by the deputy; never the board."""
    return may_check_submission(account, submission, day)


def may_score_entry(account: Account, entry: Entry, day: date) -> bool:
    return may_score_bloc(account, entry.submission, day)


def may_score_council(account: Account, submission: Submission, day: date) -> bool:
    """Council points are entered by the board."""
    return is_board_of(account, submission.period.bloc)


def may_decide_points(account: Account, period: ReportingPeriod, day: date) -> bool:
    """Whether council points of the period's units are this account's to enter."""
    return is_board_of(account, period.bloc)


def may_score_council_entry(account: Account, entry: Entry, day: date) -> bool:
    return may_score_council(account, entry.submission, day)


def may_see_points(account: Account, submission: Submission, day: date) -> bool:
    """The unit (of the bloc's points only once they are shared), the secretariat, the board; all after publication."""
    if account.role is AccountRole.ADMIN or not may_know_submission(account, submission, day):
        return False
    if account.unit_id == submission.unit_id or submission.period.state in PeriodState.shown_to_all():
        return True
    return may_see_scoring(account, submission.period, day)


def may_see_judged_points(account: Account, submission: Submission, day: date) -> bool:
    """The points that others gave: the unit only from the moment the secretariat shares them."""
    if not may_see_points(account, submission, day):
        return False
    period = submission.period
    if period.state in PeriodState.shown_to_all() or may_see_scoring(account, period, day):
        return account.unit_id != submission.unit_id or _open_to_own(period)
    return _open_to_own(period)


def _open_to_own(period: ReportingPeriod) -> bool:
    return period.points_shared_at is not None or period.state in PeriodState.shown_to_all()


def may_explain(account: Account, entry: Entry, day: date) -> bool:
    """The unit answers to the points of its own lines."""
    return account.unit_id is not None and account.unit_id == entry.submission.unit_id


def may_share_points(account: Account, period: ReportingPeriod, day: date) -> bool:
    return in_secretariat(account, period.bloc, day)


def may_set_apart(account: Account, submission: Submission, day: date) -> bool:
    """That a unit withdrew or is not considered: who judges it, or the board."""
    if account.unit_id is None:
        return is_board_of(account, submission.period.bloc)
    return may_check_submission(account, submission, day)


def may_prepare_ranking(account: Account, period: ReportingPeriod, day: date) -> bool:
    """As an unscored period: rights.md, the row of preparing a publication."""
    return may_prepare_publication(account, period, day)


def may_confirm_rankings(account: Account, period: ReportingPeriod, day: date) -> bool:
    """The leader's head or the board; who prepared this one is refused by may_confirm_ranking."""
    return is_board_of(account, period.bloc) or is_leaders_head(account, period.bloc, day)


def may_confirm_ranking(account: Account, ranking: Ranking, day: date) -> bool:
    """Two persons: never who prepared it."""
    return account.id != ranking.prepared_by_id and may_confirm_rankings(account, ranking.period, day)


def may_revoke_ranking(account: Account, ranking: Ranking, day: date) -> bool:
    return is_board_of(account, ranking.period.bloc)


def may_know_ranking(account: Account, ranking: Ranking, day: date) -> bool:
    return may_know_period(account, ranking.period, day)


def may_see_ranking(account: Account, ranking: Ranking, day: date) -> bool:
    """A published or revoked edition: every member. One that waits: the secretariat and the board."""
    if not may_see_period(account, ranking.period, day):
        return False
    return ranking.published_at is not None or may_see_scoring(account, ranking.period, day)


def may_read_explanation(account: Account, explanation: Explanation, day: date) -> bool:
    return may_see_points(account, explanation.entry.submission, day)
