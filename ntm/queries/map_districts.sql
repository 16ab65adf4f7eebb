-- Districts of a province (null: of the country) in force, with all that a layer of the map tells of them: at a month, or
-- at every month when $month is null. A district without communes is there with 0 communes.
select
    map.unit_code,
    map.name,
    map.province_code,
    map.period_end,
    mart.set_code,
    criteria_set.decision as set_decision,
    coalesce(mart.communes, 0) as communes,
    mart.ntm_communes,
    mart.nang_cao_communes,
    mart.kieu_mau_communes,
    100.0 * mart.ntm_communes / mart.communes as ntm_pct,
    mart.known_communes,
    mart.unknown_communes,
    mart.criteria_met_mean,
    mart.communes_below_15,
    mart.is_without_ntm,
    mart.not_reporting_communes,
    mart.stale_communes,
    map.months_since_report,
    map.never_reporting_communes,
    map.standard,
    map.decision_no,
    map.decision_date,
    year(map.period_end) as year,
    map.rate_allocated_vnd_million::double as rate_allocated_vnd_million,
    map.disbursed_vnd_million::double as disbursed_vnd_million,
    100 * map.disbursed_vnd_million::double / nullif(map.rate_allocated_vnd_million::double, 0) as disbursed_pct,
    map.disbursed_until,
    map.disbursed_communes,
    map.arrears_vnd_million::double as arrears_vnd_million,
    map.arrears_works,
    map.arrears_until
from mart_district_map as map
left join mart_district_month as mart
    on map.unit_code = mart.unit_code and mart.level = 'district' and map.period_end = mart.period_end
left join criteria_set on mart.set_code = criteria_set.set_code
where ($province is null or map.province_code = $province)
    and ($month is null or map.period_end = $month)
order by map.period_end, map.unit_code
