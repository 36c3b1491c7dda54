-- name: codes
-- The promo codes of sales, each spelling once.
select distinct promo from sale where promo is not null order by promo;
