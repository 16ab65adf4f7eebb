-- Districts add up to their province, for communes and for each standard.
select
    province_code,
    period_end
from mart_district_month
group by all
having
    bool_or(level = 'district')
    and (
        sum(communes) filter (where level = 'district') != sum(communes) filter (where level = 'province')
        or sum(ntm_communes) filter (where level = 'district') != sum(ntm_communes) filter (where level = 'province')
        or sum(known_communes) filter (where level = 'district')
        != sum(known_communes) filter (where level = 'province')
    )
