-- Every fact is about a unit in force at its date: a mart would leave out what is about none.
with reported as (
    select unit_code, period_end as day from criterion_result
    union
    select unit_code, period_end from indicator_value
    union
    select unit_code, period_end from commune_count
    union
    select unit_code, period_end from village_result
    union
    select unit_code, period_end from inspection
    union
    select unit_code, period_end from stated_result where unit is distinct from 'triệu đồng'
),

-- What a list tells of other days is about the units that are in force when the list is made.
listed as (
    select unit_code, source_id, sheet from recognition
    union
    select unit_code, source_id, sheet from submission
    union
    select unit_code, source_id, sheet from policy
),

unit_at_list as (
    select
        listed.source_id,
        listed.sheet,
        listed.unit_code
    from listed
    inner join source_file using (source_id, sheet)
    inner join admin_unit as unit
        on listed.unit_code = unit.unit_code
        and source_file.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
)

select
    reported.unit_code,
    reported.day
from reported
anti join admin_unit as unit
    on reported.unit_code = unit.unit_code
    and reported.day between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
union
select
    listed.unit_code,
    source_file.period_end as day
from listed
left join source_file using (source_id, sheet)
anti join unit_at_list
    on listed.unit_code = unit_at_list.unit_code
    and listed.source_id = unit_at_list.source_id
    and listed.sheet = unit_at_list.sheet
union
-- A report about money may name the units of the beginning of its year: those in force on some day of it.
select
    money.unit_code,
    money.day
from (
    select unit_code, reported_on as day from funding
    union
    select unit_code, reported_on from work_funding
    union
    select unit_code, period_end from arrears
) as money
anti join admin_unit as unit
    on money.unit_code = unit.unit_code
    and money.day >= unit.valid_from
    and date_trunc('year', money.day) <= coalesce(unit.valid_to, date '9999-12-31')
