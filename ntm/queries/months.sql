-- Months of a province, newest first.
select distinct period_end
from mart_commune_month
where province_code = $province
order by period_end desc
