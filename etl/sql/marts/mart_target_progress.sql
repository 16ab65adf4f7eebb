-- One target of a unit and month: the actual value of its metric beside it.
with metric_months as (
    unpivot (
        select
            unit_code,
            period_end,
            ntm_communes::double as ntm_communes,
            nang_cao_communes::double as nang_cao_communes,
            kieu_mau_communes::double as kieu_mau_communes,
            criteria_met_mean::double as criteria_met_mean,
            criteria_met_min::double as criteria_met_min,
            communes_below_15::double as communes_below_15
        from mart_district_month
        where level = 'province'
    )
    on ntm_communes, nang_cao_communes, kieu_mau_communes, criteria_met_mean, criteria_met_min, communes_below_15
    into name metric value actual
),

-- A target binds the province that was in force when its year began; a new one may bear the same code.
target_months as (
    select
        target.target_id,
        target.metric,
        target.comparison,
        target.value,
        months.unit_code,
        months.period_end,
        months.communes
    from target
    inner join admin_unit as unit
        on target.scope_code = unit.unit_code
        and unit.level = 'province'
        and date_trunc('year', target.due_date) between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
    inner join mart_district_month as months
        on target.scope_code = months.unit_code
        and months.level = 'province'
        and months.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
),

-- A list of products tells of a month only when it was made at its end or later.
product_list as (
    select
        coalesce(unit.province_code, file.reporting_unit_code) as unit_code,
        max(file.period_end) as told_until
    from source_file as file
    left join admin_unit as unit
        on file.reporting_unit_code = unit.unit_code
        and file.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
    where file.form = 'ocop_product' and file.rows_loaded > 0
    group by all
),

-- A product is new once: ranking it again, or higher, makes no new product.
product as (
    select
        unit.province_code as unit_code,
        ocop_product.name,
        ocop_product.producer,
        min(ocop_product.decision_date) as decision_date
    from ocop_product
    inner join source_file using (source_id, sheet)
    inner join admin_unit as unit
        on ocop_product.unit_code = unit.unit_code
        and source_file.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
    group by all
),

-- Products recognised within the year of the month, up to its end.
product_months as (
    select
        months.unit_code,
        months.period_end,
        'ocop_products_new' as metric,
        count(distinct (product.name, product.producer))::double as actual
    from mart_district_month as months
    inner join product_list
        on months.unit_code = product_list.unit_code
        and months.period_end <= last_day(product_list.told_until)
    left join product
        on months.unit_code = product.unit_code
        and product.decision_date between date_trunc('year', months.period_end) and months.period_end
    where months.level = 'province'
    group by all
),

actuals as (
    select unit_code, period_end, metric, actual from metric_months
    union all
    select unit_code, period_end, metric, actual from product_months
),

-- Targets are written with one decimal at most: a mean is compared as it would be printed.
compared as (
    select
        months.*,
        actuals.actual,
        round(actuals.actual, 1) as printed
    from target_months as months
    left join actuals
        on months.metric = actuals.metric
        and months.unit_code = actuals.unit_code
        and months.period_end = actuals.period_end
)

select
    target_id,
    period_end,
    actual,
    communes,
    round(case comparison when '<=' then printed - value else value - printed end, 3) as gap,
    case comparison
        when '<=' then printed <= value
        when '=' then printed = value
        else printed >= value
    end as is_reached
from compared
