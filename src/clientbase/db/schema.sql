-- The shape of a new base. An older file is brought here step by step by migrations.py.
-- Money is whole minor units of the base's currency; a day is YYYY-MM-DD; ids are never used twice.

-- ---------------------------------------------------------------- settings and the journal

create table setting (
    id integer primary key autoincrement,
    key text not null unique,
    value text not null
) strict;

-- One command that changed the base. `finished` is 0 only inside its own transaction.
create table operation (
    id integer primary key autoincrement,
    command text not null,
    who text not null,
    at text not null,
    finished integer not null default 0 check (finished in (0, 1))
) strict;
create unique index operation_running on operation (finished) where finished = 0;

-- What an operation did: a range of new rows, or one row as it was before an update or delete.
-- Without an operation: another program changed the row.
create table change (
    id integer primary key autoincrement,
    operation_id integer references operation (id),
    table_name text not null,
    kind text not null check (kind in ('insert', 'update', 'delete')),
    row_id integer not null,
    last_id integer not null,
    before text check ((kind = 'insert') = (before is null))
) strict;
create index change_operation on change (operation_id);

create table import (
    id integer primary key autoincrement,
    kind text not null check (kind in ('contacts', 'things', 'leads', 'sales', 'activities')),
    file text not null,
    imported_on text not null check (imported_on is date(imported_on, '+0 days')),
    rows integer not null check (rows >= 0)
) strict;

-- ---------------------------------------------------------------- people

create table channel (
    id integer primary key autoincrement,
    name text not null,
    name_key text not null unique check (name_key <> '')
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
    import_id integer references import (id)
) strict;
create index contact_name on contact (name_key, organisation_key);
-- For the birthdays of a day, the year aside.
create index contact_birthday on contact (substr(birthday, -5)) where birthday is not null;
create index contact_referred_by on contact (referred_by_id) where referred_by_id is not null;

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

-- A custom field. The values of a choice are a JSON list.
create table field (
    id integer primary key autoincrement,
    name text not null,
    name_key text not null unique check (name_key <> ''),
    type text not null check (type in ('text', 'number', 'money', 'date', 'yes/no', 'choice')),
    choices text check ((type = 'choice') = (choices is not null)),
    required integer not null default 0 check (required in (0, 1))
) strict;

create table field_value (
    id integer primary key autoincrement,
    field_id integer not null references field (id),
    contact_id integer not null references contact (id),
    value any not null,
    unique (contact_id, field_id)
) strict;
create index field_value_field on field_value (field_id, value, contact_id);

-- ---------------------------------------------------------------- the funnel

create table stage (
    id integer primary key autoincrement,
    position integer not null unique,
    name text not null,
    name_key text not null unique check (name_key <> ''),
    temperature text not null check (temperature in ('cold', 'warm', 'hot'))
) strict;

-- ---------------------------------------------------------------- sales

create table product (
    id integer primary key autoincrement,
    name text not null,
    name_key text not null unique check (name_key <> ''),
    category text
) strict;

-- `amount` is what was paid, the discount taken off. `fingerprint` knows an imported row
-- without a reference when its file comes again.
create table sale (
    id integer primary key autoincrement,
    contact_id integer references contact (id),
    sold_on text not null check (sold_on is date(sold_on, '+0 days')),
    amount integer not null check (amount >= 0),
    discount integer not null default 0 check (discount >= 0),
    ref text check (ref <> ''),
    channel_id integer references channel (id),
    note text,
    import_id integer references import (id),
    fingerprint integer,
    voided_on text check (voided_on is date(voided_on, '+0 days')),
    void_reason text
) strict;
create index sale_contact on sale (contact_id, sold_on, amount, voided_on) where contact_id is not null;
create index sale_day on sale (sold_on, amount);
create index sale_nobody on sale (sold_on, amount, voided_on) where contact_id is null;
create unique index sale_ref on sale (ref) where ref is not null;
create unique index sale_fingerprint on sale (fingerprint) where fingerprint is not null;

-- `price` is text, because a price may be finer than the currency's smallest coin.
create table sale_line (
    id integer primary key autoincrement,
    sale_id integer not null references sale (id),
    product_id integer not null references product (id),
    quantity real not null,
    price text,
    amount integer not null
) strict;
create index sale_line_sale on sale_line (sale_id);
create index sale_line_product on sale_line (product_id);

