-- Whom the facts are about, and the tables that facts read: sales that are orders, and what
-- contact_total would have been on a past day. Each scope is asked for on an index, so that one
-- contact, the first fifty and all are quick.

-- name: with purchase
-- Sales that are orders as of the day: not voided, not wholly refunded; amounts after refunds.
purchase as not materialized (
    select id, contact_id, sold_on, amount - refunded as amount
    from (
        select id, contact_id, sold_on, amount, coalesce((
            select sum(refund.amount)
            from refund
            where refund.sale_id = sale.id and refund.voided_on is null and refund.refunded_on <= :today
        ), 0) as refunded
        from sale
        where contact_id is not null and voided_on is null and sold_on <= :today
    )
    where amount = 0 or amount > refunded
)

-- name: with many-purchase
-- The same where many contacts are asked about: the sales that were wholly refunded are found once,
-- and what was given back of the others is looked up where amounts are asked for at all.
purchase as not materialized (
    select
        id,
        contact_id,
        sold_on,
        amount - coalesce((
            select sum(refund.amount)
            from refund
            where refund.sale_id = sale.id and refund.voided_on is null and refund.refunded_on <= :today
        ), 0) as amount
    from sale
    where contact_id is not null
        and voided_on is null
        and sold_on <= :today
        and id not in (select id from returned)
)

-- name: with returned
-- Sales that were wholly refunded by the day: they are no orders. They are few, so that looking up
-- whose they are is quicker than looking for refunds of each sale.
returned as materialized (
    select sale.id, sale.contact_id, max(refund.refunded_on) as day
    from refund
    inner join sale on sale.id = refund.sale_id
    where sale.voided_on is null
        and sale.sold_on <= :today
        and sale.amount > 0
        and refund.voided_on is null
        and refund.refunded_on <= :today
    group by sale.id
    having sum(refund.amount) >= max(sale.amount)
)

-- name: with given_back
-- What was given back of each product: the lines of refunds, and of a sale that was wholly refunded
-- what no such line names, on the day on which the last of it was given back.
given_back as materialized (
    select line.product_id, refund.contact_id, refund.refunded_on as day, line.quantity, line.amount
    from refund_line as line not indexed
    cross join refund on refund.id = line.refund_id
    where refund.voided_on is null and refund.refunded_on <= :today
    union all
    select product_id, contact_id, day, sum(quantity), sum(amount)
    from (
        select returned.id as sale_id, line.product_id, line.quantity, line.amount, returned.contact_id, returned.day
        from returned
        inner join sale_line as line on line.sale_id = returned.id
        union all
        select returned.id, line.product_id, -line.quantity, -line.amount, returned.contact_id, returned.day
        from returned
        inner join refund on refund.sale_id = returned.id
        inner join refund_line as line on line.refund_id = refund.id
        where refund.voided_on is null and refund.refunded_on <= :today
    )
    group by sale_id, product_id
)

-- name: whose-all
is not null

-- name: whose-later
in (select contact_id from later)

-- name: whose-one
= :contact_id

-- name: whose-these
in (select value from json_each(:ids))

-- name: with later
-- Whoever bought or was given money back after the day.
later as materialized (
    select contact_id from sale where sold_on > :today and contact_id is not null and voided_on is null
    union
    select contact_id from refund where refunded_on > :today and contact_id is not null and voided_on is null
)

-- name: with total_lately
-- What contact_total was a short while ago: of the others it is what it is now.
total_lately as materialized (
    select contact_id, orders, revenue, first_on, last_on, average_order
    from contact_total
    where contact_id not in (select contact_id from later)
    union all
    select contact_id, orders, revenue, first_on, last_on, average_order from total_then
)

-- name: with total_then
-- What contact_total would have been on a past day, for :whose, which is put in.
total_then as materialized (
    select
        contact_id,
        sum(orders) as orders,
        sum(revenue) as revenue,
        min(first_on) as first_on,
        max(last_on) as last_on,
        1.0 * sum(revenue) / nullif(sum(orders), 0) as average_order
    from (
        select
            contact_id,
            count(*) as orders,
            sum(amount) as revenue,
            min(sold_on) as first_on,
            max(sold_on) as last_on
        from sale
        where contact_id :whose and voided_on is null and sold_on <= :today
        group by contact_id
        having contact_id not in (select contact_id from returned where contact_id is not null)
        union all
        select contact_id, count(*), sum(amount), min(sold_on), max(sold_on)
        from sale
        where contact_id :whose
            and contact_id in (select contact_id from returned)
            and voided_on is null
            and sold_on <= :today
            and id not in (select id from returned)
        group by contact_id
        union all
        select contact_id, 0, amount, null, null
        from sale
        where id in (select id from returned) and contact_id :whose
        union all
        select contact_id, 0, -sum(amount), null, null
        from refund
        where contact_id :whose and voided_on is null and refunded_on <= :today
        group by contact_id
    )
    group by contact_id
)

-- name: from everyone
-- Whoever was in the base by the day.
from contact
left join contact_total as total on total.contact_id = contact.id
where contact.entered_on <= :today
    or exists (
        select 1 from sale
        where sale.contact_id = contact.id and sale.sold_on <= :today and sale.voided_on is null
    )
    or exists (select 1 from lead where lead.contact_id = contact.id and lead.opened_on <= :today)

-- name: from one
-- One contact.
from contact
left join contact_total as total on total.contact_id = contact.id
where contact.id = :contact_id

-- name: from these
-- The contacts of a JSON list of ids.
from contact
left join contact_total as total on total.contact_id = contact.id
where contact.id in (select value from json_each(:ids))

-- name: from many
-- The same of so many that they are rather passed over in the order of the names than sorted.
from contact indexed by contact_name
left join contact_total as total on total.contact_id = contact.id
where +contact.id in (select value from json_each(:ids))

-- name: from clients
-- Contacts with an order: most of them have one, so that an index would be a detour.
from contact_total as total not indexed
inner join contact on contact.id = total.contact_id
where total.orders > 0

-- name: from clients alone
-- The same where nothing but their totals is asked for.
from contact_total as total not indexed
where total.orders > 0
