-- Every file of this load and of those before it.
with loaded as (
    select
        sha256,
        path,
        first_loaded_at,
        last_loaded_at
    from before_file_history
    union all
    select
        sha256,
        path,
        coalesce(first_loaded_at, (select built_at from before_snapshot)) as first_loaded_at,
        (select built_at from before_snapshot) as last_loaded_at
    from before_source_file
    union all
    select
        sha256,
        path,
        first_loaded_at,
        (select built_at from snapshot) as last_loaded_at
    from source_file
)

select
    sha256,
    arg_max(path, last_loaded_at) as path,
    min(first_loaded_at) as first_loaded_at,
    max(last_loaded_at) as last_loaded_at
from loaded
where first_loaded_at is not null
group by sha256
