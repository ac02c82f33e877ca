-- The second wall: row-level security that fails closed. Run by the owner, like 0001.
--
-- The database is told in each transaction who acts (dondoc.office), and for whom an API request was let in
-- (dondoc.caller); see states/acting.py. Told nothing it takes no row of business. The first wall is states/policy.py;
-- tests/states/test_walls.py compares the two and attacks this one alone. It holds against a program that forgets to
-- ask, not against one that lies about who acts: that is what the chain of steps and the log are for.

-- ── who may take a step, filled from states.lifecycle and tested equal ───────────────────────────────────

CREATE FUNCTION seats_for(action varchar) RETURNS varchar[] LANGUAGE sql IMMUTABLE
RETURN CASE action
    WHEN 'open' THEN '{clock,drafter}'::varchar[]
    WHEN 'assign' THEN '{leader}'
    WHEN 'present' THEN '{drafter}'
    WHEN 'send_back' THEN '{leader,clerk}'
    WHEN 'sign' THEN '{leader}'
    WHEN 'revise' THEN '{drafter,leader}'
    WHEN 'submit' THEN '{clerk}'
    WHEN 'register' THEN '{receiver_clerk}'
    WHEN 'receive' THEN '{receiver_clerk}'
    WHEN 'return' THEN '{receiver}'
    WHEN 'recall' THEN '{leader}'
    WHEN 'consolidate' THEN '{clock,receiver}'
    WHEN 'reopen' THEN '{receiver}'
    WHEN 'withdraw' THEN '{leader}'
    ELSE '{}' END;

-- ── who acts ────────────────────────────────────────────────────────────────────────────────────────────

-- The office that acts. Within an API request it is the caller's own, or the clock's: any other is nobody.
CREATE FUNCTION told_office() RETURNS integer LANGUAGE sql STABLE
RETURN CASE WHEN coalesce(current_setting('dondoc.caller', true), '')
                 IN ('', coalesce(current_setting('dondoc.office', true), ''))
              OR current_setting('dondoc.office', true) = '1'
            THEN nullif(current_setting('dondoc.office', true), '')::integer END;

