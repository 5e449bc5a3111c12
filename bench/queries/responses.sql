SELECT countIf(at >= {from:DateTime64(3, 'UTC')}) AS n, countIf(response_id = '' AND at >= {from:DateTime64(3, 'UTC')}) + uniqExactIf(response_id, response_id != '' AND at >= {from:DateTime64(3, 'UTC')}) AS value,
  uniqExactIf(person_no, at >= {from:DateTime64(3, 'UTC')}), countIf(at < {from:DateTime64(3, 'UTC')}),
  countIf(response_id = '' AND at < {from:DateTime64(3, 'UTC')}) + uniqExactIf(response_id, response_id != '' AND at < {from:DateTime64(3, 'UTC')}), uniqExactIf(person_no, at < {from:DateTime64(3, 'UTC')})
FROM v_feedback
WHERE workspace = {workspace:String} AND at >= {before:DateTime64(3, 'UTC')} AND at < {to:DateTime64(3, 'UTC')}
