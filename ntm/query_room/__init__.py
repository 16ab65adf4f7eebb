"""The room where people ask their own questions in SQL: one child process for each, with nothing but the snapshot."""
