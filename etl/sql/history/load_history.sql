-- The loads before this one, and this one with what it changed. Of a first load everything is added.
with changes as (
    select
        change,
        count(*) as facts
    from (select distinct table_name, unit_code, period_end, what, change from fact_change)
    group by change
)

select *
from before_load_history
union all by name
select
    snapshot.build_id,
    snapshot.built_at,
    (select count(distinct source_id) from source_file) as files,
    (select count(distinct (source_id, sheet)) from source_file) as sheets,
    $facts as facts,
    (select count(*) from load_issue where severity = 'block') as findings_block,
    (select count(*) from load_issue where severity = 'ask') as findings_ask,
    case
        when (select count(*) from before_snapshot) = 0 then $facts
        else coalesce((select facts from changes where change = 'added'), 0)
    end as added,
    coalesce((select facts from changes where change = 'changed'), 0) as changed,
    coalesce((select facts from changes where change = 'removed'), 0) as removed,
    $note as note
from snapshot
