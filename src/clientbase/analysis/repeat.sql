-- What the clients bring by month.

-- name: months
-- Behind the facts of the clients: by month from :first on, those who came in it and bought, those
-- who came before and bought, the money of the orders and the other money (given back, or to be) of
-- each. What was paid and given back before the first order is of those who come.
select
    month,
    sum(iif(fresh, bought, 0)),
    sum(iif(fresh, 0, bought)),
    sum(iif(fresh, ordered, 0)),
    sum(iif(fresh, other, 0)),
    sum(iif(fresh, 0, ordered + other))
from (
    select
        moved.month,
        moved.month <= substr(facts.first_sale_on, 1, 7) as fresh,
        moved.bought,
        moved.ordered,
        moved.other
    from (
        select
            contact_id,
            month,
            max(bought) as bought,
            sum(iif(bought, amount, 0)) as ordered,
            sum(iif(bought, 0, amount)) as other
        from (
            select contact_id, substr(sold_on, 1, 7) as month, amount, id not in (select id from returned) as bought
            from sale indexed by sale_contact
            where contact_id is not null and voided_on is null and sold_on between :first and :today
            union all
            select contact_id, substr(refunded_on, 1, 7), -amount, 0
            from refund
            where contact_id is not null and voided_on is null and refunded_on between :first and :today
        )
        group by contact_id, month
    ) as moved
    inner join facts on facts.contact_id = moved.contact_id
)
group by month;

-- name: firsts
-- The money of first orders by month from :first on; of several on one day the greatest is the
-- first, in whatever order they were written down.
select substr(sold_on, 1, 7), sum(amount)
from sale indexed by sale_contact
where contact_id is not null
    and voided_on is null
    and sold_on between :first and :today
    and id not in (select id from returned)
    and not exists (
        select 1
        from sale as earlier
        where earlier.contact_id = sale.contact_id
            and earlier.voided_on is null
            and earlier.id not in (select id from returned)
            and (earlier.sold_on, -earlier.amount, earlier.id) < (sale.sold_on, -sale.amount, sale.id)
    )
group by 1;
