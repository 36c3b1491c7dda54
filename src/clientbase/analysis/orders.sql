-- name: listed
-- The days and the amounts of each client's orders from :first to :today, listed with commas in one
-- order. Clients without a sale that was given back wholly are most: theirs are not looked up.
select contact_id, group_concat(sold_on), group_concat(amount)
from sale indexed by sale_contact
where contact_id is not null and voided_on is null and sold_on between :first and :today
group by contact_id
having contact_id not in (select contact_id from returned where contact_id is not null)
union all
select contact_id, group_concat(sold_on), group_concat(amount)
from sale
where contact_id in (select contact_id from returned)
    and voided_on is null
    and sold_on between :first and :today
    and id not in (select id from returned)
group by contact_id;
