SELECT countIf(at >= {from:DateTime64(3, 'UTC')}) AS n, uniqExactIf(if(response_id = '', toString(feedback_id), response_id), at >= {from:DateTime64(3, 'UTC')}) AS value,
  uniqExactIf(person_no, at >= {from:DateTime64(3, 'UTC')}), countIf(at < {from:DateTime64(3, 'UTC')}),
  uniqExactIf(if(response_id = '', toString(feedback_id), response_id), at < {from:DateTime64(3, 'UTC')}), uniqExactIf(person_no, at < {from:DateTime64(3, 'UTC')})
FROM v_feedback
WHERE workspace = {workspace:String} AND at >= {before:DateTime64(3, 'UTC')} AND at < {to:DateTime64(3, 'UTC')}
