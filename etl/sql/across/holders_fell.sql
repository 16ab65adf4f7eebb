-- Provinces in which fewer communes hold a standard than the month before, with those that lost it and why: a withdrawal
-- that was listed, or a change of units on those days (Quảng Nam counted 117 + 5 and then 118).
with held as (
    select
        province_code,
        period_end,
        unit_code,
        name
    from mart_commune_month
    where standard in ('ntm', 'nang_cao', 'kieu_mau')
),

counted as (
    select
        unit_code as province_code,
        name,
        period_end,
        ntm_communes,
        lag(period_end) over months as before_period,
        lag(ntm_communes) over months as before_communes
    from mart_district_month
    where level = 'province' and ntm_communes is not null
    window months as (partition by unit_code, name order by period_end)
),

fallen as (
    select * from counted
    where ntm_communes < before_communes
),

lost as (
    select
        fallen.province_code,
        fallen.period_end,
        before.unit_code,
        before.name,
        fallen.before_period
    from fallen
    inner join held as before
        on fallen.province_code = before.province_code and fallen.before_period = before.period_end
    anti join held as now
        on fallen.province_code = now.province_code
        and fallen.period_end = now.period_end
        and before.unit_code = now.unit_code
        and before.name = now.name
),

explained as (
    select
        lost.*,
        revoked.decision_no,
        change.new_names
    from lost
    left join recognition as revoked
        on lost.unit_code = revoked.unit_code
        and revoked.event = 'revoked'
        and revoked.decision_date > lost.before_period
        and revoked.decision_date <= lost.period_end
    left join (
        select
            unit_change.old_code,
            unit_change.change_date,
            string_agg(unit.name, ', ' order by unit.name) as new_names
        from unit_change
        inner join admin_unit as unit
            on unit_change.new_code = unit.unit_code
            and unit_change.change_date between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
        group by unit_change.old_code, unit_change.change_date
    ) as change
        on lost.unit_code = change.old_code
        and change.change_date > lost.before_period
        and change.change_date <= lost.period_end
    qualify row_number() over (partition by lost.province_code, lost.period_end, lost.unit_code) = 1
),

reasons as (
    select
        province_code,
        period_end,
        string_agg(name || case
            when decision_no is not null then ' (thu hồi, ' || decision_no || ')'
            when new_names is not null then ' (sắp xếp lại đơn vị, nay là ' || new_names || ')'
            else ''
        end, ', ' order by name) as lost_vi,
        string_agg(name || case
            when decision_no is not null then ' (withdrawn, ' || decision_no || ')'
            when new_names is not null then ' (units rearranged, now ' || new_names || ')'
            else ''
        end, ', ' order by name) as lost_en
    from explained
    group by province_code, period_end
),

-- The list that tells of the fall: the newest one at that month, of the province or one of its districts.
list as (
    select
        unit.province_code,
        source_file.period_end,
        source_file.source_id,
        source_file.path,
        source_file.sheet
    from source_file
    inner join admin_unit as unit on source_file.reporting_unit_code = unit.unit_code and unit.level != 'commune'
    where source_file.form = 'recognition' and source_file.rows_loaded > 0
)

select
    'CUMULATIVE_FELL' as code,
    arg_min(list.source_id, list.period_end) as source_id,
    arg_min(list.path, list.period_end) as path,
    arg_min(list.sheet, list.period_end) as sheet,
    null as cell,
    fallen.name as place,
    fallen.ntm_communes as now,
    fallen.period_end as day,
    fallen.before_communes as before,
    fallen.before_period as before_day,
    coalesce(any_value(reasons.lost_vi), '…') as lost_vi,
    coalesce(any_value(reasons.lost_en), '…') as lost_en
from fallen
left join reasons
    on fallen.province_code = reasons.province_code and fallen.period_end = reasons.period_end
inner join list on fallen.province_code = list.province_code and list.period_end >= fallen.period_end
group by fallen.province_code, fallen.name, fallen.ntm_communes, fallen.period_end, fallen.before_communes,
    fallen.before_period
order by place, day
