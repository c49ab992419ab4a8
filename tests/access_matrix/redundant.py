"""Rules whose absence alone no answer shows, by hand: what else keeps the same people out."""

REDUNDANT = {
    "building:end_waiver own": "Waivers are found by all of a district; a school keeps back the reason.",
    "letters:batch_cancel do": "Viewers find no batch; whoever else finds one may write it.",
    "letters:batch_labels district": "The letters are asked for within the district, and there are none.",
    "letters:batch_mend do": "Viewers find no batch; whoever else finds one may write it.",
    "letters:batch_not_posted do": "Viewers find no batch; whoever else finds one may write it.",
    "letters:batch_posted do": "Viewers find no batch; whoever else finds one may write it.",
    "letters:batch_print district": "The letters are asked for within the district, and there are none.",
    "letters:edit do": "Viewers find signed letters alone; whoever else finds a letter may write it.",
    "letters:pdf district": "The PDF is asked for within the district, too, and is not found there.",
    "outreach:cancel do": "Whoever sees the mail of a school may take it back: the same rule as `see`.",
    "outreach:send_again do": "Whoever sees the mail of a school may send it again: the same rule as `see`.",
    "partners:bulk_act see": "A viewer may do none of the acts, and an act that one may not do is not found.",
    "partners:edit_view own": "The view of the table is shared: all find it. test_kept_views has others.",
    "partners:merge district": "The other one of the two is looked up in one's own district, too.",
    "partners:not_same district": "The other one of the two is looked up in one's own district, too.",
    "partners:remove_view own": "The view of the table is shared: all find it. test_kept_views has others.",
}
