-- Communes that meet each criterion of NTM in a district or province, month by month up to $until, under the set in use.
select
    months.period_end,
    months.set_code,
    months.criterion_no,
    criterion.name_vi,
    criterion.name_en,
    criterion.lead_agency,
    months.communes_met as met,
    months.communes_not_met as not_met,
    months.communes_unknown as unknown
from mart_criterion_month as months
inner join criterion using (set_code, criterion_no)
where months.unit_code = $unit
    and months.period_end <= $until
    and months.criterion_no similar to '[0-9]+'
order by months.period_end, months.criterion_no::integer
