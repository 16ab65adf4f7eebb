-- The cells that the villages of a unit which hold a standard are counted from: the latest lists and counts of the unit's own
-- on or before a month.
with list as (
    select distinct source_id, sheet, path, period_end
    from source_file
    where form in ('villages', 'village_counts')
        and rows_loaded > 0
        and reporting_unit_code = $unit
        and period_end <= $month
    qualify period_end = max(period_end) over ()
)

select
    stated.metric,
    stated.unit_code,
    list.path,
    stated.sheet,
    stated.cell,
    stated.source_id,
    null as village
from stated_result as stated
inner join list using (source_id, sheet)
where stated.metric in ('villages_ntm', 'villages_kieu_mau') and stated.value_kind = 'actual'
union all
select
    case village_result.standard when 'ntm' then 'villages_ntm' else 'villages_kieu_mau' end as metric,
    village_result.unit_code,
    list.path,
    village_result.sheet,
    village_result.cell,
    village_result.source_id,
    concat_ws(' ', village_result.village_kind, village_result.village) as village
from village_result
inner join list using (source_id, sheet)
where village_result.outcome = 'met' and village_result.value_kind = 'actual'
order by 1, 2, 3, 5
