-- Targets of the country and of the region of a province, due in a year: the frame that the province's own stand in.
select target.*, file.path
from target
left join source_file as file on target.source_id = file.source_id and target.sheet = file.sheet
where year(target.due_date) = $year
    and target.scope_code in (
        'VN',
        (
            select region_code
            from admin_unit
            where unit_code = $province
                and level = 'province'
                and $month between valid_from and coalesce(valid_to, date '9999-12-31')
        )
    )
order by target.scope_code = 'VN', target.metric, target.target_id
