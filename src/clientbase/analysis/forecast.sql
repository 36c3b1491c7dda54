-- Behind the facts of the clients.

-- name: histories
-- Each client's days of purchase after the first, days from the first to the last of them and to
-- the day of the forecast, and what was paid on those after the first.
select
    facts.contact_id,
    count(distinct purchase.sold_on) - 1,
    cast(julianday(facts.last_sale_on) - julianday(facts.first_sale_on) as integer),
    cast(julianday(:today) - julianday(facts.first_sale_on) as integer),
    coalesce(sum(purchase.amount) filter (where purchase.sold_on > facts.first_sale_on), 0)
from facts
inner join purchase on purchase.contact_id = facts.contact_id
group by facts.contact_id
order by facts.contact_id;

-- name: since
-- On how many days each client bought after the day :trained.
select facts.contact_id, count(distinct purchase.sold_on)
from facts
inner join purchase on purchase.contact_id = facts.contact_id
where purchase.sold_on > :trained
group by facts.contact_id;
