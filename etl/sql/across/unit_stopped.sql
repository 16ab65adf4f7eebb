-- Units that told the outcome of a criterion at the report before a province's newest one, and are still in force, but
-- tell nothing at the newest. One finding a district and sheet.
with told as (
    select
        unit.province_code,
        unit.district_code,
        unit.unit_code,
        unit.name,
        criteria_set.standard,
        result.period_end,
        any_value(result.source_id) as source_id,
        any_value(result.sheet) as sheet
    from criterion_result as result
    inner join criteria_set using (set_code)
    inner join admin_unit as unit
        on result.unit_code = unit.unit_code
        and unit.level = 'commune'
        and result.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
    where result.value_kind = 'actual' and result.outcome != 'unknown'
    group by all
),

newest as (
    select
        province_code,
        standard,
        period_end,
        lag(period_end) over (partition by province_code, standard order by period_end) as before_period
    from (select distinct province_code, standard, period_end from told)
    qualify row_number() over (partition by province_code, standard order by period_end desc) = 1
),

stopped as (
    select
        before.*,
        newest.period_end as now_period
    from newest
    inner join told as before
        on newest.province_code = before.province_code
        and newest.standard = before.standard
        and newest.before_period = before.period_end
    semi join admin_unit as unit
        on before.unit_code = unit.unit_code
        and before.name = unit.name
        and newest.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
    anti join told as now
        on newest.standard = now.standard
        and newest.period_end = now.period_end
        and before.unit_code = now.unit_code
)

select
    'UNIT_STOPPED_REPORTING' as code,
    source_id,
    path,
    stopped.sheet,
    null as cell,
    count(*) as count,
    string_agg(name, ', ' order by name) as units,
    now_period as day,
    period_end as before_day
from stopped
left join (select source_id, any_value(path) as path from source_file group by source_id) using (source_id)
group by source_id, path, stopped.sheet, district_code, standard, now_period, period_end
order by path, stopped.sheet, units
