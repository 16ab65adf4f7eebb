-- Communes of a province (or of one district of it) at each month from $first to $month, with what is counted of them.
-- What is not known of a commune is empty: its standard where no list of recognitions tells of it, its count of criteria
-- where a criterion is unknown. Money is that of the month's budget year at the latest cut-off on or before the month.
select
    months.unit_code,
    months.name,
    months.district_code,
    months.district_name,
    district.kind,
    months.period_end,
    months.set_code,
    months.standard,
    case
        when not months.is_count_known then 'unknown'
        when months.criteria_met = months.criteria_total then 'full'
        when months.criteria_met >= 15 then 'from_15'
        when months.criteria_met >= 10 then 'from_10'
        when months.criteria_met >= 5 then 'from_5'
        else 'below_5'
    end as band,
    1 as communes,
    case when months.standard != 'unknown' then (months.standard in ('ntm', 'nang_cao', 'kieu_mau'))::integer end as ntm,
    case when months.standard != 'unknown' then (months.standard in ('nang_cao', 'kieu_mau'))::integer end as nang_cao,
    case when months.standard != 'unknown' then (months.standard = 'kieu_mau')::integer end as kieu_mau,
    case when months.is_count_known then months.criteria_met end as criteria_met,
    case when months.is_count_known then (months.criteria_met = months.criteria_total)::integer end as full_count,
    case when months.is_count_known then (months.criteria_met < 15)::integer end as below_15,
    case when months.is_count_known then 1 end as known,
    (coalesce(months.months_since_report, 1) > 0)::integer as not_reporting,
    map.allocated_vnd_million,
    map.rate_allocated_vnd_million,
    map.disbursed_vnd_million,
    map.arrears_vnd_million,
    (map.arrears_vnd_million > 0)::integer as in_arrears
from mart_commune_month as months
inner join mart_commune_map as map using (unit_code, period_end)
left join admin_unit as district
    on months.district_code = district.unit_code
    and district.level = 'district'
    and months.period_end between district.valid_from and coalesce(district.valid_to, date '9999-12-31')
where months.province_code = $province
    and ($district is null or months.district_code = $district)
    and months.period_end between $first and $month
order by months.period_end, months.unit_code
