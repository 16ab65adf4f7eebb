-- One district or province, criterion and month, counted from mart_commune_month.
with criteria as (
    select set_code, criterion_no from criterion where criterion_no similar to '[0-9]+'
    union
    select set_code, criterion_no from criterion_result
),

outcomes as (
    select
        months.province_code,
        months.district_code,
        months.period_end,
        months.set_code,
        criteria.criterion_no,
        case
            when months.last_report is null or list_contains(months.unknown, criteria.criterion_no) then 'unknown'
            when list_contains(months.unmet, criteria.criterion_no) then 'not_met'
            else 'met'
        end as outcome
    from mart_commune_month as months
    inner join criteria using (set_code)
)

select
    case when grouping(district_code) = 0 then district_code else province_code end as unit_code,
    case when grouping(district_code) = 0 then 'district' else 'province' end as level,
    province_code,
    period_end,
    set_code,
    criterion_no,
    count(*) filter (where outcome = 'met') as communes_met,
    count(*) filter (where outcome = 'not_met') as communes_not_met,
    count(*) filter (where outcome = 'unknown') as communes_unknown
from outcomes
group by grouping sets (
    (province_code, period_end, set_code, criterion_no, district_code),
    (province_code, period_end, set_code, criterion_no)
)
having unit_code is not null
