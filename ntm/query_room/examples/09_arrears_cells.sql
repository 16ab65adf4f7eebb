-- vi: Công trình nào còn nợ đọng xây dựng cơ bản, ở đâu, đọc từ ô nào?
-- en: Which works are still owed for, where, and read from which cell?
select
    unit.name,
    debt.period_end,
    debt.work,
    debt.started_year,
    debt.amount_vnd_million,
    file.path,
    debt.sheet,
    debt.cell
from arrears as debt
join admin_unit as unit
    on debt.unit_code = unit.unit_code
    and debt.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
left join (select distinct source_id, sheet, path from source_file) as file
    on debt.source_id = file.source_id and debt.sheet = file.sheet
where debt.amount_vnd_million > 0
order by debt.period_end desc, debt.amount_vnd_million desc
