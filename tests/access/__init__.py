"""What asks the access matrix, and takes its rules out: the table itself is in tests/access_matrix/."""
