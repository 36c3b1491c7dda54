-- What tells the base of the invented shop from an owner's.

-- name: first_command
-- The command that made the base.
select command from operation order by id limit 1;
