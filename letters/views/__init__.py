"""The pages of letters: lists, writing, and one letter with its acts."""
