-- What follows from the sales of a file.

-- name: won
-- The open leads whose contacts bought since: the lead, its first sale after it, and the day.
-- Contacts with several open leads are left to the owner.
select lead.id, sale.id, min(sale.sold_on)
from lead
inner join sale on sale.contact_id = lead.contact_id and sale.sold_on >= lead.opened_on
where lead.state = 'open'
    and sale.import_id = :import
    and (select count(*) from lead as other where other.contact_id = lead.contact_id and other.state = 'open') = 1
group by lead.id
order by lead.id;
