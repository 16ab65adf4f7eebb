-- Works of the unit with a code at a month: of each year and stage the amounts of the latest cut-off up to then.
with unit as (
    select
        unit_code,
        district_code,
        province_code,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from admin_unit
    where unit_code = $unit and $month between valid_from and coalesce(valid_to, date '9999-12-31')
)

select
    works.work,
    works.category,
    works.year,
    works.stage,
    works.period_end,
    works.amount_vnd_million,
    file.path,
    works.sheet,
    works.cell,
    works.source_id
from work_funding as works
inner join unit
    on works.unit_code = unit.unit_code
    and least(works.period_end, works.reported_on) between unit.valid_from and least(unit.valid_to, $month::date)
left join (select distinct source_id, sheet, path from source_file) as file
    on works.source_id = file.source_id and works.sheet = file.sheet
qualify (works.reported_on, works.period_end)
    = max((works.reported_on, works.period_end)) over (partition by works.work, works.year, works.stage)
order by works.year desc, works.work, works.stage
