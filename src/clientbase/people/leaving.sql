-- name: leave
-- A contact has left.
update contact set left_on = :day, left_reason = :reason where id = :contact;

-- name: return
-- A contact has not left after all, or is back.
update contact set left_on = null, left_reason = null where id = :contact;

-- name: left
-- Which contacts have left, back again or not.
select id
from contact
where left_on is not null and id in (select value from json_each(:contacts));

-- name: later
-- The first of some contacts who can't have left on a day: they bought or enquired after it, or
-- nothing was known of them by then.
select
    contact.id,
    min(
        entered_on,
        coalesce((select min(sold_on) from sale where contact_id = contact.id and voided_on is null), entered_on),
        coalesce((select min(opened_on) from lead where contact_id = contact.id), entered_on)
    ) as known_on,
    (select max(sold_on) from sale where contact_id = contact.id and voided_on is null) as bought_on,
    (select max(opened_on) from lead where contact_id = contact.id) as enquired_on
from contact
where id in (select value from json_each(:contacts)) and max(known_on, coalesce(bought_on, ''), coalesce(enquired_on, '')) > :day
order by id
limit 1;
