-- name: add
-- A new sale, with a mark by which it is known when its export comes back.
insert into sale (contact_id, sold_on, amount, discount, ref, channel_id, promo, note, fingerprint)
values (:contact, :day, :amount, :discount, :ref, :channel, :promo, :note, random() & 0x7fffffffffffffff)
returning id;

-- name: ref_owner
-- The sale that has a reference, voided ones too.
select id, voided_on from sale where ref = :ref;

-- name: same
-- The first few of other sales to a contact of the same day and amount.
select id
from sale
where contact_id = :contact
    and sold_on = :day
    and amount = :amount
    and voided_on is null
    and id <> :sale
order by id
limit 5;

-- name: count_same
-- How many other sales to its contact have the day and the amount of a sale.
select count(*)
from sale
inner join sale as other
    on other.contact_id = sale.contact_id and other.sold_on = sale.sold_on and other.amount = sale.amount
where sale.id = :sale and other.voided_on is null and other.id <> sale.id;

-- name: total
-- What a contact's sales come to.
select orders, revenue from contact_total where contact_id = :contact;

-- name: row
-- One sale as the lists show it.
select
    sale.id as sale_id,
    sale.contact_id,
    contact.name,
    sale.sold_on,
    sale.amount,
    sale.discount,
    (
        select coalesce(sum(amount), 0)
        from refund
        where sale_id = sale.id and voided_on is null
    ) as refunded,
    sale.ref,
    channel.name as channel,
    sale.promo,
    (
        select
            json_group_array(
                item.name || case when item.quantity = 1 then '' else printf(' x%.12g', item.quantity) end
            )
        from (
            select product.name, line.quantity
            from sale_line as line
            inner join product on product.id = line.product_id
            where line.sale_id = sale.id
            order by line.id
        ) as item
    ) as items,
    sale.note,
    (select id from lead where sale_id = sale.id) as lead_id,
    sale.voided_on
from sale
left join contact on contact.id = sale.contact_id
left join channel on channel.id = sale.channel_id
where sale.id = :sale;
