"""Periods, criteria, pledges, submissions, notices, uploads"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


NEW_OWNERS = ("entry", "achievement", "movement", "pledge")
OLD_OWNER = "(conference_id IS NULL) <> (progress_note_id IS NULL)"
NEW_OWNER = (
    " + ".join(
        f"(CASE WHEN {owner}_id IS NULL THEN 0 ELSE 1 END)" for owner in ("conference", "progress_note", *NEW_OWNERS)
    )
    + " = 1"
)


def upgrade() -> None:
    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("bloc_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "exchange",
                "sport",
                "help",
                "inspection",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("last_on >= held_on", name=op.f("ck_activity_ends_after_start")),
        sa.ForeignKeyConstraint(["bloc_id"], ["bloc.id"], name=op.f("fk_activity_bloc_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("public_id", name=op.f("uq_activity_public_id")),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index("ix_activity_bloc_day", ["bloc_id", "held_on"], unique=False)

    op.create_table(
        "criteria_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("bloc_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("decision", sa.String(length=300), nullable=True),
        sa.Column("declared_total", sa.BigInteger(), nullable=True),
        sa.Column(
            "rank_by",
            sa.Enum("points", "share", name="rank_by", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column(
            "rounding",
            sa.Enum(
                "half_up", "half_even", "down", name="rounding", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("frozen_at", sa.DateTime(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("change_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("declared_total IS NULL OR declared_total > 0", name=op.f("ck_criteria_set_total_positive")),
        sa.CheckConstraint("edition = 1 OR change_reason IS NOT NULL", name=op.f("ck_criteria_set_change_has_reason")),
        sa.ForeignKeyConstraint(["bloc_id"], ["bloc.id"], name=op.f("fk_criteria_set_bloc_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["criteria_set.id"], name=op.f("fk_criteria_set_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criteria_set")),
        sa.UniqueConstraint("bloc_id", "year", "edition", name=op.f("uq_criteria_set_bloc_id_year_edition")),
        sa.UniqueConstraint("public_id", name=op.f("uq_criteria_set_public_id")),
    )
    with op.batch_alter_table("criteria_set", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_criteria_set_bloc_id"), ["bloc_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_criteria_set_replaces_id"), ["replaces_id"], unique=False)

    op.create_table(
        "movement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("bloc_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_fold", sa.String(length=700), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "central",
                "province",
                "bloc",
                "unit",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "regular",
                "themed",
                "short",
                "ad_hoc",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("document", sa.String(length=300), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_movement_ends_after_start")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_movement_authority_id")),
        sa.ForeignKeyConstraint(["bloc_id"], ["bloc.id"], name=op.f("fk_movement_bloc_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movement")),
        sa.UniqueConstraint("public_id", name=op.f("uq_movement_public_id")),
    )
    with op.batch_alter_table("movement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_movement_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_movement_bloc_id"), ["bloc_id"], unique=False)

    op.create_table(
        "past_award",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("bloc_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "object",
            sa.Enum(
                "collective", "person", "household", name="object", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("award", sa.String(length=300), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("decision_number", sa.String(length=100), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column(
            "system",
            sa.Enum("local", "sector", name="system", native_enum=False, create_constraint=True, length=24),
            nullable=True,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bloc_id"], ["bloc.id"], name=op.f("fk_past_award_bloc_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_past_award_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_award")),
        sa.UniqueConstraint("public_id", name=op.f("uq_past_award_public_id")),
    )
    with op.batch_alter_table("past_award", schema=None) as batch_op:
        batch_op.create_index("ix_past_award_bloc_year", ["bloc_id", "year"], unique=False)
        batch_op.create_index(batch_op.f("ix_past_award_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "past_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("bloc_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "first_half",
                "second_half",
                "year",
                "quarter_1",
                "quarter_2",
                "quarter_3",
                "quarter_4",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("points", sa.BigInteger(), nullable=True),
        sa.Column("maximum", sa.BigInteger(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("class_name", sa.String(length=100), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("rank IS NULL OR rank > 0", name=op.f("ck_past_result_rank_positive")),
        sa.ForeignKeyConstraint(["bloc_id"], ["bloc.id"], name=op.f("fk_past_result_bloc_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_past_result_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_result")),
        sa.UniqueConstraint(
            "bloc_id", "year", "kind", "unit_id", name=op.f("uq_past_result_bloc_id_year_kind_unit_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_past_result_public_id")),
    )
    with op.batch_alter_table("past_result", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_past_result_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "past_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("bloc_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "first_half",
                "second_half",
                "year",
                "quarter_1",
                "quarter_2",
                "quarter_3",
                "quarter_4",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("name_fold", sa.String(length=700), nullable=False),
        sa.Column("unit_of_measure", sa.String(length=60), nullable=True),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bloc_id"], ["bloc.id"], name=op.f("fk_past_value_bloc_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_past_value_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_value")),
        sa.UniqueConstraint(
            "bloc_id",
            "year",
            "kind",
            "unit_id",
            "name_fold",
            name=op.f("uq_past_value_bloc_id_year_kind_unit_id_name_fold"),
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_past_value_public_id")),
    )
    with op.batch_alter_table("past_value", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_past_value_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("bloc_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "object",
            sa.Enum(
                "collective", "person", "household", name="object", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bloc_id"], ["bloc.id"], name=op.f("fk_registration_bloc_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_registration_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("public_id", name=op.f("uq_registration_public_id")),
    )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.create_index("ix_registration_bloc_year", ["bloc_id", "year"], unique=False)
        batch_op.create_index(batch_op.f("ix_registration_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "registration_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("bloc_id", sa.Integer(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.String(length=300), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on > starts_on", name=op.f("ck_registration_rule_ends_after_start")
        ),
        sa.ForeignKeyConstraint(["bloc_id"], ["bloc.id"], name=op.f("fk_registration_rule_bloc_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_rule")),
        sa.UniqueConstraint("public_id", name=op.f("uq_registration_rule_public_id")),
    )
    with op.batch_alter_table("registration_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registration_rule_bloc_id"), ["bloc_id"], unique=False)

    op.create_table(
        "activity_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_activity_unit_activity_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_activity_unit_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_unit")),
        sa.UniqueConstraint("activity_id", "unit_id", name=op.f("uq_activity_unit_activity_id_unit_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_activity_unit_public_id")),
    )
    with op.batch_alter_table("activity_unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_unit_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "criterion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("criteria_set_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lineage", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "part",
            sa.Enum("main", "bonus", "penalty", name="part", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("maximum", sa.BigInteger(), nullable=True),
        sa.Column("unit_of_measure", sa.String(length=60), nullable=True),
        sa.Column(
            "function",
            sa.Enum(
                "manual",
                "yes_no",
                "bands",
                "proportional",
                "uncapped",
                "leader_relative",
                "best_share",
                "deduction",
                "lateness",
                "per_occurrence",
                "bonus",
                "penalty",
                name="function",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column(
            "direction",
            sa.Enum("more", "less", name="direction", native_enum=False, create_constraint=True, length=24),
            nullable=True,
        ),
        sa.Column(
            "band_basis",
            sa.Enum("value", "percent", name="band_basis", native_enum=False, create_constraint=True, length=24),
            nullable=True,
        ),
        sa.Column("points_each", sa.BigInteger(), nullable=True),
        sa.Column("limit_points", sa.BigInteger(), nullable=True),
        sa.Column("floor_points", sa.BigInteger(), nullable=True),
        sa.Column("evidence_required", sa.Boolean(), nullable=False),
        sa.Column("guidance", sa.Text(), nullable=True),
        sa.Column("pledge_lineage", sa.String(length=12), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("function IS NOT NULL OR direction IS NULL", name=op.f("ck_criterion_group_has_no_rule")),
        sa.CheckConstraint("limit_points IS NULL OR limit_points > 0", name=op.f("ck_criterion_limit_positive")),
        sa.CheckConstraint("maximum IS NULL OR maximum >= 0", name=op.f("ck_criterion_maximum_not_negative")),
        sa.CheckConstraint("points_each IS NULL OR points_each > 0", name=op.f("ck_criterion_each_positive")),
        sa.ForeignKeyConstraint(["criteria_set_id"], ["criteria_set.id"], name=op.f("fk_criterion_criteria_set_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["criterion.id"], name=op.f("fk_criterion_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion")),
        sa.UniqueConstraint("public_id", name=op.f("uq_criterion_public_id")),
    )
    with op.batch_alter_table("criterion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_criterion_lineage"), ["lineage"], unique=False)
        batch_op.create_index(batch_op.f("ix_criterion_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_criterion_pledge_lineage"), ["pledge_lineage"], unique=False)
        batch_op.create_index("ix_criterion_set_position", ["criteria_set_id", "position"], unique=False)

    op.create_table(
        "outgoing_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("queued_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_outgoing_mail_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mail")),
        sa.UniqueConstraint("public_id", name=op.f("uq_outgoing_mail_public_id")),
    )
    with op.batch_alter_table("outgoing_mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outgoing_mail_account_id"), ["account_id"], unique=False)
        batch_op.create_index("ix_outgoing_mail_sent", ["sent_at"], unique=False)

    op.create_table(
        "period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("bloc_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "first_half",
                "second_half",
                "year",
                "quarter_1",
                "quarter_2",
                "quarter_3",
                "quarter_4",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("locks_at", sa.DateTime(), nullable=False),
        sa.Column("explain_by", sa.DateTime(), nullable=True),
        sa.Column("scores_close_at", sa.DateTime(), nullable=True),
        sa.Column("scored", sa.Boolean(), nullable=False),
        sa.Column("asks_figures", sa.Boolean(), nullable=False),
        sa.Column("criteria_set_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "open",
                "reviewing",
                "published",
                "closed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("locked_at", sa.DateTime(), nullable=True),
        sa.Column("prepared_at", sa.DateTime(), nullable=True),
        sa.Column("prepared_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('published', 'closed')) = (published_at IS NOT NULL)",
            name=op.f("ck_period_published_some_time"),
        ),
        sa.CheckConstraint(
            "(state IN ('reviewing', 'published', 'closed')) = (locked_at IS NOT NULL)",
            name=op.f("ck_period_locked_some_time"),
        ),
        sa.CheckConstraint(
            "NOT scored OR criteria_set_id IS NOT NULL OR state = 'planned'", name=op.f("ck_period_scored_by_criteria")
        ),
        sa.CheckConstraint(
            "(prepared_at IS NULL) = (prepared_by_id IS NULL)", name=op.f("ck_period_prepared_by_someone")
        ),
        sa.CheckConstraint("due_at < locks_at", name=op.f("ck_period_due_before_lock")),
        sa.CheckConstraint("explain_by IS NULL OR explain_by >= locks_at", name=op.f("ck_period_explain_after_lock")),
        sa.CheckConstraint(
            "scored OR (explain_by IS NULL AND scores_close_at IS NULL)", name=op.f("ck_period_dates_of_scoring")
        ),
        sa.CheckConstraint(
            "scores_close_at IS NULL OR scores_close_at >= locks_at", name=op.f("ck_period_scores_after_lock")
        ),
        sa.ForeignKeyConstraint(["bloc_id"], ["bloc.id"], name=op.f("fk_period_bloc_id")),
        sa.ForeignKeyConstraint(["criteria_set_id"], ["criteria_set.id"], name=op.f("fk_period_criteria_set_id")),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["account.id"], name=op.f("fk_period_prepared_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period")),
        sa.UniqueConstraint("bloc_id", "year", "kind", name=op.f("uq_period_bloc_id_year_kind")),
        sa.UniqueConstraint("public_id", name=op.f("uq_period_public_id")),
    )
    with op.batch_alter_table("period", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_period_criteria_set_id"), ["criteria_set_id"], unique=False)

    op.create_table(
        "band",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("low", sa.BigInteger(), nullable=True),
        sa.Column("low_closed", sa.Boolean(), nullable=False),
        sa.Column("high", sa.BigInteger(), nullable=True),
        sa.Column("high_closed", sa.Boolean(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("low IS NULL OR high IS NULL OR low <= high", name=op.f("ck_band_low_first")),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_band_criterion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_band")),
        sa.UniqueConstraint("public_id", name=op.f("uq_band_public_id")),
    )
    with op.batch_alter_table("band", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_band_criterion_id"), ["criterion_id"], unique=False)

    op.create_table(
        "exemption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_exemption_by_id")),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_exemption_criterion_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_exemption_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemption")),
        sa.UniqueConstraint("criterion_id", "unit_id", name=op.f("uq_exemption_criterion_id_unit_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_exemption_public_id")),
    )
    with op.batch_alter_table("exemption", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exemption_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_extension_by_id")),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_extension_period_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_extension_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
        sa.UniqueConstraint("public_id", name=op.f("uq_extension_public_id")),
    )
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extension_period_id"), ["period_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_extension_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "period_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "open",
                "lock",
                "unlock",
                "prepare",
                "take_back",
                "publish",
                "revoke",
                "close",
                name="step",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_period_step_by_id")),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_period_step_period_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period_step")),
        sa.UniqueConstraint("public_id", name=op.f("uq_period_step_public_id")),
    )
    with op.batch_alter_table("period_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_period_step_period_id"), ["period_id"], unique=False)

    op.create_table(
        "pledge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("bloc_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("conference_id", sa.Integer(), nullable=True),
        sa.Column("preamble", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bloc_id"], ["bloc.id"], name=op.f("fk_pledge_bloc_id")),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_pledge_conference_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge")),
        sa.UniqueConstraint("bloc_id", "year", name=op.f("uq_pledge_bloc_id_year")),
        sa.UniqueConstraint("public_id", name=op.f("uq_pledge_public_id")),
    )
    with op.batch_alter_table("pledge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pledge_conference_id"), ["conference_id"], unique=False)

    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "not_begun",
                "draft",
                "sent",
                "returned",
                "accepted",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("first_sent_at", sa.DateTime(), nullable=True),
        sa.Column("last_sent_at", sa.DateTime(), nullable=True),
        sa.Column("checked_at", sa.DateTime(), nullable=True),
        sa.Column("with_head_at", sa.DateTime(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(), nullable=True),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'accepted') = (accepted_at IS NOT NULL)", name=op.f("ck_submission_accepted_some_time")
        ),
        sa.CheckConstraint(
            "(state = 'accepted') = (accepted_by_id IS NOT NULL)", name=op.f("ck_submission_accepted_by_someone")
        ),
        sa.CheckConstraint(
            "(state IN ('sent', 'returned', 'accepted')) = (first_sent_at IS NOT NULL)",
            name=op.f("ck_submission_sent_some_time"),
        ),
        sa.CheckConstraint(
            "(first_sent_at IS NULL) = (last_sent_at IS NULL)", name=op.f("ck_submission_last_after_first")
        ),
        sa.ForeignKeyConstraint(["accepted_by_id"], ["account.id"], name=op.f("fk_submission_accepted_by_id")),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_submission_period_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_submission_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("period_id", "unit_id", name=op.f("uq_submission_period_id_unit_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_submission_public_id")),
    )
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("form", "criteria", "past", name="kind", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("bloc_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("stored_name", sa.String(length=80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("applied_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("(kind = 'form') = (period_id IS NOT NULL)", name=op.f("ck_upload_form_of_a_period")),
        sa.CheckConstraint("(kind = 'form') = (unit_id IS NOT NULL)", name=op.f("ck_upload_form_of_a_unit")),
        sa.CheckConstraint("size > 0", name=op.f("ck_upload_not_empty")),
        sa.ForeignKeyConstraint(["bloc_id"], ["bloc.id"], name=op.f("fk_upload_bloc_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_upload_by_id")),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_upload_period_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_upload_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
        sa.UniqueConstraint("public_id", name=op.f("uq_upload_public_id")),
        sa.UniqueConstraint("stored_name", name=op.f("uq_upload_stored_name")),
    )
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_upload_bloc_id"), ["bloc_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_upload_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_upload_period_id"), ["period_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_upload_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "achievement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "collective",
                "person",
                "example",
                "initiative",
                "help",
                "award",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(length=300), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("field", sa.String(length=200), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("movement_id", sa.Integer(), nullable=True),
        sa.Column("award", sa.String(length=300), nullable=True),
        sa.Column(
            "award_object",
            sa.Enum(
                "collective",
                "person",
                "household",
                name="award_object",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column(
            "award_method",
            sa.Enum(
                "regular", "themed", "ad_hoc", name="award_method", native_enum=False, create_constraint=True, length=24
            ),
            nullable=True,
        ),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("decision_number", sa.String(length=100), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column(
            "conferred_level",
            sa.Enum(
                "state",
                "government",
                "ministry_province",
                "unit",
                name="conferred_level",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column(
            "conferred_system",
            sa.Enum("local", "sector", name="conferred_system", native_enum=False, create_constraint=True, length=24),
            nullable=True,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("count IS NULL OR count > 0", name=op.f("ck_achievement_count_positive")),
        sa.ForeignKeyConstraint(["movement_id"], ["movement.id"], name=op.f("fk_achievement_movement_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_achievement_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_achievement")),
        sa.UniqueConstraint("public_id", name=op.f("uq_achievement_public_id")),
    )
    with op.batch_alter_table("achievement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_achievement_movement_id"), ["movement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_achievement_submission_id"), ["submission_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "reminder",
                "returned",
                "accepted",
                "extended",
                "period",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=True),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_notice_account_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_notice_by_id")),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_notice_period_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_notice_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("public_id", name=op.f("uq_notice_public_id")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_account_read", ["account_id", "read_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_period_id"), ["period_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_submission_id"), ["submission_id"], unique=False)

    op.create_table(
        "pledge_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lineage", sa.String(length=12), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("unit_of_measure", sa.String(length=60), nullable=True),
        sa.Column("year_plan", sa.BigInteger(), nullable=True),
        sa.Column(
            "direction",
            sa.Enum("more", "less", name="direction", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledge.id"], name=op.f("fk_pledge_row_pledge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_row")),
        sa.UniqueConstraint("public_id", name=op.f("uq_pledge_row_public_id")),
    )
    with op.batch_alter_table("pledge_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pledge_row_lineage"), ["lineage"], unique=False)
        batch_op.create_index(batch_op.f("ix_pledge_row_pledge_id"), ["pledge_id"], unique=False)

    op.create_table(
        "section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "assessment",
                "limitations",
                "directions",
                "proposals",
                "achievements",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("returned_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_section_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
        sa.UniqueConstraint("public_id", name=op.f("uq_section_public_id")),
        sa.UniqueConstraint("submission_id", "kind", name=op.f("uq_section_submission_id_kind")),
    )
    op.create_table(
        "submission_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "write",
                "submit_to_head",
                "head_sends_back",
                "send",
                "recall",
                "check",
                "return",
                "accept",
                "reopen",
                name="step",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_submission_step_by_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_submission_step_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_step")),
        sa.UniqueConstraint("public_id", name=op.f("uq_submission_step_public_id")),
    )
    with op.batch_alter_table("submission_step", schema=None) as batch_op:
        batch_op.create_index("ix_submission_step_submission_step", ["submission_id", "step"], unique=False)

    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=True),
        sa.Column("pledge_row_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("assigned", sa.Boolean(), nullable=False),
        sa.Column("target", sa.BigInteger(), nullable=True),
        sa.Column("actual", sa.BigInteger(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("returned_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(criterion_id IS NULL) <> (pledge_row_id IS NULL)", name=op.f("ck_entry_one_measure")),
        sa.CheckConstraint("count IS NULL OR count >= 0", name=op.f("ck_entry_count_not_negative")),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_entry_criterion_id")),
        sa.ForeignKeyConstraint(["pledge_row_id"], ["pledge_row.id"], name=op.f("fk_entry_pledge_row_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_entry_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("public_id", name=op.f("uq_entry_public_id")),
        sa.UniqueConstraint("submission_id", "criterion_id", name=op.f("uq_entry_submission_id_criterion_id")),
        sa.UniqueConstraint("submission_id", "pledge_row_id", name=op.f("uq_entry_submission_id_pledge_row_id")),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_criterion_id"), ["criterion_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entry_pledge_row_id"), ["pledge_row_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entry_submission_id"), ["submission_id"], unique=False)

    op.create_table(
        "unit_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("pledge_row_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.BigInteger(), nullable=True),
        sa.Column("assigned", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["pledge_row_id"], ["pledge_row.id"], name=op.f("fk_unit_target_pledge_row_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_target_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_target")),
        sa.UniqueConstraint("pledge_row_id", "unit_id", name=op.f("uq_unit_target_pledge_row_id_unit_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_unit_target_public_id")),
    )
    with op.batch_alter_table("unit_target", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_target_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "returned_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("submission_step_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("(entry_id IS NULL) <> (section_id IS NULL)", name=op.f("ck_returned_place_one_place")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_returned_place_entry_id")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_returned_place_section_id")),
        sa.ForeignKeyConstraint(
            ["submission_step_id"], ["submission_step.id"], name=op.f("fk_returned_place_submission_step_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returned_place")),
        sa.UniqueConstraint("public_id", name=op.f("uq_returned_place_public_id")),
    )
    with op.batch_alter_table("returned_place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_returned_place_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_returned_place_section_id"), ["section_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_returned_place_submission_step_id"), ["submission_step_id"], unique=False)

    op.create_table(
        "submission_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_submission_comment_by_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_submission_comment_entry_id")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_submission_comment_section_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_submission_comment_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_comment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_submission_comment_public_id")),
    )
    with op.batch_alter_table("submission_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_comment_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_submission_comment_section_id"), ["section_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_submission_comment_submission_id"), ["submission_id"], unique=False)

    with op.batch_alter_table("attachment") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_attachment_one_owner"), type_="check")
        for owner in NEW_OWNERS:
            batch_op.add_column(sa.Column(f"{owner}_id", sa.Integer(), nullable=True))
            batch_op.create_index(batch_op.f(f"ix_attachment_{owner}_id"), [f"{owner}_id"], unique=False)
            batch_op.create_foreign_key(batch_op.f(f"fk_attachment_{owner}_id"), owner, [f"{owner}_id"], ["id"])
        batch_op.create_check_constraint(batch_op.f("ck_attachment_one_owner"), NEW_OWNER)
    op.add_column("unit", sa.Column("head_signs", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.execute("ALTER TABLE unit DROP COLUMN head_signs")
    op.execute("DELETE FROM attachment WHERE conference_id IS NULL AND progress_note_id IS NULL")
    with op.batch_alter_table("attachment") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_attachment_one_owner"), type_="check")
        for owner in NEW_OWNERS:
            batch_op.drop_constraint(batch_op.f(f"fk_attachment_{owner}_id"), type_="foreignkey")
            batch_op.drop_index(batch_op.f(f"ix_attachment_{owner}_id"))
            batch_op.drop_column(f"{owner}_id")
        batch_op.create_check_constraint(batch_op.f("ck_attachment_one_owner"), OLD_OWNER)
    with op.batch_alter_table("submission_comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_submission_comment_submission_id"))
        batch_op.drop_index(batch_op.f("ix_submission_comment_section_id"))
        batch_op.drop_index(batch_op.f("ix_submission_comment_entry_id"))

    op.drop_table("submission_comment")
    with op.batch_alter_table("returned_place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_returned_place_submission_step_id"))
        batch_op.drop_index(batch_op.f("ix_returned_place_section_id"))
        batch_op.drop_index(batch_op.f("ix_returned_place_entry_id"))

    op.drop_table("returned_place")
    with op.batch_alter_table("unit_target", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_target_unit_id"))

    op.drop_table("unit_target")
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_submission_id"))
        batch_op.drop_index(batch_op.f("ix_entry_pledge_row_id"))
        batch_op.drop_index(batch_op.f("ix_entry_criterion_id"))

    op.drop_table("entry")
    with op.batch_alter_table("submission_step", schema=None) as batch_op:
        batch_op.drop_index("ix_submission_step_submission_step")

    op.drop_table("submission_step")
    op.drop_table("section")
    with op.batch_alter_table("pledge_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pledge_row_pledge_id"))
        batch_op.drop_index(batch_op.f("ix_pledge_row_lineage"))

    op.drop_table("pledge_row")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_submission_id"))
        batch_op.drop_index(batch_op.f("ix_notice_period_id"))
        batch_op.drop_index("ix_notice_account_read")

    op.drop_table("notice")
    with op.batch_alter_table("achievement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_achievement_submission_id"))
        batch_op.drop_index(batch_op.f("ix_achievement_movement_id"))

    op.drop_table("achievement")
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_upload_unit_id"))
        batch_op.drop_index(batch_op.f("ix_upload_period_id"))
        batch_op.drop_index(batch_op.f("ix_upload_by_id"))
        batch_op.drop_index(batch_op.f("ix_upload_bloc_id"))

    op.drop_table("upload")
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_submission_unit_id"))

    op.drop_table("submission")
    with op.batch_alter_table("pledge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pledge_conference_id"))

    op.drop_table("pledge")
    with op.batch_alter_table("period_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_period_step_period_id"))

    op.drop_table("period_step")
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_extension_unit_id"))
        batch_op.drop_index(batch_op.f("ix_extension_period_id"))

    op.drop_table("extension")
    with op.batch_alter_table("exemption", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exemption_unit_id"))

    op.drop_table("exemption")
    with op.batch_alter_table("band", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_band_criterion_id"))

    op.drop_table("band")
    with op.batch_alter_table("period", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_period_criteria_set_id"))

    op.drop_table("period")
    with op.batch_alter_table("outgoing_mail", schema=None) as batch_op:
        batch_op.drop_index("ix_outgoing_mail_sent")
        batch_op.drop_index(batch_op.f("ix_outgoing_mail_account_id"))

    op.drop_table("outgoing_mail")
    with op.batch_alter_table("criterion", schema=None) as batch_op:
        batch_op.drop_index("ix_criterion_set_position")
        batch_op.drop_index(batch_op.f("ix_criterion_pledge_lineage"))
        batch_op.drop_index(batch_op.f("ix_criterion_parent_id"))
        batch_op.drop_index(batch_op.f("ix_criterion_lineage"))

    op.drop_table("criterion")
    with op.batch_alter_table("activity_unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_unit_unit_id"))

    op.drop_table("activity_unit")
    with op.batch_alter_table("registration_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registration_rule_bloc_id"))

    op.drop_table("registration_rule")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registration_unit_id"))
        batch_op.drop_index("ix_registration_bloc_year")

    op.drop_table("registration")
    with op.batch_alter_table("past_value", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_past_value_unit_id"))

    op.drop_table("past_value")
    with op.batch_alter_table("past_result", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_past_result_unit_id"))

    op.drop_table("past_result")
    with op.batch_alter_table("past_award", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_past_award_unit_id"))
        batch_op.drop_index("ix_past_award_bloc_year")

    op.drop_table("past_award")
    with op.batch_alter_table("movement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_movement_bloc_id"))
        batch_op.drop_index(batch_op.f("ix_movement_authority_id"))

    op.drop_table("movement")
    with op.batch_alter_table("criteria_set", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_criteria_set_replaces_id"))
        batch_op.drop_index(batch_op.f("ix_criteria_set_bloc_id"))

    op.drop_table("criteria_set")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_index("ix_activity_bloc_day")

    op.drop_table("activity")