CREATE FUNCTION day_of(at timestamptz) RETURNS date LANGUAGE sql IMMUTABLE
RETURN (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;

-- The unit that the acting office works in on that day: none for auditors, administrators, machines, ended offices.
CREATE FUNCTION told_unit(at timestamptz) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp
RETURN (SELECT o.unit_id FROM office o JOIN person p ON p.id = o.person_id
         WHERE o.id = told_office() AND o.seat IN ('drafter','leader','clerk','supervisor') AND NOT p.machine
           AND o.valid_from <= day_of(at) AND (o.valid_to IS NULL OR o.valid_to >= day_of(at)));

-- The seats that the acting office has toward a document on that day: those of states.policy, and beside them
-- «ours» (works in a unit that writes or issues it), «party» (or receives or follows it), «above» (looks down on it),
-- «contributor» (of a body that was asked to contribute). No moment: the day on which it was opened.
CREATE FUNCTION told_seats(asked bigint, at timestamptz) RETURNS varchar[] LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    o record;
    d record;
    found varchar[] := '{}';
BEGIN
    SELECT unit_id, issuer_id, drafter_id, receiver_id, followers, path, opened_at INTO d FROM document WHERE id = asked;
    SELECT x.unit_id, x.seat, p.machine INTO o FROM office x JOIN person p ON p.id = x.person_id
     WHERE x.id = told_office() AND x.valid_from <= day_of(coalesce(at, d.opened_at))
       AND (x.valid_to IS NULL OR x.valid_to >= day_of(coalesce(at, d.opened_at)));
    IF d IS NULL OR o IS NULL THEN
        RETURN found;
    ELSIF o.machine THEN
        RETURN CASE WHEN o.seat = 'clock' THEN '{clock}' ELSE found END;
    ELSIF o.seat NOT IN ('drafter','leader','clerk','supervisor') THEN
        RETURN found;
    END IF;
    IF o.seat = 'drafter' AND o.unit_id = d.drafter_id THEN found := found || '{drafter}'; END IF;
    IF o.seat = 'leader' AND o.unit_id = d.issuer_id THEN found := found || '{leader}'; END IF;
    IF o.seat = 'clerk' AND o.unit_id = d.issuer_id THEN found := found || '{clerk}'; END IF;
    IF o.seat IN ('supervisor','leader') AND o.unit_id = d.receiver_id THEN found := found || '{receiver}'; END IF;
    IF o.seat = 'clerk' AND o.unit_id = d.receiver_id THEN found := found || '{receiver_clerk}'; END IF;
    IF o.unit_id IN (d.unit_id, d.issuer_id, d.drafter_id) THEN found := found || '{ours,party}'; END IF;
    IF o.unit_id = d.receiver_id OR o.unit_id = ANY (d.followers) THEN found := found || '{party}'; END IF;
    RETURN found;
END $$;

-- Whether it looks down on a document: supervisors and leaders above it, a department's supervisor for its unit.
CREATE FUNCTION told_above(asked bigint, at timestamptz) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp
RETURN EXISTS (
    SELECT FROM office o JOIN unit u ON u.id = o.unit_id JOIN document d ON d.id = asked
      LEFT JOIN unit a ON a.id = u.parent_id AND u.level = 'body' AND o.seat = 'supervisor'
     WHERE o.id = told_office() AND o.seat IN ('supervisor','leader') AND told_unit(at) IS NOT NULL
       AND starts_with(d.path, coalesce(a.path, u.path)));

CREATE FUNCTION told_contributes(asked bigint, at timestamptz) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp
RETURN EXISTS (
    SELECT FROM contribution c JOIN office o ON o.id = told_office() AND o.seat IN ('drafter','leader')
     WHERE c.document_id = asked AND c.unit_id = told_unit(at));

-- Opening asks of the office alone, for the document is new in the same statement; whose it is, its own row says.
CREATE FUNCTION may_open(drafter integer, at timestamptz) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp
RETURN EXISTS (SELECT FROM office o WHERE o.id = told_office() AND o.seat = 'drafter'
                  AND o.unit_id = told_unit(at) AND o.unit_id = coalesce(drafter, o.unit_id));

-- Who writes a draft: its drafter, the leader who issues it, the receiver's clerk who registers it, who contributes.
CREATE FUNCTION may_write(asked bigint, at timestamptz) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN told_seats(asked, at) && '{drafter,leader,receiver_clerk}' OR told_contributes(asked, at);
END $$;

-- Who moves a deadline: the receiver; for a plan amended or withdrawn, whoever leads, drafts or watches it there.
CREATE FUNCTION may_dispense(asked bigint, wanted varchar, at timestamptz) RETURNS boolean LANGUAGE plpgsql STABLE
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF wanted IN ('amendment','cancellation') THEN
        RETURN told_seats((SELECT plan_id FROM document WHERE id = asked), at) && '{ours}';
    END IF;
    RETURN told_seats(asked, at) && '{receiver}';
END $$;

-- ── what is written ─────────────────────────────────────────────────────────────────────────────────────
-- (SELECT told_office()) = 1 is the clock, asked once for a statement however many rows it writes.

ALTER TABLE document ENABLE ROW LEVEL SECURITY;
CREATE POLICY document_seen ON document FOR SELECT USING (true);
CREATE POLICY document_opened ON document FOR INSERT
    WITH CHECK ((SELECT told_office()) = 1 OR may_open(drafter_id, opened_at));
CREATE POLICY document_attached ON document FOR UPDATE USING (true) WITH CHECK ((SELECT told_office()) = 1);

ALTER TABLE step ENABLE ROW LEVEL SECURITY;
CREATE POLICY step_seen ON step FOR SELECT USING (true);
CREATE POLICY step_taken ON step FOR INSERT WITH CHECK (
    office_id = (SELECT told_office())
    AND CASE WHEN office_id = 1 THEN action IN ('open','consolidate')
             WHEN action = 'open' THEN may_open(NULL, at)
             ELSE told_seats(document_id, at) && seats_for(action) END);

ALTER TABLE working_copy ENABLE ROW LEVEL SECURITY;
CREATE POLICY working_copy_begun ON working_copy FOR INSERT WITH CHECK (may_write(document_id, updated_at));
-- After a signature nobody has changed the content since: whoever has just signed takes the authors out.
CREATE POLICY working_copy_saved ON working_copy FOR UPDATE USING (true) WITH CHECK (
    may_write(document_id, updated_at)
    OR authors = '{}' AND EXISTS (
        SELECT FROM document d JOIN step s ON s.document_id = d.id AND s.seq = d.seq
         WHERE d.id = working_copy.document_id AND s.action = 'sign' AND s.office_id = (SELECT told_office())));

ALTER TABLE revision ENABLE ROW LEVEL SECURITY;
CREATE POLICY revision_cut ON revision FOR INSERT WITH CHECK (
    CASE WHEN (SELECT told_office()) = 1 THEN part = 'total' ELSE may_write(document_id, cut_at) END);

ALTER TABLE sending ENABLE ROW LEVEL SECURITY;
CREATE POLICY sending_seen ON sending FOR SELECT USING (true);
CREATE POLICY sending_sent ON sending FOR INSERT WITH CHECK (EXISTS (
    SELECT FROM step s WHERE s.document_id = sending.document_id AND s.seq = sending.seq
       AND s.action IN ('submit','register') AND s.office_id = (SELECT told_office())));

ALTER TABLE receipt ENABLE ROW LEVEL SECURITY;
CREATE POLICY receipt_seen ON receipt FOR SELECT USING (true);
CREATE POLICY receipt_given ON receipt FOR INSERT
    WITH CHECK (office_id = (SELECT told_office()) AND unit_id = told_unit(received_at));

ALTER TABLE register ENABLE ROW LEVEL SECURITY;
CREATE POLICY register_seen ON register FOR SELECT USING (true);
CREATE POLICY register_opened ON register FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM office o JOIN person p ON p.id = o.person_id
             WHERE o.id = (SELECT told_office()) AND o.unit_id = register.unit_id AND NOT p.machine
               AND o.seat IN ('drafter','leader','clerk','supervisor') AND o.valid_from <= make_date(year, 12, 31)
               AND (o.valid_to IS NULL OR o.valid_to >= make_date(year, 1, 1))));
