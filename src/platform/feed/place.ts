/** The key of the advisory lock under which positions are given ("feed" in ASCII). */
export const SEQUENCER_LOCK = 0x66656564;

const BATCH = 500;

/**
 * Gives the oldest entries without a position the next positions of the service and of their company, and notifies channel `$1` of the newest one. Must run
 * alone ({@link SEQUENCER_LOCK}). All waiting entries of a subject go together, sorted by the subject's own sequence: an entry counts as
 * no older than the one before it, because the clock that stamped them may have been set back in between.
 */
export const PLACE = `
WITH subjects AS (
  SELECT DISTINCT subject_id FROM (
    SELECT subject_id FROM feed WHERE position IS NULL ORDER BY recorded_at, subject_id, subject_sequence LIMIT ${BATCH}
  ) AS oldest
),
waiting AS (
  SELECT f.id, f.tenant_id, f.subject_id, f.subject_sequence, max(f.recorded_at) OVER (PARTITION BY f.subject_id ORDER BY f.subject_sequence) AS at
  FROM feed AS f JOIN subjects USING (subject_id) WHERE f.position IS NULL
),
numbered AS MATERIALIZED (
  SELECT id, tenant_id,
    row_number() OVER (ORDER BY at, subject_id, subject_sequence) AS n,
    count(*) OVER () AS of_all,
    row_number() OVER (PARTITION BY tenant_id ORDER BY at, subject_id, subject_sequence) AS tenant_n,
    count(*) OVER (PARTITION BY tenant_id) AS of_tenant
  FROM waiting
),
whole AS (
  INSERT INTO feed_counters AS c (scope, last) SELECT 'all', count(*) FROM numbered HAVING count(*) > 0
  ON CONFLICT (scope) DO UPDATE SET last = c.last + excluded.last RETURNING last
),
tenants AS (
  INSERT INTO feed_counters AS c (scope, last) SELECT tenant_id::text, count(*) FROM numbered GROUP BY tenant_id
  ON CONFLICT (scope) DO UPDATE SET last = c.last + excluded.last RETURNING scope, last
),
placed AS (
  UPDATE feed SET position = whole.last - n.of_all + n.n, tenant_sequence = tenants.last - n.of_tenant + n.tenant_n
  FROM numbered AS n JOIN tenants ON tenants.scope = n.tenant_id::text CROSS JOIN whole
  WHERE feed.id = n.id RETURNING feed.position
)
SELECT count(*) AS placed, pg_notify($1, max(position)::text) FROM placed HAVING count(*) > 0`;
