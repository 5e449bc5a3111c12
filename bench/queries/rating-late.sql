-- What a late parcel costs: stars of those answers against the others, people in both accounted for.
SELECT sum(n1) AS n, sum(s1) / n AS value, countIf(n1 > 0), sum(s1 * s1), sum(s1 * n1), sum(n1 * n1),
  sum(n2), sum(s2), countIf(n2 > 0), sum(s2 * s2), sum(s2 * n2), sum(n2 * n2), sum(s1 * s2), sum(s1 * n2), sum(n1 * s2), sum(n1 * n2)
FROM (
  SELECT person, countIf(late) AS n1, sumIf(score, late) AS s1, countIf(NOT late) AS n2, sumIf(score, NOT late) AS s2
  FROM (
    SELECT if(person_no = 0, cityHash64(feedback_id), person_no) AS person, score, toDate(o.delivered, 'UTC') > o.promised AS late
    FROM v_feedback AS f
    INNER JOIN (SELECT order_id, delivered, promised FROM v_orders WHERE workspace = {workspace:String}) AS o ON o.order_id = f.order_id
    WHERE workspace = {workspace:String} AND instrument = 'rating' AND at >= {from:DateTime64(3, 'UTC')} AND at < {to:DateTime64(3, 'UTC')} AND score BETWEEN 1 AND 5
  )
  GROUP BY person
)
