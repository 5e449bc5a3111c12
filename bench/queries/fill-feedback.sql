INSERT INTO feedback (workspace, feedback_id, identity_no, at, source, origin, instrument, score, scale_min, scale_max, text, order_id, channel, props, touchpoint, stage, rules_version)
SELECT {workspace:String}, toUUID(concat('00000000-0000-5000-8000-', leftPad(toString(number), 12, '0'))), 1 + cityHash64(number % {orders:UInt32}, 'who') % {customers:UInt32},
  toDateTime64('2026-01-03 00:00:00', 3, 'UTC') + toIntervalSecond(cityHash64(number, 'said') % 25920000), 'review', 'bench',
  if(number % 5 = 4, 'nps', 'rating') AS instrument,
  if(instrument = 'nps', 10 - least(cityHash64(number, 'points') % 14, 10), 5 - least(cityHash64(number, 'stars') % 8, 4)), NULL, NULL,
  if(number % 3 = 0, 'It came as promised, and the box was whole.', ''), concat('o', toString(number % {orders:UInt32})), ['web', 'email'][1 + number % 2], '{}',
  concat('tp', toString(number % 12)), ['awareness', 'purchase', 'delivery', 'use'][1 + number % 4], 1
FROM numbers({answers:UInt64})
