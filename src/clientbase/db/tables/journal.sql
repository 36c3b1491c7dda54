-- Settings, and what was done to the base.


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
