-- What targets count, for each district and province at each month. A metric that nothing tells of has no row: it is
-- unknown, not zero.
with month as (
    select unit_code, level, province_code, period_end, communes, ntm_communes
    from mart_district_month
),

of_months as (
    unpivot (
        select
            unit_code,
            level,
            period_end,
            ntm_communes::double as ntm_communes,
            nang_cao_communes::double as nang_cao_communes,
            kieu_mau_communes::double as kieu_mau_communes,
            criteria_met_mean::double as criteria_met_mean,
            criteria_met_min::double as criteria_met_min,
            communes_below_15::double as communes_below_15
        from mart_district_month
    )
    on ntm_communes, nang_cao_communes, kieu_mau_communes, criteria_met_mean, criteria_met_min, communes_below_15
    into name metric value value
),

standard_rank as (
    select *
    from (values ('none', 0), ('ntm', 1), ('hoan_thanh', 1), ('nang_cao', 2), ('kieu_mau', 3)) as ranks (standard, rank)
),

-- Communes that hold a standard and did not at the end of the year before. Unknown with one of them.
commune_year as (
    select
        now.unit_code,
        now.district_code,
        now.province_code,
        now.period_end,
        held.rank as rank_now,
        held_before.rank as rank_before
    from mart_commune_month as now
    left join standard_rank as held on now.standard = held.standard
    left join mart_commune_month as before
        on now.unit_code = before.unit_code
        and now.province_code = before.province_code
        and before.period_end = (date_trunc('year', now.period_end) - interval 1 day)::date
    left join standard_rank as held_before on before.standard = held_before.standard
),

new_communes as (
    select
        case when grouping(district_code) = 0 then district_code else province_code end as unit_code,
        case when grouping(district_code) = 0 then 'district' else 'province' end as level,
        period_end,
        named.metric,
        (count(*) filter (where rank_now >= named.rank and rank_before < named.rank))::double as value
    from commune_year
    cross join (
        values ('ntm_communes_new', 1), ('nang_cao_communes_new', 2), ('kieu_mau_communes_new', 3)
    ) as named (metric, rank)
    group by grouping sets ((province_code, period_end, district_code, named.metric), (province_code, period_end, named.metric))
    having bool_and(rank_now is not null and rank_before is not null)
),

-- Districts, and wards and townships, with the decisions about them. The unit that a list means is the one in force at
-- the list's own date.
other_unit as (
    select
        unit_code,
        level,
        district_code,
        province_code,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from admin_unit
    where level = 'district' or (level = 'commune' and not is_rural_commune)
),

event as (
    select
        unit.unit_code,
        unit.level,
        unit.valid_from,
        unit.province_code,
        recognition.standard,
        ranks.rank,
        recognition.event = 'revoked' as is_revoked,
        recognition.decision_date
    from recognition
    inner join source_file using (source_id, sheet)
    inner join other_unit as unit
        on recognition.unit_code = unit.unit_code
        and source_file.period_end between unit.valid_from and unit.valid_to
    left join standard_rank as ranks on recognition.standard = ranks.standard
    where (unit.level = 'district' and ranks.rank is not null)
        or (unit.level = 'commune' and recognition.standard = 'do_thi_van_minh')
),

-- A list tells of the province: where there is none of the kind nothing is known.
told as (select distinct province_code, level from event),

unit_month as (
    select
        unit.unit_code,
        unit.level,
        unit.valid_from,
        unit.district_code,
        unit.province_code,
        month.period_end
    from other_unit as unit
    inner join told using (province_code, level)
    inner join month
        on unit.province_code = month.province_code
        and month.level = 'province'
        and month.period_end between unit.valid_from and unit.valid_to
),

-- Nested as of communes: to recognise one is to hold those below it, to revoke one is to lose those above it.
held as (
    select
        months.unit_code,
        months.level,
        months.period_end,
        asked.rank,
        arg_max(not event.is_revoked, (event.decision_date, event.is_revoked)) as is_held
    from unit_month as months
    cross join (values (1), (2), (3)) as asked (rank)
    inner join event
        on months.unit_code = event.unit_code
        and months.level = event.level
        and months.valid_from = event.valid_from
        and months.period_end >= event.decision_date
        and case
            when event.level = 'commune' then asked.rank = 1
            when event.is_revoked then asked.rank >= event.rank
            else asked.rank <= event.rank
        end
    group by all
),

highest as (
    select
        months.*,
        coalesce(max(held.rank) filter (where held.is_held), 0) as rank
    from unit_month as months
    left join held
        on months.unit_code = held.unit_code and months.level = held.level and months.period_end = held.period_end
    group by all
),

district_counts as (
    select
        province_code as unit_code,
        'province' as level,
        period_end,
        named.metric,
        (count(*) filter (where highest.rank >= named.rank))::double as value,
        count(*) as units,
        count(*) filter (where highest.rank >= 1) as ntm_units
    from highest
    cross join (values ('ntm_districts', 1), ('nang_cao_districts', 2), ('kieu_mau_districts', 3)) as named (metric, rank)
    where level = 'district'
    group by province_code, period_end, named.metric
),

