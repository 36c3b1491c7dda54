-- name: known
-- The product of a name, compared folded, and its category.
select id, category from product where name_key = :key;

-- name: add
-- A new product.
insert into product (name, name_key, category, replenish_days)
values (:name, :key, :category, :replenish)
returning id;

-- name: categorise
-- Files a product that was sold without a category until now.
update product set category = :category where id = :id;

-- name: names
-- The names of all products, in the order of the alphabet.
select name from product order by name_key;

-- name: beginning
-- Names that begin so.
select name
from product
where name_key between :start and :start || char(1114111)
order by name_key
limit :limit;

-- name: read
-- What is known of a product.
select name, category, replenish_days from product where id = :id;

-- name: edit
-- Its number stays, and with it all that was sold.
update product
set name = :name, name_key = :key, category = :category, replenish_days = :replenish
where id = :id;

-- name: count
-- How many products there are.
select count(*) from product;

-- name: list
-- All products with what was sold and not given back, wholly or by the piece. The lines are read in the order in which
-- they lie: going by product would look for each of them all over the file.
with undone as (
    select sale.id
    from refund
    inner join sale on sale.id = refund.sale_id
    where refund.voided_on is null and sale.amount > 0
    group by sale.id
    having sum(refund.amount) >= max(sale.amount)
),

sold as (
    select
        line.product_id,
        sum(line.quantity) as quantity,
        sum(line.amount) as revenue,
        count(distinct sale.contact_id) as clients,
        max(sale.sold_on) as last_sold_on
    from sale_line as line not indexed
    cross join sale on sale.id = line.sale_id
    where sale.voided_on is null and sale.id not in (select id from undone)
    group by line.product_id
),

given as (
    select line.product_id, sum(line.quantity) as quantity, sum(line.amount) as amount
    from refund_line as line
    inner join refund on refund.id = line.refund_id
    where refund.voided_on is null
        and (refund.sale_id is null or refund.sale_id not in (select id from undone))
    group by line.product_id
)

select
    product.name,
    product.category,
    product.replenish_days,
    round(coalesce(sold.quantity, 0) - coalesce(given.quantity, 0), 6) as quantity,
    coalesce(sold.revenue, 0) - coalesce(given.amount, 0) as revenue,
    coalesce(sold.clients, 0) as clients,
    sold.last_sold_on
from product
left join sold on sold.product_id = product.id
left join given on given.product_id = product.id
order by product.name_key;

-- name: row
-- One product as the list shows it.
with undone as (
    select sale.id
    from refund
    inner join sale on sale.id = refund.sale_id
    where refund.voided_on is null and sale.amount > 0
    group by sale.id
    having sum(refund.amount) >= max(sale.amount)
)

select
    product.name,
    product.category,
    product.replenish_days,
    round(sold.quantity - given.quantity, 6) as quantity,
    sold.revenue - given.amount as revenue,
    sold.clients,
    sold.last_sold_on
from
    product,
    (
        select
            coalesce(sum(line.quantity), 0) as quantity,
            coalesce(sum(line.amount), 0) as revenue,
            count(distinct sale.contact_id) as clients,
            max(sale.sold_on) as last_sold_on
        from sale_line as line
        inner join sale on sale.id = line.sale_id
        where line.product_id = :product and sale.voided_on is null and sale.id not in (select id from undone)
    ) as sold,
    (
        select coalesce(sum(line.quantity), 0) as quantity, coalesce(sum(line.amount), 0) as amount
        from refund_line as line
        inner join refund on refund.id = line.refund_id
        where line.product_id = :product
            and refund.voided_on is null
            and (refund.sale_id is null or refund.sale_id not in (select id from undone))
    ) as given
where product.id = :product;
