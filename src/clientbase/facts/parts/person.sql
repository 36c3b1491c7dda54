-- Who somebody is: what was entered, points, tags, birthdays, custom fields.

-- name: contact_id
contact.id

-- name: contact_id of clients
total.contact_id

-- name: external_id
contact.external_id

-- name: kind
contact.kind

-- name: name
contact.name

-- name: name_key
contact.name_key

-- name: organisation
contact.organisation

-- name: organisation_key
contact.organisation_key

-- name: post
contact.post

-- name: sex
contact.sex

-- name: birthday
contact.birthday

-- name: city
contact.city

-- name: region
contact.region

-- name: address
contact.address

-- name: occupation
contact.occupation

-- name: preferred_channel
contact.preferred_channel

-- name: manager
contact.manager

-- name: note
contact.note

-- name: channel
(select channel.name from channel where channel.id = contact.channel_id)

-- name: first_channel
-- That of the first contact, else of the first enquiry or sale that has one.
coalesce(below.channel, (
    select channel.name
    from (
        select lead.opened_on as day, lead.channel_id
        from lead
        where lead.contact_id = below.contact_id and lead.channel_id is not null and lead.opened_on <= :today
        union all
        select sale.sold_on, sale.channel_id
        from sale
        where sale.contact_id = below.contact_id
            and sale.channel_id is not null
            and sale.voided_on is null
            and sale.sold_on <= :today
    ) as heard
    inner join channel on channel.id = heard.channel_id
    order by heard.day
    limit 1
))

-- name: entered_on
-- An entry after the day does not count yet, whatever was bought before it.
case when contact.entered_on <= :today then contact.entered_on end

-- name: days_since_entry
cast(julianday(:today) - julianday(below.entered_on) as integer)

-- name: left
exists (
    select 1
    from leaving
    where leaving.contact_id = below.contact_id
        and leaving.left_on <= :today
        and (leaving.back_on is null or leaving.back_on > :today)
)

-- name: tags
(
    select json_group_array(name)
    from (
        select tag.name
        from contact_tag
        inner join tag on tag.id = contact_tag.tag_id
        where contact_tag.contact_id = below.contact_id
        order by tag.name_key
    )
)

-- name: tag_keys
-- One tag a line, for has().
(
    select group_concat(tag.name_key, char(10))
    from contact_tag
    inner join tag on tag.id = contact_tag.tag_id
    where contact_tag.contact_id = below.contact_id
)

-- name: phone
(
    select contact_point.shown
    from contact_point
    where contact_point.contact_id = below.contact_id and contact_point.kind = 'phone'
    order by contact_point.id
    limit 1
)

-- name: email
(
    select contact_point.shown
    from contact_point
    where contact_point.contact_id = below.contact_id and contact_point.kind = 'email'
    order by contact_point.id
    limit 1
)

-- name: has_phone
exists (
    select 1 from contact_point where contact_point.contact_id = below.contact_id and contact_point.kind = 'phone'
)

-- name: has_email
exists (
    select 1 from contact_point where contact_point.contact_id = below.contact_id and contact_point.kind = 'email'
)

-- name: birthday_this_year
-- 29 February falls on the 28th in common years.
:year || '-' || replace(substr(below.birthday, -5), '02-29', :leap_day)

-- name: next_birthday
case
    when below.birthday is null then null
    when below.birthday_this_year >= :today then below.birthday_this_year
    else (:year + 1) || '-' || replace(substr(below.birthday, -5), '02-29', :next_leap_day)
end

-- name: days_to_birthday
cast(julianday(below.next_birthday) - julianday(:today) as integer)

-- name: age
case
    when below.birthday like '____-__-__' and below.birthday <= :today
        then :year - substr(below.birthday, 1, 4) - (below.birthday_this_year > :today)
end

-- name: field
-- A custom field of a contact; its number is put in for :field.
(
    select field_value.value
    from field_value
    where field_value.contact_id = below.contact_id and field_value.field_id = :field
)
