CREATE TABLE IF NOT EXISTS events (
  workspace LowCardinality(String),
  event_id UUID,
  -- 0: nobody. Which person a number belongs to is decided when reading (dictionary identity_person).
  identity_no UInt32,
  user_id String,
  anonymous_id String,
  name LowCardinality(String),
  at DateTime64(3, 'UTC'),
  received_at DateTime64(3, 'UTC'),
  session_id String,
  order_id String,
  case_id String,
  account_id String,
  location_id String,
  staff_id String,
  channel LowCardinality(String),
  url String,
  value Nullable(Decimal(18, 4)),
  currency LowCardinality(String),
  -- A JSON object, as text: twice the insert rate of the JSON type (decisions/0002).
  props String,
  -- 'http', or the id of the import that brought it.
  source LowCardinality(String),
  -- The journal row it came in; 0 for imports.
  journal_seq UInt64,
  -- What the catalogue's rules concluded, and by which version of them.
  touchpoint LowCardinality(String),
  stage LowCardinality(String),
  rules_version UInt32,
  INDEX by_event_id event_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_identity identity_no TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_order order_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_received received_at TYPE minmax GRANULARITY 4
)
ENGINE = MergeTree
PARTITION BY toYear(at)
ORDER BY (workspace, name, at, event_id)
SETTINGS fsync_after_insert = 1, non_replicated_deduplication_window = 10000;

-- The public view: what any wing may read. person_no 0 is nobody.
CREATE VIEW IF NOT EXISTS v_events AS
SELECT
  workspace, event_id, identity_no,
  dictGetOrDefault('identity_person', 'person_no', toUInt64(identity_no), identity_no) AS person_no,
  user_id, anonymous_id, name, at, received_at, session_id, order_id, case_id, account_id, location_id, staff_id,
  channel, url, value, currency, props, source, journal_seq, touchpoint, stage, rules_version
FROM events;
