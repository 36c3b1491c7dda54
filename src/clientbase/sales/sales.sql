-- name: add
-- A new sale.
insert into sale (contact_id, sold_on, amount, discount, ref, channel_id, note)
values (:contact, :day, :amount, :discount, :ref, :channel, :note)
returning id;

-- name: ref_owner
-- The sale that has a reference, voided ones too.
select id, voided_on from sale where ref = :ref;

-- name: same
-- Other sales to a contact of the same day and amount.
select id
from sale
where contact_id = :contact
    and sold_on = :day
    and amount = :amount
    and voided_on is null
    and id <> :sale
order by id;

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

-- name: list
-- Sales of a period, the latest first.
select id
from sale
where sold_on between :since and :until
    and (:voided or voided_on is null)
    and (:channel is null or channel_id = :channel)
    and (:product is null or id in (select sale_id from sale_line where product_id = :product))
order by sold_on desc, id desc;

-- name: count
-- How many sales there are in a period; the table read once is quicker than an index and back.
select count(*)
from sale
where +sold_on between :since and :until
    and (:voided or voided_on is null)
    and (:channel is null or channel_id = :channel)
    and (:product is null or id in (select sale_id from sale_line where product_id = :product));

-- name: list_of_contact
-- Sales to a contact in a period, the latest first.
select id
from sale
where contact_id = :contact
    and sold_on between :since and :until
    and (:voided or voided_on is null)
    and (:channel is null or channel_id = :channel)
    and (:product is null or id in (select sale_id from sale_line where product_id = :product))
order by sold_on desc, id desc;

-- name: void_reason
-- Why a sale was voided.
select void_reason from sale where id = :sale;
