-- The sums that the owner's month is made of. `spans` is a JSON list of a first and a last day.

-- name: sold
-- Per span: orders, what sales came to, and how many contacts bought. A sale wholly refunded as of
-- the day is no order, but its money counts on the days when it came and went.
select
    span.key,
    count(*) filter (where sale.id not in (select id from returned)),
    sum(sale.amount),
    count(distinct sale.contact_id) filter (where sale.id not in (select id from returned))
from json_each(:spans) as span
inner join sale on sale.sold_on between span.value ->> 0 and span.value ->> 1
where sale.voided_on is null and sale.sold_on <= :today
group by span.key;

-- name: returned
-- Per span: money given back.
select span.key, sum(refund.amount)
from json_each(:spans) as span
inner join refund on refund.refunded_on between span.value ->> 0 and span.value ->> 1
where refund.voided_on is null and refund.refunded_on <= :today
group by span.key;

-- name: newcomers
-- Per span: contacts whose first order was in it.
select span.key, count(*)
from json_each(:spans) as span
inner join contact_total on contact_total.first_on between span.value ->> 0 and span.value ->> 1
where contact_total.orders > 0
group by span.key;
