-- name: things
-- The names of somebody's things of a kind, as of a day.
select name
from thing
where contact_id = :contact
    and kind_id = :kind
    and entered_on <= :today
    and (dropped_on is null or dropped_on > :today)
order by name_key, id;

-- name: bought
-- The last order of somebody that holds a product which was not given back; `purchase` stands
-- before it.
select purchase.id, purchase.sold_on
from purchase
inner join sale_line on sale_line.sale_id = purchase.id and sale_line.product_id = :product
where purchase.contact_id = :contact
group by purchase.id
having sum(sale_line.quantity) > coalesce((
    select sum(refund_line.quantity)
    from refund
    inner join refund_line on refund_line.refund_id = refund.id
    where refund.sale_id = purchase.id
        and refund_line.product_id = :product
        and refund.voided_on is null
        and refund.refunded_on <= :today
), 0)
order by purchase.sold_on desc, purchase.id desc
limit 1;
