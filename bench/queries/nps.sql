SELECT sum(n1) AS n, sum(s1) / n AS value, countIf(n1 > 0), sum(s1 * s1), sum(s1 * n1), sum(n1 * n1),
  sum(n2), sum(s2), countIf(n2 > 0), sum(s2 * s2), sum(s2 * n2), sum(n2 * n2), sum(s1 * s2), sum(s1 * n2), sum(n1 * s2), sum(n1 * n2)
FROM (
  SELECT person, countIf(at >= {from:DateTime64(3, 'UTC')}) AS n1, sumIf(v, at >= {from:DateTime64(3, 'UTC')}) AS s1,
    countIf(at < {from:DateTime64(3, 'UTC')}) AS n2, sumIf(v, at < {from:DateTime64(3, 'UTC')}) AS s2
  FROM (
    SELECT if(person_no = 0, cityHash64(feedback_id), person_no) AS person, at, multiIf(score >= 9, 100, score < 7, -100, 0) AS v
    FROM v_feedback
    WHERE workspace = {workspace:String} AND instrument = 'nps' AND at >= {before:DateTime64(3, 'UTC')} AND at < {to:DateTime64(3, 'UTC')} AND score BETWEEN 0 AND 10
  )
  GROUP BY person
)
