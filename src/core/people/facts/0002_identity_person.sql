-- Carries the connection's credentials, so it is made anew at every start. LIFETIME(0): loaded at first use and by
-- SYSTEM RELOAD DICTIONARY after a link is made or undone.
CREATE OR REPLACE DICTIONARY identity_person
(
  identity_no UInt64,
  person_no UInt32
)
PRIMARY KEY identity_no
SOURCE(CLICKHOUSE({{source}} TABLE 'identity_persons_now'))
LAYOUT(FLAT(INITIAL_ARRAY_SIZE 65536 MAX_ARRAY_SIZE 2147483648))
LIFETIME(0);
