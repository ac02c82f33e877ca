-- What was written leaves its digest: the Merkle log and its checkpoints. Run by the owner. See docs/proof.md.

-- A digest that waits for its place in the log (dấu vết). Written by triggers in the transaction of the row itself;
-- the program may neither write nor take out a row here but through them.
CREATE TABLE trace (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind    varchar NOT NULL,
    key     varchar NOT NULL,
    digest  bytea NOT NULL
);

-- The log: leaf by leaf, without gaps, for good. A leaf's hash is sha256(0x00 'dondoc-leaf/1' LF kind LF key LF hex).
CREATE TABLE leaf (
    position  bigint PRIMARY KEY CHECK (position >= 0),
    kind      varchar NOT NULL,
    key       varchar NOT NULL,
    digest    bytea NOT NULL
);
CREATE INDEX leaf_key_idx ON leaf (kind, key);

-- Hashes of whole subtrees of 256, 65,536, ... leaves (height 8, 16, ...), so that a proof reads few rows.
CREATE TABLE subtree (
    height  integer NOT NULL CHECK (height > 0 AND height % 8 = 0),
    place   bigint NOT NULL CHECK (place >= 0),
    hash    bytea NOT NULL,
    PRIMARY KEY (height, place)
);

-- The second tree, of where each document stands: at height 0 and place `document` the hash of the leaf of its newest
-- sealed step, at height h the hash over 2^h places. Its root is the last leaf of each sealing.
CREATE TABLE head (
    height  integer NOT NULL CHECK (height >= 0),
    place   bigint NOT NULL CHECK (place >= 0),
    hash    bytea NOT NULL,
    PRIMARY KEY (height, place)
);

-- What was signed: the tree of the first `size` leaves (C2SP tlog-checkpoint). Outsiders keep the notes.
CREATE TABLE checkpoint (
    size  bigint PRIMARY KEY CHECK (size > 0),
    root  bytea NOT NULL,
    note  varchar NOT NULL,
    at    timestamptz NOT NULL
);
CREATE INDEX checkpoint_at_idx ON checkpoint (at);

-- Gives up to `most` waiting digests their places, in the order they were written. One at a time.
CREATE FUNCTION take_traces(most integer)
RETURNS TABLE (at_position bigint, at_kind varchar, at_key varchar, at_digest bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('dondoc log'));
    RETURN QUERY
    WITH first AS (SELECT coalesce(max(position) + 1, 0) AS position FROM leaf),
    taken AS (DELETE FROM trace WHERE id <= (SELECT max(id) FROM (SELECT id FROM trace ORDER BY id LIMIT most) next)
              RETURNING id, trace.kind, trace.key, trace.digest)
    INSERT INTO leaf (position, kind, key, digest)
    SELECT first.position + row_number() OVER (ORDER BY taken.id) - 1, taken.kind, taken.key, taken.digest
      FROM taken CROSS JOIN first ORDER BY taken.id
    RETURNING leaf.position, leaf.kind, leaf.key, leaf.digest;
END $$;

-- Numbers of documents are places of that tree.
ALTER TABLE document ADD CONSTRAINT document_id_check CHECK (id BETWEEN 1 AND 1099511627776);

