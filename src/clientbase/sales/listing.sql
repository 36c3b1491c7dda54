-- name: list
-- Sales of a period, the latest first.
select id
from sale
where sold_on between :since and :until
    and (:voided or voided_on is null)
    and (:channel is null or channel_id = :channel)
    and (:product is null or id in (select sale_id from sale_line where product_id = :product))
    and (:promos is null or id in (select id from sale where promo in (select value from json_each(:promos))))
    and (not :nobodys or contact_id is null)
    and (:leadless is null or id in (select value from json_each(:leadless)))
order by sold_on desc, id desc;

-- name: count
-- How many sales there are in a period; the table read once is quicker than an index and back.
select count(*)
from sale
where +sold_on between :since and :until
    and (:voided or voided_on is null)
    and (:channel is null or channel_id = :channel)
    and (:product is null or id in (select sale_id from sale_line where product_id = :product))
    and (:promos is null or id in (select id from sale where promo in (select value from json_each(:promos))))
    and (not :nobodys or contact_id is null)
    and (:leadless is null or id in (select value from json_each(:leadless)));

-- name: list_of_contact
-- Sales to a contact in a period, the latest first.
select id
from sale
where contact_id = :contact
    and sold_on between :since and :until
    and (:voided or voided_on is null)
    and (:channel is null or channel_id = :channel)
    and (:product is null or id in (select sale_id from sale_line where product_id = :product))
    and (:promos is null or id in (select id from sale where promo in (select value from json_each(:promos))))
    and (not :nobodys or contact_id is null)
    and (:leadless is null or id in (select value from json_each(:leadless)))
order by sold_on desc, id desc;

-- name: leadless
-- The first sale of each contact who had no lead by then.
select (
    select id
    from sale
    where contact_id = first.contact_id and sold_on = first.day and voided_on is null
    order by id
    limit 1
)
from (
    select contact_id, min(sold_on) as day
    from sale
    where contact_id is not null and voided_on is null
    group by contact_id
) as first
where not exists (
    select 1 from lead where lead.contact_id = first.contact_id and lead.opened_on <= first.day
);

-- name: void_reason
-- Why a sale was voided.
select void_reason from sale where id = :sale;
