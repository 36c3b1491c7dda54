-- What was sold to whom in the days from :first to :last; to those of :ids, a JSON list, or to all.

-- name: sold
-- Pieces, money, orders, clients and clients with more than one order of each product. A product
-- and a client are one number to group by; the lines are read in the order in which they lie.
select
    key >> 32,
    round(sum(quantity), 6),
    sum(amount),
    sum(orders),
    sum(known and orders > 0),
    sum(known and orders > 1)
from (
    select
        key,
        key & 0xffffffff > 0 as known,
        sum(quantity) as quantity,
        sum(amount) as amount,
        count(distinct sale_id) as orders
    from (
        select
            line.product_id << 32 | coalesce(sale.contact_id, 0) as key,
            line.quantity,
            line.amount,
            iif(sale.id in (select id from returned), null, sale.id) as sale_id
        from sale_line as line not indexed
        cross join sale on sale.id = line.sale_id
        where sale.voided_on is null
            and sale.sold_on between :first and :last
            and (:ids is null or sale.contact_id in (select value from json_each(:ids)))
    )
    group by key
)
group by 1;

-- name: given
-- Pieces and money of each product that were given back.
select line.product_id, round(sum(line.quantity), 6), sum(line.amount)
from refund_line as line not indexed
cross join refund on refund.id = line.refund_id
where refund.voided_on is null
    and refund.refunded_on between :first and :last
    and (:ids is null or refund.contact_id in (select value from json_each(:ids)))
group by line.product_id;

-- name: money
-- Money alone of each product, what was given back taken off.
select product_id, sum(amount)
from (
    select line.product_id, line.amount
    from sale_line as line not indexed
    cross join sale on sale.id = line.sale_id
    where sale.voided_on is null
        and sale.sold_on between :first and :last
        and (:ids is null or sale.contact_id in (select value from json_each(:ids)))
    union all
    select line.product_id, -line.amount
    from refund_line as line not indexed
    cross join refund on refund.id = line.refund_id
    where refund.voided_on is null
        and refund.refunded_on between :first and :last
        and (:ids is null or refund.contact_id in (select value from json_each(:ids)))
)
group by product_id;

-- name: baskets
-- The products of each order that has more than one, listed with commas.
select group_concat(line.product_id)
from sale_line as line
inner join sale on sale.id = line.sale_id
where line.sale_id in (select sale_id from sale_line group by sale_id having count(*) > 1)
    and sale.voided_on is null
    and sale.sold_on between :first and :last
    and sale.id not in (select id from returned)
    and (:ids is null or sale.contact_id in (select value from json_each(:ids)))
group by line.sale_id
having min(line.product_id) < max(line.product_id);
