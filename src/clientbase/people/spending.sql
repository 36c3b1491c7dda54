-- name: listing
-- What was spent on all channels, or on one, month by month, the latest first.
select channel.name, spending.month, spending.amount
from channel_spending as spending
inner join channel on channel.id = spending.channel_id
where :channel is null or channel.id = :channel
order by spending.month desc, channel.name_key;

-- name: one
-- What was spent on a channel in a month.
select channel.name, spending.month, spending.amount
from channel_spending as spending
inner join channel on channel.id = spending.channel_id
where channel.id = :channel and spending.month = :month;

-- name: change
-- Another amount for a channel and a month.
update channel_spending set amount = :amount
where channel_id = :channel and month = :month and amount <> :amount;

-- name: add
-- The first amount for a channel and a month.
insert into channel_spending (channel_id, month, amount)
select :channel, :month, :amount
where not exists (select 1 from channel_spending where channel_id = :channel and month = :month);
