-- name: add
-- A new thing of a contact.
insert into thing (contact_id, kind_id, name, name_key, note, entered_on)
values (:contact, :kind, :name, :name_key, :note, :today)
returning id;

-- name: read
-- One thing as it is kept.
select id, contact_id, kind_id, name, note, dropped_on from thing where id = :thing;

-- name: edit
-- Another name, note, or contact.
update thing set name = :name, name_key = :name_key, note = :note, contact_id = :contact where id = :thing;

-- name: move_values
-- Its fields go with it to another contact.
update field_value set contact_id = :contact where thing_id = :thing;

-- name: move_reminders
-- What is still to be done for it is to be done for its new contact.
update reminder set contact_id = :contact where thing_id = :thing and state = 'open';

-- name: drop
-- It is shown no more.
update thing set dropped_on = :today where id = :thing;

-- name: skip_reminders
-- What somebody typed or put off for it is not to be done any more.
update reminder
set state = 'skipped', closed_on = :today
where thing_id = :thing and state = 'open' and (rule_id is null or snoozed)
returning id;

-- name: vanish_reminders
-- What rules made for it, and nobody has touched, is derived no more.
delete from reminder where thing_id = :thing and state = 'open';

-- name: of_all
-- All things, or those of a kind, or those of them without a field, by name.
select id
from thing
where dropped_on is null and (:kind is null or kind_id = :kind)
    and (:field is null or not exists (
        select 1 from field_value where field_value.thing_id = thing.id and field_value.field_id = :field
    ))
order by name_key, id;

-- name: of_contact
-- The things of a contact, or those of them that are of a kind, or without a field: kind by kind, by
-- name.
select id
from thing
where contact_id = :contact and dropped_on is null and (:kind is null or kind_id = :kind)
    and (:field is null or not exists (
        select 1 from field_value where field_value.thing_id = thing.id and field_value.field_id = :field
    ))
order by kind_id, name_key, id;

-- name: rows
-- Things in the order given, each with whose it is.
select
    thing.id,
    thing.contact_id,
    contact.name,
    thing_kind.name,
    thing.name,
    thing.note,
    thing.entered_on
from json_each(:ids) as wanted
cross join thing on thing.id = wanted.value
inner join contact on contact.id = thing.contact_id
inner join thing_kind on thing_kind.id = thing.kind_id
order by wanted.key;

-- name: values
-- What the fields of things hold, in the order in which the fields were made.
select field_value.thing_id, field.name, field.type, field_value.value
from json_each(:ids) as wanted
cross join field_value on field_value.thing_id = wanted.value
inner join field on field.id = field_value.field_id
order by field.id;

-- name: by_name
-- Things of exactly this name.
select id from thing where name_key = :key and dropped_on is null order by id;

-- name: names_of
-- What the things of a contact are called.
select id, name from thing where contact_id = :contact and dropped_on is null order by id;

-- name: near
-- Names that begin alike.
select name
from thing
where name_key between :start and :start || char(1114111) and dropped_on is null
limit 3000;

-- name: beginning
-- Names that begin so, with whose things they are.
select thing.name, contact.name
from thing
inner join contact on contact.id = thing.contact_id
where thing.name_key between :start and :start || char(1114111) and thing.dropped_on is null
order by thing.name_key
limit :limit;

-- name: namesakes
-- What else is called so of what the same contact has.
select other.id
from thing as one
inner join thing as other on other.contact_id = one.contact_id and other.name_key = one.name_key
where one.id = :thing and other.id <> one.id and other.dropped_on is null
order by other.id;

-- name: candidates
-- What tells things apart.
select thing.id, thing.name, thing_kind.name, thing.contact_id, contact.name
from json_each(:ids) as wanted
cross join thing on thing.id = wanted.value
inner join thing_kind on thing_kind.id = thing.kind_id
inner join contact on contact.id = thing.contact_id
order by wanted.key;
