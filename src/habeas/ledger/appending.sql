-- How a record in a PostgreSQL database grows. Nobody but its owner writes to its tables: these functions do, and check
-- all that a database can check. (It cannot check a signature: `verify` does.) A batch is one transaction: `add` its
-- statements, in as many pieces as need be, `empty_under` what its tombstone covers, and `close` it with a head. A
-- transaction that leaves a batch open does not end. `<...>` is filled in by `appending.py`.

CREATE TABLE IF NOT EXISTS opened (
    batch integer PRIMARY KEY,
    recorded text NOT NULL,
    size integer NOT NULL,  -- of the record, with what the batch says so far
    closes boolean NOT NULL DEFAULT false  -- it may keep somebody back of whom something is shown
);

CREATE OR REPLACE FUNCTION refuse(what text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', what USING ERRCODE = '<refused>';
END $$;

CREATE OR REPLACE FUNCTION must_be_closed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, habeas, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM opened) THEN
        PERFORM refuse('a batch was left without its head');
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS opened_must_be_closed ON opened;
CREATE CONSTRAINT TRIGGER opened_must_be_closed AFTER INSERT ON opened DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION must_be_closed();
ALTER TABLE opened ENABLE ALWAYS TRIGGER opened_must_be_closed;

-- The canonical content: `to_json` of an array of texts writes what `tables.canonical` writes.
CREATE OR REPLACE FUNCTION canonical(seq integer, batch integer, content text[]) RETURNS bytea LANGUAGE sql STABLE
    RETURN convert_to('[' || seq || ',' || batch || ',' || substr(to_json(content)::text, 2), 'UTF8');

-- The beginning of a commitment, 80 bits, in base 32.
CREATE OR REPLACE FUNCTION statement_id(commitment bytea) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN <id>;

CREATE OR REPLACE FUNCTION is_day(said text) RETURNS boolean LANGUAGE sql STABLE
    RETURN CASE WHEN said ~ '^\d{4}-\d\d-\d\d$' THEN to_char(said::date, 'YYYY-MM-DD') = said ELSE false END;

-- The first and the last day that a date may mean, its marks left aside; `dates.PartialDate` tells how.
CREATE OR REPLACE FUNCTION first_of(said text) RETURNS date LANGUAGE sql STABLE
    RETURN make_date(replace(left(said, 4), 'X', '0')::integer,
        CASE WHEN substr(said, 6, 2) ~ '^(0[1-9]|1[0-2])$' THEN substr(said, 6, 2)::integer
             WHEN substr(said, 6, 2) ~ '^[234]\d$' THEN <seasons> ELSE 1 END,
        CASE WHEN substr(said, 9, 2) ~ '^\d\d$' THEN substr(said, 9, 2)::integer ELSE 1 END);

CREATE OR REPLACE FUNCTION last_of(said text) RETURNS date LANGUAGE sql STABLE
    RETURN CASE WHEN substr(said, 9, 2) ~ '^\d\d$' THEN first_of(said)
        ELSE (first_of(replace(left(said, 4), 'X', '9') || substr(said, 5)) + make_interval(months =>
            CASE WHEN substr(said, 6, 2) ~ '^[01]\d$' THEN 1 WHEN substr(said, 6, 2) ~ '^4\d$' THEN 6
                 WHEN substr(said, 6, 2) ~ '^[23]\d$' THEN 3 ELSE 12 END) - interval '1 day')::date END;

-- Whether habeas can read a date; a few that it could, and never writes, are refused.
CREATE OR REPLACE FUNCTION is_date(said text) RETURNS boolean LANGUAGE sql STABLE
    RETURN CASE
        WHEN said ~ '^<date>$' THEN first_of(said) <= last_of(said)
        WHEN said ~ '^<date>/<date>$' THEN first_of(split_part(said, '/', 1)) <= last_of(split_part(said, '/', 2))
        WHEN said ~ '^<date>/(\.\.)?$' THEN first_of(said) IS NOT NULL
        WHEN said ~ '^(\.\.)?/<date>$' THEN first_of(split_part(said, '/', 2)) IS NOT NULL
        ELSE false END;

