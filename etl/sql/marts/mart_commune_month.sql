-- One rural commune and month: criteria met at the latest report under the set in use, highest standard by decisions.
-- Codes are used again after 1 July 2025: a unit is its code together with the first day of its validity.
with commune as (
    select
        unit_code,
        name,
        district_code,
        province_code,
        is_rural_commune,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from admin_unit
    where level = 'commune'
),

report as (
    select
        result.unit_code,
        commune.valid_from,
        commune.province_code,
        result.set_code,
        any_value(criteria_set.valid_from) as set_valid_from,
        result.period_end,
        count(*) filter (where result.outcome = 'met') as criteria_met,
        count(*) filter (where result.outcome = 'not_met') as criteria_not_met,
        list_sort(list(result.criterion_no::integer) filter (where result.outcome = 'not_met')) as unmet,
        list_sort(list(result.criterion_no::integer) filter (where result.outcome != 'unknown')) as told
    from criterion_result as result
    inner join criteria_set using (set_code)
    inner join commune
        on result.unit_code = commune.unit_code
        and result.period_end between commune.valid_from and commune.valid_to
    where result.value_kind = 'actual' and criteria_set.standard = 'ntm'
    group by result.unit_code, commune.valid_from, commune.province_code, result.set_code, result.period_end
),

-- Lists of recognitions that were read, and the communes of which each tells: those of its province or district.
recognition_list as (
    select distinct
        reporting_unit_code,
        period_end
    from source_file
    where form = 'recognition' and rows_loaded > 0
),

told as (
    select
        commune.unit_code,
        commune.valid_from,
        commune.province_code,
        max(list.period_end) as told_until
    from recognition_list as list
    inner join commune
        on list.reporting_unit_code in (commune.province_code, commune.district_code)
        and list.period_end between commune.valid_from and commune.valid_to
    group by all
),

province_months as (
    select
        province_code,
        last_day(unnest(generate_series(
            date_trunc('month', min(period_end)), date_trunc('month', max(period_end)), interval 1 month
        ))::date) as period_end
    from (
        select province_code, period_end from report
        union all
        select province_code, told_until from told
    )
    group by province_code
),

commune_months as (
    select
        commune.unit_code,
        commune.valid_from,
        commune.name,
        commune.district_code,
        district.name as district_name,
        commune.province_code,
        months.period_end
    from province_months as months
    inner join commune
        on months.province_code = commune.province_code
        and commune.is_rural_commune
        and months.period_end between commune.valid_from and commune.valid_to
    left join admin_unit as district
        on commune.district_code = district.unit_code
        and district.level = 'district'
        and months.period_end between district.valid_from and coalesce(district.valid_to, date '9999-12-31')
),

-- Of two sets that a commune reported under at one date the newer one counts.
newest_set as (
    select
        unit_code,
        valid_from,
        period_end,
        arg_max(set_code, (coalesce(set_valid_from, date '0001-01-01'), set_code)) as set_code
    from report
    group by all
),

-- Districts report at different days, and change to a new set at different months: the province counts with the set
-- that most of its communes reported under last, on a tie the newer one. The others are then known under it, or not.
set_in_use as (
    select
        province_code,
        period_end,
        arg_max(set_code, (communes, coalesce(set_valid_from, date '0001-01-01'), set_code)) as set_code
    from (
        select
            months.province_code,
            months.period_end,
            newest_set.set_code,
            any_value(criteria_set.valid_from) as set_valid_from,
            count(*) as communes
        from commune_months as months
        asof inner join newest_set
            on months.unit_code = newest_set.unit_code
            and months.valid_from = newest_set.valid_from
            and months.period_end >= newest_set.period_end
        inner join criteria_set on newest_set.set_code = criteria_set.set_code
        group by months.province_code, months.period_end, newest_set.set_code
    )
    group by all
),

-- The numbers that the set's criteria go by; a set without listed criteria is known by what was reported under it.
set_criteria as (
    select
        set_code,
        list_sort(list(distinct criterion_no::integer)) as numbers
    from (
        select set_code, criterion_no from criterion where criterion_no similar to '[0-9]+'
        union
        select set_code, criterion_no from criterion_result where criterion_no similar to '[0-9]+'
    )
    group by set_code
),

standard_rank as (
    select * from (values ('ntm', 1), ('nang_cao', 2), ('kieu_mau', 3)) as ranks (standard, rank)
),

-- The unit that a list means by a name is the one in force at the list's own date.
event as (
    select
        recognition.unit_code,
        commune.valid_from,
        ranks.rank,
        recognition.event = 'revoked' as is_revoked,
        recognition.decision_date
    from recognition
    inner join source_file using (source_id, sheet)
    inner join commune
        on recognition.unit_code = commune.unit_code
        and source_file.period_end between commune.valid_from and commune.valid_to
    inner join standard_rank as ranks using (standard)
),

-- Standards are nested: to recognise one is to hold those below it, to revoke one is to lose those above it. The last
-- such event on or before the month's end decides; of one day's, the revocation.
held as (
    select
        months.unit_code,
        months.period_end,
        ranks.rank,
        arg_max(not event.is_revoked, (event.decision_date, event.is_revoked)) as is_held
    from commune_months as months
    inner join event
        on months.unit_code = event.unit_code
        and months.valid_from = event.valid_from
        and months.period_end >= event.decision_date
    inner join standard_rank as ranks
        on (event.is_revoked and ranks.rank >= event.rank) or (not event.is_revoked and ranks.rank <= event.rank)
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
),

counted as (
    select
        months.*,
        set_in_use.set_code,
        coalesce(criteria_set.criterion_count, len(set_criteria.numbers)) as criteria_total,
        set_criteria.numbers
    from commune_months as months
    left join set_in_use using (province_code, period_end)
    left join criteria_set on set_in_use.set_code = criteria_set.set_code
    left join set_criteria on set_in_use.set_code = set_criteria.set_code
)

select
    months.unit_code,
    months.name,
    months.district_code,
    months.district_name,
    months.province_code,
    months.period_end,
    months.set_code,
    months.criteria_total,
    report.criteria_met,
    report.criteria_not_met,
    months.criteria_total - report.criteria_met - report.criteria_not_met as criteria_unknown,
    coalesce(report.criteria_met + report.criteria_not_met = months.criteria_total, false) as is_count_known,
    case when report.unit_code is not null then coalesce(report.unmet, [])::varchar[] end as unmet,
    list_filter(months.numbers, lambda number: not list_contains(coalesce(report.told, []), number))::varchar[]
        as unknown,
    report.period_end as last_report,
    date_diff('month', report.period_end, months.period_end) as months_since_report,
    coalesce(date_diff('month', report.period_end, months.period_end) > 2, false) as is_stale,
    case
        when told.told_until is null then 'unknown'
        else coalesce(ranks.standard, 'none')
    end as standard,
    least(told.told_until, months.period_end) as recognition_as_of
from counted as months
asof left join report
    on months.unit_code = report.unit_code
    and months.valid_from = report.valid_from
    and months.set_code = report.set_code
    and months.period_end >= report.period_end
left join told on months.unit_code = told.unit_code and months.valid_from = told.valid_from
left join highest on months.unit_code = highest.unit_code and months.period_end = highest.period_end
left join standard_rank as ranks on highest.rank = ranks.rank
