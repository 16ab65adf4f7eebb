-- OCOP products of a province recognised and still valid at a month, by stars.
select
    product.stars,
    count(distinct (product.name, product.producer)) as products
from ocop_product as product
inner join admin_unit as unit
    on product.unit_code = unit.unit_code
    and product.decision_date between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
where unit.province_code = $province
    and product.decision_date <= $month
    and (product.valid_until is null or product.valid_until > $month)
group by all
order by product.stars
