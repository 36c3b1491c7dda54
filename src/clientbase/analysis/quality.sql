-- name: contacts
-- Behind the facts of everyone: how many contacts there are, and how many of them lack what, as
-- columns `no_…`.
, pointed as (
    select
        contact_id,
        max(kind = 'phone') as phone,
        max(kind = 'email') as email,
        max(kind not in ('phone', 'email')) as messenger,
        max(kind in ('phone', 'email') and not checked) as unchecked
    from contact_point
    group by contact_id
),

tagged as (select distinct contact_id from contact_tag)

select
    count(*) as contacts,
    sum(pointed.phone is not 1) as no_phone,
    sum(pointed.email is not 1) as no_email,
    sum(pointed.messenger is not 1) as no_messenger,
    sum(contact.birthday is null) as no_birthday,
    sum(contact.channel_id is null) as no_channel,
    sum(contact.manager is null) as no_manager,
    sum(contact.city is null) as no_city,
    sum(contact.region is null) as no_region,
    sum(contact.address is null) as no_address,
    sum(contact.organisation is null) as no_organisation,
    sum(contact.post is null) as no_post,
    sum(contact.sex is null) as no_sex,
    sum(contact.occupation is null) as no_occupation,
    sum(contact.preferred_channel is null) as no_preferred_channel,
    sum(contact.hours is null) as no_hours,
    sum(contact.note is null) as no_note,
    sum(contact.external_id is null) as no_external_id,
    sum(tagged.contact_id is null) as no_tags,
    sum(pointed.contact_id is null) as unreachable,
    sum(pointed.unchecked is 1) as unchecked
from facts
inner join contact on contact.id = facts.contact_id
left join pointed on pointed.contact_id = contact.id
left join tagged on tagged.contact_id = contact.id;

-- name: fields
-- Behind the facts of everyone: custom fields, of which kind of things (none is of contacts), how
-- many there are that may have it, and how many do.
select
    field.name,
    thing_kind.name as kind,
    field.required,
    case
        when thing_kind.id is not null then (
            select count(*)
            from thing
            where thing.kind_id = thing_kind.id
                and thing.entered_on <= :today
                and (thing.dropped_on is null or thing.dropped_on > :today)
        )
    end as things,
    case
        when thing_kind.id is null then (
            select count(*)
            from field_value
            inner join facts on facts.contact_id = field_value.contact_id
            where field_value.field_id = field.id and field_value.thing_id is null
        )
        else (
            select count(*)
            from field_value
            inner join thing on thing.id = field_value.thing_id
            where field_value.field_id = field.id
                and thing.entered_on <= :today
                and (thing.dropped_on is null or thing.dropped_on > :today)
        )
    end as filled
from field
left join thing_kind on thing_kind.id = field.thing_kind_id
order by thing_kind.name_key, field.id;

-- name: sales
-- Sales by a day, and those of them without a contact. Most are of the time before the day: they are
-- read as they lie, where the index of days would look for each.
select
    (select count(*) from sale not indexed where sold_on <= :today and voided_on is null),
    (select count(*) from sale where contact_id is null and sold_on <= :today and voided_on is null);

-- name: first_sales
-- First sales of contacts by a day, and those before which the contact had no lead.
select
    count(*),
    coalesce(sum(not exists (
        select 1 from lead where lead.contact_id = first.contact_id and lead.opened_on <= first.day
    )), 0)
from (
    select contact_id, min(sold_on) as day
    from sale
    where contact_id is not null and voided_on is null and sold_on <= :today
    group by contact_id
) as first;

-- name: leads
-- Leads that were open on a day, and those of them for which nothing was to be done next.
select
    count(*),
    coalesce(sum(not exists (
        select 1
        from reminder
        where reminder.lead_id = lead.id and (reminder.closed_on is null or reminder.closed_on > :today)
    )), 0)
from lead
where opened_on <= :today and (closed_on is null or closed_on > :today);

-- name: days
-- Days with an entry: a sale, an enquiry or its step, a talk, a new contact, money given back.
select sold_on from sale where sold_on between :first and :last and voided_on is null
union
select refunded_on from refund where refunded_on between :first and :last and voided_on is null
union
select opened_on from lead where opened_on between :first and :last
union
select moved_on from stage_move where moved_on between :first and :last
union
select happened_on from activity where happened_on between :first and :last
union
select entered_on from contact where entered_on between :first and :last;

-- name: begins
-- The first day that the base knows of.
select min(day)
from (
    select min(sold_on) as day from sale
    union all
    select min(opened_on) from lead
    union all
    select min(entered_on) from contact
);
