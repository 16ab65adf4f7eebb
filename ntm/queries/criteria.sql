-- Criteria of every set, with the words and the lead agency of each.
select
    set_code,
    criterion_no,
    name_vi,
    name_en,
    lead_agency
from criterion
where criterion_no similar to '[0-9]+'
order by set_code, criterion_no::integer
