-- name: all
-- The custom fields of contacts and of all kinds of things, in the order they were made in.
select id, name, type, choices, required, thing_kind_id from field order by id;

-- name: add
-- A new field.
insert into field (thing_kind_id, name, name_key, type, choices, required)
values (:kind, :name, :name_key, :type, :choices, :required)
returning id;

-- name: listing
-- The custom fields, one of them, or those of a kind (null is of contacts), with how many
-- contacts have a value. Dropped things don't count.
select
    field.id,
    field.name,
    coalesce(thing_kind.name, 'contact'),
    field.type,
    field.choices,
    field.required,
    case
        when field.thing_kind_id is null then (select count(*) from field_value where field_id = field.id)
        else (
            select count(distinct field_value.contact_id)
            from field_value
            inner join thing on thing.id = field_value.thing_id
            where field_value.field_id = field.id and thing.dropped_on is null
        )
    end
from field
left join thing_kind on thing_kind.id = field.thing_kind_id
where (:field is null or field.id = :field)
    and (:all or field.thing_kind_id is :kind)
order by coalesce(field.thing_kind_id, 0), field.id;

-- name: value
-- What one field of a contact, or of a thing of theirs, holds.
select id, value
from field_value
where contact_id = :contact and field_id = :field and thing_id is :thing;

-- name: set
-- A first value.
insert into field_value (contact_id, field_id, thing_id, value) values (:contact, :field, :thing, :value);

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
