"""One blueprint a noun: load, ask, call, commit, redirect."""

from flask import Flask

from tracker.views import (
    account,
    achievement,
    acting_head,
    action_item,
    action_step,
    activity,
    assignment,
    attachment,
    authority,
    bloc,
    conference,
    course,
    criteria,
    criteria_ranking,
    criterion,
    evidence,
    help,
    movement,
    notice,
    paper,
    past,
    period_extension,
    period_results,
    pledge,
    ranking,
    ranking_check,
    ranking_history,
    ranking_paper,
    ranking_step,
    registration,
    registration_rule,
    scoring,
    session,
    submission,
    submission_check,
    submission_entry,
    term,
    unit,
    unit_form,
    upload,
    work,
)


def register(app: Flask) -> None:
    """Attach every blueprint."""
    for module in (
        account, achievement, acting_head, action_item, action_step, activity, assignment, attachment,
        authority, bloc, conference, course, criteria, criteria_ranking, criterion, evidence, help, movement,
        notice, paper, past, period_extension, period_results, pledge, ranking, ranking_check, ranking_history,
        ranking_paper, ranking_step, registration, registration_rule, scoring, session, submission,
        submission_check, submission_entry, term, unit, unit_form, upload, work,
    ):
        app.register_blueprint(module.bp)
