-- What other programs may read: a documented promise.
--
-- Amounts here are in whole units of the currency, for reading alone.
create view contacts as
select
    contact.id as contact_id,
    contact.external_id,
    contact.kind,
    contact.name,
    contact.organisation,
    (select shown from contact_point where contact_id = contact.id and kind = 'phone' order by id limit 1) as phone,
    (select shown from contact_point where contact_id = contact.id and kind = 'email' order by id limit 1) as email,
    contact.city,
    contact.manager,
    channel.name as channel,
    contact.entered_on
from contact
left join channel on channel.id = contact.channel_id;

create view clients as
select
    contacts.*,
    total.orders,
    total.revenue / (select 1.0 * value from setting where key = 'scale') as revenue,
    total.average_order / (select 1.0 * value from setting where key = 'scale') as average_order,
    total.first_on as first_sale_on,
    total.last_on as last_sale_on
from contact_total as total
inner join contacts on contacts.contact_id = total.contact_id
where total.orders > 0;

create view sale_lines as
select
    sale.id as sale_id,
    sale.contact_id,
    sale.sold_on,
    sale.ref,
    product.name as product,
    product.category,
    line.quantity,
    coalesce(line.amount, sale.amount) / (select 1.0 * value from setting where key = 'scale') as amount
from sale
left join sale_line as line on line.sale_id = sale.id
left join product on product.id = line.product_id
where sale.voided_on is null;

create view leads as
select
    lead.id as lead_id,
    lead.contact_id,
    contact.name,
    stage.name as stage,
    lead.temperature,
    lead.state,
    channel.name as channel,
    lead.wants,
    lead.expects / (select 1.0 * value from setting where key = 'scale') as expects,
    lead.expected_by,
    lead.opened_on,
    lead.closed_on,
    lead.lost_reason,
    lead.sale_id
from lead
inner join contact on contact.id = lead.contact_id
inner join stage on stage.id = lead.stage_id
left join channel on channel.id = lead.channel_id;

create view things as
select
    thing.id as thing_id,
    thing.contact_id,
    contact.name as contact,
    thing_kind.name as kind,
    thing.name,
    thing.entered_on
from thing
inner join thing_kind on thing_kind.id = thing.kind_id
inner join contact on contact.id = thing.contact_id
where thing.dropped_on is null;
