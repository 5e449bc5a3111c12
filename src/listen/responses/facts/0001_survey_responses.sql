-- One row a response that has ended: complete, left (partial), or ended by the survey itself (screenedOut, overQuota).
CREATE TABLE IF NOT EXISTS survey_responses (
  workspace LowCardinality(String),
  survey_id LowCardinality(String),
  version UInt32,
  response_id String,
  state LowCardinality(String),
  -- The ending that was shown.
  ending LowCardinality(String),
  language LowCardinality(String),
  channel LowCardinality(String),
  started_at DateTime64(3, 'UTC'),
  ended_at DateTime64(3, 'UTC'),
  -- Whose it is; 0 and empty texts: nobody is known, as in every anonymous survey.
  identity_no UInt32,
  user_id String,
  order_id String,
  case_id String,
  location_id String,
  staff_id String,
  -- A JSON object, as text: what was answered of what was shown in the end, by question, in a round of a loop by `question@item`.
  answers String,
  -- A JSON object of texts: the survey's hidden fields.
  hidden String,
  -- The page that ended it; of one that was left, the last on which anything was answered, or none.
  last_page LowCardinality(String),
  -- The same answers as results count them; see marks.ts.
  marks Array(LowCardinality(String)),
  number_names Array(LowCardinality(String)),
  numbers Array(Float64),
  text_names Array(LowCardinality(String)),
  texts Array(String)
)
ENGINE = MergeTree
PARTITION BY toYear(ended_at)
ORDER BY (workspace, survey_id, ended_at, response_id)
SETTINGS fsync_after_insert = 1, non_replicated_deduplication_window = 10000;

-- The public view: what any wing may read. person_no 0 is nobody.
CREATE VIEW IF NOT EXISTS v_survey_responses AS
SELECT
  workspace, survey_id, version, response_id, state, ending, language, channel, started_at, ended_at, identity_no,
  dictGetOrDefault('identity_person', 'person_no', toUInt64(identity_no), identity_no) AS person_no,
  user_id, order_id, case_id, location_id, staff_id, answers, hidden, last_page, marks, number_names, numbers, text_names, texts
FROM survey_responses;