CREATE POLICY register_locked ON register FOR UPDATE USING (true) WITH CHECK (false);

ALTER TABLE register_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY register_entry_seen ON register_entry FOR SELECT USING (true);
CREATE POLICY register_entry_made ON register_entry FOR INSERT WITH CHECK (
    office_id = (SELECT told_office())
    AND EXISTS (SELECT FROM register g WHERE g.id = register_id AND g.unit_id = told_unit(at)));

ALTER TABLE dispensation_request ENABLE ROW LEVEL SECURITY;
CREATE POLICY dispensation_request_seen ON dispensation_request FOR SELECT USING (true);
CREATE POLICY dispensation_asked ON dispensation_request FOR INSERT
    WITH CHECK (office_id = (SELECT told_office()) AND told_seats(document_id, at) && '{ours}');

ALTER TABLE dispensation ENABLE ROW LEVEL SECURITY;
CREATE POLICY dispensation_seen ON dispensation FOR SELECT USING (true);
CREATE POLICY dispensation_given ON dispensation FOR INSERT
    WITH CHECK (office_id = (SELECT told_office()) AND may_dispense(document_id, kind, at));

ALTER TABLE explanation ENABLE ROW LEVEL SECURITY;
CREATE POLICY explanation_seen ON explanation FOR SELECT USING (true);
CREATE POLICY explanation_given ON explanation FOR INSERT
    WITH CHECK (office_id = (SELECT told_office()) AND may_write(document_id, at));

ALTER TABLE note ENABLE ROW LEVEL SECURITY;
CREATE POLICY note_seen ON note FOR SELECT USING (true);
CREATE POLICY note_said ON note FOR INSERT WITH CHECK (
    office_id = (SELECT told_office()) AND (told_seats(document_id, at) && '{party}' OR told_above(document_id, at)));

ALTER TABLE reminder ENABLE ROW LEVEL SECURITY;
CREATE POLICY reminder_seen ON reminder FOR SELECT USING (true);
CREATE POLICY reminder_climbed ON reminder FOR INSERT WITH CHECK (
    office_id = (SELECT told_office())
    AND (office_id = 1 OR told_seats(document_id, at) && '{party}' OR told_above(document_id, at)));

