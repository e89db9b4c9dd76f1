"""Terms as the law counts them: the calendar, the rules, the clock of a case, and why a deadline falls where it falls."""
