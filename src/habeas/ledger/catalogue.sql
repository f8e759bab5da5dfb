-- Everything that a database's catalogue says of our schema: what it is, how it is, and the table that it is a part of.
-- Owners and oids differ from one database to the next: an owner is told from everybody else only.
WITH ours AS (
    SELECT oid, nspname, nspowner, nspacl FROM pg_namespace WHERE nspname = %(schema)s
), relation AS (
    SELECT c.*, s.nspowner, CASE c.relkind WHEN 'r' THEN 'the table ' WHEN 'v' THEN 'the view ' WHEN 'm' THEN 'the materialized view '
            WHEN 'f' THEN 'the foreign table ' WHEN 'p' THEN 'the partitioned table ' WHEN 'S' THEN 'the sequence '
            WHEN 'c' THEN 'the type ' ELSE 'the index ' END || c.relname AS what
    FROM pg_class c JOIN ours s ON c.relnamespace = s.oid
), routine AS (
    SELECT p.*, s.nspowner, 'the function ' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' AS what
    FROM pg_proc p JOIN ours s ON p.pronamespace = s.oid
), given AS (
    SELECT 'the schema ' || nspname AS what, nspowner AS owner, a.*, NULL AS part_of
        FROM ours, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) a
    UNION ALL SELECT what, relowner, a.*, what FROM relation,
        aclexplode(coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner))) a
        WHERE relkind NOT IN ('i', 'I', 'c')
    UNION ALL SELECT 'the column ' || relname || '.' || attname, relowner, a.*, what
        FROM relation r JOIN pg_attribute t ON attrelid = r.oid, aclexplode(attacl) a WHERE attacl IS NOT NULL
    UNION ALL SELECT what, proowner, a.*, what FROM routine, aclexplode(coalesce(proacl, acldefault('f', proowner))) a
    UNION ALL SELECT 'what is made in the schema ' || nspname, defaclrole, a.*, NULL
        FROM pg_default_acl JOIN ours ON defaclnamespace = ours.oid, aclexplode(defaclacl) a
)
SELECT what, concat_ws(' ',
        relowner = nspowner, relpersistence, relrowsecurity, relforcerowsecurity, reloptions::text,
        (SELECT string_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated,
                nullif(attcollation, 0)::regcollation, coalesce(attstattarget, -1), pg_get_expr(adbin, adrelid)), ', ' ORDER BY attnum)
            FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
            WHERE attrelid = relation.oid AND attnum > 0 AND NOT attisdropped),
        CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(relation.oid) END,
        CASE WHEN relkind IN ('i', 'I') THEN pg_get_indexdef(relation.oid) END,
        (SELECT concat_ws(' ', indisvalid, indisready, indisunique, indimmediate) FROM pg_index WHERE indexrelid = relation.oid)
    ) AS how,
    (SELECT r.what FROM pg_index i JOIN relation r ON r.oid = i.indrelid WHERE i.indexrelid = relation.oid) AS part_of
    FROM relation
UNION ALL SELECT 'the constraint ' || conname || ' of ' || relname, concat_ws(' ', pg_get_constraintdef(c.oid), convalidated), what
    FROM pg_constraint c JOIN relation r ON r.oid = conrelid WHERE contype <> 'n'  -- NOT NULL is told of the column
UNION ALL SELECT 'the trigger ' || tgname, concat_ws(' ', pg_get_triggerdef(t.oid), tgenabled), what
    FROM pg_trigger t JOIN relation r ON r.oid = tgrelid WHERE NOT tgisinternal OR tgconstraint = 0
UNION ALL SELECT 'the rule ' || rulename || ' on ' || relname, concat_ws(' ', pg_get_ruledef(w.oid), ev_enabled), what
    FROM pg_rewrite w JOIN relation r ON r.oid = ev_class WHERE NOT (relkind IN ('v', 'm') AND rulename = '_RETURN')
UNION ALL SELECT 'the policy ' || polname || ' on ' || relname, concat_ws(' ', polcmd, polpermissive,
        (SELECT string_agg(CASE n WHEN 0 THEN 'everybody' ELSE pg_get_userbyid(n) END, ', ' ORDER BY n) FROM unnest(polroles) n),
        pg_get_expr(polqual, polrelid), 'check', pg_get_expr(polwithcheck, polrelid)), what
    FROM pg_policy p JOIN relation r ON r.oid = polrelid
UNION ALL SELECT 'the inheritance of ' || inhrelid::regclass || ' from ' || inhparent::regclass, '', NULL
    FROM pg_inherits WHERE inhparent IN (SELECT oid FROM relation) OR inhrelid IN (SELECT oid FROM relation)
UNION ALL SELECT what, concat_ws(' ', proowner = nspowner, prokind,
        CASE WHEN prokind = 'a' THEN '' ELSE pg_get_functiondef(routine.oid) END), NULL
    FROM routine
UNION ALL SELECT 'the type ' || typname, typtype::text, NULL
    FROM pg_type t JOIN ours s ON typnamespace = s.oid WHERE typrelid = 0 AND typelem = 0 AND typtype <> 'c'
UNION ALL SELECT 'the operator ' || o.oid::regoperator, oprcode::text, NULL FROM pg_operator o JOIN ours s ON oprnamespace = s.oid
UNION ALL SELECT 'the statistics ' || stxname, pg_get_statisticsobjdef(x.oid), NULL
    FROM pg_statistic_ext x WHERE stxrelid IN (SELECT oid FROM relation)
UNION ALL SELECT concat_ws(' ', 'the right of', CASE grantee WHEN 0 THEN 'everybody' ELSE pg_get_userbyid(grantee) END,
        'to', privilege_type, 'on', regexp_replace(what, '^(the|what is) ', '')), bool_or(is_grantable)::text, part_of
    FROM given WHERE grantee <> owner GROUP BY grantee, privilege_type, what, part_of
