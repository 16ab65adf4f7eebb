-- Provinces that the snapshot has months for, with their names.
select
    unit_code as province_code,
    arg_max(name, period_end) as name
from mart_district_month
where level = 'province'
group by unit_code
order by unit_code
