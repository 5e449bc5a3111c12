INSERT INTO orders (workspace, order_id, identity_no, placed, promised, delivered, returned, status, value, currency, items, categories, props, channel, version)
SELECT {workspace:String}, concat('o', toString(number)), 1 + cityHash64(number, 'who') % {customers:UInt32},
  toDateTime64('2026-01-01 00:00:00', 3, 'UTC') + toIntervalSecond(cityHash64(number, 'at') % 25920000) AS placed,
  toDate(placed) + 9, placed + toIntervalHour(24 + cityHash64(number, 'days') % 240), if(cityHash64(number, 'back') % 20 = 0, placed + toIntervalDay(20), NULL),
  'delivered', 50, 'EUR', 1, [concat('category ', toString(cityHash64(number, 'kind') % 15))],
  concat('{"payment_type":"', ['card', 'cash', 'voucher'][1 + cityHash64(number, 'pay') % 3], '","state":"', ['SP', 'RJ', 'MG', 'AM', 'BA'][1 + cityHash64(number, 'state') % 5], '"}'),
  'web', 1
FROM numbers({orders:UInt64})
