-- Every version of every row that an import brought. What is current of a key is its highest version; facts are made of
-- those. A row that was there already in the same words is not written again.
CREATE TABLE IF NOT EXISTS import_rows (
  workspace LowCardinality(String),
  kind LowCardinality(String),
  key String,
  -- The import's place in the order of imports, and the line: of two versions the higher holds.
  version UInt64,
  import_id LowCardinality(String),
  chunk UInt32,
  hash String,
  -- The row under the kind's field names, as JSON.
  body String CODEC(ZSTD(1)),
  INDEX by_import import_id TYPE set(100) GRANULARITY 1
)
ENGINE = MergeTree
ORDER BY (workspace, kind, key, version)
SETTINGS fsync_after_insert = 1, non_replicated_deduplication_window = 10000;

-- What an import that runs has read: to count equal rows without holding them in memory, and to look keys up by chunk.
-- Of no use once it has ended.
CREATE TABLE IF NOT EXISTS import_stage (
  import_id LowCardinality(String),
  chunk UInt32,
  key String,
  at DateTime DEFAULT now()
)
ENGINE = MergeTree
ORDER BY (import_id, chunk)
TTL at + INTERVAL 7 DAY
SETTINGS non_replicated_deduplication_window = 10000;

-- Rows that did not go in.
CREATE TABLE IF NOT EXISTS import_errors (
  workspace LowCardinality(String),
  import_id LowCardinality(String),
  line UInt64,
  problems String,
  cells String CODEC(ZSTD(1))
)
ENGINE = MergeTree
ORDER BY (workspace, import_id, line)
SETTINGS fsync_after_insert = 1, non_replicated_deduplication_window = 10000;
