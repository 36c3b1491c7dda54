-- name: rules
-- Rules of reminders that look at a field.
select name from reminder_rule where field_id = :field order by id;

-- name: rules_of_kind
-- Rules of reminders that look at a field of a kind of things.
select reminder_rule.name, field.name
from reminder_rule
inner join field on field.id = reminder_rule.field_id
where field.thing_kind_id = :kind
order by reminder_rule.id;

-- name: segments
-- The segments that the owner defined, and their rules.
select name, rule from segment order by name_key;
