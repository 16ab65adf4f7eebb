-- One figure as one source published it, numbered as its row of the file.
select
    row_number() over () + 1 as figure_no,
    *
from read_csv($path, all_varchar = true, nullstr = '', header = true, delim = ',', quote = '"', escape = '"', parallel = false)
