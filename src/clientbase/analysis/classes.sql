-- Behind the facts of the clients.

-- name: ever
-- What each client brought, the most first; of equal ones in the order of the codes, which stay
-- what they are where contacts are numbered anew.
select contact_id, external_id, name, revenue
from facts
order by revenue desc, external_id is null, external_id, contact_id;

-- name: lately
-- What each client brought from a day on, the most first; who neither bought nor was given money
-- back in that time is not there.
select facts.contact_id, facts.external_id, facts.name, moved.revenue
from facts
inner join (
    select contact_id, sum(amount) as revenue
    from (
        select contact_id, amount
        from sale
        where contact_id is not null and voided_on is null and sold_on between :first and :today
        union all
        select contact_id, -amount
        from refund
        where contact_id is not null and voided_on is null and refunded_on between :first and :today
    )
    group by contact_id
) as moved on moved.contact_id = facts.contact_id
order by moved.revenue desc, facts.external_id is null, facts.external_id, facts.contact_id;
