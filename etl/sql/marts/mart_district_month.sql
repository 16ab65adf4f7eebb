-- One district or province and month, counted from mart_commune_month. Counts of standards are 'at least'.
with counted as (
    select
        case when grouping(district_code) = 0 then district_code else province_code end as unit_code,
        case when grouping(district_code) = 0 then 'district' else 'province' end as level,
        province_code,
        period_end,
        any_value(set_code) as set_code,
        count(*) as communes,
        count(*) filter (where standard = 'unknown') as standard_unknown,
        count(*) filter (where standard in ('ntm', 'nang_cao', 'kieu_mau')) as ntm,
        count(*) filter (where standard in ('nang_cao', 'kieu_mau')) as nang_cao,
        count(*) filter (where standard = 'kieu_mau') as kieu_mau,
        count(*) filter (where is_count_known) as known_communes,
        count(*) filter (where not is_count_known) as unknown_communes,
        count(*) filter (where coalesce(months_since_report, 1) > 0) as not_reporting_communes,
        count(*) filter (where is_stale) as stale_communes,
        sum(criteria_met) filter (where is_count_known) as criteria_met_sum,
        avg(criteria_met) filter (where is_count_known) as criteria_met_mean,
        min(criteria_met) filter (where is_count_known) as criteria_met_min,
        count(*) filter (where is_count_known and criteria_met = criteria_total) as communes_full,
        count(*) filter (where is_count_known and criteria_met >= 15 and criteria_met < criteria_total)
            as communes_15_up,
        count(*) filter (where is_count_known and criteria_met between 10 and 14) as communes_10_14,
        count(*) filter (where is_count_known and criteria_met between 5 and 9) as communes_5_9,
        count(*) filter (where is_count_known and criteria_met < 5) as communes_below_5,
        count(*) filter (where is_count_known and criteria_met < 15) as communes_below_15
    from mart_commune_month
    group by grouping sets ((province_code, period_end, district_code), (province_code, period_end))
)

select
    counted.unit_code,
    unit.name,
    counted.level,
    counted.province_code,
    counted.period_end,
    counted.set_code,
    counted.communes,
    case when standard_unknown = 0 then ntm end as ntm_communes,
    case when standard_unknown = 0 then nang_cao end as nang_cao_communes,
    case when standard_unknown = 0 then kieu_mau end as kieu_mau_communes,
    known_communes,
    unknown_communes,
    not_reporting_communes,
    stale_communes,
    criteria_met_sum,
    criteria_met_mean,
    criteria_met_min,
    case when known_communes > 0 then communes_full end as communes_full,
    case when known_communes > 0 then communes_15_up end as communes_15_up,
    case when known_communes > 0 then communes_10_14 end as communes_10_14,
    case when known_communes > 0 then communes_5_9 end as communes_5_9,
    case when known_communes > 0 then communes_below_5 end as communes_below_5,
    case when known_communes > 0 then communes_below_15 end as communes_below_15,
    case when standard_unknown = 0 then ntm = 0 end as is_without_ntm
from counted
inner join admin_unit as unit
    on counted.unit_code = unit.unit_code
    and counted.level = unit.level
    and counted.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
-- After 1 July 2025 communes have no district: their province row stands alone.
where counted.unit_code is not null
