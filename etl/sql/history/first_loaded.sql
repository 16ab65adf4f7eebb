-- When each file was first loaded, as far as the snapshot before this one knows.
select
    sha256,
    min(first_loaded_at) as first_loaded_at
from (
    select
        sha256,
        first_loaded_at
    from before_file_history
    union all
    select
        sha256,
        coalesce(first_loaded_at, (select built_at from before_snapshot)) as first_loaded_at
    from before_source_file
)
where first_loaded_at is not null
group by sha256
