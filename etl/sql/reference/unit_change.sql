-- One old unit and one new unit; the old unit's validity is found in admin_unit.
select
    old_code,
    new_code,
    change_date,
    kind,
    is_partial,
    source
from read_csv($path, all_varchar = true, nullstr = '', header = true, delim = ',', quote = '"', escape = '"')
