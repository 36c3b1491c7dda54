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

-- name: drop
-- A channel by which nothing came.
delete from channel where id = :channel;
