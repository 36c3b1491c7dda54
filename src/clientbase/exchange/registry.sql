-- Recognising contacts, and keeping the new ones aside until the day of their first sale is known.

-- name: make_newcomer
-- New contacts of this import, until they are written as a whole.
create temp table if not exists newcomer (
    id integer primary key,
    external_id text,
    kind text default 'person',
    name text,
    name_key text,
    organisation text,
    organisation_key text default '',
    post text,
    birthday text,
    sex text,
    city text,
    region text,
    address text,
    occupation text,
    preferred_channel text,
    hours text,
    manager text,
    channel_id integer,
    note text,
    entered_on text,
    tells integer not null default 0
);

-- name: forget_newcomers
-- Before an import, and after it.
delete from temp.newcomer;

-- name: make_newcomer_names
-- For bases and files with more contacts than are kept in mind.
create index if not exists temp.newcomer_name on newcomer (name_key, tells);

-- name: make_newcomer_ids
-- The same for external ids.
create index if not exists temp.newcomer_own_id on newcomer (external_id);

-- name: highest
-- The highest number that a contact was ever given.
select seq from sqlite_sequence where name = 'contact';

-- name: by_own_id
-- Who has an external id.
select id from contact where external_id = :key
union all
select id from temp.newcomer where external_id = :key;

-- name: by_phone
-- Who has a phone with this extension, the oldest.
select min(contact_id)
from contact_point
where canonical = :key
    and kind = 'phone'
    and extension = :extension
    and checked
    and (:own_id is null or not exists (
        select 1 from contact where contact.id = contact_id and external_id is not null
        union all
        select 1 from temp.newcomer where newcomer.id = contact_id and external_id is not null
    ));

-- name: by_email
-- Who has an e-mail address, the oldest.
select min(contact_id)
from contact_point
where canonical = :key
    and kind = 'email'
    and checked
    and (:own_id is null or not exists (
        select 1 from contact where contact.id = contact_id and external_id is not null
        union all
        select 1 from temp.newcomer where newcomer.id = contact_id and external_id is not null
    ));

-- name: by_name
-- How many have a name whom neither phone nor e-mail nor id tells apart, and the oldest of them.
select min(id), count(*)
from (
    select id
    from contact
    where name_key = :key
        and not (:tells & 4 and external_id is not null)
        and not (:tells & 1 and exists (
            select 1 from contact_point where contact_id = contact.id and kind = 'phone' and checked
        ))
        and not (:tells & 2 and exists (
            select 1 from contact_point where contact_id = contact.id and kind = 'email' and checked
        ))
    union all
    select id from temp.newcomer where name_key = :key and not (:tells & tells)
);

-- name: namesakes
-- All who have a name.
select id from contact where name_key = :key
union all
select id from temp.newcomer where name_key = :key;

-- name: with_point
-- All who have a phone, an e-mail or a messenger.
select distinct contact_id
from contact_point
where canonical = :canonical and kind = :kind and extension = :extension;

-- name: by_number
-- The contact of a number, where it has the name too.
select id from contact where id = :number and name_key = :key
union all
select id from temp.newcomer where id = :number and name_key = :key;

-- name: has_point
-- Whether a contact, or any, has a phone, an e-mail or a messenger already.
select exists (
    select 1
    from contact_point
    where canonical = :canonical
        and kind = :kind
        and extension = :extension
        and (:contact is null or contact_id = :contact)
);

-- name: shown_as
-- Whether a contact is called by one of its own phones or e-mails.
select exists (select 1 from contact_point where contact_id = :contact and :name in (shown, typed));

-- name: state
-- What a new contact has that tells it from namesakes, and its name.
select tells, name_key from temp.newcomer where id = :contact;

-- name: tell
-- What a new contact has that tells it from namesakes is counted anew, as persons count it.
update temp.newcomer set
    tells
    = exists (select 1 from contact_point where contact_id = newcomer.id and kind = 'phone' and checked)
    + 2 * exists (select 1 from contact_point where contact_id = newcomer.id and kind = 'email' and checked)
    + 4 * (external_id is not null)
where id = :contact;

-- name: keys
-- The phones and e-mails of a contact.
select kind, canonical, extension
from contact_point
where contact_id = :contact and kind in ('phone', 'email') and checked;

-- name: add_plain_newcomer
-- A new contact of whom nothing else is said, kept aside.
insert into temp.newcomer (id, external_id, name, name_key, tells) values (?, ?, ?, ?, ?);

-- name: add_newcomer
-- A new contact, kept aside, or one of whom more is known now.
insert or replace into temp.newcomer (
    id, external_id, kind, name, name_key, organisation, organisation_key, post, birthday, sex, city, region, address,
    occupation, preferred_channel, hours, manager, channel_id, note, entered_on, tells
) values (
    :id, :external_id, :kind, :name, :name_key, :organisation, :organisation_key, :post, :birthday, :sex, :city,
    :region, :address, :occupation, :preferred_channel, :hours, :manager, :channel_id, :note, :entered_on,
    :tells
);

-- name: add_point
-- A phone, an e-mail or a messenger of a contact.
insert into contact_point (contact_id, kind, typed, shown, canonical, extension, checked, import_id)
values (?, ?, ?, ?, ?, ?, ?, ?);

-- name: read_contact
-- What may be empty of a contact in the base.
select
    external_id, name, organisation, post, birthday, sex, city, region, address, occupation, preferred_channel,
    hours, manager, channel_id, note
from contact
where id = :contact;

-- name: read_newcomer
-- The same of a new one, with all that is kept aside.
select * from temp.newcomer where id = :contact;

-- name: fill_contact
-- What was empty of a contact in the base is filled.
update contact set
    external_id = coalesce(external_id, :external_id),
    name = coalesce(:name, name),
    name_key = coalesce(:name_key, name_key),
    organisation = coalesce(organisation, :organisation),
    organisation_key = iif(organisation is null, coalesce(:organisation_key, ''), organisation_key),
    post = coalesce(post, :post),
    birthday = coalesce(birthday, :birthday),
    sex = coalesce(sex, :sex),
    city = coalesce(city, :city),
    region = coalesce(region, :region),
    address = coalesce(address, :address),
    occupation = coalesce(occupation, :occupation),
    preferred_channel = coalesce(preferred_channel, :preferred_channel),
    hours = coalesce(hours, :hours),
    manager = coalesce(manager, :manager),
    channel_id = coalesce(channel_id, :channel_id),
    note = coalesce(note, :note)
where id = :contact;

-- name: enter
-- The new contacts become contacts; one who came with sales came on the day of the first.
insert into contact (
    id, external_id, kind, name, name_key, organisation, organisation_key, post, birthday, sex, city, region, address,
    occupation, preferred_channel, hours, manager, channel_id, note, entered_on, entered_by, import_id
)
select
    id, external_id, kind, name, name_key, organisation, organisation_key, post, birthday, sex, city, region,
    address, occupation, preferred_channel, hours, manager, channel_id, note,
    coalesce(
        entered_on,
        min(
            coalesce((select min(sold_on) from sale where contact_id = newcomer.id), :today),
            coalesce((select min(refunded_on) from refund where contact_id = newcomer.id), :today)
        )
    ),
    'import',
    :import
from temp.newcomer
order by id;
