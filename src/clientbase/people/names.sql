-- name: beginning
-- Names that begin so, with what tells namesakes apart.
select contact.name, contact.city
from contact
where name_key between :start and :start || char(1114111)
order by name_key
limit :limit;
