-- name: phone_owners
-- Who has a phone; messengers that know people by their phones count as phones.
select distinct contact_id
from contact_point
where canonical = :canonical
    and kind in ('phone', 'whatsapp', 'viber')
    and (:extension is null or extension = :extension)
order by contact_id;

-- name: email_owners
-- Who has an e-mail address.
select distinct contact_id
from contact_point
where canonical = :canonical and kind = 'email'
order by contact_id;

-- name: has
-- Whether a contact has a point already.
select exists (
    select 1
    from contact_point
    where canonical = :canonical
        and kind = :kind
        and contact_id = :contact
        and extension = :extension
);

-- name: add
-- A new point of a contact.
insert into contact_point (contact_id, kind, typed, shown, canonical, extension, checked)
values (:contact, :kind, :typed, :shown, :canonical, :extension, :checked);

-- name: of_contact
-- The points of a contact, the oldest first.
select id, kind, typed, shown, canonical, extension, checked
from contact_point
where contact_id = :contact
order by id;

-- name: drop
-- Takes one point away.
delete from contact_point where id = :id;
