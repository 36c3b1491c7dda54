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
-- Tags; who has none is known not to have them. Behind the facts of everyone.
select 'tag', tag.name, count(*), sum(facts.contact_id in (select value from json_each(:ids)))
from facts
inner join contact_tag on contact_tag.contact_id = facts.contact_id
inner join tag on tag.id = contact_tag.tag_id
group by tag.id
union all
select 'tag', null, count(*), sum(contact_id in (select value from json_each(:ids))) from facts
order by 3 desc;

-- name: things
-- What belongs to them, by kind. Behind the facts of everyone.
, owner as materialized (
    select distinct facts.contact_id, thing.kind_id
    from facts
    inner join thing on thing.contact_id = facts.contact_id
    where thing.entered_on <= :today and (thing.dropped_on is null or thing.dropped_on > :today)
)
select 'thing', thing_kind.name, count(*), sum(owner.contact_id in (select value from json_each(:ids)))
from owner
inner join thing_kind on thing_kind.id = owner.kind_id
group by thing_kind.id
union all
select 'thing', null, count(*), sum(contact_id in (select value from json_each(:ids))) from facts
order by 3 desc;

-- name: fields
-- The custom fields of few values, of contacts and of their things. Behind the facts of everyone.
, chosen as materialized (
    select distinct
        facts.contact_id,
        coalesce(thing_kind.name || ': ', '') || field.name as attribute,
        case when field.type = 'choice' then field_value.value when field_value.value then 'yes' else 'no' end
            as value
    from facts
    inner join field_value on field_value.contact_id = facts.contact_id
    inner join field on field.id = field_value.field_id
    left join thing_kind on thing_kind.id = field.thing_kind_id
    left join thing on thing.id = field_value.thing_id
    where field.type in ('choice', 'yes/no')
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
-- take three times as long. Behind the facts of the clients, for the orders that go with them.
select sale_line.product_id << 32 | purchase.contact_id
from sale_line
cross join purchase on purchase.id = sale_line.sale_id
where exists (select 1 from facts);

-- name: product_names
-- The names of the products.
select id, name from product;

-- name: measures
-- What the medians are of. Behind the facts of everyone.
select contact_id in (select value from json_each(:ids)), typical_order, orders, revenue, days_since_sale
from facts
where orders > 0;
