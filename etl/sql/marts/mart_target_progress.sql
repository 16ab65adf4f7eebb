-- One target of a district or province and month: the actual value of its metric beside it, and how many units are needed.
with counted_by as (
    select *
    from (
        values
            ('ntm_share_pct', 'ntm_communes'),
            ('nang_cao_share_pct', 'nang_cao_communes'),
            ('kieu_mau_share_pct', 'kieu_mau_communes'),
            ('district_share_pct', 'ntm_districts'),
            ('district_nang_cao_share_pct', 'nang_cao_districts'),
            ('civilised_ward_share_pct', 'civilised_wards'),
            ('village_share_pct', 'villages_ntm')
    ) as named (metric, counted)
),

-- A target binds the unit that was in force when its year began; a new one may bear the same code.
target_month as (
    select
        target.*,
        counted_by.counted is not null as is_share,
        coalesce(counted_by.counted, target.metric) as counted,
        -- A share that is written with decimals is a count that was rounded: 74,51% of 51 are 38.
        case
            when target.value = floor(target.value) then target.value::double
            when target.value * 10 = floor(target.value * 10) then target.value::double - 0.05
            else target.value::double - 0.005
        end as asked,
        months.level,
        months.period_end,
        months.communes
    from target
    left join counted_by using (metric)
    inner join admin_unit as unit
        on target.scope_code = unit.unit_code
        and unit.level in ('province', 'district')
        and date_trunc('year', target.due_date) between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
    inner join mart_district_month as months
        on target.scope_code = months.unit_code
        and unit.level = months.level
        and months.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
),

-- Where a document leaves open of what its share of a higher standard is, all units are one denominator and those that
-- hold NTM the other.
based as (
    select
        target_month.*,
        actual.value as numerator,
        case
            when not is_share then null
            when regexp_full_match(denominator, '\d+') then denominator::integer
            when denominator in ('ntm_communes', 'ntm_district_units') then actual.ntm_units
            else actual.units
        end as base,
        case
            when is_share
                and counted in ('nang_cao_communes', 'kieu_mau_communes', 'nang_cao_districts')
                and not regexp_full_match(coalesce(denominator, ''), '\d+|communes|ntm_communes|(ntm_)?district_units')
                then actual.ntm_units
        end as other_base
    from target_month
    left join mart_metric_month as actual
        on target_month.scope_code = actual.unit_code
        and target_month.level = actual.level
        and target_month.period_end = actual.period_end
        and target_month.counted = actual.metric
),

-- Means are written with one decimal at most: a mean is compared as it would be printed. Shares are compared by units.
compared as (
    select
        *,
        case when is_share then 100 * numerator / nullif(base, 0) else numerator end as actual,
        round(numerator, 1) as printed,
        case when is_share then ceil(round(asked * base / 100, 6)) end as needed,
        case when is_share then ceil(round(asked * other_base / 100, 6)) end as other_needed
    from based
)

select
    target_id,
    period_end,
    actual,
    communes,
    case when is_share then numerator end as numerator,
    base as denominator,
    needed::integer as needed,
    other_base as other_denominator,
    other_needed::integer as other_needed,
    case
        when is_share then round(value::double - actual, 3)
        else round(case comparison when '<=' then printed - value else value - printed end, 3)
    end as gap,
    case
        when is_share and other_base is null then numerator >= needed
        -- Reached by both denominators, or by neither; else it depends on what the document means.
        when is_share and numerator >= needed and numerator >= other_needed then true
        when is_share and numerator < needed and numerator < other_needed then false
        when is_share then null
        when comparison = '<=' then printed <= value
        when comparison = '=' then printed = value
        else printed >= value
    end as is_reached
from compared
