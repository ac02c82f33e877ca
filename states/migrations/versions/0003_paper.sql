-- Paper in and out: files as they came, what was read in them, what an officer made of it. Run by the owner.

-- ── files (tệp): by their digest, once, and never changed ───────────────────────────────────────────────

CREATE TABLE file (
    digest  bytea PRIMARY KEY,
    size    integer NOT NULL,
    bytes   bytea NOT NULL,
    CONSTRAINT file_is_its_digest CHECK (digest = sha256(bytes) AND size = length(bytes))
);
ALTER TABLE file ALTER COLUMN bytes SET STORAGE EXTERNAL;  -- Word, Excel and PDF are packed already

-- A paper that came to a unit (văn bản đến, chưa vào sổ). The same file comes to one unit once.
CREATE TABLE incoming (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    unit_id      integer NOT NULL REFERENCES unit,
    file_digest  bytea NOT NULL REFERENCES file,
    name         varchar NOT NULL,
    media_type   varchar NOT NULL,
    came_by      varchar NOT NULL CHECK (came_by IN ('upload','folder')),
    person_id    integer NOT NULL REFERENCES person,
    office_id    integer NOT NULL REFERENCES office,
    arrived_at   timestamptz NOT NULL,
    CONSTRAINT incoming_key UNIQUE (unit_id, file_digest)
);
CREATE INDEX incoming_arrived_idx ON incoming (unit_id, arrived_at);

-- What a reader found in it: `content` as documents/reading gives it, or a sentence why it can't be read.
CREATE TABLE incoming_reading (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    incoming_id  bigint NOT NULL REFERENCES incoming,
    reader       varchar NOT NULL,
    content      jsonb,
    refusal      varchar,
    at           timestamptz NOT NULL,
    CONSTRAINT incoming_reading_one CHECK ((content IS NULL) <> (refusal IS NULL))
);
CREATE INDEX incoming_reading_idx ON incoming_reading (incoming_id, id);

-- What became of it: the draft that it filled, the document it was registered as, or laid aside with a reason.
-- `confirmed` keeps each field as it was read and as the officer let it stand.
CREATE TABLE incoming_outcome (
    incoming_id  bigint PRIMARY KEY REFERENCES incoming,
    outcome      varchar NOT NULL CHECK (outcome IN ('draft','registered','put_aside')),
    document_id  bigint REFERENCES document,
    confirmed    jsonb NOT NULL DEFAULT '{}',
    words        varchar NOT NULL DEFAULT '',
    person_id    integer NOT NULL REFERENCES person,
    office_id    integer NOT NULL REFERENCES office,
    at           timestamptz NOT NULL,
    CONSTRAINT incoming_outcome_document CHECK ((outcome = 'put_aside') = (document_id IS NULL)),
    CONSTRAINT incoming_outcome_why CHECK (outcome <> 'put_aside' OR length(trim(words)) > 0)
);
CREATE INDEX incoming_outcome_document_idx ON incoming_outcome (document_id);

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['file','incoming','incoming_reading','incoming_outcome']
    LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
                       t || '_kept', t);
    END LOOP;
END $$;

-- Which document a file was registered as.
CREATE INDEX step_file_idx ON step (file_digest) WHERE file_digest IS NOT NULL;

-- ── the careful officer: the two values that disagree and where each stands ─────────────────────────────

ALTER TABLE finding ADD COLUMN message_en varchar NOT NULL DEFAULT '';
ALTER TABLE finding ADD COLUMN disagree varchar[] NOT NULL DEFAULT '{}';
ALTER TABLE finding ADD COLUMN other_place varchar NOT NULL DEFAULT '';

-- ── what an office settles for its papers (thể thức): {"parent_line": "" | words, "place": words} ───────

ALTER TABLE unit ADD COLUMN paper jsonb NOT NULL DEFAULT '{}';

GRANT SELECT, INSERT ON file, incoming, incoming_reading, incoming_outcome TO dondoc_program;
GRANT UPDATE (paper) ON unit TO dondoc_program;
