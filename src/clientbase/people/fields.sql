-- name: all
-- The custom fields of contacts, in the order in which they were made.
select id, name, type, choices, required from field where thing_kind_id is null order by id;

-- name: add
-- A new field.
insert into field (name, name_key, type, choices, required)
values (:name, :name_key, :type, :choices, :required)
returning id;

-- name: listing
-- The custom fields, with how many contacts have a value.
select
    field.id,
    field.name,
    field.type,
    field.choices,
    field.required,
    (select count(*) from field_value where field_id = field.id)
from field
where field.thing_kind_id is null and (:field is null or field.id = :field)
order by field.id;

-- name: value
-- What one field of a contact holds.
select id, value from field_value where contact_id = :contact and field_id = :field;

-- name: set
-- A first value.
insert into field_value (contact_id, field_id, value) values (:contact, :field, :value);

-- name: change
-- Another value.
update field_value set value = :value where id = :id;

-- name: clear
-- No value any more.
delete from field_value where id = :id;

-- name: drop_values
-- All values of a field.
delete from field_value where field_id = :field;

-- name: drop
-- A field itself.
delete from field where id = :field;

-- name: rules
-- Rules of reminders that a field makes.
select name from reminder_rule where field_id = :field order by id;

-- name: segments
-- Segments and their rules.
select name, rule from segment order by id;
