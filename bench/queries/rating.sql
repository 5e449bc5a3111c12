-- An answer of nobody known is a person of its own, here as in every query of this folder.
-- Mean of stars with what its interval by person needs, this period and the one before.
SELECT sum(n1) AS n, sum(s1) / n AS value, countIf(n1 > 0), sum(s1 * s1), sum(s1 * n1), sum(n1 * n1),
  sum(n2), sum(s2), countIf(n2 > 0), sum(s2 * s2), sum(s2 * n2), sum(n2 * n2), sum(s1 * s2), sum(s1 * n2), sum(n1 * s2), sum(n1 * n2)
FROM (
  SELECT if(person_no = 0, cityHash64(feedback_id), person_no) AS person, countIf(at >= {from:DateTime64(3, 'UTC')}) AS n1, sumIf(score, at >= {from:DateTime64(3, 'UTC')}) AS s1,
    countIf(at < {from:DateTime64(3, 'UTC')}) AS n2, sumIf(score, at < {from:DateTime64(3, 'UTC')}) AS s2
  FROM v_feedback
  WHERE workspace = {workspace:String} AND instrument = 'rating' AND at >= {before:DateTime64(3, 'UTC')} AND at < {to:DateTime64(3, 'UTC')} AND score BETWEEN 1 AND 5
  GROUP BY person
)
