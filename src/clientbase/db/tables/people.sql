-- Who is in the base, what is known of them, and what belongs to them.


create table channel (
    id integer primary key autoincrement,
    name text not null,
    name_key text not null unique check (name_key <> '')
) strict;

-- What was paid for a channel in a calendar month, YYYY-MM.
create table channel_spending (
    id integer primary key autoincrement,
    channel_id integer not null references channel (id),
    month text not null check (month is strftime('%Y-%m', month || '-01')),
    amount integer not null check (amount >= 0),
    unique (channel_id, month)
) strict;

-- One row for life, from the first contact on. `entered_by` tells how the row came in.
create table contact (
    id integer primary key autoincrement,
    external_id text unique check (external_id <> ''),
    kind text not null default 'person' check (kind in ('person', 'organisation')),
    name text not null check (name <> ''),
    name_key text not null,
    organisation text,
    organisation_key text not null default '',
    post text,
    birthday text check (
        birthday is date(birthday, '+0 days')
        or (birthday like '--__-__' and substr(birthday, 3) is substr(date('2000' || substr(birthday, 2), '+0 days'), 6))
    ),
    sex text check (sex in ('female', 'male')),
    city text,
    region text,
    address text,
    occupation text,
    preferred_channel text,
    hours text,
    manager text,
    channel_id integer references channel (id),
    referred_by_id integer references contact (id) check (referred_by_id <> id),
    note text,
    entered_on text not null check (entered_on is date(entered_on, '+0 days')),
    entered_by text not null check (entered_by in ('entry', 'lead', 'sale', 'import')),
    left_on text check (left_on is date(left_on, '+0 days')),
    left_reason text check ((left_on is null) = (left_reason is null)),
    import_id integer references import (id)
) strict;
create index contact_name on contact (name_key, organisation_key);
-- For counting whoever was in the base by a day.
create index contact_entered on contact (entered_on);
-- For the birthdays of a day, the year aside.
create index contact_birthday on contact (substr(birthday, -5), birthday) where birthday is not null;
create index contact_referred_by on contact (referred_by_id) where referred_by_id is not null;
-- For the people of an organisation.
create index contact_organisation on contact (organisation_key) where organisation_key <> '';

-- A phone, an e-mail or a messenger name: as typed, as shown, and the key it is found by.
create table contact_point (
    id integer primary key autoincrement,
    contact_id integer not null references contact (id),
    kind text not null check (
        kind in ('phone', 'email', 'telegram', 'whatsapp', 'viber', 'instagram', 'vk', 'facebook', 'skype', 'other')
    ),
    typed text not null,
    shown text not null check (shown <> ''),
    canonical text not null check (canonical <> ''),
    extension text not null default '',
    checked integer not null default 1 check (checked in (0, 1)),
    import_id integer references import (id)
) strict;
create index contact_point_contact on contact_point (contact_id, kind, shown);
create index contact_point_canonical on contact_point (canonical, kind, contact_id);

create table tag (
    id integer primary key autoincrement,
    name text not null,
    name_key text not null unique check (name_key <> '')
) strict;

create table contact_tag (
    id integer primary key autoincrement,
    contact_id integer not null references contact (id),
    tag_id integer not null references tag (id),
    unique (contact_id, tag_id)
) strict;
create index contact_tag_tag on contact_tag (tag_id, contact_id);

-- By which ways a contact does not wish to be reached, `all` being every one.
create table contact_stop (
    id integer primary key autoincrement,
    contact_id integer not null references contact (id),
    way text not null check (way <> ''),
    stopped_on text not null check (stopped_on is date(stopped_on, '+0 days')),
    note text,
    unique (contact_id, way)
) strict;

-- Who has left, and the day on which they came back: that of the first sale or enquiry after it.
create view leaving as
select
    contact.id as contact_id,
    contact.left_on,
    (
        select min(day)
        from (
            select min(sale.sold_on) as day
            from sale
            where sale.contact_id = contact.id and sale.sold_on > contact.left_on and sale.voided_on is null
            union all
            select min(lead.opened_on)
            from lead
            where lead.contact_id = contact.id and lead.opened_on > contact.left_on
        )
    ) as back_on
from contact
where contact.left_on is not null;

-- What belongs to contacts and is served: a pet, a child, an air-conditioner.
create table thing_kind (
    id integer primary key autoincrement,
    name text not null,
    name_key text not null unique check (name_key <> '')
) strict;

-- A dropped thing stays for the sake of what was done for it.
create table thing (
    id integer primary key autoincrement,
    contact_id integer not null references contact (id),
    kind_id integer not null references thing_kind (id),
    name text not null check (name <> ''),
    name_key text not null,
    note text,
    entered_on text not null check (entered_on is date(entered_on, '+0 days')),
    dropped_on text check (dropped_on is date(dropped_on, '+0 days')),
    import_id integer references import (id)
) strict;
create index thing_contact on thing (contact_id, kind_id);
create index thing_name on thing (name_key, contact_id, dropped_on);

-- A custom field of contacts, or of one kind of things. The values of a choice are a JSON list.
create table field (
    id integer primary key autoincrement,
    thing_kind_id integer references thing_kind (id),
    name text not null,
    name_key text not null check (name_key <> ''),
    type text not null check (type in ('text', 'number', 'money', 'date', 'yes/no', 'choice')),
    choices text check ((type = 'choice') = (choices is not null)),
    required integer not null default 0 check (required in (0, 1))
) strict;
create unique index field_name on field (coalesce(thing_kind_id, 0), name_key);

-- What a field holds for a contact, or for one of the contact's things.
create table field_value (
    id integer primary key autoincrement,
    field_id integer not null references field (id),
    contact_id integer not null references contact (id),
    thing_id integer references thing (id),
    value any not null
) strict;
create unique index field_value_contact on field_value (contact_id, field_id, coalesce(thing_id, 0));
create index field_value_thing on field_value (thing_id) where thing_id is not null;
create index field_value_field on field_value (field_id, value, contact_id);
