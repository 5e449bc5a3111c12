-- Where an answer says itself that it was given: a touchpoint of the catalogue, which stands before its rules.
ALTER TABLE feedback ADD COLUMN IF NOT EXISTS given_touchpoint LowCardinality(String);
CREATE OR REPLACE VIEW v_feedback AS
SELECT
  workspace, feedback_id, response_id,
  if(f.identity_no = 0, order_identity_no, f.identity_no) AS identity_no,
  dictGetOrDefault('identity_person', 'person_no', toUInt64(if(f.identity_no = 0, order_identity_no, f.identity_no)), if(f.identity_no = 0, order_identity_no, f.identity_no)) AS person_no,
  user_id, at, source, origin, instrument, survey_id, survey_version, question_id, item_id, loop_key,
  score, scale_min, scale_max, choices, text, language, order_id, case_id, location_id, staff_id, channel, props,
  weight, verified, journal_seq, touchpoint, stage, rules_version, sentiment, themes, engine_version,
  given_touchpoint
FROM feedback AS f;
