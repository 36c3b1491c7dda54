-- What the morning screen asks for beside reminders and leads.

-- name: sales
-- The sales of some days, and what they came to, refunds of these days taken off.
select
    count(*),
    coalesce(sum(amount), 0) - (
        select coalesce(sum(amount), 0)
        from refund
        where refunded_on between :since and :until and voided_on is null
    )
from sale
where sold_on between :since and :until and voided_on is null;

-- name: asleep
-- Clients who began to sleep within the week, whose money is missed most first; who has left is no news.
select contact_id, name, phone, last_sale_on, days_since_sale, rhythm_days, revenue
from facts
where days_asleep between 1 and :week and not "left"
order by revenue desc, contact_id;
