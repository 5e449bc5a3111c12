-- What goes with the stars, by somebody who knows the properties beforehand: sums of every level, without correction, and without
-- regard to people who are in several levels.
SELECT property, level, count() AS n, avg(score) AS value, sum(score), sum(score * score), uniqExact(person_no)
FROM (
  SELECT f.person_no AS person_no, f.score AS score, arrayJoin([('late', toString(toDate(o.delivered, 'UTC') > o.promised)), ('category', o.categories[1]),
    ('payment_type', JSONExtractString(o.props, 'payment_type')), ('state', JSONExtractString(o.props, 'state')), ('channel', toString(f.channel)),
    ('country', JSONExtractString(p.traits, 'country')), ('age', JSONExtractString(p.traits, 'age')), ('stage', toString(f.stage))]) AS pair,
    pair.1 AS property, pair.2 AS level
  FROM v_feedback AS f
  LEFT JOIN (SELECT order_id, delivered, promised, categories, props FROM v_orders WHERE workspace = {workspace:String}) AS o ON o.order_id = f.order_id
  LEFT JOIN (SELECT person_no, traits FROM v_people WHERE workspace = {workspace:String}) AS p ON p.person_no = f.person_no
  WHERE f.workspace = {workspace:String} AND f.instrument = 'rating' AND f.at >= {from:DateTime64(3, 'UTC')} AND f.at < {to:DateTime64(3, 'UTC')} AND f.score BETWEEN 1 AND 5
)
GROUP BY property, level
