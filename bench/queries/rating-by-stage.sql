-- By stage beside all of it.
SELECT sum(persons.pn) AS n, sum(persons.ps) / n AS value, count(), sum(ps * ps), sum(ps * pn), sum(pn * pn), any(parts)
FROM (
  SELECT if(person_no = 0, cityHash64(feedback_id), person_no) AS person, count() AS pn, sum(score) AS ps
  FROM v_feedback
  WHERE workspace = {workspace:String} AND instrument = 'rating' AND at >= {from:DateTime64(3, 'UTC')} AND at < {to:DateTime64(3, 'UTC')} AND score BETWEEN 1 AND 5
  GROUP BY person
) AS persons CROSS JOIN (
  SELECT groupArray((part, answers, stars, people, squares, products, sizes)) AS parts
  FROM (
    SELECT part, sum(m) AS answers, sum(t) AS stars, count() AS people, sum(t * t) AS squares, sum(t * m) AS products, sum(m * m) AS sizes
    FROM (
      SELECT stage AS part, if(person_no = 0, cityHash64(feedback_id), person_no) AS person, count() AS m, sum(score) AS t
      FROM v_feedback
      WHERE workspace = {workspace:String} AND instrument = 'rating' AND at >= {from:DateTime64(3, 'UTC')} AND at < {to:DateTime64(3, 'UTC')} AND score BETWEEN 1 AND 5
      GROUP BY part, person
    )
    GROUP BY part
  )
) AS together
