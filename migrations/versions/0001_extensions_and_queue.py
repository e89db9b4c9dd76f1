"""Extensions of PostgreSQL, the order of the Kazakh alphabet, and the job queue's own schema."""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

EXTENSIONS = ("pg_trgm", "btree_gin")


def upgrade() -> None:
    for name in EXTENSIONS:
        op.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")
    op.execute(IN_ALPHABET)
    # by the driver itself: it is a script of many statements with % and : in them
    op.get_bind().connection.driver_connection.execute(SchemaManager.get_schema())


def downgrade() -> None:
    op.execute(DROP_QUEUE)
    op.execute("DROP FUNCTION in_alphabet")
    for name in EXTENSIONS:
        op.execute(f"DROP EXTENSION IF EXISTS {name}")


LETTERS, QUOTES = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя", "«»„“”"
IN_ALPHABET = f"""
CREATE FUNCTION in_alphabet(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(lower(name), '{LETTERS}{QUOTES}', '{"".join(chr(0x430 + at) for at in range(len(LETTERS)))}')
"""
"""Each letter as a character in whose place of Unicode it would be by the alphabet, quotation marks as nothing."""

DROP_QUEUE = r"""
DO $$
DECLARE
    found record;
BEGIN
    FOR found IN SELECT oid::regclass AS name FROM pg_class
        WHERE relkind = 'r' AND relname LIKE 'procrastinate\_%' AND relnamespace = current_schema()::regnamespace
    LOOP
        EXECUTE format('DROP TABLE %s CASCADE', found.name);
    END LOOP;
    FOR found IN SELECT oid::regprocedure AS name FROM pg_proc
        WHERE proname LIKE 'procrastinate\_%' AND pronamespace = current_schema()::regnamespace
    LOOP
        EXECUTE format('DROP FUNCTION %s CASCADE', found.name);
    END LOOP;
    FOR found IN SELECT oid::regtype AS name FROM pg_type
        WHERE typname LIKE 'procrastinate\_%' AND typnamespace = current_schema()::regnamespace
    LOOP
        EXECUTE format('DROP TYPE %s CASCADE', found.name);
    END LOOP;
END $$
"""
