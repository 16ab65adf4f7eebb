-- Provinces in force, with what a layer of the map tells of them: at a month, or at every month of the snapshot when
-- $month is null. Where no workbooks of a province were loaded, its latest published figures on or before the month, unless
-- they are more than two years old.
with months as (
    select
        unit.unit_code,
        unit.name,
        unit.valid_from,
        month.period_end
    from (
        select distinct period_end from mart_district_month
        union
        select $month::date as period_end
    ) as month
    inner join admin_unit as unit
        on unit.level = 'province'
        and month.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
    where $month is null or month.period_end = $month
),

-- Sources may contradict each other: of one period's figures the first of the list counts, as on the page of the country.
figure as (
    select
        published_figure.province_code,
        min(unit.valid_from) as valid_from,
        period_end,
        min_by(value, figure_no) filter (where metric = 'ntm_communes')::double as ntm_communes,
        min_by(value, figure_no) filter (where metric = 'communes')::double as communes,
        min_by(value, figure_no) filter (where metric = 'ntm_share_pct')::double as ntm_pct,
        min_by(value, figure_no) filter (where metric = 'criteria_met_mean')::double as criteria_met_mean,
        min_by(published_figure.source, figure_no) filter (where metric in ('ntm_communes', 'ntm_share_pct')) as ntm_source,
        min_by(published_figure.source, figure_no) filter (where metric = 'criteria_met_mean') as mean_source
    from published_figure
    -- The register begins in November 2021: an older figure is of the province in force then.
    inner join admin_unit as unit
        on published_figure.province_code = unit.unit_code
        and unit.level = 'province'
        and published_figure.period_end <= coalesce(unit.valid_to, date '9999-12-31')
    where published_figure.level = 'province' and published_figure.value_kind = 'actual'
    group by published_figure.province_code, published_figure.period_end
),

share as (
    select
        province_code,
        valid_from,
        period_end,
        ntm_source as source,
        case when communes is not null then ntm_communes end as ntm_communes,
        case when ntm_communes is not null then communes end as communes,
        -- A share is counted from its parts where both are published; a quoted one stands only where they are not.
        coalesce(100 * ntm_communes / communes, ntm_pct) as pct
    from figure
    where coalesce(100 * ntm_communes / communes, ntm_pct) is not null
),

mean as (
    select
        province_code,
        valid_from,
        period_end,
        mean_source as source,
        criteria_met_mean
    from figure
    where criteria_met_mean is not null
),

share_then as (
    select
        months.unit_code,
        months.period_end,
        max_by(share, share.period_end) as told
    from months
    inner join share
        on months.unit_code = share.province_code
        and months.valid_from = share.valid_from
        and months.period_end between share.period_end and share.period_end + interval 2 year
    group by all
),

mean_then as (
    select
        months.unit_code,
        months.period_end,
        max_by(mean, mean.period_end) as told
    from months
    inner join mean
        on months.unit_code = mean.province_code
        and months.valid_from = mean.valid_from
        and months.period_end between mean.period_end and mean.period_end + interval 2 year
    group by all
)

select
    months.unit_code,
    months.name,
    months.period_end,
    mart.set_code,
    criteria_set.decision as set_decision,
    mart.communes,
    case when mart.ntm_communes is null then share.told.ntm_communes::integer else mart.ntm_communes end as ntm_communes,
    case when mart.ntm_communes is null then share.told.communes::integer else mart.communes end as ntm_base,
    mart.nang_cao_communes,
    mart.kieu_mau_communes,
    coalesce(100.0 * mart.ntm_communes / mart.communes, share.told.pct) as ntm_pct,
    case when mart.ntm_communes is null then share.told.period_end end as ntm_published_at,
    case when mart.ntm_communes is null then share.told.source end as ntm_source,
    mart.known_communes,
    mart.unknown_communes,
    coalesce(mart.criteria_met_mean, mean.told.criteria_met_mean) as criteria_met_mean,
    case when mart.criteria_met_mean is null then mean.told.period_end end as mean_published_at,
    case when mart.criteria_met_mean is null then mean.told.source end as mean_source
from months
left join mart_district_month as mart
    on months.unit_code = mart.unit_code and mart.level = 'province' and months.period_end = mart.period_end
left join criteria_set on mart.set_code = criteria_set.set_code
left join share_then as share on months.unit_code = share.unit_code and months.period_end = share.period_end
left join mean_then as mean on months.unit_code = mean.unit_code and months.period_end = mean.period_end
order by months.period_end, months.unit_code
