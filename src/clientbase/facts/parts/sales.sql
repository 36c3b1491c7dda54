-- What somebody bought: orders, money and days, and how often somebody buys.

-- name: orders
coalesce(total.orders, 0)

-- name: revenue
coalesce(total.revenue, 0)

-- name: average_order
total.average_order

-- name: first_sale_on
total.first_on

-- name: last_sale_on
total.last_on

-- name: days_since_sale
cast(julianday(:today) - julianday(below.last_sale_on) as integer)

-- name: days_since_first_sale
cast(julianday(:today) - julianday(below.first_sale_on) as integer)

-- name: orders_in_window
case
    when :window_after is null then below.orders
    else (
        select count(*) from purchase where purchase.contact_id = below.contact_id and purchase.sold_on > :window_after
    )
end

-- name: median_order
median((
    select group_concat(purchase.amount) from purchase where purchase.contact_id = below.contact_id
))

-- name: typical_order
-- What the value class is taken by; the median only where it is.
case
    when :by_median then median((
        select group_concat(purchase.amount) from purchase where purchase.contact_id = below.contact_id
    ))
    else below.average_order
end

-- name: days_of_purchase
-- Listed with commas, in any order.
(select group_concat(purchase.sold_on) from purchase where purchase.contact_id = below.contact_id)

-- name: ltv
case when below.orders > 0 then below.revenue end

-- name: gap_cv
gap_cv(below.days_of_purchase, :xyz_days)

-- name: bought-order
-- The orders that hold a product which was not given back; its number is put in.
select sale_line.sale_id as id, min(purchase.contact_id) as contact_id, min(purchase.sold_on) as sold_on
from sale_line
inner join purchase on purchase.id = sale_line.sale_id
where sale_line.product_id = :product
group by sale_line.sale_id
having sum(sale_line.quantity) > coalesce((
    select sum(refund_line.quantity)
    from refund
    inner join refund_line on refund_line.refund_id = refund.id
    where refund.sale_id = sale_line.sale_id
        and refund_line.product_id = :product
        and refund.voided_on is null
        and refund.refunded_on <= :today
), 0)

-- name: bought-named
-- A table of them, behind others that stand before a statement.
, bought_order as (:bought-order)

-- name: bought-any
-- Whether there is such an order; they are put in.
below.contact_id in (select contact_id from (:bought-order))

-- name: rhythm_days
middle_gap(below.days_of_purchase)

-- name: long_gap_days
long_gap(below.days_of_purchase, :late_share)
