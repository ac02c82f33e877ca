-- A database that was restored from a backup says so, and closes what was cut before: figures are written in the
-- transaction that cuts their revision, known by its number, and a new server counts transactions from the beginning.

CREATE TABLE restoration (
    id             integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at             timestamptz NOT NULL,
    backup_at      timestamptz NOT NULL,
    backup_digest  bytea NOT NULL,
    revision_id    bigint NOT NULL  -- the last revision of the backup: none up to it takes any more rows
);
CREATE TRIGGER restoration_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON restoration
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE ALL ON restoration FROM PUBLIC;
GRANT SELECT ON restoration TO dondoc_program;

CREATE OR REPLACE FUNCTION revision_is_being_cut() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM (SELECT DISTINCT revision_id FROM written) w
                 LEFT JOIN revision r ON r.id = w.revision_id AND r.xid = pg_current_xact_id()
                       AND r.id > (SELECT coalesce(max(x.revision_id), 0) FROM restoration x)
                WHERE r.id IS NULL) THEN
        RAISE EXCEPTION 'a revision that was cut takes no more rows into %', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
