-- What units reported as cause of a criterion not met and as proposal, within a unit: each criterion's latest report with one,
-- from a day up to a month, with its cell.
with place as (
    select unit_code, name, level
    from admin_unit
    where $unit in (unit_code, district_code, province_code)
        and $month between valid_from and coalesce(valid_to, date '9999-12-31')
),

told as (
    select result.*
    from criterion_result as result
    where result.value_kind in ('actual', 'estimate')
        and result.period_end between $since and $month
        and coalesce(nullif(trim(result.proposal), ''), nullif(trim(result.cause), '')) is not null
    qualify row_number() over (
        partition by result.unit_code, result.set_code, result.criterion_no order by result.period_end desc, result.value_kind
    ) = 1
)

select
    told.unit_code,
    place.name,
    place.level,
    told.set_code,
    told.criterion_no,
    criterion.name_vi,
    criterion.name_en,
    told.period_end,
    case when trim(told.cause) != '' then told.cause end as cause,
    case when trim(told.proposal) != '' then told.proposal end as proposal,
    file.path,
    told.sheet,
    told.cell,
    told.source_id
from told
inner join place using (unit_code)
left join criterion using (set_code, criterion_no)
left join (select distinct source_id, sheet, path from source_file) as file
    on told.source_id = file.source_id and told.sheet = file.sheet
order by told.set_code, try_cast(told.criterion_no as integer) nulls last, told.criterion_no, place.level, place.name
