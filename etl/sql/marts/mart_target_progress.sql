-- One target of a unit and month: the actual value of its metric beside it.
with metric_months as (
    unpivot (
        select
            unit_code,
            period_end,
            communes,
            ntm_communes::double as ntm_communes,
            nang_cao_communes::double as nang_cao_communes,
            kieu_mau_communes::double as kieu_mau_communes,
            criteria_met_mean::double as criteria_met_mean,
            criteria_met_min::double as criteria_met_min,
            communes_below_15::double as communes_below_15
        from mart_district_month
    )
    on ntm_communes, nang_cao_communes, kieu_mau_communes, criteria_met_mean, criteria_met_min, communes_below_15
    into name metric value actual
),

months as (
    select distinct
        province_code as unit_code,
        period_end,
        communes
    from mart_district_month
    where level = 'province'
),

-- Products recognised within the year of the target, up to the month.
ocop_months as (
    select
        months.unit_code,
        months.period_end,
        months.communes,
        'ocop_products_new' as metric,
        count(distinct (product.name, product.producer)) filter (
            where year(product.decision_date) = year(months.period_end)
        )::double as actual
    from months
    inner join ocop_product as product
        on product.decision_date <= months.period_end
    inner join admin_unit as unit
        on product.unit_code = unit.unit_code
        and unit.province_code = months.unit_code
        and product.decision_date between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
    group by all
),

actuals as (
    select unit_code, period_end, communes, metric, actual from metric_months
    union all
    select unit_code, period_end, communes, metric, actual from ocop_months
)

select
    target.target_id,
    months.period_end,
    actuals.actual,
    months.communes,
    case target.comparison
        when '<=' then actuals.actual - target.value
        else target.value - actuals.actual
    end as gap,
    case target.comparison
        when '<=' then actuals.actual <= target.value
        when '=' then actuals.actual = target.value
        -- Targets are written with one decimal at most: a mean is compared as it would be printed.
        else round(actuals.actual, 1) >= target.value
    end as is_reached
from target
inner join months on target.scope_code = months.unit_code
left join actuals
    on target.metric = actuals.metric
    and months.unit_code = actuals.unit_code
    and months.period_end = actuals.period_end
