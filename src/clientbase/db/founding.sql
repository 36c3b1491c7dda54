-- name: stage
-- One of the stages that a new base begins with.
insert into stage (position, name, name_key, temperature)
values (:position, :name, :name_key, :temperature);