ALTER TABLE contribution ENABLE ROW LEVEL SECURITY;
CREATE POLICY contribution_seen ON contribution FOR SELECT USING (true);
CREATE POLICY contribution_asked ON contribution FOR INSERT
    WITH CHECK (asked_by = (SELECT told_office()) AND may_write(document_id, asked_at));

ALTER TABLE contribution_given ENABLE ROW LEVEL SECURITY;
CREATE POLICY contribution_given_seen ON contribution_given FOR SELECT USING (true);
CREATE POLICY contribution_taken ON contribution_given FOR INSERT WITH CHECK (
    taken_by = (SELECT told_office())
    AND EXISTS (SELECT FROM contribution c WHERE c.id = contribution_id AND may_write(c.document_id, contribution_given.at)));

ALTER TABLE mapping ENABLE ROW LEVEL SECURITY;
CREATE POLICY mapping_seen ON mapping FOR SELECT USING (true);
CREATE POLICY mapping_placed ON mapping FOR INSERT WITH CHECK (
    office_id = (SELECT told_office())
    AND EXISTS (SELECT FROM unit u WHERE u.id = told_unit(at) AND mapping.unit_id IN (u.id, u.parent_id)
                   AND (mapping.unit_id = u.id OR u.level = 'body')));

ALTER TABLE incoming ENABLE ROW LEVEL SECURITY;
CREATE POLICY incoming_arrived ON incoming FOR INSERT
    WITH CHECK (office_id = (SELECT told_office()) AND unit_id = told_unit(arrived_at));

ALTER TABLE incoming_reading ENABLE ROW LEVEL SECURITY;
CREATE POLICY incoming_read ON incoming_reading FOR INSERT WITH CHECK (
    (SELECT told_office()) = 1
    OR EXISTS (SELECT FROM incoming i WHERE i.id = incoming_id AND i.unit_id = told_unit(at)));

ALTER TABLE incoming_outcome ENABLE ROW LEVEL SECURITY;
CREATE POLICY incoming_decided ON incoming_outcome FOR INSERT WITH CHECK (
    office_id = (SELECT told_office())
    AND EXISTS (SELECT FROM incoming i WHERE i.id = incoming_id AND i.unit_id = told_unit(at)));

-- ── what is read: contents, by those who may see their document ─────────────────────────────────────────
-- A request is let in for an office, and is blind before (states/acting.py); a new transaction is blind again. The
-- program's own work (flows, command line, audit) sees all because its connections say so: dondoc.sees = 'all'.

-- From here to the transaction's end this office acts, and what is read is what it sees. The outlook is the path of the
-- tree that it looks down on, as in api/auth.py; an auditor sees every document.
CREATE FUNCTION let_in(asked integer) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    o record;
BEGIN
    SELECT x.unit_id, x.seat, u.path,
           CASE WHEN x.seat = 'supervisor' AND u.level = 'body' THEN coalesce(a.path, u.path) ELSE u.path END AS outlook
      INTO o FROM office x JOIN unit u ON u.id = x.unit_id LEFT JOIN unit a ON a.id = u.parent_id WHERE x.id = asked;
    PERFORM set_config('dondoc.office', asked::text, true), set_config('dondoc.caller', asked::text, true),
            set_config('dondoc.sees', CASE WHEN o.seat = 'auditor' THEN 'documents' ELSE '' END, true),
            set_config('dondoc.unit', coalesce(o.unit_id::text, ''), true),
            set_config('dondoc.path', coalesce(o.path, ''), true),
            set_config('dondoc.outlook', coalesce(o.outlook, ''), true);
END $$;

CREATE FUNCTION reads_all() RETURNS boolean LANGUAGE sql STABLE
RETURN coalesce(current_setting('dondoc.sees', true), '') = 'all';
CREATE FUNCTION reads_documents() RETURNS boolean LANGUAGE sql STABLE
RETURN coalesce(current_setting('dondoc.sees', true), '') IN ('all','documents');
CREATE FUNCTION reads_unit() RETURNS integer LANGUAGE sql STABLE
RETURN nullif(current_setting('dondoc.unit', true), '')::integer;
CREATE FUNCTION reads_path() RETURNS varchar LANGUAGE sql STABLE
RETURN nullif(current_setting('dondoc.path', true), '');
CREATE FUNCTION reads_outlook() RETURNS varchar LANGUAGE sql STABLE
RETURN nullif(current_setting('dondoc.outlook', true), '');

