"""The parts of the benchmark: the files, the work done on them by each program, its measure and the table."""
