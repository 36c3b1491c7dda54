-- name: before
-- What was known of the contact before an enquiry: its kind, earlier enquiries, earlier sales.
select
    lead.contact_id,
    contact.name,
    contact.entered_on,
    (select kind from enquiry where lead_id = lead.id) as kind,
    (
        select json_array(count(*), max(opened_on))
        from lead as other
        where other.contact_id = lead.contact_id
            and other.opened_on <= lead.opened_on
            and (other.opened_on < lead.opened_on or other.id < lead.id)
    ) as enquiries,
    (
        select json_array(count(*), max(sold_on))
        from sale
        where contact_id = lead.contact_id
            and voided_on is null
            and sold_on <= lead.opened_on
            and (sold_on < lead.opened_on or sale.id <= lead.sale_mark)
    ) as sales
from lead
inner join contact on contact.id = lead.contact_id
where lead.id = :lead;

-- name: nameless
-- Whether a contact is called by its phone or e-mail, because nobody said its name.
select exists (
    select 1
    from contact
    inner join contact_point on contact_point.contact_id = contact.id
    where contact.id = :contact and contact.name in (contact_point.typed, contact_point.shown)
);
