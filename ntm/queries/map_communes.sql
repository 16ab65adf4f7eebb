-- Communes of a province (null: of the country) or of one district, with all that a layer of the map tells of them: at a
-- month, or at every month when $month is null. `earlier_…` and `criteria_change` tell of the month $earlier.
--
-- Names stand in the rows of one month alone: for sixty they would cost more than all the rest.
select
    months.unit_code,
    case when $month is not null then months.name end as name,
    case when $month is not null then months.district_name end as district_name,
    months.district_code,
    months.province_code,
    months.period_end,
    months.set_code,
    criteria_set.decision as set_decision,
    months.criteria_total,
    months.criteria_met,
    months.criteria_not_met,
    months.criteria_unknown,
    months.is_count_known,
    map.unmet_mask,
    map.unknown_mask,
    months.last_report,
    months.months_since_report,
    months.is_stale,
    months.standard,
    months.recognition_as_of,
    earlier.period_end as earlier_month,
    earlier.criteria_met as earlier_criteria_met,
    coalesce(months.set_code != earlier.set_code, false) as is_other_set,
    case
        when months.set_code = earlier.set_code and months.is_count_known and earlier.is_count_known
            then months.criteria_met - earlier.criteria_met
    end as criteria_change,
    map.next_standard,
    map.next_missing,
    map.next_unknown,
    map.next_total,
    map.next_report,
    year(months.period_end) as year,
    map.allocated_vnd_million::double as allocated_vnd_million,
    map.allocated_until,
    map.rate_allocated_vnd_million::double as rate_allocated_vnd_million,
    map.disbursed_vnd_million::double as disbursed_vnd_million,
    100 * map.disbursed_vnd_million::double / nullif(map.rate_allocated_vnd_million::double, 0) as disbursed_pct,
    map.disbursed_until,
    map.arrears_vnd_million::double as arrears_vnd_million,
    map.arrears_works,
    map.arrears_until
from mart_commune_month as months
inner join mart_commune_map as map using (unit_code, period_end)
left join criteria_set on months.set_code = criteria_set.set_code
left join mart_commune_month as earlier
    on months.unit_code = earlier.unit_code
    and earlier.period_end = $earlier
    and earlier.period_end between map.valid_from and months.period_end
where ($province is null or months.province_code = $province)
    and ($district is null or months.district_code = $district)
    and ($month is null or months.period_end = $month)
order by months.period_end, months.unit_code
