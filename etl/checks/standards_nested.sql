-- Standards are nested: no district has more communes of a higher standard than of a lower one.
select
    unit_code,
    period_end
from mart_district_month
where kieu_mau_communes > nang_cao_communes or nang_cao_communes > ntm_communes or ntm_communes > communes
