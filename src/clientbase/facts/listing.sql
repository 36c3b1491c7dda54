-- What is asked of the facts that stand before these statements.

-- name: by_name
-- In the order of an index on the names, so that the first rows come at once.
select * from facts order by name_key, organisation_key, contact_id;

-- name: count
-- How many they are.
select count(*) from facts;
