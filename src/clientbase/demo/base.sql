-- What tells the base of the invented shop from an owner's.

-- name: history
-- The command that made the base, and how many were done since, lists of the day aside.
select
    (select command from operation order by id limit 1),
    (select count(*) from operation where command not in ('demo', 'today', 'remind due'));
