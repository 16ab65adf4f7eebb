-- District-level units of a province, in order of their codes.
select
    unit_code,
    arg_max(name, period_end) as name
from mart_district_month
where province_code = $province and level = 'district'
group by unit_code
order by unit_code
