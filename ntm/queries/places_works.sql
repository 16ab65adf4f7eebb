-- Works of a province's units (or of one district and its communes) in force at a month, of a budget year: of each stage the
-- amount from 1 January to the latest cut-off on or before the month, reported before estimated, planned, registered.
with units as (
    select
        unit_code,
        level,
        name,
        district_code,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from admin_unit
    where province_code = $province
        and ($district is null or district_code = $district)
        and $month between valid_from and coalesce(valid_to, date '9999-12-31')
)

select
    units.unit_code,
    units.level,
    units.name as unit_name,
    district.name as district_name,
    works.work,
    works.category,
    works.criterion_no,
    works.source_code,
    works.nature,
    works.stage,
    works.value_kind,
    works.period_end,
    works.amount_vnd_million,
    file.path,
    works.sheet,
    works.cell,
    works.source_id
from work_funding as works
inner join units
    on works.unit_code = units.unit_code
    and least(works.period_end, works.reported_on) between units.valid_from and units.valid_to
left join admin_unit as district
    on units.district_code = district.unit_code
    and district.level = 'district'
    and $month between district.valid_from and coalesce(district.valid_to, date '9999-12-31')
left join (select distinct source_id, sheet, path from source_file) as file
    on works.source_id = file.source_id and works.sheet = file.sheet
where works.year = $year
    and works.period_start = make_date($year, 1, 1)
    and greatest(works.period_end, works.reported_on) <= $month
qualify row_number() over (
    partition by units.unit_code, works.work, works.category, works.criterion_no, works.source_code, works.nature, works.stage
    order by
        case works.value_kind when 'actual' then 0 when 'estimate' then 1 when 'plan' then 2 else 3 end,
        works.reported_on desc,
        works.period_end desc,
        works.is_cumulative desc
) = 1
order by units.district_code, units.unit_code, works.work, works.stage
