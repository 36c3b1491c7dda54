-- Contacts and sales as they are handed out. Every statement is read once, from its first row to its last.

-- name: begin
-- Whatever is written meanwhile, all that is handed out is of one moment.
begin;

-- name: end
-- Nothing was written.
rollback;

-- name: contacts
-- Every contact by its number, the days and people of its row in words.
select
    contact.id,
    contact.external_id,
    contact.name,
    contact.kind,
    contact.organisation,
    contact.post,
    contact.birthday,
    contact.sex,
    contact.city,
    contact.region,
    contact.address,
    contact.occupation,
    contact.preferred_channel,
    contact.hours,
    contact.manager,
    channel.name,
    contact.note,
    contact.referred_by_id,
    contact.entered_on
from contact
left join channel on channel.id = contact.channel_id
order by contact.id;

-- name: most_points
-- How many phones, e-mails and names in each messenger a contact has at most.
select kind, max(points)
from (select kind, count(*) as points from contact_point group by contact_id, kind)
group by kind;

-- name: points
-- What contacts are reached by, contact by contact, the oldest first.
select contact_id, kind, shown from contact_point order by contact_id, id;

-- name: tags
-- Tags, contact by contact.
select contact_tag.contact_id, tag.name
from contact_tag
inner join tag on tag.id = contact_tag.tag_id
order by contact_tag.contact_id, tag.name_key;

-- name: values
-- Values of custom fields, contact by contact.
select contact_id, field_id, value from field_value where thing_id is null order by contact_id, field_id;

-- name: buyer
-- Who bought: external id, number, name, first phone, first e-mail.
select
    external_id,
    id,
    name,
    (select shown from contact_point where contact_id = contact.id and kind = 'phone' order by contact_point.id limit 1),
    (select shown from contact_point where contact_id = contact.id and kind = 'email' order by contact_point.id limit 1)
from contact
where id = :contact;

-- name: sales
-- Sales with their lines, a row a line, in the order in which they were recorded: any other would
-- read the file of the base all over. The plus keeps SQLite from going by day. The mark by which
-- a sale is known again is there where it has one, or no reference; the last is the whole amount.
select
    sale.id,
    sale.contact_id,
    sale.ref,
    sale.sold_on,
    product.name,
    product.category,
    iif(sale_line.quantity = cast(sale_line.quantity as integer), cast(sale_line.quantity as integer), sale_line.quantity),
    sale_line.price,
    coalesce(sale_line.amount, sale.amount + sale.discount),
    channel.name,
    sale.note,
    nullif(sale.discount, 0),
    case
        when sale.fingerprint is not null then printf('s%016x', sale.fingerprint)
        when sale.ref is null then 'sale ' || sale.id
    end,
    null,
    sale.amount + sale.discount
from sale
left join channel on channel.id = sale.channel_id
left join sale_line on sale_line.sale_id = sale.id
left join product on product.id = sale_line.product_id
where sale.voided_on is null and +sale.sold_on between :since and :until
order by sale.id, sale_line.id;

-- name: refunds
-- Refunds, below zero, in the same columns, with the sale that each is of: `#` and its mark, or its
-- reference.
select
    refund.id,
    refund.contact_id,
    refund.ref,
    refund.refunded_on,
    product.name,
    product.category,
    -iif(
        refund_line.quantity = cast(refund_line.quantity as integer),
        cast(refund_line.quantity as integer),
        refund_line.quantity
    ),
    refund_line.price,
    -coalesce(refund_line.amount, refund.amount),
    null,
    refund.note,
    null,
    case
        when refund.fingerprint is not null then printf('s%016x', refund.fingerprint)
        when refund.ref is null then 'refund ' || refund.id
    end,
    case
        when sale.ref is not null then sale.ref
        when sale.fingerprint is not null then printf('#s%016x', sale.fingerprint)
        else '#sale ' || sale.id
    end,
    -refund.amount
from refund
left join sale on sale.id = refund.sale_id
left join refund_line on refund_line.refund_id = refund.id
left join product on product.id = refund_line.product_id
where refund.voided_on is null and +refund.refunded_on between :since and :until
order by refund.id, refund_line.id;

-- name: voided
-- How many sales and refunds of the days are void, and left out.
select
    (select count(*) from sale where voided_on is not null and sold_on between :since and :until)
    + (select count(*) from refund where voided_on is not null and refunded_on between :since and :until);

-- name: count_contacts
-- How many contacts there are.
select count(*) from contact;