-- The frontier of a Merkle tree (RFC 6962) after leaves were added, level by level; `merkle.Frontier` tells how.
CREATE OR REPLACE FUNCTION grown(size integer, frontier bytea, leaves bytea) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
    roots bytea := frontier;
    nodes bytea := leaves;
    done bytea := '';
    remaining integer := size;
    n integer;
BEGIN
    WHILE length(nodes) > 0 OR remaining > 0 LOOP
        IF remaining & 1 = 1 THEN
            nodes := substr(roots, length(roots) - 31) || nodes;
            roots := substr(roots, 1, length(roots) - 32);
        END IF;
        n := length(nodes) / 32;
        IF n & 1 = 1 THEN
            done := substr(nodes, 32 * n - 31) || done;
        END IF;
        nodes := coalesce((SELECT string_agg(sha256('\x01'::bytea || substr(nodes, 64 * i + 1, 64)), '' ORDER BY i)
                           FROM generate_series(0, n / 2 - 1) i), '');
        remaining := remaining >> 1;
    END LOOP;
    RETURN done;
END $$;

CREATE OR REPLACE FUNCTION root_of(frontier bytea) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
    n integer := length(frontier) / 32;
    root bytea := substr(frontier, 32 * n - 31);
BEGIN
    FOR i IN REVERSE n - 1 .. 1 LOOP
        root := sha256('\x01'::bytea || substr(frontier, 32 * i - 31, 32) || root);
    END LOOP;
    RETURN root;
END $$;

