"""Who gets what at the addresses of one area: a file each, collected by the permission table's test."""