-- Ends a sealing: the second tree takes in the steps that got a place since the last one, level by level, and its width
-- and root get the next place, which is returned. The program can't say other than what the log has. Where no document
-- stands, the hash is that of an empty leaf.
CREATE FUNCTION add_heads() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET bytea_output = 'hex' AS $$
DECLARE
    ended   bigint := (SELECT coalesce(max(position), -1) FROM leaf WHERE kind = 'heads');
    tall    integer := 0;
    empty   bytea := sha256('\x00');
    touched bigint[];
    last    bigint;
    given   bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('dondoc log'));
    WITH step AS (
        SELECT split_part(key, ':', 1)::bigint AS document, split_part(key, ':', 2)::bigint AS seq,
               sha256('\x00'::bytea || convert_to(concat_ws(E'\n', 'dondoc-leaf/1', kind, key, encode(digest, 'hex')), 'UTF8')) AS hash
          FROM leaf WHERE position > ended AND kind = 'step'),
    moved AS (
        MERGE INTO head USING (SELECT DISTINCT ON (document) * FROM step ORDER BY document, seq DESC) newest
           ON head.height = 0 AND head.place = newest.document
         WHEN MATCHED THEN UPDATE SET hash = newest.hash
         WHEN NOT MATCHED THEN INSERT (height, place, hash) VALUES (0, newest.document, newest.hash)
        RETURNING head.place)
    SELECT array_agg(place) INTO touched FROM moved;
    SELECT coalesce(max(place), 0) INTO last FROM head WHERE height = 0;
    WHILE tall = 0 OR tall % 8 <> 0 OR last >> tall > 0 LOOP
        -- the left edge grows up with the tree
        SELECT array_agg(DISTINCT place >> 1) INTO touched FROM unnest(touched || 0::bigint) AS below (place);
        MERGE INTO head USING (
            SELECT above.place, sha256('\x01'::bytea || coalesce(l.hash, empty) || coalesce(r.hash, empty)) AS hash
              FROM unnest(touched) AS above (place)
              LEFT JOIN head l ON l.height = tall AND l.place = above.place * 2
              LEFT JOIN head r ON r.height = tall AND r.place = above.place * 2 + 1) made
           ON head.height = tall + 1 AND head.place = made.place
         WHEN MATCHED THEN UPDATE SET hash = made.hash
         WHEN NOT MATCHED THEN INSERT (height, place, hash) VALUES (tall + 1, made.place, made.hash);
        empty := sha256('\x01'::bytea || empty || empty);
        tall := tall + 1;
    END LOOP;
    INSERT INTO leaf (position, kind, key, digest)
    SELECT (SELECT max(position) + 1 FROM leaf), 'heads', (1::bigint << tall)::text, sha256(convert_to(to_jsonb(
               ARRAY['dondoc-row/1', 'heads', (1::bigint << tall)::text, hash::text])::text, 'UTF8'))
      FROM head WHERE height = tall AND place = 0
    RETURNING position INTO given;
    RETURN given;
END $$;

-- ── every row that bears proof leaves its digest ────────────────────────────────────────────────────────

-- One digest per row: sha256 over ["dondoc-row/1", kind, key, column, ...], each column as PostgreSQL writes it as text
-- (moments in UTC). states/log/kinds.py has the same table; the two are held equal by the audit itself.
-- `changed`: columns that may change later; the row then leaves a second digest under kind || '+'.
DO $$
DECLARE
    k record;
    cast_of text;
    line text;
    key_of text;
