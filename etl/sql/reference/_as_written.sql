-- A reference file whose columns are those of its table.
select *
from read_csv($path, all_varchar = true, nullstr = '', header = true, delim = ',', quote = '"', escape = '"')
