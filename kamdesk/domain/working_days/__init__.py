"""Working days, public holidays, absences of ours."""
