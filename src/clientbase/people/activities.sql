-- name: add
-- Something that happened with a contact.
insert into activity (contact_id, lead_id, kind, direction, happened_on, what, who)
values (:contact, :lead, :kind, :direction, :happened_on, :what, :who)
returning id;

-- name: listing
-- Activities by number, in the order of the numbers.
select
    activity.id,
    activity.contact_id,
    contact.name,
    activity.lead_id,
    activity.kind,
    activity.direction,
    activity.happened_on,
    activity.what,
    activity.who
from json_each(:activities) as wanted
inner join activity on activity.id = wanted.value
inner join contact on contact.id = activity.contact_id
order by wanted.key;

-- name: lead_contact
-- Whose lead it is.
select contact_id from lead where id = :lead;
