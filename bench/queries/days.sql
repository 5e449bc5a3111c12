SELECT sum(n1) AS n, sum(s1) / n AS value, countIf(n1 > 0), sum(s1 * s1), sum(s1 * n1), sum(n1 * n1),
  sum(n2), sum(s2), countIf(n2 > 0), sum(s2 * s2), sum(s2 * n2), sum(n2 * n2), sum(s1 * s2), sum(s1 * n2), sum(n1 * s2), sum(n1 * n2)
FROM (
  SELECT person, countIf(delivered >= {from:DateTime64(3, 'UTC')}) AS n1, sumIf(days, delivered >= {from:DateTime64(3, 'UTC')}) AS s1,
    countIf(delivered < {from:DateTime64(3, 'UTC')}) AS n2, sumIf(days, delivered < {from:DateTime64(3, 'UTC')}) AS s2
  FROM (
    SELECT if(person_no = 0, cityHash64(order_id), person_no) AS person, delivered, dateDiff('ms', placed, delivered) / 86400000 AS days
    FROM v_orders
    WHERE workspace = {workspace:String} AND delivered >= {before:DateTime64(3, 'UTC')} AND delivered < {to:DateTime64(3, 'UTC')} AND delivered >= placed
  )
  GROUP BY person
)
