-- name: add
-- A new contact.
insert into contact (
    external_id, kind, name, name_key, organisation, organisation_key, post, birthday, sex, city, region, address,
    occupation, preferred_channel, hours, manager, channel_id, referred_by_id, note, entered_on, entered_by
) values (
    :external_id, :kind, :name, :name_key, :organisation, :organisation_key, :post, :birthday, :sex, :city, :region,
    :address, :occupation, :preferred_channel, :hours, :manager, :channel_id, :referred_by_id, :note, :entered_on,
    :entered_by
) returning id;

-- name: read
-- The core attributes of a contact.
select
    external_id, kind, name, name_key, organisation, organisation_key, post, birthday, sex, city, region, address,
    occupation, preferred_channel, hours, manager, channel_id, referred_by_id, note
from contact
where id = :contact;

-- name: edit
-- The core attributes of a contact, as they are from now on.
update contact set
    external_id = :external_id,
    kind = :kind,
    name = :name,
    name_key = :name_key,
    organisation = :organisation,
    organisation_key = :organisation_key,
    post = :post,
    birthday = :birthday,
    sex = :sex,
    city = :city,
    region = :region,
    address = :address,
    occupation = :occupation,
    preferred_channel = :preferred_channel,
    hours = :hours,
    manager = :manager,
    channel_id = :channel_id,
    referred_by_id = :referred_by_id,
    note = :note
where id = :contact;

-- name: namesakes
-- Others of the same name, the oldest first.
select other.id
from contact as one
inner join contact as other on other.name_key = one.name_key
where one.id = :contact and other.id <> one.id
order by other.id;

-- name: external_id_owner
-- Whose external id it is.
select id from contact where external_id = :external_id;

-- name: other_organisation
-- Whether another organisation is called as one was.
select exists (
    select 1 from contact where name_key = :old and kind = 'organisation' and id <> :contact
);

-- name: rename_organisation
-- The people of an organisation go with its new name.
update contact
set organisation = :name, organisation_key = :key
where organisation_key = :old and organisation_key <> '' and id <> :contact;
