-- name: chosen
-- Contacts that have all of the tags, one of the spellings of a manager, and the channel.
select id
from contact
where (:channel is null or channel_id = :channel)
    and (:managers is null or manager in (select value from json_each(:managers)))
    and (
        select count(distinct tag_id)
        from contact_tag
        where contact_id = contact.id and tag_id in (select value from json_each(:tags))
    ) = json_array_length(:tags)
order by id;

-- name: managers
-- Who looks after somebody.
select distinct manager from contact where manager is not null order by manager;
