"""Who may do what in a reporting year, as data: the second half of expectations.py, with its letters and situation.

Rows up to SITUATIONS stand in the product's table of rights word for word. A record that is hidden from a persona is
hidden for every act: F becomes H there (docs/decisions/0018).
"""

Route = tuple[str, str, str, dict[str, str]]

#                              an oU hU oV oL hL oD hD oE oN oX oM bd bq ad di
UNLOCK                     = "S  F  F  F  F  F  F  F  F  F  H  H  Y  H  F  S"
FAVOUR_L                   = "S  F  F  F  F  F  Y  Y  F  F  H  H  Y  H  F  S"
KEEP_PERIODS               = "S  F  F  F  Y  Y  F  F  F  F  H  H  Y  H  F  S"
EXTEND_U                   = "S  F  F  F  Y  Y  F  F  F  F  H  H  Y  H  F  S"
WRITE_U                    = "S  Y  Y  F  F  F  F  F  F  F  H  H  F  H  F  S"
READ_DRAFT                 = "S  Y  Y  H  F  F  F  F  H  H  H  H  F  H  F  S"
READ_SENT                  = "S  Y  Y  H  Y  Y  Y  Y  H  H  H  H  Y  H  F  S"
READ_PUBLISHED             = "S  Y  Y  Y  Y  Y  Y  Y  Y  Y  H  H  Y  H  F  S"
WRITE_LOCKED               = "S  F  F  F  F  F  F  F  F  F  H  H  F  H  F  S"
CHECK_U                    = "S  F  F  F  Y  Y  Y  Y  F  F  H  H  F  H  F  S"
CHECK_L                    = "S  F  F  F  F  F  Y  Y  F  F  H  H  F  H  F  S"
NOT_ASSIGNED_U             = "S  F  F  F  Y  Y  F  F  F  F  H  H  Y  H  F  S"
SCORE_U                    = "S  F  F  F  Y  Y  Y  Y  F  F  H  H  F  H  F  S"
SCORE_L                    = "S  F  F  F  F  F  Y  Y  F  F  H  H  F  H  F  S"
SCORE_D                    = "S  F  F  F  Y  Y  F  F  F  F  H  H  F  H  F  S"
COUNCIL                    = "S  F  F  F  F  F  F  F  F  F  H  H  Y  H  F  S"
EXPLAIN_U                  = "S  Y  Y  F  F  F  F  F  F  F  H  H  F  H  F  S"
PREPARE                    = "S  F  F  F  Y  Y  F  F  F  F  H  H  F  H  F  S"
CONFIRM                    = "S  F  F  F  F  Y  F  F  F  F  H  H  Y  H  F  S"
POINTS_UNSHARED            = "S  F  F  F  Y  Y  Y  Y  F  F  H  H  Y  H  F  S"
EVIDENCE                   = "S  Y  Y  H  Y  Y  Y  Y  H  H  H  H  Y  H  F  S"
AUDIT                      = "S  Y  Y  F  Y  Y  Y  Y  F  F  H  H  Y  H  F  S"
#: Nearest rows: the bloc's planned conference; making a conference; what the secretariat has before all others see it.
SEE_YEAR                   = "S  Y  Y  Y  Y  Y  Y  Y  Y  Y  H  H  Y  H  F  S"
WRITE_BLOC                 = "S  F  F  F  Y  Y  Y  Y  F  F  H  H  F  H  F  S"
SECRETARIAT_AND_BOARD      = "S  F  F  F  Y  Y  Y  Y  F  F  H  H  Y  H  F  S"
#: L's report as sent: its own people read it as U's read theirs, the others of the bloc do not know of it.
READ_SENT_L                = "S  H  H  H  Y  Y  Y  Y  H  H  H  H  Y  H  F  S"


def hidden_with(row: str, reading: str) -> str:
    """The row of an act on a record: hidden from whom reading it is hidden from."""
    cells = zip(row.split(), reading.split(), strict=True)
    return " ".join("H" if seen == "H" else cell for cell, seen in cells)


