-- What was sold to whom in the days from :first to :last; to those of :ids, a JSON list, or to all.

-- name: sold
-- Pieces and money of each product, and whose orders it is in: contacts, 0 where nobody is named, and
-- orders, both listed with commas in one order. The lines are read in the order in which they lie;
-- grouping a million of them by product and client too takes twice as long.
select
    line.product_id,
    round(sum(line.quantity), 6),
    sum(line.amount),
    group_concat(iif(sale.id in (select id from returned), null, coalesce(sale.contact_id, 0))),
    group_concat(iif(sale.id in (select id from returned), null, sale.id))
from sale_line as line not indexed
cross join sale on sale.id = line.sale_id
where sale.voided_on is null
    and sale.sold_on between :first and :last
    and (:ids is null or sale.contact_id in (select value from json_each(:ids)))
group by line.product_id;

-- name: given
-- Pieces and money of each product that were given back.
select product_id, round(sum(quantity), 6), sum(amount)
from given_back
where day between :first and :last
    and (:ids is null or contact_id in (select value from json_each(:ids)))
group by product_id;

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
    select product_id, -amount
    from given_back
    where day between :first and :last
        and (:ids is null or contact_id in (select value from json_each(:ids)))
)
group by product_id;

-- name: buyers
-- How many clients ordered a product, as far as it is worth counting.
select count(*)
from (
    select distinct sale.contact_id
    from sale
    where sale.contact_id is not null
        and sale.voided_on is null
        and sale.sold_on between :first and :last
        and (:ids is null or sale.contact_id in (select value from json_each(:ids)))
        and sale.id not in (select id from returned)
        and exists (select 1 from sale_line where sale_line.sale_id = sale.id)
    limit :most
);

-- name: orders
-- How many orders name a product.
select count(*)
from (select distinct sale_id from sale_line indexed by sale_line_sale) as line
cross join sale on sale.id = line.sale_id
where sale.voided_on is null
    and sale.sold_on between :first and :last
    and sale.id not in (select id from returned)
    and (:ids is null or sale.contact_id in (select value from json_each(:ids)));

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
