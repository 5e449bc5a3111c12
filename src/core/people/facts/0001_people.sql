-- Which person an identity belongs to: only identities whose person bears another number than their own stand here,
-- and those that once did (person_no is then identity_no again). The highest version holds.
CREATE TABLE IF NOT EXISTS identity_persons
(
  workspace LowCardinality(String),
  identity_no UInt32,
  person_no UInt32,
  version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY identity_no
SETTINGS fsync_after_insert = 1;

CREATE VIEW IF NOT EXISTS identity_persons_now AS
SELECT identity_no, argMax(person_no, version) AS person_no
FROM identity_persons
GROUP BY identity_no;

-- A person's traits as one JSON object, for breakdowns; '' once there are none.
CREATE TABLE IF NOT EXISTS person_traits
(
  workspace LowCardinality(String),
  person_no UInt32,
  traits String,
  version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (workspace, person_no)
SETTINGS fsync_after_insert = 1;

CREATE VIEW IF NOT EXISTS v_people AS
SELECT workspace, person_no, argMax(person_traits.traits, version) AS traits
FROM person_traits
GROUP BY workspace, person_no
HAVING traits != '';