-- The same as VISIBLE in api/seeing.py, tested equal. Dear, so that no plan asks it of a whole table; all its names are
-- bound when it is made, so no search_path counts.
CREATE FUNCTION reads(asked bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER COST 1000
BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM document d WHERE d.id = asked AND (
        reads_documents() OR starts_with(d.path, reads_outlook())
        OR reads_unit() IN (d.unit_id, d.issuer_id, d.drafter_id, d.receiver_id) OR reads_unit() = ANY (d.followers)
        OR EXISTS (SELECT FROM contribution c WHERE c.document_id = d.id AND c.unit_id = reads_unit())
        OR d.kind = 'plan' AND d.state IN ('submitted','consolidated') AND (starts_with(reads_path(), d.path)
           OR EXISTS (SELECT FROM addressee a JOIN unit t ON t.id = a.unit_id WHERE a.plan_id = d.id
                         AND (a.unit_id = reads_unit() OR a.subtree AND starts_with(reads_path(), t.path))))));
END;

-- Drafts and explanations: asked inline first, for the many that look down on it. Notes are not walled: the pulse of a
-- board asks for the newest of all, every few seconds.
DROP POLICY explanation_seen ON explanation;
DO $do$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['working_copy','explanation'] LOOP
        EXECUTE format('CREATE POLICY %I ON %I FOR SELECT USING ((SELECT reads_documents()) OR EXISTS ('
                       'SELECT FROM document d WHERE d.id = document_id AND starts_with(d.path, reads_outlook()))'
                       ' OR reads(document_id))', t || '_seen', t);
    END LOOP;
END $do$;

-- A paper that came in is its unit's alone, until it fills a document or is registered as one.
CREATE FUNCTION came_to_us(asked bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER COST 1000
BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM incoming i WHERE i.id = asked AND i.unit_id = reads_unit());
END;
CREATE FUNCTION reads_what_became(asked bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER COST 1000
BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM incoming_outcome o WHERE o.incoming_id = asked AND reads(o.document_id));
END;
CREATE POLICY incoming_outcome_seen ON incoming_outcome FOR SELECT
    USING ((SELECT reads_all()) OR came_to_us(incoming_id) OR reads(document_id));
CREATE POLICY incoming_seen ON incoming FOR SELECT
    USING ((SELECT reads_all()) OR unit_id = (SELECT reads_unit()) OR reads_what_became(id));
CREATE POLICY incoming_reading_seen ON incoming_reading FOR SELECT
    USING ((SELECT reads_all()) OR EXISTS (SELECT FROM incoming i WHERE i.id = incoming_id));

-- The bytes of a paper: by whoever may see the document it belongs to, or the unit that it came to.
CREATE INDEX incoming_file_idx ON incoming (file_digest);
CREATE INDEX signing_intent_file_idx ON signing_intent (prepared_digest);
CREATE FUNCTION reads_file(asked bytea) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER COST 1000
BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM incoming i LEFT JOIN incoming_outcome o ON o.incoming_id = i.id
                    WHERE i.file_digest = asked AND (i.unit_id = reads_unit() OR reads(o.document_id)))
        OR EXISTS (SELECT FROM step s WHERE s.file_digest = asked AND reads(s.document_id))
        OR EXISTS (SELECT FROM signature g WHERE g.file_digest = asked AND reads(g.document_id))
        OR EXISTS (SELECT FROM signing_intent n WHERE n.prepared_digest = asked AND reads(n.document_id));
END;
ALTER TABLE file ENABLE ROW LEVEL SECURITY;
CREATE POLICY file_kept ON file FOR INSERT WITH CHECK (true);
CREATE POLICY file_seen ON file FOR SELECT USING ((SELECT reads_all()) OR reads_file(digest));

-- Contents that were cut (revision, figure) are not walled: totals, boards and bundles read them by the thousand and
-- add them up. A row hidden there would be a figure left out without a word, and cost three times the page.
CREATE POLICY revision_seen ON revision FOR SELECT USING (true);
