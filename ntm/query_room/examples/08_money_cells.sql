-- vi: Số vốn lớn nhất được đọc từ ô nào của sổ tính nào?
-- en: Which cells of which workbooks hold the largest amounts?
select
    unit.name,
    money.year,
    money.stage,
    money.source_code,
    money.amount_vnd_million,
    file.path,
    money.sheet,
    money.cell
from funding as money
join admin_unit as unit
    on money.unit_code = unit.unit_code
    and money.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
left join (select distinct source_id, sheet, path from source_file) as file
    on money.source_id = file.source_id and money.sheet = file.sheet
order by money.amount_vnd_million desc
limit 50
