INSERT INTO person_traits (workspace, person_no, traits, version)
SELECT {workspace:String}, number + 1, concat('{"country":"', ['SI', 'DE', 'PL'][1 + number % 3], '","age":"', toString(18 + number % 60), '"}'), 1
FROM numbers({customers:UInt64})
