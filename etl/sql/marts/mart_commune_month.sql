-- One rural commune and month: criteria met at the latest report under the set in use, highest standard by decisions.
with report as (
    select
        result.unit_code,
        unit.province_code,
        result.set_code,
        result.period_end,
        count(*) filter (where result.outcome = 'met') as criteria_met,
        count(*) filter (where result.outcome = 'not_met') as criteria_not_met,
        list_sort(list(result.criterion_no::integer) filter (where result.outcome = 'not_met')) as unmet,
        list_sort(list(result.criterion_no::integer) filter (where result.outcome != 'unknown')) as told
    from criterion_result as result
    inner join criteria_set using (set_code)
    inner join admin_unit as unit
        on result.unit_code = unit.unit_code
        and unit.level = 'commune'
        and result.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
    where result.value_kind = 'actual' and criteria_set.standard = 'ntm'
    group by all
),

-- Districts report at different days: the province counts with the set of its latest report.
set_in_use as (
    select
        province_code,
        period_end,
        arg_max(set_code, communes) as set_code
    from (
        select province_code, period_end, set_code, count(*) as communes from report group by all
    )
    group by all
),

province_months as (
    select
        province_code,
        last_day(unnest(generate_series(
            date_trunc('month', min(period_end)), date_trunc('month', max(period_end)), interval 1 month
        ))::date) as period_end
    from report
    group by province_code
),

commune_months as (
    select
        unit.unit_code,
        unit.name,
        unit.district_code,
        district.name as district_name,
        unit.province_code,
        months.period_end,
        set_in_use.set_code
    from province_months as months
    inner join admin_unit as unit
        on months.province_code = unit.province_code
        and unit.level = 'commune'
        and unit.is_rural_commune
        and months.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
    left join admin_unit as district
        on unit.district_code = district.unit_code
        and district.level = 'district'
        and months.period_end between district.valid_from and coalesce(district.valid_to, date '9999-12-31')
    asof left join set_in_use
        on months.province_code = set_in_use.province_code
        and months.period_end >= set_in_use.period_end
),

-- The numbers that the set's criteria go by; a set without listed criteria is known by what was reported under it.
set_criteria as (
    select
        set_code,
        list_sort(list(distinct criterion_no::integer)) as numbers
    from (
        select set_code, criterion_no from criterion where criterion_no similar to '[0-9]+'
        union
        select set_code, criterion_no from criterion_result
    )
    group by set_code
),

recognition_lists as (
    select
        reporting_unit_code as province_code,
        max(period_end) as told_until
    from source_file
    where form = 'recognition'
    group by all
),

standard_rank as (
    select * from (values ('ntm', 1), ('nang_cao', 2), ('kieu_mau', 3)) as ranks (standard, rank)
),

-- The last event of each standard on or before the month's end decides whether it is held.
held as (
    select
        months.unit_code,
        months.period_end,
        ranks.rank,
        arg_max(
            event.event != 'revoked',
            (event.decision_date, event.event = 'revoked')
        ) as is_held
    from commune_months as months
    inner join recognition as event
        on months.unit_code = event.unit_code
        and event.decision_date <= months.period_end
    inner join standard_rank as ranks using (standard)
    group by all
),

highest as (
    select
        unit_code,
        period_end,
        max(rank) as rank
    from held
    where is_held
    group by all
)

select
    months.unit_code,
    months.name,
    months.district_code,
    months.district_name,
    months.province_code,
    months.period_end,
    months.set_code,
    coalesce(criteria_set.criterion_count, len(set_criteria.numbers)) as criteria_total,
    report.criteria_met,
    report.criteria_not_met,
    coalesce(criteria_set.criterion_count, len(set_criteria.numbers)) - report.criteria_met - report.criteria_not_met
        as criteria_unknown,
    coalesce(
        report.criteria_met + report.criteria_not_met
        = coalesce(criteria_set.criterion_count, len(set_criteria.numbers)),
        false
    ) as is_count_known,
    case when report.unit_code is not null then coalesce(report.unmet, [])::varchar[] end as unmet,
    list_filter(set_criteria.numbers, lambda number: not list_contains(coalesce(report.told, []), number))::varchar[]
        as unknown,
    report.period_end as last_report,
    date_diff('month', report.period_end, months.period_end) as months_since_report,
    coalesce(date_diff('month', report.period_end, months.period_end) > 2, false) as is_stale,
    case
        when lists.told_until is null then 'unknown'
        else coalesce(ranks.standard, 'none')
    end as standard,
    least(lists.told_until, months.period_end) as recognition_as_of
from commune_months as months
asof left join report
    on months.unit_code = report.unit_code
    and months.set_code = report.set_code
    and months.period_end >= report.period_end
left join criteria_set on months.set_code = criteria_set.set_code
left join set_criteria on months.set_code = set_criteria.set_code
left join recognition_lists as lists on months.province_code = lists.province_code
left join highest on months.unit_code = highest.unit_code and months.period_end = highest.period_end
left join standard_rank as ranks on highest.rank = ranks.rank
