CREATE TABLE IF NOT EXISTS feedback (
  workspace LowCardinality(String),
  feedback_id UUID,
  -- The answers a person gave together: the id they came with, and their order's.
  response_id String,
  -- Whose the row itself says it is; 0: it does not say.
  identity_no UInt32,
  -- Whose its order is, for a row that does not say. Settled whenever either arrives or leaves.
  order_identity_no UInt32,
  user_id String,
  at DateTime64(3, 'UTC'),
  -- What kind: review, survey, complaint …
  source LowCardinality(String),
  -- 'http', or the id of the import that brought it.
  origin LowCardinality(String),
  -- nps, csat, ces, rating, choice, text …
  instrument LowCardinality(String),
  survey_id String,
  survey_version UInt32,
  question_id String,
  -- What was rated, where not the whole: a product's id.
  item_id String,
  loop_key String,
  score Nullable(Float64),
  scale_min Nullable(Float64),
  scale_max Nullable(Float64),
  choices Array(String),
  text String,
  language LowCardinality(String),
  order_id String,
  case_id String,
  location_id String,
  staff_id String,
  channel LowCardinality(String),
  -- A JSON object, as text.
  props String,
  weight Float64 DEFAULT 1,
  verified UInt8,
  -- The journal row it came in; 0 for imports.
  journal_seq UInt64,
  -- What the catalogue's rules concluded, and by which version of them.
  touchpoint LowCardinality(String),
  stage LowCardinality(String),
  rules_version UInt32,
  -- What a text engine concluded, and by which version of it; 0: none has read it.
  sentiment Nullable(Float32),
  themes Array(String),
  engine_version UInt32,
  INDEX by_identity identity_no TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_order order_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_feedback_id feedback_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toYear(at)
ORDER BY (workspace, at, feedback_id)
SETTINGS fsync_after_insert = 1, non_replicated_deduplication_window = 10000;

-- The public view: what any wing may read. Here identity_no is the row's own or else its order's; person_no 0 is nobody.
CREATE VIEW IF NOT EXISTS v_feedback AS
SELECT
  workspace, feedback_id, response_id,
  if(f.identity_no = 0, order_identity_no, f.identity_no) AS identity_no,
  dictGetOrDefault('identity_person', 'person_no', toUInt64(if(f.identity_no = 0, order_identity_no, f.identity_no)), if(f.identity_no = 0, order_identity_no, f.identity_no)) AS person_no,
  user_id, at, source, origin, instrument, survey_id, survey_version, question_id, item_id, loop_key,
  score, scale_min, scale_max, choices, text, language, order_id, case_id, location_id, staff_id, channel, props,
  weight, verified, journal_seq, touchpoint, stage, rules_version, sentiment, themes, engine_version
FROM feedback AS f;
