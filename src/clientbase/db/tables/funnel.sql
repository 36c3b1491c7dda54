-- The stages, the enquiries and their way through them.

-- A dropped stage stays for the sake of the moves through it. `idle_after` is the days without a
-- move or a talk after which a lead there is idle; without it the setting holds.
create table stage (
    id integer primary key autoincrement,
    position integer not null,
    name text not null,
    name_key text not null check (name_key <> ''),
    temperature text not null check (temperature in ('cold', 'warm', 'hot')),
    dropped_on text check (dropped_on is date(dropped_on, '+0 days')),
    idle_after integer check (idle_after > 0)
) strict;
create unique index stage_name on stage (name_key) where dropped_on is null;


-- `sale_mark` is the highest number of a sale when the enquiry was written down: it tells a
-- sale of the same day that came before the enquiry from one that came after. `expects` is the
-- amount that the sale is thought to come to.
create table lead (
    id integer primary key autoincrement,
    contact_id integer not null references contact (id),
    state text not null default 'open' check (state in ('open', 'won', 'lost')),
    stage_id integer not null references stage (id),
    temperature text not null check (temperature in ('cold', 'warm', 'hot')),
    channel_id integer references channel (id),
    manager text,
    wants text,
    expects integer check (expects >= 0),
    expected_by text check (expected_by is date(expected_by, '+0 days')),
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
    reason text check ((to_state = 'lost') = (reason is not null)),
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