ROWS = {
    "see the bloc's year": SEE_YEAR,
    "keep periods": KEEP_PERIODS,
    "unlock a period": UNLOCK,
    "prepare a publication": PREPARE,
    "confirm a publication": CONFIRM,
    "see the period's board": SECRETARIAT_AND_BOARD,
    "see the published board": SEE_YEAR,
    "remind": SECRETARIAT_AND_BOARD,
    "load earlier years": SECRETARIAT_AND_BOARD,
    "extend U's time": EXTEND_U,
    "extend L's time": FAVOUR_L,
    "read U's draft": READ_DRAFT,
    "read U's sent report": READ_SENT,
    "read U's published report": READ_PUBLISHED,
    "write U's draft": hidden_with(WRITE_U, READ_DRAFT),
    "write U's sent report": hidden_with(WRITE_U, READ_SENT),
    # Where the unit wants its head to send: not its officer.
    "give U's draft back as its head": hidden_with("S F Y F F F F F F F H H F H F S", READ_DRAFT),
    "check U's sent report": hidden_with(CHECK_U, READ_SENT),
    "check L's sent report": hidden_with(CHECK_L, READ_SENT_L),
    "set not assigned for U": hidden_with(NOT_ASSIGNED_U, READ_SENT),
    "set not assigned for L": hidden_with(FAVOUR_L, READ_SENT_L),
    # Who judges and who is judged write to each other; the board does not judge.
    "comment on U's sent report": hidden_with("S Y Y F Y Y Y Y F F H H F H F S", READ_SENT),
    "download U's sent evidence": EVIDENCE,
    "download U's draft evidence": READ_DRAFT,
    "see the course of U's sent report": hidden_with(AUDIT, READ_SENT),
    "see the course of U's published report": AUDIT,
    # A form that waits shows its unit's draft: to nobody else, whoever sent it in.
    "use U's own upload": "S Y Y H H H H H H H H H H H H S",
    "use L's upload": "S H H H Y H H H H H H H H H H S",
    # Of the set the reader knows, as "keep periods"; of the file only who sent it in.
    "see L's criteria file": hidden_with(KEEP_PERIODS, "S F F F Y H F F F F H H H H F S"),
    # A draft is for those who write it; the deputy reads what it will be measured by as well.
    "see criteria in writing": SECRETARIAT_AND_BOARD,
    # Said of one unit at least: the deputy for the leader's, asked again for each unit.
    "set not assigned in criteria": SECRETARIAT_AND_BOARD,
    "write the bloc's year": WRITE_BLOC,
    "register own targets": "S Y Y Y Y Y Y Y Y Y H H F H F S",
    "keep U's registration": WRITE_U,
    # The leader and the board for all, the deputy for the leader's own.
    "share out a pledge row": SECRETARIAT_AND_BOARD,
    # Launched for all blocs of the authority: known to everybody of it.
    "see authority's movement": "S Y Y Y Y Y Y Y Y Y Y Y Y H F S",
    "keep authority's movement": "S F F F F F F F F F F F Y H F S",
    "launch own authority's movement": "S F F F F F F F F F F F Y Y F S",
    "note U's notice": "S Y H H H H H H H H H H H H H S",
}


def gets(act: str, record: str, *endpoints: str, **more: str) -> list[Route]:
    return [(act, "GET", endpoint, {"public_id": record, **more}) for endpoint in endpoints]


def posts(act: str, record: str, *endpoints: str, **more: str) -> list[Route]:
    return [(act, "POST", endpoint, {"public_id": record, **more}) for endpoint in endpoints]


