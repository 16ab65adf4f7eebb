-- Standing of one district or province, month by month.
select *
from mart_district_month
where unit_code = $unit
order by period_end
