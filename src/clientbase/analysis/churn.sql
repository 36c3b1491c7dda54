-- :first and :end are the first days of two months, 12 apart.

-- name: paid
-- What each contact paid in the months, and, in rows of its own, what was given back.
select contact_id, sum(amount)
from sale
where contact_id is not null and voided_on is null and sold_on >= :first and sold_on < :end
group by contact_id
union all
select contact_id, -sum(amount)
from refund
where contact_id is not null and voided_on is null and refunded_on >= :first and refunded_on < :end
group by contact_id;

-- name: would_do
-- For how many days after a purchase a client would have to count as active so that somebody was
-- lost: the most up to :after, and the least over it. The base is not so old that it could be more
-- than `oldest`. Behind the facts of the clients.
, age as (select cast(julianday(:first) - julianday(min(first_sale_on)) as integer) as oldest from facts),
quiet as (
    select
        julianday(sold_on) as day,
        julianday(max(:first, date(sold_on, 'start of month', '+1 month'))) as first_start,
        julianday(min(:end, coalesce(
            date(lead(sold_on) over (partition by contact_id order by sold_on), 'start of month'), :end
        ))) as last_start
    from purchase
    where sold_on < :end
),
fitting as (
    select cast(first_start - day as integer) as least, cast(last_start - day as integer) - 1 as most, oldest
    from quiet
    cross join age
    where first_start < last_start and first_start - day <= oldest
)
select
    max(case when least <= :after then min(most, oldest, :after) end),
    min(case when least > :after then least end)
from fitting;
