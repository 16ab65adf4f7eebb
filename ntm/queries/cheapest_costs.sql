-- Need of works of the communes of a province by criterion, of a budget year; of each work reported before estimated,
-- planned, registered, and of these the latest. A need is of a whole year, so its cut-off does not hide it before.
with need as (
    select
        works.*
    from work_funding as works
    inner join admin_unit as unit
        on works.unit_code = unit.unit_code
        and least(works.period_end, works.reported_on) between unit.valid_from
            and coalesce(unit.valid_to, date '9999-12-31')
    where unit.province_code = $province
        and unit.level = 'commune'
        and works.stage = 'need'
        and works.year = $year
        and works.criterion_no is not null
    qualify row_number() over (
        partition by works.unit_code, works.work, works.category, works.criterion_no, works.source_code, works.nature
        order by
            case works.value_kind when 'actual' then 0 when 'estimate' then 1 when 'plan' then 2 else 3 end,
            works.reported_on desc,
            works.period_end desc,
            works.is_cumulative desc
    ) = 1
)

select
    need.unit_code,
    need.criterion_no,
    need.work,
    need.amount_vnd_million,
    file.path,
    need.sheet,
    need.cell,
    need.source_id
from need
left join (select distinct source_id, sheet, path from source_file) as file
    on need.source_id = file.source_id and need.sheet = file.sheet
order by need.unit_code, need.criterion_no, need.work, need.cell
