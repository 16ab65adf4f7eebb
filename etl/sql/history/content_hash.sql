-- The content that the snapshot before this one was made from.
select any_value(content_hash) as content_hash
from before_snapshot
