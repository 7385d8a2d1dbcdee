"""First tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("chain", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
        sa.UniqueConstraint("chain", name=op.f("uq_audit_head_chain")),
        sa.UniqueConstraint("public_id", name=op.f("uq_audit_head_public_id")),
    )
    op.create_table(
        "authority",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=100), nullable=False),
        sa.Column("council_name", sa.String(length=200), nullable=True),
        sa.Column("place_name", sa.String(length=100), nullable=False),
        sa.Column("header_lines", sa.String(length=400), nullable=True),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("illustration", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authority")),
        sa.UniqueConstraint("name", name=op.f("uq_authority_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_authority_public_id")),
    )
    op.create_table(
        "sign_in_delay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failed_at", sa.DateTime(), nullable=False),
        sa.Column("wait_until", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_delay")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_sign_in_delay_kind_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sign_in_delay_public_id")),
    )
    op.create_table(
        "bloc",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("khoi", "cum", name="kind", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("founding_decision", sa.String(length=300), nullable=True),
        sa.Column("founded_on", sa.Date(), nullable=True),
        sa.Column("dissolved_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_bloc_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bloc")),
        sa.UniqueConstraint("authority_id", "code", name=op.f("uq_bloc_authority_id_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bloc_public_id")),
    )
    with op.batch_alter_table("bloc", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bloc_authority_id"), ["authority_id"], unique=False)

    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=True),
        sa.Column(
            "force",
            sa.Enum("civil", "army", "police", name="force", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_unit_authority_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["unit.id"], name=op.f("fk_unit_successor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("public_id", name=op.f("uq_unit_public_id")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_successor_id"), ["successor_id"], unique=False)

    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "officer", "head", "board", "admin", name="role", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_fold", sa.String(length=254), nullable=False),
        sa.Column("full_name", sa.String(length=120), nullable=False),
        sa.Column("post", sa.String(length=200), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(), nullable=True),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("theme", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(role IN ('officer', 'head')) = (unit_id IS NOT NULL)", name=op.f("ck_account_unit_people_have_a_unit")
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_account_authority_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_account_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email_fold", name=op.f("uq_account_email_fold")),
        sa.UniqueConstraint("public_id", name=op.f("uq_account_public_id")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "bloc_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("bloc_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("letterhead", sa.String(length=400), nullable=True),
        sa.Column("decision", sa.String(length=300), nullable=True),
        sa.Column("name_fold", sa.String(length=700), nullable=False),
        sa.Column("name_key", sa.String(length=700), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on > starts_on", name=op.f("ck_bloc_name_ends_after_start")),
        sa.ForeignKeyConstraint(["bloc_id"], ["bloc.id"], name=op.f("fk_bloc_name_bloc_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bloc_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bloc_name_public_id")),
    )
    with op.batch_alter_table("bloc_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bloc_name_bloc_id"), ["bloc_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bloc_name_name_fold"), ["name_fold"], unique=False)
        batch_op.create_index(
            "ux_bloc_name_open",
            ["bloc_id"],
            unique=True,
            sqlite_where=sa.text("ends_on IS NULL"),
            postgresql_where=sa.text("ends_on IS NULL"),
        )

    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("bloc_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=300), nullable=True),
        sa.Column("release_decision", sa.String(length=300), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on > starts_on", name=op.f("ck_membership_ends_after_start")),
        sa.ForeignKeyConstraint(["bloc_id"], ["bloc.id"], name=op.f("fk_membership_bloc_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_membership_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("public_id", name=op.f("uq_membership_public_id")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_bloc_id"), ["bloc_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_membership_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(
            "ux_membership_open",
            ["bloc_id", "unit_id"],
            unique=True,
            sqlite_where=sa.text("ends_on IS NULL"),
            postgresql_where=sa.text("ends_on IS NULL"),
        )

    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("bloc_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("leader", "deputy", "stand_in", name="role", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("start_known", sa.Boolean(), nullable=False),
        sa.Column(
            "appointment",
            sa.Enum(
                "elected",
                "rotation",
                "appointed",
                "unknown",
                name="appointment",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("decision", sa.String(length=300), nullable=True),
        sa.Column("holder_name", sa.String(length=120), nullable=True),
        sa.Column("holder_post", sa.String(length=200), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on > starts_on", name=op.f("ck_term_ends_after_start")),
        sa.ForeignKeyConstraint(["bloc_id"], ["bloc.id"], name=op.f("fk_term_bloc_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_term_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("public_id", name=op.f("uq_term_public_id")),
    )
    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_term_bloc_id"), ["bloc_id"], unique=False)
        batch_op.create_index("ix_term_unit_role", ["unit_id", "role"], unique=False)
        batch_op.create_index(
            "ux_term_open_leader",
            ["bloc_id"],
            unique=True,
            sqlite_where=sa.text("ends_on IS NULL AND role = 'leader'"),
            postgresql_where=sa.text("ends_on IS NULL AND role = 'leader'"),
        )

    op.create_table(
        "unit_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("short_name", sa.String(length=60), nullable=False),
        sa.Column("letterhead", sa.String(length=400), nullable=True),
        sa.Column("decision", sa.String(length=300), nullable=True),
        sa.Column("name_fold", sa.String(length=700), nullable=False),
        sa.Column("name_key", sa.String(length=700), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on > starts_on", name=op.f("ck_unit_name_ends_after_start")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_name_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_unit_name_public_id")),
    )
    with op.batch_alter_table("unit_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_name_name_fold"), ["name_fold"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_name_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(
            "ux_unit_name_open",
            ["unit_id"],
            unique=True,
            sqlite_where=sa.text("ends_on IS NULL"),
            postgresql_where=sa.text("ends_on IS NULL"),
        )

    op.create_table(
        "unit_spelling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_fold", sa.String(length=700), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_spelling_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_spelling")),
        sa.UniqueConstraint("public_id", name=op.f("uq_unit_spelling_public_id")),
    )
    with op.batch_alter_table("unit_spelling", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_spelling_name_fold"), ["name_fold"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_spelling_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "acting_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=300), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on > starts_on", name=op.f("ck_acting_head_ends_after_start")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_acting_head_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acting_head")),
        sa.UniqueConstraint("public_id", name=op.f("uq_acting_head_public_id")),
    )
    with op.batch_alter_table("acting_head", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_acting_head_account_id"), ["account_id"], unique=False)

    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("chain", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(length=300), nullable=False),
        sa.Column("table_name", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.String(length=12), nullable=False),
        sa.Column("root_table", sa.String(length=40), nullable=False),
        sa.Column("root_id", sa.String(length=12), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_audit_entry_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("chain", "number", name=op.f("uq_audit_entry_chain_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_audit_entry_public_id")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entry_record", ["table_name", "record_id"], unique=False)
        batch_op.create_index("ix_audit_entry_root", ["root_table", "root_id"], unique=False)

    op.create_table(
        "conference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("bloc_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("title_fold", sa.String(length=700), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=True),
        sa.Column(
            "period_kind",
            sa.Enum(
                "first_half",
                "second_half",
                "year",
                "quarter_1",
                "quarter_2",
                "quarter_3",
                "quarter_4",
                name="period_kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("period_year", sa.Integer(), nullable=True),
        sa.Column(
            "precision",
            sa.Enum(
                "day", "month", "half_year", name="precision", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column(
            "day_part",
            sa.Enum(
                "morning",
                "afternoon",
                "evening",
                "whole_day",
                name="day_part",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("starts_at", sa.Time(), nullable=True),
        sa.Column("ends_at", sa.Time(), nullable=True),
        sa.Column("venue", sa.String(length=300), nullable=True),
        sa.Column("host_unit_id", sa.Integer(), nullable=True),
        sa.Column("secretary_name", sa.String(length=120), nullable=True),
        sa.Column("secretary_post", sa.String(length=200), nullable=True),
        sa.Column("source_note", sa.String(length=300), nullable=True),
        sa.Column("source_text", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "postponed",
                "cancelled",
                "held",
                "minutes_sent",
                "approved",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("minutes_sent_at", sa.DateTime(), nullable=True),
        sa.Column("comments_due_on", sa.Date(), nullable=True),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'approved') = (approved_at IS NOT NULL)", name=op.f("ck_conference_approved_some_time")
        ),
        sa.CheckConstraint(
            "(state = 'approved') = (approved_by_id IS NOT NULL)", name=op.f("ck_conference_approved_by_someone")
        ),
        sa.CheckConstraint(
            "state <> 'minutes_sent' OR minutes_sent_at IS NOT NULL", name=op.f("ck_conference_sent_some_time")
        ),
        sa.CheckConstraint("(period_kind IS NULL) = (period_year IS NULL)", name=op.f("ck_conference_whole_period")),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_conference_ends_after_start")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["account.id"], name=op.f("fk_conference_approved_by_id")),
        sa.ForeignKeyConstraint(["bloc_id"], ["bloc.id"], name=op.f("fk_conference_bloc_id")),
        sa.ForeignKeyConstraint(["host_unit_id"], ["unit.id"], name=op.f("fk_conference_host_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference")),
        sa.UniqueConstraint("public_id", name=op.f("uq_conference_public_id")),
    )
    with op.batch_alter_table("conference", schema=None) as batch_op:
        batch_op.create_index("ix_conference_bloc_day", ["bloc_id", "first_day"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("address", sa.String(length=64), nullable=True),
        sa.Column("draft_path", sa.String(length=400), nullable=True),
        sa.Column("draft", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sign_in_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_account_id"), ["account_id"], unique=False)

    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("presenter", sa.String(length=200), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes IS NULL OR minutes > 0", name=op.f("ck_agenda_item_some_minutes")),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_agenda_item_conference_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agenda_item_public_id")),
    )
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_item_conference_id"), ["conference_id"], unique=False)

    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "context",
                "leadership",
                "movement",
                "unit_tasks",
                "typical_example",
                "commendation",
                "joint_activity",
                "strength",
                "proposal",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("topic", sa.String(length=200), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("scope", sa.String(length=200), nullable=True),
        sa.Column("assessor", sa.String(length=200), nullable=True),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_assessment_conference_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_assessment_public_id")),
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_conference_id"), ["conference_id"], unique=False)

    op.create_table(
        "chair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("person_name", sa.String(length=120), nullable=True),
        sa.Column("person_post", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("unit_id IS NOT NULL OR person_name IS NOT NULL", name=op.f("ck_chair_someone")),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_chair_conference_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_chair_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chair")),
        sa.UniqueConstraint("public_id", name=op.f("uq_chair_public_id")),
    )
    with op.batch_alter_table("chair", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chair_conference_id"), ["conference_id"], unique=False)

    op.create_table(
        "conference_kind",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "half_year_review",
                "year_end_review",
                "launch",
                "thematic",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_conference_kind_conference_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference_kind")),
        sa.UniqueConstraint("conference_id", "kind", name=op.f("uq_conference_kind_conference_id_kind")),
        sa.UniqueConstraint("public_id", name=op.f("uq_conference_kind_public_id")),
    )
    op.create_table(
        "conference_letterhead",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("superior_lines", sa.String(length=400), nullable=True),
        sa.Column("issuing_lines", sa.String(length=400), nullable=True),
        sa.Column("place", sa.String(length=100), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("report_number", sa.String(length=20), nullable=True),
        sa.Column("report_sign", sa.String(length=40), nullable=True),
        sa.Column("minutes_number", sa.String(length=20), nullable=True),
        sa.Column("minutes_sign", sa.String(length=40), nullable=True),
        sa.Column("signer_name", sa.String(length=120), nullable=True),
        sa.Column("signer_post", sa.String(length=300), nullable=True),
        sa.Column("recipients", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_conference_letterhead_conference_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference_letterhead")),
        sa.UniqueConstraint("conference_id", name=op.f("uq_conference_letterhead_conference_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_conference_letterhead_public_id")),
    )
    op.create_table(
        "conference_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "postpone",
                "plan_again",
                "cancel",
                "hold",
                "send_minutes",
                "take_back",
                "approve",
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
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_conference_step_by_id")),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_conference_step_conference_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference_step")),
        sa.UniqueConstraint("public_id", name=op.f("uq_conference_step_public_id")),
    )
    with op.batch_alter_table("conference_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conference_step_conference_id"), ["conference_id"], unique=False)

    op.create_table(
        "declared_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column(
            "subject",
            sa.Enum(
                "members",
                "guests",
                "people",
                "limitations",
                "task_groups",
                "conclusions",
                name="subject",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("label", sa.String(length=300), nullable=True),
        sa.Column("declared", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("declared IS NULL OR declared >= 0", name=op.f("ck_declared_count_declared_counted")),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_declared_count_conference_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declared_count")),
        sa.UniqueConstraint("conference_id", "subject", name=op.f("uq_declared_count_conference_id_subject")),
        sa.UniqueConstraint("public_id", name=op.f("uq_declared_count_public_id")),
    )
    with op.batch_alter_table("declared_count", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_declared_count_conference_id"), ["conference_id"], unique=False)

    op.create_table(
        "delegate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("chair", "guest", "member", name="kind", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.String(length=300), nullable=True),
        sa.Column("person_name", sa.String(length=120), nullable=True),
        sa.Column("party_post", sa.String(length=300), nullable=True),
        sa.Column("state_post", sa.String(length=300), nullable=True),
        sa.Column(
            "attendance",
            sa.Enum(
                "present",
                "excused",
                "absent",
                "substitute",
                name="attendance",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("substitute_for", sa.String(length=200), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "attendance <> 'substitute' OR person_name IS NOT NULL", name=op.f("ck_delegate_substitute_named")
        ),
        sa.CheckConstraint("people IS NULL OR people >= 0", name=op.f("ck_delegate_people_counted")),
        sa.CheckConstraint(
            "person_name IS NOT NULL OR body IS NOT NULL OR unit_id IS NOT NULL", name=op.f("ck_delegate_someone")
        ),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_delegate_conference_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_delegate_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegate")),
        sa.UniqueConstraint("public_id", name=op.f("uq_delegate_public_id")),
    )
    with op.batch_alter_table("delegate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delegate_conference_id"), ["conference_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delegate_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "limitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("topic", sa.String(length=200), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("scope", sa.String(length=200), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("assessor", sa.String(length=200), nullable=True),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_limitation_conference_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_limitation_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_limitation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_limitation_public_id")),
    )
    with op.batch_alter_table("limitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_limitation_conference_id"), ["conference_id"], unique=False)

    op.create_table(
        "minutes_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("taken_over", sa.Boolean(), nullable=True),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_minutes_comment_by_id")),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_minutes_comment_conference_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_minutes_comment_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_comment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_minutes_comment_public_id")),
    )
    with op.batch_alter_table("minutes_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_minutes_comment_conference_id"), ["conference_id"], unique=False)

    op.create_table(
        "remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "report",
                "discussion",
                "directive",
                "conclusion",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("heading", sa.String(length=120), nullable=True),
        sa.Column("speaker_name", sa.String(length=120), nullable=True),
        sa.Column("speaker_post", sa.String(length=300), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("task_group", sa.Boolean(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_remark_conference_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_remark_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
        sa.UniqueConstraint("public_id", name=op.f("uq_remark_public_id")),
    )
    with op.batch_alter_table("remark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_remark_conference_id"), ["conference_id"], unique=False)

    op.create_table(
        "action_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("bloc_id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=True),
        sa.Column("remark_id", sa.Integer(), nullable=True),
        sa.Column("limitation_id", sa.Integer(), nullable=True),
        sa.Column(
            "source",
            sa.Enum(
                "conclusion",
                "directive",
                "limitation",
                "free",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_fold", sa.Text(), nullable=False),
        sa.Column("owner_text", sa.String(length=200), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "priority",
            sa.Enum("normal", "high", name="priority", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("all_units", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "in_progress",
                "waiting",
                "done",
                "cancelled",
                "merged",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("closing_reason", sa.Text(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state <> 'merged' OR merged_into_id IS NOT NULL", name=op.f("ck_action_item_merged_into_something")
        ),
        sa.CheckConstraint("due_on IS NULL OR due_on >= made_on", name=op.f("ck_action_item_due_after_made")),
        sa.ForeignKeyConstraint(["bloc_id"], ["bloc.id"], name=op.f("fk_action_item_bloc_id")),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_action_item_conference_id")),
        sa.ForeignKeyConstraint(["limitation_id"], ["limitation.id"], name=op.f("fk_action_item_limitation_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["action_item.id"], name=op.f("fk_action_item_merged_into_id")),
        sa.ForeignKeyConstraint(["remark_id"], ["remark.id"], name=op.f("fk_action_item_remark_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_item")),
        sa.UniqueConstraint("public_id", name=op.f("uq_action_item_public_id")),
    )
    with op.batch_alter_table("action_item", schema=None) as batch_op:
        batch_op.create_index("ix_action_item_bloc_state", ["bloc_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_item_conference_id"), ["conference_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_item_limitation_id"), ["limitation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_item_remark_id"), ["remark_id"], unique=False)

    op.create_table(
        "action_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("action_item_id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "state_then",
            sa.Enum(
                "open",
                "in_progress",
                "waiting",
                "done",
                "cancelled",
                "merged",
                name="state_then",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_item_id"], ["action_item.id"], name=op.f("fk_action_review_action_item_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_action_review_by_id")),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_action_review_conference_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_review")),
        sa.UniqueConstraint(
            "action_item_id", "conference_id", name=op.f("uq_action_review_action_item_id_conference_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_action_review_public_id")),
    )
    with op.batch_alter_table("action_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_review_conference_id"), ["conference_id"], unique=False)

    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("action_item_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "in_progress",
                "waiting",
                "done",
                "cancelled",
                "merged",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'done') = (closed_by_id IS NOT NULL)", name=op.f("ck_assignment_closed_by_someone")
        ),
        sa.CheckConstraint(
            "percent IS NULL OR (percent >= 0 AND percent <= 100)", name=op.f("ck_assignment_percent_range")
        ),
        sa.ForeignKeyConstraint(["action_item_id"], ["action_item.id"], name=op.f("fk_assignment_action_item_id")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["account.id"], name=op.f("fk_assignment_closed_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_assignment_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("action_item_id", "unit_id", name=op.f("uq_assignment_action_item_id_unit_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_assignment_public_id")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index("ix_assignment_unit_state", ["unit_id", "state"], unique=False)

    op.create_table(
        "due_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("action_item_id", sa.Integer(), nullable=False),
        sa.Column("old_due_on", sa.Date(), nullable=True),
        sa.Column("new_due_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_item_id"], ["action_item.id"], name=op.f("fk_due_move_action_item_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_due_move_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_move")),
        sa.UniqueConstraint("public_id", name=op.f("uq_due_move_public_id")),
    )
    with op.batch_alter_table("due_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_due_move_action_item_id"), ["action_item_id"], unique=False)

    op.create_table(
        "progress_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "report",
                "ask_closing",
                "close",
                "send_back",
                "reopen",
                "release",
                name="step",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_progress_note_assignment_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_progress_note_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_note")),
        sa.UniqueConstraint("public_id", name=op.f("uq_progress_note_public_id")),
    )
    with op.batch_alter_table("progress_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_progress_note_assignment_id"), ["assignment_id"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=True),
        sa.Column("progress_note_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("stored_name", sa.String(length=80), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "(conference_id IS NULL) <> (progress_note_id IS NULL)", name=op.f("ck_attachment_one_owner")
        ),
        sa.CheckConstraint("size > 0", name=op.f("ck_attachment_not_empty")),
        sa.ForeignKeyConstraint(["added_by_id"], ["account.id"], name=op.f("fk_attachment_added_by_id")),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_attachment_conference_id")),
        sa.ForeignKeyConstraint(
            ["progress_note_id"], ["progress_note.id"], name=op.f("fk_attachment_progress_note_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_attachment_public_id")),
        sa.UniqueConstraint("stored_name", name=op.f("uq_attachment_stored_name")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_conference_id"), ["conference_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_progress_note_id"), ["progress_note_id"], unique=False)

    op.create_table(
        "adopted_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name=op.f("fk_adopted_document_attachment_id")),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_adopted_document_conference_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adopted_document")),
        sa.UniqueConstraint("public_id", name=op.f("uq_adopted_document_public_id")),
    )
    with op.batch_alter_table("adopted_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_adopted_document_conference_id"), ["conference_id"], unique=False)

    op.create_table(
        "photograph",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("caption", sa.String(length=300), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name=op.f("fk_photograph_attachment_id")),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_photograph_conference_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photograph")),
        sa.UniqueConstraint("public_id", name=op.f("uq_photograph_public_id")),
    )
    with op.batch_alter_table("photograph", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_photograph_conference_id"), ["conference_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("photograph", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_photograph_conference_id"))

    op.drop_table("photograph")
    with op.batch_alter_table("adopted_document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_adopted_document_conference_id"))

    op.drop_table("adopted_document")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachment_progress_note_id"))
        batch_op.drop_index(batch_op.f("ix_attachment_conference_id"))

    op.drop_table("attachment")
    with op.batch_alter_table("progress_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_progress_note_assignment_id"))

    op.drop_table("progress_note")
    with op.batch_alter_table("due_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_due_move_action_item_id"))

    op.drop_table("due_move")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index("ix_assignment_unit_state")

    op.drop_table("assignment")
    with op.batch_alter_table("action_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_review_conference_id"))

    op.drop_table("action_review")
    with op.batch_alter_table("action_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_item_remark_id"))
        batch_op.drop_index(batch_op.f("ix_action_item_limitation_id"))
        batch_op.drop_index(batch_op.f("ix_action_item_conference_id"))
        batch_op.drop_index("ix_action_item_bloc_state")

    op.drop_table("action_item")
    with op.batch_alter_table("remark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_remark_conference_id"))

    op.drop_table("remark")
    with op.batch_alter_table("minutes_comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_minutes_comment_conference_id"))

    op.drop_table("minutes_comment")
    with op.batch_alter_table("limitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_limitation_conference_id"))

    op.drop_table("limitation")
    with op.batch_alter_table("delegate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delegate_unit_id"))
        batch_op.drop_index(batch_op.f("ix_delegate_conference_id"))

    op.drop_table("delegate")
    with op.batch_alter_table("declared_count", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_declared_count_conference_id"))

    op.drop_table("declared_count")
    with op.batch_alter_table("conference_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conference_step_conference_id"))

    op.drop_table("conference_step")
    op.drop_table("conference_letterhead")
    op.drop_table("conference_kind")
    with op.batch_alter_table("chair", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_chair_conference_id"))

    op.drop_table("chair")
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_conference_id"))

    op.drop_table("assessment")
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_item_conference_id"))

    op.drop_table("agenda_item")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_account_id"))

    op.drop_table("sign_in")
    with op.batch_alter_table("conference", schema=None) as batch_op:
        batch_op.drop_index("ix_conference_bloc_day")

    op.drop_table("conference")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entry_root")
        batch_op.drop_index("ix_audit_entry_record")

    op.drop_table("audit_entry")
    with op.batch_alter_table("acting_head", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_acting_head_account_id"))

    op.drop_table("acting_head")
    with op.batch_alter_table("unit_spelling", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_spelling_unit_id"))
        batch_op.drop_index(batch_op.f("ix_unit_spelling_name_fold"))

    op.drop_table("unit_spelling")
    with op.batch_alter_table("unit_name", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_unit_name_open", sqlite_where=sa.text("ends_on IS NULL"), postgresql_where=sa.text("ends_on IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_unit_name_unit_id"))
        batch_op.drop_index(batch_op.f("ix_unit_name_name_fold"))

    op.drop_table("unit_name")
    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_term_open_leader",
            sqlite_where=sa.text("ends_on IS NULL AND role = 'leader'"),
            postgresql_where=sa.text("ends_on IS NULL AND role = 'leader'"),
        )
        batch_op.drop_index("ix_term_unit_role")
        batch_op.drop_index(batch_op.f("ix_term_bloc_id"))

    op.drop_table("term")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_membership_open", sqlite_where=sa.text("ends_on IS NULL"), postgresql_where=sa.text("ends_on IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_membership_unit_id"))
        batch_op.drop_index(batch_op.f("ix_membership_bloc_id"))

    op.drop_table("membership")
    with op.batch_alter_table("bloc_name", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_bloc_name_open", sqlite_where=sa.text("ends_on IS NULL"), postgresql_where=sa.text("ends_on IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_bloc_name_name_fold"))
        batch_op.drop_index(batch_op.f("ix_bloc_name_bloc_id"))

    op.drop_table("bloc_name")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_unit_id"))
        batch_op.drop_index(batch_op.f("ix_account_authority_id"))

    op.drop_table("account")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_successor_id"))
        batch_op.drop_index(batch_op.f("ix_unit_authority_id"))

    op.drop_table("unit")
    with op.batch_alter_table("bloc", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bloc_authority_id"))

    op.drop_table("bloc")
    op.drop_table("sign_in_delay")
    op.drop_table("authority")
    op.drop_table("audit_head")
