-- Estimates (ước thực hiện, dự kiến) that a province states of its counts for months from the one looked at, with their
-- cells. They stand beside a projection and are no part of it.
select
    stated.metric,
    stated.period_end,
    stated.value,
    stated.content,
    file.path,
    stated.sheet,
    stated.cell,
    stated.source_id
from stated_result as stated
left join source_file as file on stated.source_id = file.source_id and stated.sheet = file.sheet
where stated.unit_code = $province
    and stated.value_kind = 'estimate'
    and stated.unit_group is null
    and stated.period_end >= $month
    and stated.metric in (
        'ntm_communes', 'nang_cao_communes', 'kieu_mau_communes', 'criteria_met_mean', 'communes_below_15'
    )
order by stated.period_end, stated.metric, stated.content
