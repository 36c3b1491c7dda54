-- name: days
-- The days of each client's orders from :first to :today, listed with commas.
select contact_id, group_concat(sold_on)
from sale indexed by sale_contact
where contact_id is not null
    and voided_on is null
    and sold_on between :first and :today
    and id not in (select id from returned)
group by contact_id;
