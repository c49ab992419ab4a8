"""Districts, schools, people, memberships and who may see what: the floor that every app stands on."""
