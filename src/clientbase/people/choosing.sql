-- name: chosen
-- Contacts that have all of the tags, one of the spellings of a manager, the channel and the
-- organisation, and nothing of what is asked for as missing.
select id
from contact
where (:channel is null or channel_id = :channel)
    and (:managers is null or manager in (select value from json_each(:managers)))
    and (:organisation is null or organisation_key = :organisation)
    and (
        :tags = '[]'
        or (
            select count(distinct tag_id)
            from contact_tag
            where contact_id = contact.id and tag_id in (select value from json_each(:tags))
        ) = json_array_length(:tags)
    )
    and (
        not :unchecked
        or exists (
            select 1
            from contact_point
            where contact_id = contact.id and kind in ('phone', 'email') and not checked
        )
    )
    and (not :no_birthday or birthday is null)
    and (not :no_channel or channel_id is null)
    and (not :no_manager or manager is null)
    and (not :no_city or city is null)
    and (not :no_region or region is null)
    and (not :no_address or address is null)
    and (not :no_organisation or organisation is null)
    and (not :no_post or post is null)
    and (not :no_sex or sex is null)
    and (not :no_occupation or occupation is null)
    and (not :no_preferred_channel or preferred_channel is null)
    and (not :no_hours or hours is null)
    and (not :no_note or note is null)
    and (not :no_external_id or external_id is null)
    and (
        not :no_phone
        or not exists (select 1 from contact_point where contact_id = contact.id and kind = 'phone')
    )
    and (
        not :no_email
        or not exists (select 1 from contact_point where contact_id = contact.id and kind = 'email')
    )
    and (
        not :no_messenger
        or not exists (
            select 1 from contact_point where contact_id = contact.id and kind not in ('phone', 'email')
        )
    )
    and (not :no_tags or not exists (select 1 from contact_tag where contact_id = contact.id))
    and (
        :no_fields = '[]'
        or not exists (
            select 1
            from field_value
            where contact_id = contact.id
                and thing_id is null
                and field_id in (select value from json_each(:no_fields))
        )
    )
order by id;

-- name: organisation
-- Whether an organisation is a contact, or somebody works there.
select exists (select 1 from contact where name_key = :key and kind = 'organisation')
    or exists (select 1 from contact where organisation_key = :key and organisation_key <> '');

-- name: organisations
-- Where people work, by how it begins.
select min(organisation)
from contact
where organisation_key between :start and :start || char(1114111) and organisation_key <> ''
group by organisation_key
order by organisation_key
limit 3000;
