-- name: all
-- What was set in this base; the rest are defaults.
select key, value from setting;

-- name: put
-- Sets one for the first time: an upsert would use up a number of the table and look like a row.
insert into setting (key, value)
select :key, :value where not exists (select 1 from setting where key = :key);

-- name: change
-- Sets one anew.
update setting set value = :value where key = :key and value <> :value;

-- name: drop
-- Back to the default.
delete from setting where key = :key;

-- name: money_recorded
-- Whether any amount, or a border of amounts, was written down in the base's currency.
select exists (select 1 from sale) or exists (select 1 from refund)
    or exists (select 1 from field_value join field on field.id = field_id where type = 'money')
    or exists (select 1 from setting where key in ('value.low', 'value.high', 'rfm.monetary'));