create table refund (
    id integer primary key autoincrement,
    contact_id integer references contact (id),
    sale_id integer references sale (id),
    refunded_on text not null check (refunded_on is date(refunded_on, '+0 days')),
    amount integer not null check (amount > 0),
    ref text check (ref <> ''),
    note text,
    import_id integer references import (id),
    fingerprint integer,
    voided_on text check (voided_on is date(voided_on, '+0 days')),
    void_reason text
) strict;
create index refund_contact on refund (contact_id, refunded_on) where contact_id is not null;
create index refund_sale on refund (sale_id) where sale_id is not null;
create index refund_day on refund (refunded_on);
create unique index refund_ref on refund (ref) where ref is not null;
create unique index refund_fingerprint on refund (fingerprint) where fingerprint is not null;

create table refund_line (
    id integer primary key autoincrement,
    refund_id integer not null references refund (id),
    product_id integer not null references product (id),
    quantity real not null,
    price text,
    amount integer not null
) strict;
create index refund_line_refund on refund_line (refund_id);
create index refund_line_product on refund_line (product_id);

-- What can be derived is derived, but for this one table: kept by the triggers of totals.sql.
-- `average_order` is a ratio of minor units, not an amount.
create table contact_total (
    contact_id integer primary key references contact (id),
    orders integer not null,
    revenue integer not null,
    first_on text,
    last_on text,
    average_order real generated always as (1.0 * revenue / nullif(orders, 0)) virtual
) strict;
create index contact_total_orders on contact_total (orders);
create index contact_total_revenue on contact_total (revenue) where orders > 0;
create index contact_total_average on contact_total (average_order) where orders > 0;
create index contact_total_last on contact_total (last_on) where orders > 0;

-- ---------------------------------------------------------------- enquiries

-- `sale_mark` is the highest number of a sale when the enquiry was written down: it tells a
-- sale of the same day that came before the enquiry from one that came after.
create table lead (
    id integer primary key autoincrement,
    contact_id integer not null references contact (id),
    state text not null default 'open' check (state in ('open', 'won', 'lost')),
    stage_id integer not null references stage (id),
    temperature text not null check (temperature in ('cold', 'warm', 'hot')),
    channel_id integer references channel (id),
    manager text,
    note text,
    opened_on text not null check (opened_on is date(opened_on, '+0 days')),
    closed_on text check (closed_on is date(closed_on, '+0 days')),
    lost_reason text check ((state = 'lost') = (lost_reason is not null)),
    lost_note text,
    sale_id integer references sale (id),
    sale_mark integer not null default 0,
    import_id integer references import (id),
    check ((state = 'open') = (closed_on is null)),
    check (state = 'won' or sale_id is null)
) strict;
create index lead_contact on lead (contact_id, opened_on);
create index lead_state on lead (state, stage_id);
create index lead_sale on lead (sale_id) where sale_id is not null;

-- Every move through the funnel with its date: from nothing into the first stage, from stage
-- to stage, out of the last one into won or lost.
create table stage_move (
    id integer primary key autoincrement,
    lead_id integer not null references lead (id),
    moved_on text not null check (moved_on is date(moved_on, '+0 days')),
    from_stage_id integer references stage (id),
    to_stage_id integer not null references stage (id),
    to_state text not null check (to_state in ('open', 'won', 'lost')),
    to_temperature text not null check (to_temperature in ('cold', 'warm', 'hot')),
    who text not null,
    note text
) strict;
create index stage_move_lead on stage_move (lead_id, moved_on);

-- The kind of each enquiry: of a buyer, of somebody who was in the base, or of somebody new.
-- A sale of the same day came before the enquiry if its number is not above the mark.
create view enquiry as
select
    lead.id as lead_id,
    case
        when exists (
            select 1
            from sale
            where sale.contact_id = lead.contact_id
                and sale.voided_on is null
                and sale.sold_on <= lead.opened_on
                and (sale.sold_on < lead.opened_on or sale.id <= lead.sale_mark)
        ) then 'repeat-buyer'
        when exists (
            select 1
            from lead as other
            where other.contact_id = lead.contact_id
                and other.opened_on <= lead.opened_on
                and (other.opened_on < lead.opened_on or other.id < lead.id)
        ) then 'repeat'
        when contact.entered_on > lead.opened_on then 'new'
        when contact.entered_on = lead.opened_on and contact.entered_by = 'lead' then 'new'
        else 'repeat'
    end as kind
from lead
inner join contact on contact.id = lead.contact_id;

