INSERT INTO survey_responses (workspace, survey_id, version, response_id, state, ending, language, channel, started_at, ended_at, answers, hidden, last_page, marks, number_names, numbers, text_names, texts)
WITH
  (n, name) -> cityHash64(n, name) AS rolled,
  (n, name, some) -> toString(rolled(n, name) % some) AS one
SELECT {workspace:String}, {survey:String}, 1, concat('rsp_', leftPad(toString(number), 12, '0')),
  if(rolled(number, 'left') % 8 = 0, 'partial', 'complete'), if(rolled(number, 'left') % 8 = 0, '', 'thanks'),
  ['en', 'fa', 'ru'][1 + rolled(number, 'tongue') % 3], ['web', 'email'][1 + number % 2],
  ended_at - toIntervalSecond(60 + rolled(number, 'long') % 600),
  toDateTime64('2026-01-03 00:00:00', 3, 'UTC') + toIntervalSecond(rolled(number, 'said') % 25920000) AS ended_at,
  concat('{"nps":', one(number, 'nps', 11), ',"csat":', one(number, 'csat', 5), ',"why":"It came as promised, and the box was whole.","more":"Nothing else to say, thank you"}'),
  concat('{"till":"', one(number, 'till', 20), '"}'),
  if(rolled(number, 'left') % 8 = 0, concat('p', toString(1 + rolled(number, 'where') % 4)), 'p5'),
  arrayConcat(
    [concat('nps=', toString(least(10, rolled(number, 'nps') % 16))), concat('csat=', toString(1 + rolled(number, 'csat') % 5)), concat('ces=', toString(1 + rolled(number, 'ces') % 7)), concat('stars=', toString(1 + rolled(number, 'stars') % 5))],
    arrayMap(q -> concat('single', toString(q), '=c', one(number, concat('s', toString(q)), 6)), range(5)),
    arrayFlatten(arrayMap(q -> [concat('multi', toString(q), '!'), concat('multi', toString(q), '=c', one(number, concat('m', toString(q)), 4)), concat('multi', toString(q), '=c', toString(4 + rolled(number, concat('n', toString(q))) % 4))], range(3))),
    ['grid!'], arrayMap(r -> concat('grid.r', toString(r), '=c', one(number, concat('g', toString(r)), 5)), range(5)),
    ['rank!'], arrayMap(i -> concat('rank.c', toString((i + rolled(number, 'rank')) % 5), '=', toString(i + 1)), range(5)),
    ['spend!', 'dial!', 'wait!', if(rolled(number, 'why') % 4 = 0, 'why!', 'why?'), if(rolled(number, 'more') % 8 = 0, 'more!', 'more?'), 'best!'],
    arrayMap(i -> concat('best.c', toString(i), '=', toString(toInt8(rolled(number, concat('b', toString(i))) % 7) - 3), '/3'), range(5))),
  ['spend.c0', 'spend.c1', 'spend.c2', 'dial', 'wait'],
  [rolled(number, 'one') % 50, rolled(number, 'two') % 30, rolled(number, 'three') % 20, rolled(number, 'dial') % 101, rolled(number, 'wait') % 90],
  arrayFilter(x -> x != '', [if(rolled(number, 'why') % 4 = 0, 'why', ''), if(rolled(number, 'more') % 8 = 0, 'more', '')]),
  arrayFilter(x -> x != '', [if(rolled(number, 'why') % 4 = 0, concat('It came as promised, parcel ', one(number, 'parcel', 5000)), ''), if(rolled(number, 'more') % 8 = 0, 'Nothing else to say, thank you', '')])
FROM numbers({count:UInt64})
