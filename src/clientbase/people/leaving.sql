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
