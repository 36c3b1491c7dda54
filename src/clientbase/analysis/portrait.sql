-- What is known of contacts, and how many of them: most statements give an attribute, a value, how
-- many have it, and how many of them are of the segment, whose ids are in :ids. A row without a value
-- tells of how many contacts anything is known.

-- name: contacts
-- Everybody: what the medians of the clients are of, and what there is one of: who they are, how they
-- came, how they buy. Behind the facts of everyone. Counting them here would sort them for each.
select
    facts.contact_id,
    facts.typical_order,
    facts.orders,
    facts.revenue,
    facts.days_since_sale,
    facts.kind,
    facts.sex,
    case
        when facts.age < 18 then 'under 18' when facts.age < 25 then '18-24'
        when facts.age < 35 then '25-34' when facts.age < 45 then '35-44'
        when facts.age < 55 then '45-54' when facts.age < 65 then '55-64'
        when facts.age >= 65 then '65+'
    end as age,
    facts.city,
    facts.region,
    facts.occupation,
    facts.channel,
    facts.preferred_channel,
    contact.hours,
    facts.manager,
    facts.frequency_class,
    facts.value_class,
    strftime('%w', facts.last_sale_on) as weekday
from facts
inner join contact on contact.id = facts.contact_id;

-- name: tags
-- Tags of the contacts in :everyone.
select 'tag', tag.name, count(*), sum(contact_tag.contact_id in (select value from json_each(:ids)))
from contact_tag
inner join tag on tag.id = contact_tag.tag_id
where contact_tag.contact_id in (select value from json_each(:everyone))
group by tag.id;

-- name: things
-- What belongs to the contacts in :everyone, by kind.
with owner as materialized (
    select distinct contact_id, kind_id
    from thing
    where entered_on <= :today and (dropped_on is null or dropped_on > :today)
        and contact_id in (select value from json_each(:everyone))
)
select 'thing', thing_kind.name, count(*), sum(owner.contact_id in (select value from json_each(:ids)))
from owner
inner join thing_kind on thing_kind.id = owner.kind_id
group by thing_kind.id;

-- name: fields
-- The custom fields of few values, and of the texts what :least contacts or more have, of the
-- contacts in :everyone and of their things.
with chosen as materialized (
    select distinct
        field_value.contact_id,
        coalesce(thing_kind.name || ': ', '') || field.name as attribute,
        case
            when field.type in ('choice', 'text') then field_value.value when field_value.value then 'yes' else 'no'
        end as value,
        field.type = 'text' as free
    from field
    inner join field_value on field_value.field_id = field.id
    left join thing_kind on thing_kind.id = field.thing_kind_id
    left join thing on thing.id = field_value.thing_id
    where field.type in ('choice', 'yes/no', 'text')
        and field_value.contact_id in (select value from json_each(:everyone))
        and (
            thing.id is null
            or thing.entered_on <= :today and (thing.dropped_on is null or thing.dropped_on > :today)
        )
)
select attribute, value, count(*), sum(contact_id in (select value from json_each(:ids)))
from chosen
group by attribute, value
having not free or count(*) >= :least
union all
select attribute, null, count(*), sum(contact_id in (select value from json_each(:ids)))
from (select distinct attribute, contact_id from chosen)
group by attribute
order by 1, 3 desc;

-- name: products
-- Who ordered each product, listed with commas; some more than once.
select line.product_id, group_concat(sale.contact_id)
from sale_line as line not indexed
cross join sale on sale.id = line.sale_id
where sale.contact_id is not null
    and sale.voided_on is null
    and sale.sold_on <= :today
    and sale.id not in (select id from returned)
group by line.product_id;

-- name: product_names
-- The names of the products.
select id, name from product;