-- A call, a message, an e-mail, a visit: what was said, and what resets "not talked to since".
create table activity (
    id integer primary key autoincrement,
    contact_id integer not null references contact (id),
    lead_id integer references lead (id),
    kind text not null check (kind in ('call', 'message', 'email', 'visit', 'note')),
    direction text check (direction in ('in', 'out')),
    happened_on text not null check (happened_on is date(happened_on, '+0 days')),
    what text not null,
    who text not null,
    import_id integer references import (id)
) strict;
create index activity_contact on activity (contact_id, happened_on);

-- ---------------------------------------------------------------- segments and reminders

create table segment (
    id integer primary key autoincrement,
    name text not null,
    name_key text not null unique check (name_key <> ''),
    rule text not null,
    defined_on text not null check (defined_on is date(defined_on, '+0 days'))
) strict;

-- A dropped rule stays for the sake of what was done by it, and lets go of its field.
create table reminder_rule (
    id integer primary key autoincrement,
    name text not null,
    name_key text not null check (name_key <> ''),
    source text not null check (source in ('birthday', 'field')),
    field_id integer references field (id) check (
        (source = 'field' and dropped_on is null) = (field_id is not null)
    ),
    repeats text not null check (repeats in ('yearly', 'once')),
    days_before integer not null default 0 check (days_before >= 0),
    expires_after integer check (expires_after > 0),
    what text not null,
    how text,
    made_on text not null check (made_on is date(made_on, '+0 days')),
    dropped_on text check (dropped_on is date(dropped_on, '+0 days'))
) strict;
create unique index reminder_rule_name on reminder_rule (name_key) where dropped_on is null;

-- One thing to do for a contact. An occurrence of a rule is known by rule, contact and day:
-- `due_on` is the day itself (the birthday), `listed_on` the day from which it is listed, some
-- days before by the rule, or the day to which it was snoozed.
create table reminder (
    id integer primary key autoincrement,
    contact_id integer not null references contact (id),
    rule_id integer references reminder_rule (id),
    due_on text not null check (due_on is date(due_on, '+0 days')),
    listed_on text not null check (listed_on is date(listed_on, '+0 days')),
    snoozed integer not null default 0 check (snoozed in (0, 1)),
    what text not null,
    how text,
    every text,
    started_on text check (started_on is date(started_on, '+0 days')),
    state text not null default 'open' check (state in ('open', 'done', 'skipped')),
    closed_on text check (closed_on is date(closed_on, '+0 days')),
    note text,
    check ((state = 'open') = (closed_on is null)),
    check ((every is null) = (started_on is null))
) strict;
create index reminder_listed on reminder (listed_on) where state = 'open';
create index reminder_contact on reminder (contact_id, due_on);
-- For the pause after something made by a rule was done.
create index reminder_done on reminder (closed_on, contact_id) where state = 'done' and rule_id is not null;
create unique index reminder_occurrence on reminder (rule_id, contact_id, due_on) where rule_id is not null;

-- ---------------------------------------------------------------- for other programs to read

-- Amounts here are in whole units of the currency, for reading alone.
create view contacts as
select
    contact.id as contact_id,
    contact.external_id,
    contact.kind,
    contact.name,
    contact.organisation,
    (select shown from contact_point where contact_id = contact.id and kind = 'phone' order by id limit 1) as phone,
    (select shown from contact_point where contact_id = contact.id and kind = 'email' order by id limit 1) as email,
    contact.city,
    contact.manager,
    channel.name as channel,
    contact.entered_on
from contact
left join channel on channel.id = contact.channel_id;

create view clients as
select
    contacts.*,
    total.orders,
    total.revenue / (select 1.0 * value from setting where key = 'scale') as revenue,
    total.average_order / (select 1.0 * value from setting where key = 'scale') as average_order,
    total.first_on as first_sale_on,
    total.last_on as last_sale_on
from contact_total as total
inner join contacts on contacts.contact_id = total.contact_id
where total.orders > 0;

create view sale_lines as
select
    sale.id as sale_id,
    sale.contact_id,
    sale.sold_on,
    sale.ref,
    product.name as product,
    product.category,
    line.quantity,
    coalesce(line.amount, sale.amount) / (select 1.0 * value from setting where key = 'scale') as amount
from sale
left join sale_line as line on line.sale_id = sale.id
left join product on product.id = line.product_id
where sale.voided_on is null;

create view leads as
select
    lead.id as lead_id,
    lead.contact_id,
    contact.name,
    stage.name as stage,
    lead.temperature,
    lead.state,
    channel.name as channel,
    lead.opened_on,
    lead.closed_on,
    lead.lost_reason,
    lead.sale_id
from lead
inner join contact on contact.id = lead.contact_id
inner join stage on stage.id = lead.stage_id
left join channel on channel.id = lead.channel_id;