ward_counts as (
    select
        case when grouping(district_code) = 0 then district_code else province_code end as unit_code,
        case when grouping(district_code) = 0 then 'district' else 'province' end as level,
        period_end,
        'civilised_wards' as metric,
        (count(*) filter (where rank >= 1))::double as value,
        count(*) as units
    from highest
    where level = 'commune'
    group by grouping sets ((province_code, period_end, district_code), (province_code, period_end))
),

-- Villages: the latest list of a whole province or district. A count states how many there are; a list of those that
-- hold a standard does not.
village_list as (
    select
        source_id,
        sheet,
        form,
        reporting_unit_code as unit_code,
        period_end
    from source_file
    where form in ('villages', 'village_counts') and rows_loaded > 0
),

stated_village as (
    select
        stated.source_id,
        stated.sheet,
        stated.metric,
        sum(stated.value)::double as value
    from stated_result as stated
    where stated.metric in ('villages', 'villages_ntm', 'villages_kieu_mau')
        and stated.value_kind = 'actual'
        -- A row of a district that has communes of its own below repeats them.
        and not exists (
            from stated_result as part
            inner join admin_unit as commune
                on part.unit_code = commune.unit_code and commune.district_code = stated.unit_code
            where part.source_id = stated.source_id
                and part.sheet = stated.sheet
                and part.metric = stated.metric
                and commune.level = 'commune'
        )
    group by all
),

listed_village as (
    select
        source_id,
        sheet,
        named.metric,
        (count(distinct (unit_code, village_kind, village)) filter (
            where outcome = 'met' and village_result.standard in ('kieu_mau', named.standard)
        ))::double as value
    from village_result
    cross join (values ('villages_ntm', 'ntm'), ('villages_kieu_mau', 'kieu_mau')) as named (metric, standard)
    where value_kind = 'actual'
    group by all
),

village_value as (
    select list.unit_code, list.period_end, found.metric, found.value, whole.value::integer as units
    from village_list as list
    inner join stated_village as found using (source_id, sheet)
    left join stated_village as whole
        on list.source_id = whole.source_id and list.sheet = whole.sheet and whole.metric = 'villages'
    where found.metric != 'villages'
    union all
    select list.unit_code, list.period_end, found.metric, found.value, null as units
    from village_list as list
    inner join listed_village as found using (source_id, sheet)
),

village_counts as (
    select
        month.unit_code,
        month.level,
        month.period_end,
        found.metric,
        found.value,
        found.units
    from month
    inner join village_value as found
        on month.unit_code = found.unit_code and found.period_end <= month.period_end
    -- Of one day's the count, for it tells of how many.
    qualify row_number() over (
        partition by month.unit_code, month.level, month.period_end, found.metric
        order by found.period_end desc, found.units nulls last, found.value desc
    ) = 1
),

-- A list of products tells of a month only when it was made at its end or later.
product_list as (
    select
        coalesce(unit.province_code, file.reporting_unit_code) as province_code,
        max(file.period_end) as told_until
    from source_file as file
    left join admin_unit as unit
        on file.reporting_unit_code = unit.unit_code
        and file.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
    where file.form = 'ocop_product' and file.rows_loaded > 0
    group by all
),

-- A product is new once: ranking it again, or higher, makes no new product.
product as (
    select
        unit.province_code,
        unit.district_code,
        ocop_product.name,
        ocop_product.producer,
        min(ocop_product.decision_date) as decision_date
    from ocop_product
    inner join source_file using (source_id, sheet)
    inner join admin_unit as unit
        on ocop_product.unit_code = unit.unit_code
        and source_file.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
    group by all
),

-- Products recognised within the year of the month, up to its end.
product_counts as (
    select
        month.unit_code,
        month.level,
        month.period_end,
        'ocop_products_new' as metric,
        count(distinct (product.name, product.producer))::double as value
    from month
    inner join product_list
        on month.province_code = product_list.province_code
        and month.period_end <= last_day(product_list.told_until)
    left join product
        on month.province_code = product.province_code
        and (month.level = 'province' or month.unit_code = product.district_code)
        and product.decision_date between date_trunc('year', month.period_end) and month.period_end
    group by all
),

found as (
    select unit_code, level, period_end, metric, value, null::integer as units, null::integer as ntm_units
    from of_months
    union all by name
    select * from new_communes
    union all by name
    select * from district_counts
    union all by name
    select * from ward_counts
    union all by name
    select * from village_counts
    union all by name
    select * from product_counts
)

select
    month.unit_code,
    month.level,
    month.province_code,
    month.period_end,
    found.metric,
    found.value,
    case when found.metric like '%_communes' then month.communes else found.units end as units,
    case when found.metric like '%_communes' then month.ntm_communes else found.ntm_units end as ntm_units
from month
inner join found using (unit_code, level, period_end)
