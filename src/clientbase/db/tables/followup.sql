-- Segments, and what is to be done for whom.


create table segment (
    id integer primary key autoincrement,
    name text not null,
    name_key text not null unique check (name_key <> ''),
    rule text not null,
    defined_on text not null check (defined_on is date(defined_on, '+0 days'))
) strict;

-- A dropped rule stays for the sake of what was done by it, and lets go of its field. `every` is
-- the span by which the date of its field moves on when the thing to do is done; `asked` marks
-- notices that the client asked for, which a stop does not silence.
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
    every text,
    asked integer not null default 0 check (asked in (0, 1)),
    made_on text not null check (made_on is date(made_on, '+0 days')),
    dropped_on text check (dropped_on is date(dropped_on, '+0 days'))
) strict;
create unique index reminder_rule_name on reminder_rule (name_key) where dropped_on is null;

-- One thing to do for a contact. An occurrence of a rule is known by rule, contact, thing and day:
-- `due_on` is the day itself (the birthday), `listed_on` the day from which it is listed, some
-- days before by the rule, or the day to which it was snoozed.
create table reminder (
    id integer primary key autoincrement,
    contact_id integer not null references contact (id),
    rule_id integer references reminder_rule (id),
    thing_id integer references thing (id),
    lead_id integer references lead (id),
    due_on text not null check (due_on is date(due_on, '+0 days')),
    listed_on text not null check (listed_on is date(listed_on, '+0 days')),
    snoozed integer not null default 0 check (snoozed in (0, 1)),
    what text not null,
    how text,
    every text,
    started_on text check (started_on is date(started_on, '+0 days')),
    asked integer not null default 0 check (asked in (0, 1)),
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
-- For what was made by a rule for a thing, whoever it belonged to then.
create index reminder_thing on reminder (thing_id, rule_id, due_on) where thing_id is not null;
create unique index reminder_occurrence on reminder (rule_id, due_on, contact_id, coalesce(thing_id, 0))
where rule_id is not null;
-- For the next step of a lead.
create index reminder_lead on reminder (lead_id) where lead_id is not null;
