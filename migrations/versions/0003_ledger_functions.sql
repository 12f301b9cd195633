-- The moving of money on PostgreSQL: one function an operation, each whole or not at all.
--
-- Both take the row of the user's account first. They are VOLATILE: every statement in them sees
-- what was committed before it began, so what stands after that first one is fresh under the lock.
-- A refusal is an answer, not an exception: the transaction around it goes on.

-- Sets credits aside for a run: the key, the balance and its guard, the grants (soonest expiry
-- first, as bookkeeping.drawn), the postings, the hold and the outbox.
-- `outcome`: booked, again (`operation_id`, `at`, `subject` of the first time), conflict (the key
-- was used for something else) or short (`usable`: what there is).
CREATE FUNCTION ledger_hold(
    in_user uuid, in_key text, in_fingerprint text, in_operation uuid, in_hold uuid, in_run uuid,
    in_kopecks bigint, in_lines json, in_at timestamptz, in_expires_at timestamptz,
    OUT outcome text, OUT out_operation uuid, OUT out_at timestamptz, OUT out_subject uuid,
    OUT usable bigint
) LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
    drawn record;
    missing bigint := in_kopecks;
    grant_ids uuid[] := '{}';
    amounts bigint[] := '{}';
    parts_drawn json := '[]';
BEGIN
    LOOP
        UPDATE accounts
        SET available_kopecks = available_kopecks - in_kopecks,
            held_kopecks = held_kopecks + in_kopecks
        WHERE user_id = in_user AND available_kopecks >= in_kopecks;
        EXIT WHEN FOUND OR in_kopecks > 0;
        INSERT INTO accounts VALUES (in_user, 0, 0) ON CONFLICT DO NOTHING;
    END LOOP;
    IF NOT FOUND THEN
        SELECT * INTO outcome, out_operation, out_at, out_subject, usable
        FROM ledger_hold_refused(in_user, in_key, in_fingerprint, in_at);
        RETURN;
    END IF;

    -- Mostly the first grant in turn covers it all: found and drawn from in one statement.
    IF in_kopecks > 0 THEN
        UPDATE grants
        SET available_kopecks = available_kopecks - in_kopecks,
            held_kopecks = held_kopecks + in_kopecks
        WHERE available_kopecks >= in_kopecks AND id = (
            SELECT id FROM grants
            WHERE user_id = in_user AND available_kopecks > 0
                AND (expires_at IS NULL OR expires_at > in_at)
            ORDER BY expires_at NULLS LAST, granted_at, id
            LIMIT 1
        )
        RETURNING id INTO drawn;
        IF FOUND THEN
            grant_ids[1] := drawn.id;
            amounts[1] := in_kopecks;
            parts_drawn := json_build_array(json_build_array(drawn.id, in_kopecks));
        ELSE
            FOR drawn IN
                SELECT id, available_kopecks FROM grants
                WHERE user_id = in_user AND available_kopecks > 0
                    AND (expires_at IS NULL OR expires_at > in_at)
                ORDER BY expires_at NULLS LAST, granted_at, id
            LOOP
                EXIT WHEN missing = 0;
                grant_ids := grant_ids || drawn.id;
                amounts := amounts || least(missing, drawn.available_kopecks);
                missing := missing - least(missing, drawn.available_kopecks);
            END LOOP;
            -- Of an account, credits that have expired and were not swept yet are no use.
            IF missing > 0 THEN
                PERFORM ledger_undraw(in_user, in_kopecks, '{}', '{}');
                SELECT * INTO outcome, out_operation, out_at, out_subject, usable
                FROM ledger_hold_refused(in_user, in_key, in_fingerprint, in_at);
                RETURN;
            END IF;
            FOR place IN 1 .. cardinality(grant_ids) LOOP
                UPDATE grants
                SET available_kopecks = available_kopecks - amounts[place],
                    held_kopecks = held_kopecks + amounts[place]
                WHERE id = grant_ids[place];
            END LOOP;
            SELECT json_agg(json_build_array(part.id, part.kopecks) ORDER BY part.place)
            INTO parts_drawn
            FROM unnest(grant_ids, amounts) WITH ORDINALITY AS part (id, kopecks, place);
        END IF;
    END IF;

    INSERT INTO ledger_operations (id, user_id, key, fingerprint, kind, at, subject, run_id, note)
    VALUES (in_operation, in_user, in_key, in_fingerprint, 'hold', in_at, in_hold, in_run, '')
    ON CONFLICT (user_id, key) DO NOTHING;
    IF NOT FOUND THEN
        PERFORM ledger_undraw(in_user, in_kopecks, grant_ids, amounts);
        SELECT * INTO outcome, out_operation, out_at, out_subject, usable
        FROM ledger_hold_refused(in_user, in_key, in_fingerprint, in_at);
        RETURN;
    END IF;
    FOR place IN 1 .. cardinality(grant_ids) LOOP
        INSERT INTO billing_ledger (operation_id, user_id, run_id, account, kopecks, grant_id)
        VALUES (in_operation, in_user, in_run, 'available', -amounts[place], grant_ids[place]),
            (in_operation, in_user, in_run, 'held', amounts[place], grant_ids[place]);
    END LOOP;
    INSERT INTO holds (id, user_id, run_id, state, lines, parts, expires_at)
    VALUES (in_hold, in_user, in_run, 'open', in_lines, parts_drawn, in_expires_at);
    INSERT INTO outbox (run_id) VALUES (in_run) ON CONFLICT DO NOTHING;
    outcome := 'booked';