BEGIN
    SET LOCAL timezone = 'UTC';
    SET LOCAL datestyle = 'ISO';
    SET LOCAL bytea_output = 'hex';
    FOR k IN SELECT * FROM (VALUES
        ('unit', 'id', 'registry,code,name,kind,level,role,symbol,parent_id,path,depth,valid_from,valid_to,small,totp_to_sign,signature_required',
         'registry,code,name,kind,level,role,symbol,parent_id,path,depth,valid_from,valid_to,small,totp_to_sign,signature_required'),
        ('succession', 'old_id,new_id', 'kind,doubt', ''),
        ('person', 'id', 'full_name,machine,sample', 'full_name,machine,sample'),
        ('office', 'id', 'person_id,unit_id,seat,title,authority,fields,kinds,mandate,stands_for,valid_from,valid_to',
         'person_id,unit_id,seat,title,authority,fields,kinds,mandate,stands_for,valid_from,valid_to'),
        ('rule', 'kind,from_state,action,to_state', '', ''),
        ('form', 'code,version', 'kind,title,digest,kept', ''),
        ('requirement', 'id', 'plan_id,kind,title,form,form_version,field,series,legal_basis,urgency,period_first,period_last,created_at', ''),
        ('requirement_level', 'requirement_id,level', 'due_at,issuer_role,drafter_role,receiver_role,follower_roles,followers,copies', ''),
        ('document', 'id', 'kind,unit_id,issuer_id,drafter_id,receiver_id,followers,level,path,title,subject,field,series,requirement_id,plan_id,parent_id,supplement,form,form_version,period_first,period_last,due_at,legal_basis,urgency,opened_at',
         'title,requirement_id,plan_id,parent_id,followers'),
        ('external_document', 'id', 'number,date,issuer,title', ''),
        ('link', 'id', 'document_id,role,target_id,external_id,note,at', ''),
        ('revision', 'id', 'document_id,no,part,digest,authors,cut_at,cut_by,covered,expected,xid', ''),
        ('free_row', 'revision_id,line', 'table_no,label,label_key', ''),
        ('mapping', 'id', 'unit_id,form,table_no,label_key,row_no,person_id,office_id,at', ''),
        ('contribution', 'id', 'document_id,assignee,assignee_key,unit_id,asked_only,due_at,task,asked_at,asked_by', ''),
        ('contribution_given', 'id', 'contribution_id,revision_id,given_by,channel,taken_by,at', ''),
        ('explanation', 'id', 'document_id,code,place,words,person_id,office_id,at', ''),
        ('register', 'id', 'unit_id,year,series,direction,opened_at_number,opened_by,reason', ''),
        ('register_entry', 'register_id,number', 'before,document_id,office_id,date,at', ''),
        ('sending', 'id', 'document_id,no,seq,revision_id,issuer_id,year,series,number,symbol,date,sent_at,paper,signer,recipients,replaces', ''),
        ('receipt', 'sending_id', 'unit_id,number,received_at,office_id', ''),
        ('dispensation_request', 'id', 'document_id,kind,until,reason,office_id,at', ''),
        ('dispensation', 'id', 'document_id,kind,until,reason,office_id,at,in_time,request_id', ''),
        ('file', 'digest', 'size', ''),
        ('certificate', 'id', 'purpose,office_id,unit_id,digest,subject,issuer,serial,valid_from,valid_to,chain,store,registered_by,at', ''),
        ('certificate_end', 'certificate_id', 'at,reason,office_id', ''),
        ('signing_intent', 'id', 'document_id,revision_id,seq,purpose,office_id,certificate_id,prepared_digest,content_digest,nonce,at,expires_at', ''),
        ('signature', 'document_id,seq,purpose', 'intent_id,certificate_id,file_digest,content_digest,signed_at,timestamp_at,level', ''),
        ('incoming', 'id', 'unit_id,file_digest,name,media_type,came_by,person_id,office_id,arrived_at', ''),
        ('incoming_outcome', 'incoming_id', 'outcome,document_id,confirmed,words,person_id,office_id,at', '')
    ) AS kinds (name, key, columns, changed)
    LOOP
        CONTINUE WHEN to_regclass(k.name) IS NULL;
        SELECT string_agg(format('%%1$s%I::text', c), ' || '':'' || ' ORDER BY n)
          INTO key_of FROM string_to_table(k.key, ',') WITH ORDINALITY AS cut (c, n);
        SELECT string_agg(format(', %%1$s%I::text', c), '' ORDER BY n)
          INTO cast_of FROM string_to_table(k.columns, ',') WITH ORDINALITY AS cut (c, n) WHERE c <> '';
        -- kind, key and digest of a row; %1$s stands for what the columns are taken from
        line := '%2$L, ' || key_of || ', sha256(convert_to(to_jsonb(ARRAY[''dondoc-row/1'', '
                || quote_literal(k.name) || ', ' || key_of || coalesce(cast_of, '') || '])::text, ''UTF8''))';
        EXECUTE format('CREATE FUNCTION %I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER'
                       ' SET search_path = pg_catalog, public, pg_temp SET timezone = ''UTC'' SET datestyle = ''ISO'''
                       ' SET bytea_output = ''hex'' AS $f$ BEGIN INSERT INTO trace (kind, key, digest) SELECT %s FROM taken;'
                       ' RETURN NULL; END $f$', 'trace_' || k.name, format(line, '', k.name));
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS taken FOR EACH STATEMENT'
                       ' EXECUTE FUNCTION %I()', k.name || '_traced', k.name, 'trace_' || k.name);
        EXECUTE format('INSERT INTO trace (kind, key, digest) SELECT %s FROM %I', format(line, '', k.name), k.name);
        CONTINUE WHEN k.changed = '';
        EXECUTE format('CREATE FUNCTION %I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER'
                       ' SET search_path = pg_catalog, public, pg_temp SET timezone = ''UTC'' SET datestyle = ''ISO'''
                       ' SET bytea_output = ''hex'' AS $f$ BEGIN INSERT INTO trace (kind, key, digest) SELECT %s;'
                       ' RETURN NULL; END $f$', 'trace_changed_' || k.name, format(line, 'NEW.', k.name || '+'));
        EXECUTE format('CREATE TRIGGER %I AFTER UPDATE OF %s ON %I FOR EACH ROW WHEN (%s) EXECUTE FUNCTION %I()',
                       k.name || '_change_traced', k.changed, k.name,
                       (SELECT '(' || string_agg('OLD.' || c, ', ') || ') IS DISTINCT FROM (' || string_agg('NEW.' || c, ', ') || ')'
                          FROM string_to_table(k.changed, ',') AS c), 'trace_changed_' || k.name);
    END LOOP;
