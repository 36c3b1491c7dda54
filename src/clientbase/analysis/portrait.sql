-- Each statement gives an attribute, a value, how many have it, and how many of them are of the
-- segment, whose ids are in :ids. Where somebody may have several values, a row without a value
-- tells of how many contacts anything is known.

-- name: plain
-- What there is one of: who they are, how they came, how they buy. Behind the facts of everyone.
, one as materialized (
    select
        facts.*,
        contact.hours,
        case
            when age < 18 then 'under 18' when age < 25 then '18-24' when age < 35 then '25-34'
            when age < 45 then '35-44' when age < 55 then '45-54' when age < 65 then '55-64'
            when age >= 65 then '65+'
        end as age_group,
        json_extract(:weekdays, '$[' || strftime('%w', last_sale_on) || ']') as weekday,
        facts.contact_id in (select value from json_each(:ids)) as inside
    from facts
    inner join contact on contact.id = facts.contact_id
)
select 'kind', kind, count(*), sum(inside) from one group by 2
union all
select 'sex', sex, count(*), sum(inside) from one where sex is not null group by 2
union all
select 'age', age_group, count(*), sum(inside) from one where age_group is not null group by 2
union all
select 'city', city, count(*), sum(inside) from one where city is not null group by 2
union all
select 'region', region, count(*), sum(inside) from one where region is not null group by 2
union all
select 'occupation', occupation, count(*), sum(inside) from one where occupation is not null group by 2
union all
select 'channel', channel, count(*), sum(inside) from one where channel is not null group by 2
union all
select 'preferred_channel', preferred_channel, count(*), sum(inside)
from one
where preferred_channel is not null
group by 2
union all
select 'hours', hours, count(*), sum(inside) from one where hours is not null group by 2
union all
select 'manager', manager, count(*), sum(inside) from one where manager is not null group by 2
union all
select 'frequency_class', frequency_class, count(*), sum(inside)
from one
where frequency_class is not null
group by 2
union all
select 'value_class', value_class, count(*), sum(inside) from one where value_class is not null group by 2
union all
select 'weekday', weekday, count(*), sum(inside) from one where weekday is not null group by 2;

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
-- The custom fields of few values, of the contacts in :everyone and of their things.
with chosen as materialized (
    select distinct
        field_value.contact_id,
        coalesce(thing_kind.name || ': ', '') || field.name as attribute,
        case when field.type = 'choice' then field_value.value when field_value.value then 'yes' else 'no' end
            as value
    from field
    inner join field_value on field_value.field_id = field.id
    left join thing_kind on thing_kind.id = field.thing_kind_id
    left join thing on thing.id = field_value.thing_id
    where field.type in ('choice', 'yes/no')
        and field_value.contact_id in (select value from json_each(:everyone))
        and (
            thing.id is null
            or thing.entered_on <= :today and (thing.dropped_on is null or thing.dropped_on > :today)
        )
)
select attribute, value, count(*), sum(contact_id in (select value from json_each(:ids)))
from chosen
group by attribute, value
union all
select attribute, null, count(*), sum(contact_id in (select value from json_each(:ids)))
from (select distinct attribute, contact_id from chosen)
group by attribute
order by 1, 3 desc;

-- name: products
-- Who bought which product, a number for each such pair. Sorting a million pairs in the base would
-- take three times as long. Behind the facts, for the orders that go with them.
select sale_line.product_id << 32 | bought.contact_id
from sale_line
cross join (select id, contact_id from purchase) as bought on bought.id = sale_line.sale_id;

-- name: product_names
-- The names of the products.
select id, name from product;

-- name: measures
-- Everybody, and what the medians of the clients are of. Behind the facts of everyone.
select contact_id, typical_order, orders, revenue, days_since_sale from facts;
