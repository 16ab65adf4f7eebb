-- Criteria of the sets that the communes of a province (null: of the country) are counted with at a month.
select
    criterion.set_code,
    criterion.criterion_no,
    criterion.name_vi,
    criterion.name_en,
    criteria_set.decision
from criterion
inner join criteria_set using (set_code)
where criterion.criterion_no similar to '[0-9]+'
    and criterion.set_code in (
        select months.set_code
        from mart_commune_month as months
        where months.period_end = $month and ($province is null or months.province_code = $province)
    )
order by criterion.set_code, criterion.criterion_no::integer
