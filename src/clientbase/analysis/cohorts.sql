-- Behind the facts of the clients.

-- name: cells
-- By month of the first order and month: who bought, and what was paid less what was given back.
-- What lies before the first order (a sale that was given back wholly) is of its month.
select
    substr(facts.first_sale_on, 1, 7) as cohort,
    max(moved.month, substr(facts.first_sale_on, 1, 7)) as month,
    sum(moved.bought),
    sum(moved.amount)
from (
    select contact_id, month, max(bought) as bought, sum(amount) as amount
    from (
        select contact_id, substr(sold_on, 1, 7) as month, amount, id not in (select id from returned) as bought
        from sale indexed by sale_contact
        where contact_id is not null and voided_on is null and sold_on <= :today
        union all
        select contact_id, substr(refunded_on, 1, 7), -amount, 0
        from refund
        where contact_id is not null and voided_on is null and refunded_on <= :today
    )
    group by contact_id, month
) as moved
inner join facts on facts.contact_id = moved.contact_id
group by 1, 2
order by 1, 2;

-- name: last_day
-- The last day of which anything of the clients is known.
select max(
    coalesce((
        select max(sold_on)
        from sale
        where contact_id is not null and voided_on is null and sold_on <= :today
    ), ''),
    coalesce((
        select max(refunded_on)
        from refund
        where contact_id is not null and voided_on is null and refunded_on <= :today
    ), '')
);
