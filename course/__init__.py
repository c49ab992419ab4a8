"""The guided course, the plan, stories and posters: the fifth floor, still to be furnished."""
