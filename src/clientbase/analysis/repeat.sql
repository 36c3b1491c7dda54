-- Behind the facts of the clients: what they bring by month.

-- name: months
-- By month from :first on, the clients who came in it and bought, those who came before and bought,
-- the money of the orders and the other money (given back, or to be) of each, and the money of
-- first orders. What lies before the first order is of its month. A month may have two rows.
select
    month,
    sum(iif(fresh, bought, 0)),
    sum(iif(fresh, 0, bought)),
    sum(iif(fresh, ordered, 0)),
    sum(iif(fresh, other, 0)),
    sum(iif(fresh, 0, ordered + other)),
    0
from (
    select
        max(moved.month, substr(facts.first_sale_on, 1, 7)) as month,
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
            select contact_id, substr(sold_on, 1, 7) as month, amount, id not in returned as bought
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
group by month
union all
select
    substr(first_sale_on, 1, 7),
    0,
    0,
    0,
    0,
    0,
    sum((
        select sale.amount
        from sale
        where sale.contact_id = facts.contact_id
            and sale.sold_on = facts.first_sale_on
            and sale.voided_on is null
            and sale.id not in returned
        order by sale.id
        limit 1
    ))
from facts
where first_sale_on >= :first
group by 1;
