"""Files to hand on: pictures, workbooks and maps of what a page shows. Values in, bytes out."""