-- The batch of this transaction, begun where none is; writers take turns.
CREATE OR REPLACE FUNCTION begun(in_batch integer, at text) RETURNS opened LANGUAGE plpgsql AS $$
DECLARE
    latest head;
    ours opened;
    instant timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(<lock>);
    SELECT * INTO ours FROM opened;
    IF ours.batch IS NULL THEN
        SELECT * INTO latest FROM head ORDER BY batch DESC LIMIT 1;
        IF at IS NULL OR at !~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00$' THEN
            PERFORM refuse('the instant of record is none in UTC');
        END IF;
        instant := at::timestamptz;
        IF to_char(instant AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS') <> left(at, 19) THEN
            PERFORM refuse('the instant of record is none in UTC');
        END IF;
        IF instant < latest.recorded::timestamptz THEN
            PERFORM refuse('the instant of record lies before the last one');
        END IF;
        -- Where a clock was ahead once, the next are held at its instant.
        IF instant > greatest(clock_timestamp() + interval '1 day', latest.recorded::timestamptz) THEN
            PERFORM refuse('the instant of record lies more than a day ahead of the server''s clock');
        END IF;
        INSERT INTO opened VALUES (coalesce(latest.batch, 0) + 1, at, coalesce(latest.size, 0)) RETURNING * INTO ours;
    END IF;
    IF in_batch IS DISTINCT FROM ours.batch OR at IS DISTINCT FROM ours.recorded THEN
        PERFORM refuse('the batch does not follow on the last one');
    END IF;
    RETURN ours;
END $$;

-- Add statements, an array of objects by column, each with its nonce; what follows from these is worked out here.
CREATE OR REPLACE FUNCTION add_(said json, in_batch integer, at text, keeps boolean) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    ours opened := begun(in_batch, at);
    new_size integer;
    off text;
    may_close boolean;
    tells_custody boolean;
BEGIN
    INSERT INTO statement (seq, id, commitment, nonce, batch, recorded, <content>)
        SELECT seq, statement_id(commitment), commitment, nonce, ours.batch, ours.recorded, <content>
        FROM (SELECT numbered.*,
                  sha256(coalesce(nonce, '') || canonical(seq, ours.batch, ARRAY[ours.recorded, <content>])) AS commitment
              FROM (SELECT ours.size + given.ordinality::integer AS seq, given.nonce, <given>
                    FROM json_populate_recordset(NULL::statement, said) WITH ORDINALITY AS given) AS numbered
              OFFSET 0) AS committed;
    GET DIAGNOSTICS new_size = ROW_COUNT;
    new_size := new_size + ours.size;
    SELECT min(wrong), bool_or(closes), bool_or(custody) INTO off, may_close, tells_custody FROM (
        SELECT CASE
                WHEN subject IS NULL OR prop IS NULL OR source IS NULL OR place IS NULL OR recorder IS NULL
                    THEN 'a statement lacks something'
                WHEN length(nonce) IS DISTINCT FROM <nonce> THEN 'a nonce has not <nonce> bytes'
                WHEN split_part(subject, ':', 1) || '.' || prop <> ALL (<sayable>)
                        OR split_part(subject, ':', 2) = ''
                    THEN 'a statement says what the vocabulary of this database does not know (its owner''s next command brings it up to date)'
                WHEN value IS NULL AND retracts IS NULL THEN 'a statement needs a value or something to retract'
                WHEN split_part(subject, ':', 1) || '.' || prop = ANY (<coded>) AND value IS NOT NULL
                        AND split_part(subject, ':', 1) || '.' || prop || '=' || value <> ALL (<codes>)
                    THEN 'a value is none of those that its property may have'
                WHEN visibility IS NULL OR visibility NOT IN ('public', 'team', 'sealed')
                    THEN 'a visibility is none of public, team and sealed'
                WHEN NOT (valid_start IS NULL OR is_day(valid_start)) OR NOT (valid_end IS NULL OR is_day(valid_end))
                    THEN 'a day is none'
                WHEN valid_end < valid_start THEN 'a span ends before it starts'
                WHEN published IS NOT NULL AND NOT is_date(published)
                        OR value IS NOT NULL AND split_part(subject, ':', 1) || '.' || prop = ANY (<dated>)
                            AND NOT is_date(value)
                    THEN 'a date is none'
                WHEN split_part(subject, ':', 1) || '.' || prop = ANY (<counted>) AND value !~ '^[0-9]{1,12}$'
                    THEN 'a number is none'
                WHEN retracts IS NOT NULL
                        AND NOT EXISTS (SELECT FROM statement t WHERE t.id = s.retracts AND t.seq < s.seq)
                    THEN 'a statement takes back what is not there'
                WHEN NOT keeps AND (visibility = 'sealed' OR split_part(subject, ':', 1) = ANY (<keepers>))
                    THEN 'keeper'
            END AS wrong,
            -- What sources say only adds. What the team notes decides, and so does what is taken back.
            retracts IS NOT NULL OR split_part(subject, ':', 1) <> ALL (<adding>)
                OR (split_part(subject, ':', 1) = 'source' AND visibility <> 'public') AS closes,
            prop = ANY (<custody>) AS custody
        FROM statement s WHERE seq > ours.size) AS looked_at;
    IF off = 'keeper' THEN
        RAISE EXCEPTION 'this takes a keeper' USING ERRCODE = 'insufficient_privilege';
    ELSIF off IS NOT NULL THEN
        PERFORM refuse(off);
    END IF;
    IF tells_custody AND NOT (may_close OR ours.closes) THEN
        may_close := EXISTS (SELECT FROM statement WHERE prop = 'wish' AND value = 'only_after_release');
    END IF;
    UPDATE opened SET size = new_size, closes = closes OR coalesce(may_close, false);
END $$;

-- What a head's `state`, where heads have one, says of all heads before it: a chain over their rows, bytes in hex.
CREATE OR REPLACE FUNCTION chained(start text, row_ head) RETURNS text LANGUAGE sql STABLE
    RETURN encode(sha256(decode(start, 'hex') || convert_to(
        (SELECT '[' || string_agg(regexp_replace(value::text, '^"\\\\x', '"'), ',' ORDER BY at) || ']'
         FROM json_each(row_to_json(row_)) WITH ORDINALITY AS columns(name, value, at)), 'UTF8')), 'hex');

-- Close the batch of this transaction with its head. A keeper's may say nothing but that something else changed.
CREATE OR REPLACE FUNCTION close_(heading jsonb, keeps boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    made head := jsonb_populate_record(NULL::head, heading);
    ours opened := begun(made.batch, made.recorded);
    latest head;
    added bytea;
    grew bytea;
    before jsonb;
    states jsonb;
BEGIN
    SELECT * INTO latest FROM head ORDER BY batch DESC LIMIT 1;
    IF ours.size = coalesce(latest.size, 0) AND (NOT keeps OR latest.batch IS NULL) THEN
        PERFORM refuse('a batch says something');
    END IF;
    IF made.key = '' AND made.signature = '' THEN
        IF EXISTS (SELECT FROM head WHERE key <> '') THEN
            PERFORM refuse('the heads of this record are signed, and this one is not');
        END IF;
    ELSIF coalesce(made.key !~ '^[0-9a-f]{64}$' OR length(made.signature) <> 64, true) THEN
        PERFORM refuse('a key has 64 hexadecimal digits and a signature 64 bytes');
    END IF;
    SELECT coalesce(string_agg(sha256('\x00'::bytea || commitment), '' ORDER BY seq), '') INTO added
        FROM statement WHERE seq > coalesce(latest.size, 0);
    grew := grown(coalesce(latest.size, 0), coalesce(latest.frontier, ''), added);
    IF made.size IS DISTINCT FROM ours.size OR made.frontier IS DISTINCT FROM grew
            OR made.root IS DISTINCT FROM root_of(grew) THEN
        PERFORM refuse('the head does not follow from the statements');
    END IF;
    before := nullif(to_jsonb(latest) ->> 'state', '');
    states := nullif(to_jsonb(made) ->> 'state', '');
    IF before ? 'heads' AND states ->> 'heads' IS DISTINCT FROM chained(before ->> 'heads', latest) THEN
        PERFORM refuse('the head does not stand on those before it');
    END IF;
    IF NOT keeps AND before - 'heads' IS DISTINCT FROM states - 'heads' AND latest.batch IS NOT NULL THEN
        PERFORM refuse('the head says something else of what was erased, suppressed or sealed than the last one');
    END IF;
    INSERT INTO head SELECT (made).*;
    IF ours.closes THEN
        DELETE FROM showing;
    END IF;
    DELETE FROM opened;
END $$;

-- Empty statements under a tombstone of the batch of this transaction, and suppress what would bring them back.
CREATE OR REPLACE FUNCTION empty_under(stone text, seqs integer[], tokens text[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, habeas, pg_temp AS $$
DECLARE
    ours opened;
    said_under text;
    gone integer;
BEGIN
    SELECT * INTO ours FROM opened;
    SELECT subject INTO said_under FROM statement WHERE id = stone AND batch = ours.batch AND subject LIKE 'tombstone:%';
    IF said_under IS NULL THEN
        PERFORM refuse('statements are emptied under a tombstone of the same batch');
    END IF;
    IF EXISTS (SELECT FROM statement WHERE subject = said_under AND prop = 'statements'
               AND value IS DISTINCT FROM cardinality(seqs)::text) THEN
        PERFORM refuse('the tombstone says another number of statements');
    END IF;
    INSERT INTO erased SELECT seq, stone FROM unnest(seqs) AS seq;
    UPDATE statement SET <emptied> WHERE seq = ANY (seqs) AND batch < ours.batch;
    GET DIAGNOSTICS gone = ROW_COUNT;
    IF gone = 0 OR gone <> cardinality(seqs) THEN
        PERFORM refuse('what is to be emptied is not on record');
    END IF;
    DELETE FROM shown WHERE seq = ANY (seqs);
    INSERT INTO suppressed SELECT token FROM unnest(tokens) AS token EXCEPT SELECT token FROM suppressed;
END $$;