END $$;

-- What a revision was made of, whole: its sources in their order. They are written in one statement.
CREATE FUNCTION trace_derivation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO trace (kind, key, digest)
    SELECT 'derivation', revision_id, sha256(convert_to(to_jsonb(ARRAY['dondoc-row/1', 'derivation', revision_id::text,
               string_agg(source_id::text, ',' ORDER BY source_id)])::text, 'UTF8'))
      FROM taken GROUP BY revision_id;
    RETURN NULL;
END $$;
CREATE TRIGGER derivation_traced AFTER INSERT ON derivation
    REFERENCING NEW TABLE AS taken FOR EACH STATEMENT EXECUTE FUNCTION trace_derivation();
INSERT INTO trace (kind, key, digest)
SELECT 'derivation', revision_id, sha256(convert_to(to_jsonb(ARRAY['dondoc-row/1', 'derivation', revision_id::text,
           string_agg(source_id::text, ',' ORDER BY source_id)])::text, 'UTF8'))
  FROM derivation GROUP BY revision_id;

-- A step has its digest already; it is written where the step is told, which costs least.
INSERT INTO trace (kind, key, digest) SELECT 'step', document_id || ':' || seq, digest FROM step ORDER BY at, document_id, seq;
CREATE OR REPLACE FUNCTION step_moves_document() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    moved bigint;
BEGIN
    UPDATE document d
       SET state = s.to_state, seq = s.seq, head = s.digest, desk = s.desk, desk_office_id = s.desk_office_id,
           desk_since = CASE WHEN d.desk = s.desk AND d.state = s.to_state
                              AND d.desk_office_id IS NOT DISTINCT FROM s.desk_office_id THEN d.desk_since ELSE s.at END,
           revision_id = CASE WHEN s.action IN ('sign','register') THEN s.revision_id
                              WHEN s.action = 'revise' THEN NULL ELSE d.revision_id END,
           correction_due = CASE WHEN s.action IN ('return','reopen') THEN s.due_at
                                 WHEN s.to_state = 'submitted' THEN NULL ELSE d.correction_due END
      FROM taken s
     WHERE s.seq > 1 AND d.id = s.document_id AND d.seq = s.seq - 1;
    GET DIAGNOSTICS moved = ROW_COUNT;
    IF moved <> (SELECT count(*) FROM taken WHERE seq > 1) THEN
        RAISE EXCEPTION 'a step moves its document by one' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    WITH told AS (INSERT INTO outbox (document_id, seq) SELECT document_id, seq FROM taken)
    INSERT INTO trace (kind, key, digest) SELECT 'step', document_id || ':' || seq, digest FROM taken;
    RETURN NULL;
END $$;

-- ── walls ───────────────────────────────────────────────────────────────────────────────────────────────

CREATE TRIGGER trace_kept BEFORE UPDATE OR TRUNCATE ON trace FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['leaf','subtree','checkpoint']
    LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
                       t || '_kept', t);
    END LOOP;
END $$;

REVOKE EXECUTE ON FUNCTION take_traces(integer), add_heads() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION take_traces(integer), add_heads() TO dondoc_program;
GRANT SELECT ON trace, leaf, head TO dondoc_program;
GRANT SELECT, INSERT ON subtree, checkpoint TO dondoc_program;
