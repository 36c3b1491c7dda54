-- name: start
-- Begins an operation; the triggers find it as the one that is not finished.
insert into operation (command, who, at) values (:command, :who, :at) returning id;

-- name: finish
-- Ends the operation.
update operation set finished = 1 where id = :operation;

-- name: heights
-- The highest id ever given in each table: one writer at a time makes inserts a range.
select name, seq from sqlite_sequence;

-- name: note_insert
-- A range of new rows.
insert into change (operation_id, table_name, kind, row_id, last_id)
values (:operation, :table, 'insert', :first, :last);

-- name: changed
-- Whether the operation changed anything.
select exists (select 1 from change where operation_id = :operation);

-- name: kept
-- Whether an operation was written for good: one that changed nothing was taken back.
select exists (select 1 from operation where id = :operation);

-- name: tables
-- The tables of the base.
select name from sqlite_schema
where type = 'table' and name not like 'sqlite_%' and name not like '\_%' escape '\'
order by name;
