"""Forms to be filled in outside the program: a unit's own, and all of a period for the secretariat."""

from urllib.parse import quote

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.exports import form_zip
from tracker.exports.unit_form import form
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Submission
from tracker.queries import unit_form as forms
from tracker.views import downloads

bp = Blueprint("unit_form", __name__)


@bp.get("/submissions/<id:public_id>/form")
@guard.allowed(policy.may_write_submission, Submission, load=forms.FRAME)
def download(submission: Submission) -> ResponseReturnValue:
    """The unit's own form, with what it has saved so far."""
    seen, about = forms.collect(submission, clock.now())
    return downloads.xlsx(form(seen, about), form_zip.form_name(about))


@bp.get("/periods/<id:public_id>/forms")
@guard.allowed(policy.may_remind, ReportingPeriod)
def every(period: ReportingPeriod) -> ResponseReturnValue:
    """Every unit's form in one archive, sent as it is drawn: the browser shows how far it has come."""
    collected = forms.collect_all(period, guard.current_account(), guard.today(), clock.now())
    name = _("Biểu kết quả - %(period)s.zip", period=period.period.label)
    answer = Response(form_zip.zipped(collected), mimetype="application/zip")
    answer.headers["Content-Disposition"] = f"attachment; filename=bieu.zip; filename*=UTF-8''{quote(name)}"
    answer.headers["Cache-Control"] = "no-store"
    return answer
