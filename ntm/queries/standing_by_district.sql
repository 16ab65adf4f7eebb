-- Standing of the districts of a province at a month, in order of their codes.
select *
from mart_district_month
where province_code = $province and level = 'district' and period_end = $month
order by unit_code
