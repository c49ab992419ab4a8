"""Rules whose absence alone no answer shows, by hand: what else keeps the same people out."""

REDUNDANT = {
    "letters:edit do": "Viewers find signed letters alone; whoever else finds a letter may write it.",
    "letters:pdf district": "The PDF is asked for within the district, too, and is not found there.",
    "outreach:cancel do": "Whoever sees the mail of a school may take it back: the same rule as `see`.",
    "outreach:send_again do": "Whoever sees the mail of a school may send it again: the same rule as `see`.",
}
