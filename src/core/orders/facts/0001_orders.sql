-- What files say of an order: any number of partial rows, merged in the projection `orders`. A return is one of them.
-- Order events stay in `events` and are merged from there.
CREATE TABLE IF NOT EXISTS order_rows (
  workspace LowCardinality(String),
  order_id String,
  -- Which row of its kind of file it is; the same key from a later version replaces the earlier.
  row_key String,
  -- The id of the import that brought it.
  source LowCardinality(String),
  version UInt64,
  -- When what it says was so: where two rows speak of one field, the later wins.
  at DateTime64(3, 'UTC'),
  identity_no UInt32,
  user_id String,
  placed Nullable(DateTime64(3, 'UTC')),
  promised Nullable(Date),
  shipped Nullable(DateTime64(3, 'UTC')),
  delivered Nullable(DateTime64(3, 'UTC')),
  cancelled Nullable(DateTime64(3, 'UTC')),
  returned Nullable(DateTime64(3, 'UTC')),
  status String,
  -- The whole order's worth.
  value Nullable(Decimal(18, 4)),
  -- One payment towards it, or one charge of it, where the whole is not told.
  payment Nullable(Decimal(18, 4)),
  currency LowCardinality(String),
  channel LowCardinality(String),
  location_id String,
  props String
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (workspace, order_id, row_key, source)
SETTINGS fsync_after_insert = 1, non_replicated_deduplication_window = 10000;

CREATE TABLE IF NOT EXISTS order_items (
  workspace LowCardinality(String),
  order_id String,
  row_key String,
  source LowCardinality(String),
  version UInt64,
  product_id String,
  name String,
  category String,
  quantity Decimal(18, 4),
  price Nullable(Decimal(18, 4)),
  freight Nullable(Decimal(18, 4)),
  props String
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (workspace, order_id, row_key, source)
SETTINGS fsync_after_insert = 1, non_replicated_deduplication_window = 10000;

CREATE TABLE IF NOT EXISTS products (
  workspace LowCardinality(String),
  product_id String,
  row_key String,
  source LowCardinality(String),
  version UInt64,
  name String,
  category String,
  props String
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (workspace, product_id, row_key, source)
SETTINGS fsync_after_insert = 1, non_replicated_deduplication_window = 10000;

-- One row per order, made anew from the above and from events whenever one of them changes.
CREATE TABLE IF NOT EXISTS orders (
  workspace LowCardinality(String),
  order_id String,
  identity_no UInt32,
  user_id String,
  placed Nullable(DateTime64(3, 'UTC')),
  promised Nullable(Date),
  shipped Nullable(DateTime64(3, 'UTC')),
  delivered Nullable(DateTime64(3, 'UTC')),
  cancelled Nullable(DateTime64(3, 'UTC')),
  returned Nullable(DateTime64(3, 'UTC')),
  status LowCardinality(String),
  value Nullable(Decimal(18, 4)),
  currency LowCardinality(String),
  -- Pieces bought.
  items UInt32,
  categories Array(String),
  props String,
  channel LowCardinality(String),
  location_id String,
  -- Of the purchase, by the catalogue's rules.
  touchpoint LowCardinality(String),
  stage LowCardinality(String),
  rules_version UInt32,
  -- When it was made, in nanoseconds of the store's clock, taken before its sources were read.
  version UInt64,
  deleted UInt8,
  INDEX by_identity identity_no TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version, deleted)
ORDER BY (workspace, order_id)
SETTINGS fsync_after_insert = 1;

-- The public view: one row per order, what any wing may read. person_no 0 is nobody.
CREATE VIEW IF NOT EXISTS v_orders AS
SELECT
  workspace, order_id, identity_no,
  dictGetOrDefault('identity_person', 'person_no', toUInt64(identity_no), identity_no) AS person_no,
  user_id, placed, promised, shipped, delivered, cancelled, returned, status, value, currency, items, categories, props,
  channel, location_id, touchpoint, stage, rules_version, version
FROM orders FINAL;
