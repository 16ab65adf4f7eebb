-- What this load changed.
select
    history.added,
    history.changed,
    history.removed
from load_history as history
inner join snapshot using (build_id)
