-- name: known
-- The tag of a name, compared folded.
select id from tag where name_key = :key;

-- name: make
-- A new tag.
insert into tag (name, name_key) values (:name, :key) returning id;

-- name: has
-- Whether a contact has a tag.
select id from contact_tag where contact_id = :contact and tag_id = :tag;

-- name: put
-- Tags a contact.
insert into contact_tag (contact_id, tag_id) values (:contact, :tag);

-- name: take
-- Takes a tag off.
delete from contact_tag where id = :id;

-- name: of_contact
-- The tags of a contact.
select tag.name
from contact_tag
inner join tag on tag.id = contact_tag.tag_id
where contact_tag.contact_id = :contact
order by tag.name_key;

-- name: listing
-- All tags that somebody has, with how many have it.
select tag.name, count(*)
from contact_tag
inner join tag on tag.id = contact_tag.tag_id
group by tag.id
order by tag.name_key;
