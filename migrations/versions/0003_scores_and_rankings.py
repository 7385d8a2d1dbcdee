"""Scores, explanations, rankings"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


OLD_OWNERS = ("conference", "progress_note", "entry", "achievement", "movement", "pledge")


def one_owner(*owners: str) -> str:
    """Exactly one of these columns is set."""
    return " + ".join(f"(CASE WHEN {owner}_id IS NULL THEN 0 ELSE 1 END)" for owner in owners) + " = 1"


def upgrade() -> None:
    op.create_table(
        "class_band",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("criteria_set_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("least", sa.BigInteger(), nullable=False),
        sa.Column("leaf_floor", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["criteria_set_id"], ["criteria_set.id"], name=op.f("fk_class_band_criteria_set_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_band")),
        sa.UniqueConstraint("public_id", name=op.f("uq_class_band_public_id")),
    )
    with op.batch_alter_table("class_band", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_class_band_criteria_set_id"), ["criteria_set_id"], unique=False)

    op.create_table(
        "quota_hint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("criteria_set_id", sa.Integer(), nullable=False),
        sa.Column("award", sa.String(length=300), nullable=False),
        sa.Column("percent", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.CheckConstraint("percent > 0", name=op.f("ck_quota_hint_percent_positive")),
        sa.ForeignKeyConstraint(["criteria_set_id"], ["criteria_set.id"], name=op.f("fk_quota_hint_criteria_set_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota_hint")),
        sa.UniqueConstraint("public_id", name=op.f("uq_quota_hint_public_id")),
    )
    with op.batch_alter_table("quota_hint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quota_hint_criteria_set_id"), ["criteria_set_id"], unique=False)

    op.create_table(
        "class_floor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("class_band_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["class_band_id"], ["class_band.id"], name=op.f("fk_class_floor_class_band_id")),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_class_floor_criterion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_floor")),
        sa.UniqueConstraint("class_band_id", "criterion_id", name=op.f("uq_class_floor_class_band_id_criterion_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_class_floor_public_id")),
    )
    with op.batch_alter_table("class_floor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_class_floor_criterion_id"), ["criterion_id"], unique=False)

    op.create_table(
        "ranking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "prepared",
                "published",
                "revoked",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decision_number", sa.String(length=100), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("prepared_at", sa.DateTime(), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("revoke_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("(state = 'revoked') = (revoked_at IS NOT NULL)", name=op.f("ck_ranking_revoked_some_time")),
        sa.CheckConstraint(
            "(state IN ('published', 'revoked')) = (published_at IS NOT NULL AND published_by_id IS NOT NULL)",
            name=op.f("ck_ranking_published_by_someone"),
        ),
        sa.CheckConstraint("edition = 1 OR reason <> ''", name=op.f("ck_ranking_correction_has_reason")),
        sa.CheckConstraint(
            "published_by_id IS NULL OR published_by_id <> prepared_by_id", name=op.f("ck_ranking_two_persons")
        ),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_ranking_period_id")),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["account.id"], name=op.f("fk_ranking_prepared_by_id")),
        sa.ForeignKeyConstraint(["published_by_id"], ["account.id"], name=op.f("fk_ranking_published_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking")),
        sa.UniqueConstraint("code", name=op.f("uq_ranking_code")),
        sa.UniqueConstraint("period_id", "edition", name=op.f("uq_ranking_period_id_edition")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ranking_public_id")),
    )
    with op.batch_alter_table("ranking", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ranking_period_id"), ["period_id"], unique=False)
        batch_op.create_index(
            "ux_ranking_published",
            ["period_id"],
            unique=True,
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )

    op.create_table(
        "tie_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("criteria_set_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "rule",
            sa.Enum(
                "group_points",
                "fewer_days_late",
                "less_penalty",
                "more_bonus",
                name="rule",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("criterion_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(rule = 'group_points') = (criterion_id IS NOT NULL)", name=op.f("ck_tie_row_group_for_group_points")
        ),
        sa.ForeignKeyConstraint(["criteria_set_id"], ["criteria_set.id"], name=op.f("fk_tie_row_criteria_set_id")),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_tie_row_criterion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tie_row")),
        sa.UniqueConstraint("public_id", name=op.f("uq_tie_row_public_id")),
    )
    with op.batch_alter_table("tie_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tie_row_criteria_set_id"), ["criteria_set_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tie_row_criterion_id"), ["criterion_id"], unique=False)

    op.create_table(
        "ranking_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("ranking_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("unit_name", sa.String(length=300), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=True),
        sa.Column("maximum", sa.BigInteger(), nullable=True),
        sa.Column("class_name", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(["ranking_id"], ["ranking.id"], name=op.f("fk_ranking_line_ranking_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_ranking_line_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking_line")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ranking_line_public_id")),
        sa.UniqueConstraint("ranking_id", "unit_id", name=op.f("uq_ranking_line_ranking_id_unit_id")),
    )
    with op.batch_alter_table("ranking_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ranking_line_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "scoring_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "self", "bloc", "second", "council", name="stage", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column(
            "step",
            sa.Enum("done", "undone", name="step", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_scoring_step_by_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_scoring_step_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scoring_step")),
        sa.UniqueConstraint("public_id", name=op.f("uq_scoring_step_public_id")),
    )
    with op.batch_alter_table("scoring_step", schema=None) as batch_op:
        batch_op.create_index("ix_scoring_step_submission_stage", ["submission_id", "stage"], unique=False)

    op.create_table(
        "set_apart",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column(
            "standing",
            sa.Enum(
                "withdrawn", "not_considered", name="standing", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_set_apart_by_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_set_apart_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_apart")),
        sa.UniqueConstraint("public_id", name=op.f("uq_set_apart_public_id")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_set_apart_submission_id")),
    )
    op.create_table(
        "explanation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_explanation_by_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_explanation_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explanation")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_explanation_entry_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_explanation_public_id")),
    )
    op.create_table(
        "score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "self", "bloc", "second", "council", name="stage", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("points", sa.BigInteger(), nullable=True),
        sa.Column("computed", sa.Boolean(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("trace", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("NOT computed OR stage = 'self'", name=op.f("ck_score_only_self_is_computed")),
        sa.CheckConstraint("stage = 'self' OR by_id IS NOT NULL", name=op.f("ck_score_judged_by_someone")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_score_by_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_score_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score")),
        sa.UniqueConstraint("entry_id", "stage", name=op.f("uq_score_entry_id_stage")),
        sa.UniqueConstraint("public_id", name=op.f("uq_score_public_id")),
    )
    with op.batch_alter_table("attachment") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_attachment_one_owner"), type_="check")
        batch_op.add_column(sa.Column("explanation_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_attachment_explanation_id"), ["explanation_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_attachment_explanation_id"), "explanation", ["explanation_id"], ["id"]
        )
        batch_op.create_check_constraint(batch_op.f("ck_attachment_one_owner"), one_owner(*OLD_OWNERS, "explanation"))
    op.add_column("period", sa.Column("points_shared_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.execute("ALTER TABLE period DROP COLUMN points_shared_at")
    op.execute("DELETE FROM attachment WHERE explanation_id IS NOT NULL")
    with op.batch_alter_table("attachment") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_attachment_one_owner"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_attachment_explanation_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_attachment_explanation_id"))
        batch_op.drop_column("explanation_id")
        batch_op.create_check_constraint(batch_op.f("ck_attachment_one_owner"), one_owner(*OLD_OWNERS))

    op.drop_table("score")
    op.drop_table("explanation")
    op.drop_table("set_apart")
    with op.batch_alter_table("scoring_step", schema=None) as batch_op:
        batch_op.drop_index("ix_scoring_step_submission_stage")

    op.drop_table("scoring_step")
    with op.batch_alter_table("ranking_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ranking_line_unit_id"))

    op.drop_table("ranking_line")
    with op.batch_alter_table("tie_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tie_row_criterion_id"))
        batch_op.drop_index(batch_op.f("ix_tie_row_criteria_set_id"))

    op.drop_table("tie_row")
    with op.batch_alter_table("ranking", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_ranking_published",
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )
        batch_op.drop_index(batch_op.f("ix_ranking_period_id"))

    op.drop_table("ranking")
    with op.batch_alter_table("class_floor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_class_floor_criterion_id"))

    op.drop_table("class_floor")
    with op.batch_alter_table("quota_hint", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quota_hint_criteria_set_id"))

    op.drop_table("quota_hint")
    with op.batch_alter_table("class_band", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_class_band_criteria_set_id"))

    op.drop_table("class_band")
