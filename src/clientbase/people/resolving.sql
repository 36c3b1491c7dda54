-- name: by_number
-- Whether there is a contact of this number.
select id from contact where id = :number;

-- name: by_external_id
-- The contact of an external id.
select id from contact where external_id = :external_id;

-- name: by_whole_name
-- Contacts of exactly this name.
select id from contact where name_key = :text order by id limit :limit;

-- name: by_whole_organisation
-- Contacts of exactly this organisation, which is said twice for the sake of its index.
select id
from contact
where organisation_key = :text and organisation_key <> ''
order by id
limit :limit;

-- name: by_part
-- Contacts with this text inside their name or organisation, read from the index alone.
select id
from contact indexed by contact_name
where instr(name_key, :text) or instr(organisation_key, :text)
order by id
limit :limit;

-- name: by_typed
-- Contacts with a point that was kept unchecked.
select distinct contact_id
from contact_point
where canonical = :text and checked = 0
order by contact_id
limit :limit;

-- name: near
-- Names that begin alike.
select name from contact where name_key between :start and :start || char(1114111) limit 3000;

-- name: candidates
-- What tells contacts apart.
select
    contact.id as contact_id,
    contact.name,
    (select shown from contact_point where contact_id = contact.id and kind = 'phone' order by id limit 1) as phone,
    contact.city
from contact
inner join json_each(:contacts) as wanted on wanted.value = contact.id
order by wanted.key;
