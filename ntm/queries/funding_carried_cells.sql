-- The cells of money that was carried over from earlier budgets into a year, of a unit, up to a day.
select
    told.origin_year,
    told.period_end,
    told.stage,
    told.source_code,
    told.nature,
    told.detail,
    told.amount_vnd_million,
    file.path,
    told.sheet,
    told.cell,
    told.source_id
from funding as told
left join (select distinct source_id, sheet, path from source_file) as file
    on told.source_id = file.source_id and told.sheet = file.sheet
where told.unit_code = $unit
    and told.year = $year
    and told.origin_year != told.year
    and told.period_end <= $month
order by told.period_end desc, told.origin_year, told.stage, told.source_code, told.nature, told.detail
