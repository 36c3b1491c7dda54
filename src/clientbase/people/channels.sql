-- name: known
-- The channel of a name, compared folded.
select id from channel where name_key = :key;

-- name: add
-- A new channel.
insert into channel (name, name_key) values (:name, :key) returning id;

-- name: names
-- The names of all channels, in the order of the alphabet.
select name from channel order by name_key;
