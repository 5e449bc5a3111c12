-- Whose an answer is, as v_feedback says it: a person's answers are found without reading everybody's.
ALTER TABLE feedback ADD INDEX IF NOT EXISTS by_owner (if(identity_no = 0, order_identity_no, identity_no)) TYPE bloom_filter(0.01) GRANULARITY 1;
ALTER TABLE feedback MATERIALIZE INDEX by_owner;