ROUTES: list[Route] = [
    *gets("see the bloc's year", "bloc", "period.index", "period.workbook", "criteria.index", "past.index",
          "pledge.index", "pledge.workbook", "registration.index", "registration.workbook", "registration_rule.index",
          "movement.index", "movement.workbook", "activity.index", "activity.workbook"),
    *gets("see the bloc's year", "period", "period.show"),
    *gets("see the bloc's year", "movement", "movement.show"),
    *gets("see the bloc's year", "file of the pledge", "attachment.download"),
    *gets("see the bloc's year", "frozen criteria", "criteria.show", "criteria.history", "criteria.download",
          "criteria.assign", "criteria.assign_workbook"),
    *gets("keep periods", "bloc", "period.new", "period.copy_year", "registration_rule.new", "criteria.new",
          "criteria.copy"),
    *gets("keep periods", "bloc", "registration_rule.edit", "registration_rule.remove", rule_id="registration rule"),
    *gets("keep periods", "period", "period.edit", "period.join", "period.lock"),
    *gets("keep periods", "planned period", "period.open", "period.remove"),
    *gets("keep periods", "published period", "period.close"),
    *gets("keep periods", "draft criteria", "criteria.edit", "criteria.remove", "criteria.upload", "criterion.new"),
    *gets("keep periods", "draft criterion", "criterion.edit", "criterion.bands", "criterion.remove"),
    *gets("keep periods", "frozen criteria", "criteria.change"),
    *gets("keep periods", "later criteria", "criteria.apply", period_id="period"),
    *gets("see criteria in writing", "draft criteria", "criteria.show", "criteria.history", "criteria.download",
          "criteria.assign", "criteria.assign_workbook"),
    *gets("see L's criteria file", "draft criteria", "criteria.preview", "criteria.marked", upload_id="criteria file"),
    *gets("unlock a period", "reviewing period", "period.unlock"),
    *gets("unlock a period", "published period", "period.revoke"),
    *gets("prepare a publication", "reviewing period", "period.prepare"),
    *gets("prepare a publication", "prepared period", "period.take_back"),
    *gets("confirm a publication", "prepared period", "period.publish"),
    *gets("see the period's board", "period", "period.board", "period.board_workbook", "evidence.missing",
          "period_results.show", "period_results.workbook", "pledge.progress", "pledge.progress_workbook"),
    *gets("see the published board", "published period", "period.board", "period.board_workbook", "evidence.missing",
          "period_results.show", "period_results.workbook", "pledge.progress", "pledge.progress_workbook"),
    *gets("remind", "period", "unit_form.every", "upload.many", "upload.sent"),
    *gets("load earlier years", "bloc", "past.new", "past.workbook"),
    *gets("use L's upload", "past file", "past.show", "past.marked", "past.delete"),
    *gets("extend U's time", "period", "period.extend", unit_id="unit"),
    *gets("extend L's time", "period", "period.extend", unit_id="unit L"),
    *gets("read U's draft", "draft of U", "submission.show"),
    *gets("read U's sent report", "sent of U", "submission.show"),
    *gets("read U's published report", "published of U", "submission.show"),
    *gets("read U's published report", "file of the published", "attachment.download"),
    *gets("write U's draft", "draft of U", "submission.edit", "submission.send", "achievement.new",
          "unit_form.download", "upload.new", "upload.index"),
    *gets("write U's draft", "achievement of the draft", "achievement.edit", "achievement.remove",
          "evidence.add_to_achievement"),
    *gets("write U's draft", "entry of the draft", "evidence.add"),
    *gets("write U's draft", "file of the draft", "evidence.remove"),
    *gets("write U's sent report", "sent of U", "submission.recall"),
    *gets("give U's draft back as its head", "draft of U", "submission.send_back"),
    *gets("use U's own upload", "form of U", "upload.show", "upload.marked", "upload.delete"),
    *gets("download U's sent evidence", "file of the sent", "attachment.download", "attachment.thumbnail"),
    *gets("download U's draft evidence", "file of the draft", "attachment.download", "attachment.thumbnail"),
    *gets("see the course of U's sent report", "sent of U", "submission.changes"),
    *gets("see the course of U's published report", "published of U", "submission.changes"),
    *gets("check U's sent report", "sent of U", "submission_check.show", "submission_check.reopen"),
    *gets("check L's sent report", "sent of L", "submission_check.show", "submission_check.reopen"),
    *gets("set not assigned for U", "entry of the sent", "submission_check.assign"),
    *gets("set not assigned for L", "entry of L", "submission_check.assign"),
    *gets("write the bloc's year", "bloc", "pledge.new", "pledge.copy", "movement.new", "activity.new"),
    *gets("write the bloc's year", "pledge", "pledge.edit", "pledge.new_row", "pledge.many_rows", "pledge.add_file"),
    *gets("write the bloc's year", "pledge", "pledge.remove_file", file_id="file of the pledge"),
    *gets("write the bloc's year", "pledge row", "pledge.edit_row", "pledge.remove_row"),
    *gets("write the bloc's year", "movement", "movement.edit", "movement.remove", "movement.add_file"),
    *gets("write the bloc's year", "movement", "movement.remove_file", file_id="file of the movement"),
    *gets("write the bloc's year", "activity", "activity.edit", "activity.remove"),
    *gets("write the bloc's year", "held", "period_results.of_conference"),
    *gets("share out a pledge row", "pledge row", "pledge.assigned"),
    *gets("register own targets", "bloc", "registration.targets", "registration.new"),
    *gets("keep U's registration", "registration", "registration.edit", "registration.remove"),
    *gets("see authority's movement", "authority's movement", "movement.show"),
    *gets("keep authority's movement", "authority's movement", "movement.edit", "movement.remove",
          "movement.add_file"),
    ("launch own authority's movement", "GET", "movement.new_of_authority", {}),
    ("work", "GET", "notice.index", {}),
    # What follows may change something.
    *posts("remind", "period", "period.remind"),
    *posts("note U's notice", "notice of U", "notice.follow"),
    ("work", "POST", "notice.mark_all", {}),
    *posts("write the bloc's year", "pledge row", "pledge.move_row", direction="=up"),
    *posts("keep periods", "draft criterion", "criterion.move", direction="=up"),
    *posts("set not assigned in criteria", "draft criteria", "criteria.set_assign"),
    *posts("write the bloc's year", "held", "period_results.take_over"),
    *posts("write U's draft", "entry of the draft", "submission_entry.save"),
    *posts("write U's draft", "section of the draft", "submission_entry.save_section"),
    *posts("write U's draft", "draft of U", "submission.edit", "submission.send", "achievement.new", "upload.new"),
    *posts("comment on U's sent report", "sent of U", "submission.comment"),
    *posts("check U's sent report", "sent of U", "submission_check.start", "submission_check.accept"),
    *posts("check L's sent report", "sent of L", "submission_check.start", "submission_check.accept"),
]  # fmt: skip
