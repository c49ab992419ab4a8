"""How a group decides: seats, the rule in force, answers, computed outcomes and their register."""
