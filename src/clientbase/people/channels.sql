-- name: known
-- The channel of a name, compared folded.
select id from channel where name_key = :key;

-- name: add
-- A new channel.
insert into channel (name, name_key) values (:name, :key) returning id;

-- name: names
-- The names of all channels, in the order of the alphabet.
select name from channel order by name_key;

-- name: name
-- What a channel is called.
select name from channel where id = :channel;

-- name: listing
-- The channels, with what came by each: each table is read once.
with contacts as (select channel_id, count(*) as count from contact group by channel_id),

leads as (select channel_id, count(*) as count from lead group by channel_id),

sales as (select channel_id, count(*) as count from sale group by channel_id)

select
    channel.id,
    channel.name,
    coalesce(contacts.count, 0),
    coalesce(leads.count, 0),
    coalesce(sales.count, 0)
from channel
left join contacts on contacts.channel_id = channel.id
left join leads on leads.channel_id = channel.id
left join sales on sales.channel_id = channel.id
order by channel.name_key;

-- name: one
-- One channel, with what came by it.
select
    id,
    name,
    (select count(*) from contact where channel_id = :channel),
    (select count(*) from lead where channel_id = :channel),
    (select count(*) from sale where channel_id = :channel)
from channel
where id = :channel;

-- name: rename
-- Another name of the same channel.
update channel set name = :name, name_key = :key where id = :channel;

-- name: hand_over_contacts
-- The contacts that came by a dropped channel.
update contact set channel_id = :heir where channel_id = :channel;

-- name: hand_over_leads
-- The leads that came by a dropped channel.
update lead set channel_id = :heir where channel_id = :channel;

-- name: hand_over_sales
-- The sales that came by a dropped channel.
update sale set channel_id = :heir where channel_id = :channel;

-- name: paid_for
-- Whether money was spent on a channel.
select exists (select 1 from channel_spending where channel_id = :channel);

-- name: add_up_spending
-- What was spent on a dropped channel in months in which its heir has spending too.
update channel_spending set amount = amount + (
    select other.amount
    from channel_spending as other
    where other.channel_id = :channel and other.month = channel_spending.month
)
where channel_id = :heir
    and month in (select month from channel_spending where channel_id = :channel);

-- name: forget_added_spending
-- The same in the dropped channel, after it was added to the heir's.
delete from channel_spending
where channel_id = :channel
    and month in (select month from channel_spending where channel_id = :heir);

-- name: hand_over_spending
-- What was spent on a dropped channel in other months.
update channel_spending set channel_id = :heir where channel_id = :channel;

-- name: drop
-- A channel by which nothing came.
delete from channel where id = :channel;
