-- name: present
-- Whether a contact was in the base by the day. Behind the facts of everyone.
select 1 from facts where contact_id = :contact_id;

-- name: sales
-- The sales of a contact by a day, with what was given back by then and whether each is an order;
-- money given back without a sale stands by itself.
select id, sold_on, amount, refunded, id is not null and (amount = 0 or amount > refunded) as is_order
from (
    select id, sold_on, amount, coalesce((
        select sum(refund.amount)
        from refund
        where refund.sale_id = sale.id and refund.voided_on is null and refund.refunded_on <= :today
    ), 0) as refunded
    from sale
    where contact_id = :contact and voided_on is null and sold_on <= :today
    union all
    select null, refunded_on, 0, amount
    from refund
    where contact_id = :contact and sale_id is null and voided_on is null and refunded_on <= :today
)
order by sold_on desc, id desc;
