-- name: people
-- The people of an organisation, by name. That the key is not empty is said for its index.
select
    person.id,
    person.name,
    person.post,
    (select shown from contact_point where contact_id = person.id and kind = 'phone' order by id limit 1) as phone,
    (select shown from contact_point where contact_id = person.id and kind = 'email' order by id limit 1) as email
from contact as organisation
inner join contact as person
    on person.organisation_key = organisation.name_key and person.organisation_key <> ''
where organisation.id = :contact and organisation.kind = 'organisation' and person.id <> organisation.id
order by person.name_key, person.id;

-- name: referred
-- Whom a contact sent, and what each bought, who brought most first.
select contact.id, contact.name, coalesce(total.orders, 0) as orders, coalesce(total.revenue, 0) as revenue
from contact
left join contact_total as total on total.contact_id = contact.id
where contact.referred_by_id = :contact
order by revenue desc, contact.name_key, contact.id;

-- name: stops
-- By which ways a contact does not wish to be reached.
select way, stopped_on, note from contact_stop where contact_id = :contact order by id;

-- name: standing
-- The organisation that is a contact itself, the oldest of its name; since when and why somebody
-- has left, and when they came back.
select
    (
        select organisation.id
        from contact as organisation
        where organisation.name_key = contact.organisation_key
            and contact.organisation_key <> ''
            and organisation.kind = 'organisation'
            and organisation.id <> contact.id
        order by organisation.id
        limit 1
    ) as organisation_id,
    contact.left_on,
    contact.left_reason,
    (select back_on from leaving where contact_id = contact.id) as came_back_on
from contact
where contact.id = :contact;
