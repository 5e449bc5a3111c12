SELECT countIf(placed >= {from:DateTime64(3, 'UTC')}) AS n, n AS value, uniqExactIf(person_no, placed >= {from:DateTime64(3, 'UTC')}),
  countIf(placed < {from:DateTime64(3, 'UTC')}), uniqExactIf(person_no, placed < {from:DateTime64(3, 'UTC')})
FROM v_orders
WHERE workspace = {workspace:String} AND placed >= {before:DateTime64(3, 'UTC')} AND placed < {to:DateTime64(3, 'UTC')}
