-- What was sold, whoever bought it, in the days from :first to :last.

-- name: by_month
-- Pieces and money of each product by month, what was given back taken off.
-- The lines are read in the order in which they lie, for going by product looks all over the file.
select product_id, month, round(sum(quantity), 6), sum(amount)
from (
    select line.product_id, substr(sale.sold_on, 1, 7) as month, line.quantity, line.amount
    from sale_line as line not indexed
    cross join sale on sale.id = line.sale_id
    where sale.voided_on is null and sale.sold_on between :first and :last
    union all
    select product_id, substr(day, 1, 7), -quantity, -amount
    from given_back
    where day between :first and :last
)
group by product_id, month;

-- name: names
-- What the products are called, and what they are filed under.
select id, name, category from product;

-- name: any
-- Whether a product was sold at all.
select exists (select 1 from sale_line);

-- name: beside
-- Sales that name no product, and what was taken off whole bills whose lines stand before it. The
-- sales are read in the order in which they lie; the limit keeps SQLite from looking for the lines
-- again for each sum.
select
    coalesce(sum(not named), 0),
    coalesce(sum(iif(named, 0, amount)), 0),
    coalesce(sum(iif(named and discount <> 0 and id not in (select id from returned), discount, 0)), 0)
from (
    select id, amount, discount, exists (select 1 from sale_line where sale_line.sale_id = sale.id) as named
    from sale not indexed
    where voided_on is null
        and sold_on between :first and :last
        and (:ids is null or contact_id in (select value from json_each(:ids)))
    limit -1
);

-- name: unnamed_refunds
-- Refunds that name no product, and are not of a whole sale that does.
select count(*), coalesce(sum(amount), 0)
from refund
where voided_on is null
    and refunded_on between :first and :last
    and not exists (select 1 from refund_line where refund_line.refund_id = refund.id)
    and not exists (
        select 1
        from returned
        inner join sale_line on sale_line.sale_id = returned.id
        where returned.id = refund.sale_id
    )
    and (:ids is null or contact_id in (select value from json_each(:ids)));

-- name: first_day
-- The first day on which anything was sold.
select min(sold_on) from sale where voided_on is null and sold_on <= :last;
