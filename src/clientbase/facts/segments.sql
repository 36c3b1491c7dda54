-- name: own
-- The owner's segments by name.
select name, rule from segment order by name_key;

-- name: one
-- An owner's segment.
select id, name, rule from segment where name_key = :key;

-- name: add
-- Keeps a new one.
insert into segment (name, name_key, rule, defined_on) values (:name, :key, :rule, :today);

-- name: change
-- Gives one another rule.
update segment set name = :name, rule = :rule, defined_on = :today where name_key = :key;

-- name: drop
-- Takes one away.
delete from segment where name_key = :key;

-- name: sizes
-- How many contacts there are of each kind of everything, behind the facts.
select frequency_class, value_class, base, abc, sleeping, late, count(*)
from facts
group by 1, 2, 3, 4, 5, 6;

-- name: scored
-- How many clients there are in each segment of RFM, behind the facts.
select rfm_segment, count(*) from facts group by 1;
