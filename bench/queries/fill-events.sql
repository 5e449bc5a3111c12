INSERT INTO events (workspace, event_id, identity_no, name, at, received_at, order_id, channel, props, source, touchpoint, stage, rules_version)
SELECT {workspace:String}, toUUID(concat('00000000-0000-5000-8000-', leftPad(toString(number), 12, '0'))), 1 + cityHash64(number, 'who') % {people:UInt32},
  ['Product Viewed', 'Order Completed', 'Page Viewed', 'Order Delivered'][1 + number % 4],
  toDateTime64('2026-01-01 00:00:00', 3, 'UTC') + toIntervalSecond(cityHash64(number, 'at') % 25920000) AS moment, moment, '', ['web', 'app'][1 + number % 2],
  '{}', 'bench', '', '', 1
FROM numbers({first:UInt64}, {count:UInt64})
