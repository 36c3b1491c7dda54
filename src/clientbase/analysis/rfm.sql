-- Behind the facts of the clients.

-- name: best_first
-- Each client with the scores, the best first.
select
    contact_id, external_id, name, last_sale_on, days_since_sale, orders, revenue,
    rfm_r, rfm_f, rfm_m, 100 * rfm_r + 10 * rfm_f + rfm_m, rfm_segment
from facts
order by 100 * rfm_r + 10 * rfm_f + rfm_m desc, revenue desc, contact_id;

-- name: cells
-- Clients and money by R, F and whether they ordered once, in one number to group by.
select 100 * rfm_r + 10 * rfm_f + (orders = 1), count(*), sum(revenue) from facts group by 1;
