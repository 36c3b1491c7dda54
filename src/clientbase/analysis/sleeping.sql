-- name: clients
-- Clients who are awake or left, counted with their money; and each who is late or asleep, with
-- the last day awake, the last day of purchase, and the days beyond the border.
select
    case when "left" then 'left' else 'awake' end as state,
    count(*),
    coalesce(sum(revenue), 0),
    null, null, null, null, null, null, null
from facts
where "left" or not (late or sleeping)
group by 1
union all
select
    case when late then 'late' else 'sleeping' end,
    1,
    revenue,
    contact_id,
    awake_until,
    last_sale_on,
    days_since_sale,
    rhythm_days,
    coalesce(days_late, days_asleep),
    orders
from facts
where not "left" and (late or sleeping);

-- name: left
-- Contacts who left by a day and were not back by then, with the reason.
select leaving.contact_id, contact.left_reason, leaving.left_on
from leaving
inner join contact on contact.id = leaving.contact_id
where leaving.left_on between :since and :today and (leaving.back_on is null or leaving.back_on > :today)
order by leaving.left_on, leaving.contact_id;

-- name: bought
-- The three products on which some contacts spent most, as a JSON list each.
select contact_id, json_group_array(name)
from (
    select contact_id, name
    from (
        select
            spent.contact_id,
            product.name,
            row_number() over (partition by spent.contact_id order by spent.amount desc, product.name) as place
        from (
            select sale.contact_id, sale_line.product_id, sum(sale_line.amount) as amount
            from sale
            inner join sale_line on sale_line.sale_id = sale.id
            where sale.contact_id in (select value from json_each(:ids))
                and sale.voided_on is null
                and sale.sold_on <= :today
            group by sale.contact_id, sale_line.product_id
        ) as spent
        inner join product on product.id = spent.product_id
    )
    where place <= 3
    order by contact_id, place
)
group by contact_id;
