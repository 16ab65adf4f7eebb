-- Communes of a province (or of one district of it) at a month, with their standing.
select *
from mart_commune_month
where province_code = $province
    and period_end = $month
    and ($district is null or district_code = $district)
order by unit_code
