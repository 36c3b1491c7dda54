-- name: kinds
-- Contacts and money by kind of base, behind the facts.
select base, count(*), coalesce(sum(revenue), 0) from facts group by base;
