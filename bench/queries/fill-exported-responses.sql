INSERT INTO survey_responses (workspace, survey_id, version, response_id, state, ending, language, channel, started_at, ended_at, identity_no, user_id, order_id, answers, hidden, last_page)
WITH
  (n, name) -> cityHash64(n, name) AS rolled,
  (n, name, some) -> toString(rolled(n, name) % some) AS one,
  (n, name, some) -> concat('"', name, '":{"chosen":["c', one(n, name, some), '"]}') AS single,
  (n, name) -> concat('"', name, '":{"chosen":["c', one(n, name, 4), '","c', toString(4 + rolled(n, concat(name, '2')) % 4), '"]}') AS several
SELECT {workspace:String}, {survey:String}, 1, concat('rsp_', lower(hex(sipHash128(number)))),
  if(rolled(number, 'left') % 8 = 0, 'partial', 'complete'), if(rolled(number, 'left') % 8 = 0, '', 'thanks'),
  ['en', 'fa'][1 + rolled(number, 'tongue') % 2], 'web',
  ended_at - toIntervalSecond(60 + rolled(number, 'long') % 600),
  toDateTime64('2026-01-03 00:00:00', 3, 'UTC') + toIntervalMillisecond(rolled(number, 'said') % 8640000000) AS ended_at,
  0, concat('u-', one(number, 'who', 300000)), concat('o-', toString(number)),
  concat('{', arrayStringConcat([
    concat('"nps":', one(number, 'nps', 11)), concat('"csat":', toString(1 + rolled(number, 'csat') % 5)),
    concat('"ces":', toString(1 + rolled(number, 'ces') % 7)), concat('"stars":', toString(1 + rolled(number, 'stars') % 5)),
    concat('"dial":', one(number, 'dial', 101)), single(number, 'where', 6), single(number, 'how', 20), single(number, 'which', 4),
    several(number, 'some0'), several(number, 'some1'), several(number, 'some2'),
    concat('"grid":{', arrayStringConcat(arrayMap(r -> concat('"r', toString(r), '":["c', one(number, concat('g', toString(r)), 5), '"]'), range(5)), ','), '}'),
    concat('"rank":["', arrayStringConcat(arrayMap(i -> concat('c', toString((i + rolled(number, 'rank')) % 5)), range(5)), '","'), '"]'),
    '"spend":{"c0":50,"c1":30,"c2":20}', '"best":{"0":["c0","c1"],"1":["c2","c4"],"2":["c3","c0"]}',
    concat('"wait":', one(number, 'wait', 90)), concat('"on":"2026-0', toString(1 + rolled(number, 'on') % 9), '-12"'), '"agree":true',
    concat('"short":"till ', one(number, 'short', 40), '"'),
    if(rolled(number, 'why') % 4 = 0, '"why":"It came as promised, and the box was whole; only the \\"express\\" took four days."', '"why":"Good"')
  ], ','), '}'),
  concat('{"till":"', one(number, 'till', 20), '"}'), 'p5'
FROM numbers({count:UInt64})