END $$;

-- Takes back what a hold had drawn before it was refused.
CREATE FUNCTION ledger_undraw(
    in_user uuid, in_kopecks bigint, grant_ids uuid[], amounts bigint[]
) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    UPDATE accounts
    SET available_kopecks = available_kopecks + in_kopecks,
        held_kopecks = held_kopecks - in_kopecks
    WHERE user_id = in_user;
    FOR place IN 1 .. cardinality(grant_ids) LOOP
        UPDATE grants
        SET available_kopecks = available_kopecks + amounts[place],
            held_kopecks = held_kopecks - amounts[place]
        WHERE id = grant_ids[place];
    END LOOP;
END $$;

-- Why a hold is not booked: its key was used before, for the same or for something else, or else
-- there are too few credits.
CREATE FUNCTION ledger_hold_refused(
    in_user uuid, in_key text, in_fingerprint text, in_at timestamptz,
    OUT outcome text, OUT out_operation uuid, OUT out_at timestamptz, OUT out_subject uuid,
    OUT usable bigint
) LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
BEGIN
    SELECT CASE fingerprint WHEN in_fingerprint THEN 'again' ELSE 'conflict' END, id, at, subject
    INTO outcome, out_operation, out_at, out_subject
    FROM ledger_operations WHERE user_id = in_user AND key = in_key;
    IF NOT FOUND THEN
        outcome := 'short';
        SELECT coalesce(sum(available_kopecks), 0) INTO usable FROM grants
        WHERE user_id = in_user AND (expires_at IS NULL OR expires_at > in_at);
    END IF;
END $$;

-- Books any other operation: its row, its postings in their order, the balance moved by their sum,
-- the grants as they are after it, and the end of a hold. What is booked was computed from facts
-- read under the account's lock; a hold that has ended since then is refused all the same.
CREATE FUNCTION ledger_book(
    operation json, postings json, after json, in_hold uuid, in_state text
) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    booked ledger_operations := json_populate_record(NULL::ledger_operations, operation);
BEGIN
    UPDATE accounts
    SET available_kopecks = available_kopecks + moved.available,
        held_kopecks = held_kopecks + moved.held
    FROM (
        SELECT coalesce(sum(kopecks) FILTER (WHERE account = 'available'), 0) AS available,
            coalesce(sum(kopecks) FILTER (WHERE account = 'held'), 0) AS held
        FROM json_populate_recordset(NULL::billing_ledger, postings)
    ) AS moved
    WHERE user_id = booked.user_id;
    INSERT INTO ledger_operations SELECT booked.*;
    INSERT INTO billing_ledger
        (operation_id, user_id, run_id, account, kopecks, grant_id, component, reason, corrects)
    SELECT booked.id, booked.user_id, booked.run_id,
        account, kopecks, grant_id, component, reason, corrects
    FROM ROWS FROM (json_array_elements(postings)) WITH ORDINALITY AS each (posting, place),
        json_populate_record(NULL::billing_ledger, posting)
    ORDER BY place;
    INSERT INTO grants SELECT * FROM json_populate_recordset(NULL::grants, after)
    ON CONFLICT (id) DO UPDATE
    SET available_kopecks = excluded.available_kopecks, held_kopecks = excluded.held_kopecks;
    IF in_hold IS NOT NULL THEN
        UPDATE holds SET state = in_state WHERE id = in_hold AND state = 'open';
        IF NOT FOUND THEN
            RAISE EXCEPTION 'the hold has ended' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
END $$;
