-- Communes that meet each criterion of the set in use at a month, district by district of a province.
select
    months.unit_code,
    district.name,
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
inner join admin_unit as district
    on months.unit_code = district.unit_code
    and district.level = 'district'
    and $month between district.valid_from and coalesce(district.valid_to, date '9999-12-31')
where months.province_code = $province
    and months.level = 'district'
    and months.period_end = $month
    and months.criterion_no similar to '[0-9]+'
order by months.unit_code, months.criterion_no::integer
