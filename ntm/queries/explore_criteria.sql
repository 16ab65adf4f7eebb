-- How many communes of each district (each commune of its own with $by_commune) meet each criterion of the set in use, or
-- the one $criterion, at each month from $first to $month. What no report tells is unknown.
select
    case when $by_commune then months.unit_code end as unit_code,
    case when $by_commune then months.name end as name,
    months.district_code,
    months.district_name,
    months.period_end,
    months.set_code,
    criterion.criterion_no,
    criterion.name_vi,
    criterion.name_en,
    count(*) as communes,
    count(*) filter (
        where not list_contains(months.unmet, criterion.criterion_no)
        and not list_contains(months.unknown, criterion.criterion_no)
    ) as met,
    count(*) filter (where list_contains(months.unmet, criterion.criterion_no)) as not_met,
    count(*) filter (where list_contains(months.unknown, criterion.criterion_no)) as unknown
from mart_commune_month as months
inner join criterion
    on months.set_code = criterion.set_code and criterion.criterion_no similar to '[0-9]+'
where months.province_code = $province
    and ($district is null or months.district_code = $district)
    and months.period_end between $first and $month
    and ($criterion is null or criterion.criterion_no = $criterion)
group by all
order by months.period_end, months.district_code, unit_code, any_value(criterion.criterion_no::integer)
