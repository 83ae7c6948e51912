"""How far people agree who judged the same things apart from each other: labels in, coefficients out."""
