-- name: by_name
-- Contacts with all words inside their name or organisation, read from the index alone and in
-- its order, with how well they fit: a whole name, the beginning of one, a part in one piece,
-- words apart.
select
    id,
    case
        when name_key = :text then 0
        when organisation_key = :text then 1
        when instr(name_key, :text) = 1 then 2
        when instr(organisation_key, :text) = 1 then 3
        when instr(name_key, :text) or instr(organisation_key, :text) then 4
        else 5
    end as rank
from contact indexed by contact_name
where
    (instr(name_key, :first) or (organisation_key <> '' and instr(organisation_key, :first)))
    and (instr(name_key, :second) or instr(organisation_key, :second))
    and (instr(name_key, :third) or instr(organisation_key, :third));

-- name: by_thing
-- Contacts with this text in the name of a thing of theirs, read from the index alone: a whole
-- name first, then the beginning of one.
select contact_id
from thing indexed by thing_name
where instr(name_key, :text) and dropped_on is null
order by name_key <> :text, instr(name_key, :text) <> 1, name_key, contact_id;

-- name: by_digits
-- Contacts with these digits in a phone, at its end first, read from the index alone.
select contact_id
from contact_point
where canonical >= '+' and canonical < ':' and instr(canonical, :digits)
order by substr(canonical, -length(:digits)) <> :digits, contact_id;

-- name: by_address
-- Contacts with this text in an e-mail or the name in a messenger, read from the index alone;
-- phones, which begin with a plus, are passed over.
select contact_id
from (
    select contact_id, canonical from contact_point where canonical < '+' and instr(canonical, :text)
    union all
    select contact_id, canonical from contact_point where canonical >= ',' and instr(canonical, :text)
)
order by instr(canonical, :text) <> 1, canonical, contact_id;

-- name: by_tag
-- Contacts with this tag.
select contact_id
from contact_tag
inner join tag on tag.id = contact_tag.tag_id
where tag.name_key = :text
order by contact_id;

-- name: by_external_id
-- The contact of this external id.
select id from contact where external_id = :text;
